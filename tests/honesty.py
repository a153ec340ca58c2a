"""Run conditions in a lab that lies: does the record follow what connect() answers?"""

from __future__ import annotations

import errno
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from manproof.lab import Lab, condition, conditions  # noqa: E402
from manproof.lab.recorder import Answer  # noqa: E402
from manproof.lab.server import Server  # noqa: E402
from tests.forbid import forbid  # noqa: E402 (the path comes first)


class LyingLab(Lab):
    """As soon as the control has succeeded, every connect() fails with an unlikely errno."""

    def control(self, answer: Answer) -> None:
        super().control(answer)
        forbid("connect", errno.EXDEV)

    def no_control(self, why: str) -> None:
        super().no_control(why)
        forbid("connect", errno.EXDEV)


@condition("control.failing")
def failing_control(lab: Lab) -> None:
    """The control fails.

    Nobody listens at the port of the control.
    """
    lab.control(lab.connect(lab.inet_socket("tcp"), lab.closed_port()))
    lab.observe(lab.connect(lab.inet_socket("tcp"), lab.listener().address))


def main(mode: str) -> None:
    """Print a line for each observation: condition, status, outcome, origin."""
    make = LyingLab if mode == "filter" else Lab
    everything = [item for item in conditions("connect") if not item.slow]
    chosen = everything if mode == "filter" else [*conditions("test")]
    with tempfile.TemporaryDirectory() as place:
        server = Server(jobs=12, deadline=10, place=place, make=make)
        for seen in server.run(chosen):
            fields = (str(seen[key]) for key in ("condition", "status", "outcome", "from"))
            sys.stdout.write("\t".join(fields) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])

"""Running conditions from any program: the server does the work, this side only listens."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from manproof.lab.conditions import Condition
from manproof.lab.errors import Unsupported
from manproof.lab.system import describe
from manproof.observation import Observation, Record, System, from_json

DEADLINE = 60.0  # seconds for one condition; the longest takes about four, on a busy machine thirty
_ROOT = Path(__file__).resolve().parents[2]
_SILENT = "the process that runs the conditions ended without an answer"
_AGAIN = "see above why, or run it again with fewer conditions at a time: -j"
_START = "import sys; sys.path.insert(0, sys.argv[1]); from manproof.lab.server import main; main()"


class Bench:
    """A server, its environment (``system``), and its observations as they come.

    A context manager: leaving it, by whatever way, ends the server and everything that it runs.
    Raises :class:`Unsupported` if no condition at all can be tried: no folder, no descriptors, no process.
    """

    def __init__(
        self,
        conditions: Iterable[Condition],
        *,
        jobs: int | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        self._conditions = {item.key: item for item in conditions}
        self._request = {
            "conditions": list(self._conditions),
            "deadline": deadline,
            "jobs": jobs or 6 * (os.cpu_count() or 1),
        }
        self.system: System

    def __enter__(self) -> Bench:
        theirs_in, ours_in = os.pipe()
        ours_out, theirs_out = os.pipe()
        moves = [(os.POSIX_SPAWN_DUP2, theirs_in, 0), (os.POSIX_SPAWN_DUP2, theirs_out, 1)]
        command = [sys.executable, "-I", "-c", _START, str(_ROOT)]
        self._pid = os.posix_spawn(sys.executable, command, os.environ, file_actions=moves, setsid=True)
        os.close(theirs_in)
        os.close(theirs_out)
        self._in, self._out = ours_in, os.fdopen(ours_out, "rb")
        try:
            with contextlib.suppress(BrokenPipeError):  # its silence will say so
                os.write(self._in, json.dumps(self._request).encode() + b"\n")
            self.system = describe(**self._line()["environment"])
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _line(self) -> dict[str, Any]:
        line = self._out.readline()
        said: dict[str, Any] = json.loads(line) if line else {"failure": _SILENT, "remedy": _AGAIN}
        if "failure" in said:
            raise Unsupported(said["failure"], said["remedy"])
        return said

    def __iter__(self) -> Iterator[Observation]:
        for _ in self._conditions:
            seen = from_json(Observation, self._line()["observation"])
            yield self._conditions[f"{seen.call}/{seen.condition}"].describe(seen)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._in)
        self._out.close()
        os.waitpid(self._pid, 0)


def run(
    conditions: Iterable[Condition],
    *,
    jobs: int | None = None,
    deadline: float = DEADLINE,
    on_result: Callable[[Observation], None] | None = None,
) -> Record:
    """Run conditions concurrently, ``jobs`` at a time (six for each core: most of them wait).

    ``on_result`` is told each observation as soon as it is made; the record holds them sorted by
    name.
    """
    with Bench(conditions, jobs=jobs, deadline=deadline) as bench:
        seen = []
        for observation in bench:
            if on_result:
                on_result(observation)
            seen.append(observation)
    seen.sort(key=lambda item: (item.call, item.condition))
    return Record(system=bench.system, observations=tuple(seen))

"""Before anything is believed: one connect() that must succeed, and one that must be refused.

A machine on which these two answer something else (a sandbox, an emulator, a filter) can say
nothing of any condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from manproof.lab.child import observation_of
from manproof.lab.conditions import Condition
from manproof.lab.words import Lab
from manproof.observation import to_json

if TYPE_CHECKING:
    from manproof.lab.server import Server


def _known_success(lab: Lab) -> None:
    """A listener of this machine takes the connection."""
    lab.observe(lab.connect(lab.inet_socket("tcp"), lab.listener().address))


def _known_refusal(lab: Lab) -> None:
    """Nobody listens at the port."""
    lab.observe(lab.connect(lab.inet_socket("tcp"), lab.bound().address))


_CERTAIN = {"known-success": "success", "known-refusal": "ECONNREFUSED"}
"""What the two calls that are tried first must give on any Linux."""


def _pair() -> list[Condition]:
    return [
        Condition(
            call="calibration",
            name=name,
            probe=probe,
            parameters=(),
            plain=True,
            root=False,
            slow=False,
            unspoken="",
        )
        for name, probe in zip(_CERTAIN, (_known_success, _known_refusal), strict=True)
    ]


def calibrate(server: Server) -> tuple[str, str]:
    """How conditions can run here: the reason against it and its remedy, empty if they can.

    ``server.plain`` is set if namespaces are refused, but the pair answers as it must without them.
    """
    refused = _trouble(server)
    if not refused[0]:
        return refused
    server.plain = True
    trouble = _trouble(server)
    return trouble if trouble[0] else refused


def _trouble(server: Server) -> tuple[str, str]:
    for seen in sorted(server.run(_pair()), key=lambda seen: str(seen["condition"])):
        if seen["status"] != "observed":
            return seen["reason"], seen["remedy"]
        certain = _CERTAIN[str(seen["condition"])]
        if seen["outcome"] != certain:
            return (
                f"calibration: {seen['outcome']} where {certain} is certain",
                "run outside of the sandbox, emulator or filter that answers for the kernel",
            )
    return "", ""


def lines(
    server: Server, keys: list[str], find: Callable[..., tuple[Condition, ...]]
) -> Iterator[dict[str, Any]]:
    """What the server says: its environment, then every observation."""
    reason, remedy = calibrate(server)
    usable = not reason or (server.plain and not reason.startswith("calibration"))
    yield {"environment": {"plain": server.plain, "restriction": reason, "remedy": remedy}}
    chosen = find(*keys) if keys else ()
    able = [item for item in chosen if usable and (item.plain or not server.plain)]
    for item in chosen:
        if item not in able:
            lack = observation_of(item, status="unsupported", reason=reason, remedy=remedy)
            yield {"observation": to_json(lack)}
    for seen in server.run(able):
        yield {"observation": seen}

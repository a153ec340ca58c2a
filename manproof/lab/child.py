"""What the process of one condition does, from its birth to its last line."""

from __future__ import annotations

import json
import os
import tempfile
import time
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from manproof.lab import namespaces
from manproof.lab.conditions import Condition
from manproof.lab.errors import Broken, Unsupported
from manproof.lab.words import Lab
from manproof.observation import Observation, to_json


def observation_of(condition: Condition, **fields: Any) -> Observation:
    """An observation of ``condition`` without its words, which the runner adds: children have no
    time to lose.
    """
    return Observation(call=condition.call, condition=condition.name, **fields)


def perform(condition: Condition, lab: Lab) -> Observation:
    """Bring the condition about, here and now, and tell what came of it. The process is spent
    afterwards.
    """
    begun = time.monotonic()
    try:
        condition.probe(lab, **dict(condition.parameters))
        if not lab.observed:
            raise Broken("nothing was observed")
        fields: dict[str, Any] = {
            "status": "observed",
            "outcome": lab.observed.outcome,
            "origin": lab.observed.origin,
        }
    except Unsupported as lack:
        fields = {"status": "unsupported", "reason": lack.reason, "remedy": lack.remedy}
    except Broken as failure:
        fields = {"status": "broken", "reason": failure.reason}
    except Exception as bug:
        fields = {
            "status": "broken",
            "reason": "".join(traceback.format_exception_only(bug)).strip(),
        }
    seconds = round(time.monotonic() - begun, 4)
    return observation_of(condition, seconds=seconds, steps=tuple(lab.steps), **fields)


def live(
    condition: Condition, pipe: int, *, plain: bool, place: str, make: Callable[..., Lab] = Lab
) -> NoReturn:
    """The whole life of a child: enter the namespaces (unless ``plain``), perform, write JSON lines
    to ``pipe``.
    """
    if plain:
        os.chdir(tempfile.mkdtemp(dir=place))
        _finish(condition, pipe, make, token=os.urandom(4).hex())
    try:
        namespaces.enter(root=condition.root)
    except Unsupported as lack:
        refused = observation_of(condition, status="unsupported", reason=lack.reason, remedy=lack.remedy)
        _write(pipe, {"observation": to_json(refused)})
        os._exit(0)
    alive, held = os.pipe()
    inner = os.fork()
    if inner == 0:
        os.close(held)
        namespaces.die_with_parent()
        os.set_blocking(alive, False)
        if _orphaned(alive):
            os._exit(0)
        os.close(alive)
        _finish(condition, pipe, make, token="")
    os._exit(os.waitpid(inner, 0)[1] and 1)


def _orphaned(alive: int) -> bool:
    """Whether the parent was gone before it could be tied to this process: its end of the pipe is
    closed.
    """
    try:
        return os.read(alive, 1) == b""
    except BlockingIOError:
        return False


def _finish(condition: Condition, pipe: int, make: Callable[..., Lab], token: str) -> NoReturn:
    lab = make(doing=lambda text: _write(pipe, {"doing": text}))
    lab.token = token
    _write(pipe, {"observation": to_json(perform(condition, lab))})
    os._exit(0)


def _write(pipe: int, message: object) -> None:
    data = json.dumps(message).encode() + b"\n"
    while data:
        data = data[os.write(pipe, data) :]

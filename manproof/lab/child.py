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
from manproof.lab.errors import Broken, Unsupported, lack
from manproof.lab.privileges import effective
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
    begun, born_with = time.monotonic(), effective()
    try:
        condition.probe(lab, **dict(condition.parameters))
        if not lab.observed:
            raise Broken("nothing was observed")
        fields: dict[str, Any] = {
            "status": "observed",
            "outcome": lab.observed.outcome,
            "origin": lab.observed.origin,
            "caller": "privileged" if born_with and effective() == born_with else "unprivileged",
        }
    except Unsupported as failure:
        fields = _unsupported(failure)
    except Broken as failure:
        fields = {"status": "broken", "reason": failure.reason}
    except Exception as failure:
        reason = "".join(traceback.format_exception_only(failure)).strip()
        short = lack(failure) if isinstance(failure, OSError) else None
        fields = _unsupported(short) if short else {"status": "broken", "reason": reason}
    seconds = round(time.monotonic() - begun, 4)
    return observation_of(condition, seconds=seconds, steps=tuple(lab.steps), **fields)


def _unsupported(lack: Unsupported) -> dict[str, Any]:
    return {"status": "unsupported", "reason": lack.reason, "remedy": lack.remedy}


def refused(condition: Condition, failure: Unsupported | OSError) -> dict[str, Any]:
    """The observation of a condition that could not even begin, as JSON values."""
    found = failure if isinstance(failure, Unsupported) else lack(failure)
    found = found or Unsupported(f"no process for it: {failure}", "run outside of the sandbox")
    return to_json(observation_of(condition, **_unsupported(found)))


def live(
    condition: Condition, pipe: int, *, plain: bool, place: str, make: Callable[..., Lab] = Lab
) -> NoReturn:
    """The whole life of a child: enter the namespaces (unless ``plain``), perform, write JSON lines
    to ``pipe``.

    Whatever happens, it ends here: what the child has got from the server is the server's to clean up.
    """
    try:
        if plain:
            os.chdir(tempfile.mkdtemp(dir=place))
            _finish(condition, pipe, make, token=os.urandom(4).hex())
        _live_apart(condition, pipe, make)
    except (Unsupported, OSError) as failure:
        _write(pipe, {"observation": refused(condition, failure)})
        os._exit(0)
    finally:
        os._exit(1)


def _live_apart(condition: Condition, pipe: int, make: Callable[..., Lab]) -> NoReturn:
    """The same in namespaces of its own: another child is the first process of the new PID namespace."""
    namespaces.enter(root=condition.root)
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

"""The recorder: performs a call, and writes down both spellings of it and of what it gave."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from manproof.lab.calls import perform
from manproof.lab.errors import Broken, Unsupported, errno_name, shortage
from manproof.lab.spelled import Number, Spelled, spelled, symbol
from manproof.observation import Step

# What a set-up call can be refused for that says something of the system and nothing of the probe.
_LACKING = {
    "EAFNOSUPPORT": "build the kernel with this address family, or load its module",
    "EPROTONOSUPPORT": "build the kernel with this protocol, or load its module",
    "ESOCKTNOSUPPORT": "build the kernel with this socket type, or load its module",
    "ENOPROTOOPT": "use a kernel that has this socket option",
    "ENOSYS": "use a kernel that has this system call",
    "EPERM": "run as root, or where user namespaces are allowed",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a recorded call answered: its value, its errno's name or None, and its place in the
    record.
    """

    origin: str
    value: int
    errno: str | None
    index: int

    @property
    def outcome(self) -> str:
        return self.errno or "success"


class Recorder:
    """Steps so far. ``doing`` is told what is about to be done, so that a hang can be explained."""

    def __init__(self, doing: Callable[[str], object] = len) -> None:
        self.steps: list[Step] = []
        self.observed: Answer | None = None
        self._doing = doing
        self._made: dict[str, int] = {}
        self._threads: dict[int, int] = {threading.get_ident(): 0}
        self._lock = threading.Lock()

    def call(
        self,
        name: str,
        *arguments: object,
        makes: str = "",
        code: str = "",
        text: str = "",
        needed: bool = True,
        origin: str = "",
    ) -> Answer:
        """Perform ``name`` and record it. Unless ``needed`` is false, it must not fail.

        ``makes`` is the stem of the symbol that names the result; ``code`` and ``text`` replace the
        spellings that would be made from the arguments.
        """
        words = tuple(spelled(argument) for argument in arguments)
        text = text or f"{name}({', '.join(word.text for word in words)})"
        code = code or f"{name}({', '.join(word.code for word in words)})"
        self._doing(text)
        value, number = self.perform(name, words)
        errno = errno_name(number) if value < 0 else None
        made = self.name(makes) if makes and value >= 0 else ""
        answer = self.record(
            Step(call=text, code=code, makes=made, answer=value, errno=errno), origin or name
        )
        if needed and errno:
            raise refusal(text, errno)
        return answer

    def perform(self, name: str, words: tuple[Spelled, ...]) -> tuple[int, int]:
        """Do it: the result, and errno or 0."""
        return perform(name, words)

    def name(self, stem: str) -> str:
        """A symbol that no earlier step has used: s1, s2, ..."""
        self._made[stem] = self._made.get(stem, 0) + 1
        return f"{stem}{self._made[stem]}"

    def made(self, answer: Answer) -> Number:
        """The result of ``answer`` as an argument for later steps."""
        return symbol(answer.value, self.steps[answer.index].makes)

    def note(self, kind: str, call: str, code: str, makes: str = "", answer: int | None = None) -> Answer:
        """Record something that is not one system call."""
        return self.record(Step(kind=kind, call=call, code=code, makes=makes, answer=answer), kind)

    def record(self, step: Step, origin: str) -> Answer:
        if self.observed:
            raise Broken(f"something was done after the observation: {step.call}")
        with self._lock:
            thread = self._threads.setdefault(threading.get_ident(), len(self._threads))
            self.steps.append(replace(step, thread=thread))
            index = len(self.steps) - 1
        return Answer(origin=origin, value=step.answer or 0, errno=step.errno, index=index)

    def control(self, answer: Answer) -> None:
        """The same call without the defect must succeed, or the observation means nothing."""
        self._mark(answer, "control")
        if answer.errno:
            raise Broken(f"the control failed: {self.steps[answer.index].call} = {answer.errno}")

    def no_control(self, why: str) -> None:
        """There can be no control; ``why`` says so for the reader."""
        self.record(Step(kind="wait", part="control", call=f"no control: {why}", code=""), "control")

    def observe(self, answer: Answer) -> None:
        """This is the answer: last, and exactly once."""
        self._mark(answer, "observe")
        self.observed = answer

    def _mark(self, answer: Answer, part: str) -> None:
        self.steps[answer.index] = replace(self.steps[answer.index], part=part)


def refusal(text: str, errno: str) -> Exception:
    """A set-up step failed: is the system lacking something, or is the probe broken?"""
    reason = f"{text} = {errno}"
    remedy = _LACKING.get(errno) or shortage(errno)
    return Unsupported(reason, remedy) if remedy else Broken(reason)

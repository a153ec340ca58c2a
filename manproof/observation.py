"""What a system call did when it was tried: the record that every other view is made from."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

STATUSES = ("observed", "unsupported", "broken")
PARTS = ("set-up", "control", "observe")
KINDS = ("call", "wait", "thread", "timer", "shell", "packet")

_ERRNO = r"E[A-Z0-9]{1,30}|[0-9]{1,4}"  # digits for an errno that has no name
_WORDS = {
    "call": re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}"),
    "condition": re.compile(r"(?=.{1,90}$)[a-z0-9]+([.-][a-z0-9]+)*"),
    "outcome": re.compile(rf"success|{_ERRNO}"),
    "origin": re.compile(r"[A-Za-z0-9_]{1,64}"),
}
"""What the words of an observation look like that get into names of files, anchors and addresses."""
_DATE = re.compile(r"(19[89]|2[01]\d)\d-\d\d-\d\d", re.ASCII)
_RELEASE = re.compile(r"\d{1,4}(?:\.\d{1,4})+(?!\d)", re.ASCII)

_R = TypeVar("_R", bound="Step | Observation | System | Record")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that was done, in two spellings.

    ``call`` holds the values of this run in strace's notation; ``code`` is the same thing in C,
    where what an earlier step gave (a descriptor, a port) is named by the symbol that step
    ``makes``. ``answer`` is what came back (None for what answers nothing), ``errno`` the canonical
    name of the error, if any. ``thread`` counts from 0, the main thread.
    """

    kind: str = "call"
    part: str = "set-up"
    call: str
    code: str
    makes: str = ""
    answer: int | None = None
    errno: str | None = None
    thread: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.part not in PARTS:
            raise ValueError(f"unknown kind {self.kind!r} or part {self.part!r} of a step")
        if self.errno is not None and not re.fullmatch(_ERRNO, self.errno):
            raise ValueError(f"{self.errno!r} is no errno")


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What the kernel answered under one condition, or why it could not be asked.

    ``outcome`` is an errno's canonical name, ``success``, or None unless ``status`` is
    ``observed``; ``origin`` (``from`` in JSON) is the call that said so: ``connect``, or
    ``so_error`` when the answer came later as the value of SO_ERROR, or the name of a follow-up
    call. ``caller`` is ``privileged`` if the process had kept all the capabilities that it was born
    with, ``unprivileged`` if it had given some up or never had any.
    ``title`` and ``explanation`` are the probe's own words; ``digest`` changes with the
    probe. ``plain`` conditions need no namespace, ``root`` ones the real root. ``seconds`` is the
    time it took; ``unspoken`` says why there is no C program, if there is none.
    """

    call: str
    condition: str
    status: str
    outcome: str | None = None
    origin: str | None = None
    caller: str = ""
    seconds: float = 0.0
    reason: str = ""
    remedy: str = ""
    title: str = ""
    explanation: str = ""
    plain: bool = False
    root: bool = False
    digest: str = ""
    unspoken: str = ""
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"unknown status {self.status!r}")
        if (self.outcome is not None) != (self.status == "observed"):
            raise ValueError(f"{self.condition}: {self.status} with the outcome {self.outcome}")
        for name, pattern in _WORDS.items():
            word = getattr(self, name)
            if word is not None and not pattern.fullmatch(word):
                raise ValueError(f"{word!r} is no {name}")


@dataclass(frozen=True, kw_only=True)
class System:
    """Where the observations were made.

    ``kernel`` is the whole release string; ``privileges`` is ``root``, ``user`` (with user
    namespaces) or ``plain`` (without); ``seccomp`` is the mode of seccomp(2): ``off``, ``strict``
    or ``filter``; ``sandbox`` names the container or emulator that was recognised, or is empty;
    ``restriction`` and ``remedy`` say why namespaces cannot be had, if they cannot. ``date`` is ISO
    8601, in UTC, of these two centuries.
    """

    kernel: str
    architecture: str
    libc: str
    privileges: str
    seccomp: str
    sandbox: str = ""
    security: str = ""
    restriction: str = ""
    remedy: str = ""
    tool: str
    date: str

    def __post_init__(self) -> None:
        if not _DATE.fullmatch(self.date):
            raise ValueError(f"{self.date!r} is no date such as 2026-11-21")
        datetime.date.fromisoformat(self.date)
        if not _RELEASE.match(self.kernel):
            raise ValueError(f"{self.kernel!r} is no release of a kernel such as 6.18.1")

    @property
    def linux(self) -> str:
        """The first two numbers of the release: ``6.18``."""
        return ".".join(self.kernel.split("-")[0].split(".")[:2])

    @property
    def release(self) -> tuple[int, ...]:
        """The kernel's release as numbers: ``6.18.44-cloud`` is ``(6, 18, 44)``."""
        found = _RELEASE.match(self.kernel)
        return tuple(map(int, found[0].split("."))) if found else ()

    @property
    def slug(self) -> str:
        """A file name's stem for records of this system: ``linux-6.18-x86_64``."""
        return f"linux-{self.linux}-{self.architecture}"

    def __str__(self) -> str:
        return f"Linux {self.linux}, {self.architecture.replace('_', '-')}"


@dataclass(frozen=True, kw_only=True)
class Record:
    """One run: the system and all that was observed on it, sorted by condition."""

    system: System
    observations: tuple[Observation, ...]


_SPELLED = {"origin": "from"}  # a word that Python keeps for itself
_FIELDS = {spelled: name for name, spelled in _SPELLED.items()}
_NESTED: dict[tuple[type, str], type] = {
    (Observation, "steps"): Step,
    (Record, "observations"): Observation,
}


def to_json(record: Step | Observation | System | Record) -> dict[str, Any]:
    """``record`` as the values that :mod:`json` writes."""
    out: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if isinstance(value, tuple):
            value = [to_json(item) for item in value]
        elif isinstance(value, System):
            value = to_json(value)
        out[_SPELLED.get(field.name, field.name)] = value
    return out


def from_json(kind: type[_R], data: Mapping[str, Any]) -> _R:
    """The record of the given kind that ``data`` spells.

    Raises ``TypeError`` or ``KeyError`` for a field that is unknown, missing or of another type,
    ``ValueError`` for an impossible record.
    """
    if not isinstance(data, Mapping):
        raise TypeError(f"a {kind.__name__} is spelled as an object, and not as {type(data).__name__}")
    values: dict[str, Any] = {_FIELDS.get(name, name): value for name, value in data.items()}
    for name, value in values.items():
        if (kind, name) in _NESTED:
            items = value if isinstance(value, list) else [value]
            values[name] = tuple(from_json(_NESTED[kind, name], item) for item in items)
    if kind is Record:
        values["system"] = from_json(System, values["system"])
    types = _TYPES[kind]
    for name, value in values.items():
        if name in types and type(value) not in types[name]:
            raise TypeError(f"{name} cannot be a {type(value).__name__}")
    return kind(**values)


_PLAIN: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "str | None": (str, type(None)),
    "int": (int,),
    "int | None": (int, type(None)),
    "float": (float, int),
    "bool": (bool,),
}
_TYPES: dict[type, dict[str, tuple[type, ...]]] = {
    kind: {f.name: _PLAIN[str(f.type)] for f in dataclasses.fields(kind) if str(f.type) in _PLAIN}
    for kind in (Step, Observation, System, Record)
}
"""What a field that holds one plain value may be."""

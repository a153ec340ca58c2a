"""What a condition is, and the table of all of them."""

from __future__ import annotations

import ast
import hashlib
import importlib
import inspect
import itertools
import pkgutil
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from manproof.lab.words import Lab
from manproof.observation import Observation

Probe = Callable[..., None]


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One situation in which ``call`` is called.

    ``plain`` ones need neither privilege nor namespace.
    ``root`` ones need the real root instead of a mapped one, and get namespaces without a user
    namespace. ``slow`` ones wait for about a second and are started first; ``unspoken`` says why
    there can be no C program.
    """

    call: str
    name: str
    probe: Probe
    parameters: tuple[tuple[str, Any], ...]
    plain: bool
    root: bool
    slow: bool
    unspoken: str

    @property
    def key(self) -> str:
        return f"{self.call}/{self.name}"

    @property
    def title(self) -> str:
        """The first line of the probe's docstring: the condition in plain English, for readers."""
        return inspect.cleandoc(self.probe.__doc__ or "").split("\n")[0]

    @property
    def explanation(self) -> str:
        """The rest of it: how the condition comes about, and what in the kernel answers."""
        return inspect.cleandoc(self.probe.__doc__ or "").partition("\n")[2].strip()

    @property
    def digest(self) -> str:
        """Changes when the probe, its parameters or a word of the lab that it uses does."""
        sources = [_source(self.probe), repr(self.parameters), *_words(self.probe)]
        return hashlib.sha256("\n".join(sources).encode()).hexdigest()[:16]

    def describe(self, observation: Observation) -> Observation:
        """The observation with the words of the condition: title, explanation, digest."""
        return replace(
            observation,
            title=self.title,
            explanation=self.explanation,
            plain=self.plain,
            root=self.root,
            unspoken=self.unspoken,
            digest=self.digest,
        )


_TABLE: dict[str, Condition] = {}


def condition(
    pattern: str,
    *,
    plain: bool = False,
    root: bool = False,
    slow: bool = False,
    unspoken: str = "",
    **variants: Iterable[Any],
) -> Callable[[Probe], Probe]:
    """Register a probe, once for every combination of the variants.

    ``pattern`` is the condition's name, with the variants in braces. A variant that is a mapping
    gives the words for the name and what stands for them in the probe.
    """

    def register(probe: Probe) -> Probe:
        call = probe.__module__.split(".")[2] if probe.__module__.startswith("manproof.probes.") else "test"
        for chosen in itertools.product(*variants.values()):
            words = dict(zip(variants, chosen, strict=True))
            values = {
                key: kind[word] if isinstance(kind := variants[key], dict) else word
                for key, word in words.items()
            }
            made = Condition(
                call=call,
                name=pattern.format(**words),
                probe=probe,
                plain=plain,
                root=root,
                slow=slow,
                parameters=tuple(values.items()),
                unspoken=unspoken,
            )
            if made.key in _TABLE:
                raise ValueError(f"two conditions are called {made.key}")
            _TABLE[made.key] = made
        return probe

    return register


def by_kind(what: str, kinds: Iterable[str], extra: object = None) -> dict[str, object]:
    """Names for kinds of sockets: tcp.unspec.ipv4 for tcp.ipv4, unix-dgram.unspec for unix.dgram.

    Each stands for the kind, or for the pair of the kind and ``extra``.
    """
    names: dict[str, object] = {}
    for kind in kinds:
        head, _, tail = kind.partition(".")
        name = f"{head}-{tail}.{what}" if head == "unix" else f"{head}.{what}{tail and f'.{tail}'}"
        names[name] = kind if extra is None else (kind, extra)
    return names


def conditions(*selections: str) -> tuple[Condition, ...]:
    """The conditions that ``CALL`` or ``CALL/PREFIX`` selects (all without one), sorted by key.

    A prefix counts in whole words between dots: ``connect/unix`` takes unix.stale, not unixlike.
    Raises ``KeyError`` with the selection that selects nothing.
    """
    for call in calls():
        importlib.import_module(f"manproof.probes.{call}")
    chosen: dict[str, Condition] = {}
    for selection in selections or calls():
        found = {key: value for key, value in _TABLE.items() if _selects(selection, key)}
        if not found:
            raise KeyError(selection)
        chosen |= found
    return tuple(chosen[key] for key in sorted(chosen))


@cache
def calls() -> tuple[str, ...]:
    """The calls that there are probes of: the modules and packages in ``probes``."""
    folders = importlib.import_module("manproof.probes").__path__
    return tuple(module.name for module in pkgutil.iter_modules(folders))


def _selects(selection: str, key: str) -> bool:
    return key == selection or key.startswith((f"{selection}.", f"{selection}/"))


@cache
def _blocks(path: str) -> dict[int, str]:
    """The source of every function in a file, by the line on which its decorators begin."""
    text = Path(path).read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    blocks = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
            blocks[first] = "".join(lines[first - 1 : node.end_lineno])
    return blocks


def _source(function: Probe) -> str:
    return _blocks(function.__code__.co_filename)[function.__code__.co_firstlineno]


def _used(function: Probe) -> list[str]:
    """The names of the lab's words in the source of a function."""
    return re.findall(r"\b(?:lab|self|super\(\))\.(\w+)", _source(function))


@cache
def _words(probe: Probe) -> tuple[str, ...]:
    """The sources of the words that a probe uses, and of the words that those use."""
    sources: dict[str, str] = {}
    waiting = _used(probe)
    while waiting:
        word = getattr(Lab, name := waiting.pop(), None)
        if name not in sources and inspect.isfunction(word):
            sources[name] = _source(word)
            waiting.extend(_used(word))
    return tuple(sources[name] for name in sorted(sources))

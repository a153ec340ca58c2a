"""The lines of a roff page as a formatter comes to see them: what is included, defined and left out.

This carries out the requests that decide which lines there are (``.so``, ``.de``, ``.ig``, ``.if``,
``.ds``, ``.nr``), and no other. Nothing is run, and no file is read but by ``.so`` (groff(7)).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from manproof.diagnostic import Diagnostic, Span, quoted, warning
from manproof.handwritten.conditions import holds, interpolated
from manproof.handwritten.escapes import arguments, without_comment

_DEPTH = 16
_LONGEST = 1 << 16  # characters of a line, once its strings are filled in
_COST = 8 << 20  # characters to read in all, of which a line costs some more
_LINE_COST = 64
_MOST_FOUND = 64

Source = Sequence[tuple[Span, str]]
"""Lines and their places."""
Include = Callable[[str], Source]
"""What a name after ``.so`` brings; raises ``RefusedError``."""


class RefusedError(Exception):
    """Why a file is not included."""


class Line(NamedTuple):
    """A macro with its arguments, or text, whose ``macro`` is empty and which is its one argument."""

    span: Span
    macro: str
    words: tuple[str, ...]


class Reader:
    """One reading of one page."""

    def __init__(self, include: Include, standard: frozenset[str]) -> None:
        self.found: list[Diagnostic] = []
        self._include, self._standard = include, standard
        self._frames: list[deque[tuple[Span, str]]] = []
        self._macros: dict[str, Source] = {}
        self._strings: dict[str, str] = {}
        self._registers: dict[str, int] = {".g": 1}
        self._names = set(standard)  # all that .if d knows: macros and strings
        self._elses: list[bool] = []
        self._cost = _COST

    def lines(self, source: Source) -> Iterator[Line]:
        """The lines of a source."""
        self._frames.append(deque(source))
        while (item := self._next()) is not None:
            span, text = item
            text = without_comment(self._continued(span, text))
            if "\\*" in text or "\\n" in text:
                text = interpolated(text, self._strings, self._registers, _LONGEST)
                self._spend(span, len(text))
            if text[:1] in (".", "'"):
                yield from self._control(span, text[1:].lstrip(" \t"))
            else:
                yield Line(span, "", (text.replace("\\}", ""),))

    def _next(self) -> tuple[Span, str] | None:
        """The next line, if there is one and it may be read."""
        while self._frames and not self._frames[-1]:
            self._frames.pop()
        if not self._frames or self._cost <= 0:
            return None
        span, text = self._frames[-1].popleft()
        self._spend(span, len(text) + _LINE_COST)
        return span, text

    def _spend(self, span: Span, cost: int) -> None:
        """Counts what is read, and what strings and macros make of it; the end of it is told once."""
        if 0 < self._cost <= cost:
            message = "reading stops here: the page repeats itself without end, or is too long; shorten it"
            self.found.append(warning("page-endless", span, message))
        self._cost -= cost

    def _continued(self, span: Span, text: str) -> str:
        """A line, with those that continue it."""
        parts = [text]
        while parts[-1].endswith("\\") and not parts[-1].endswith("\\\\"):
            parts[-1] = parts[-1][:-1]
            parts.append((self._next() or (span, ""))[1])
        return "".join(parts)[:_LONGEST]

    def _control(self, span: Span, text: str) -> Iterator[Line]:
        match = re.match(r"(\\}|[^\s\\]{1,64})?", text)
        name = (match[1] if match else "") or ""
        rest = text[len(name) :].lstrip(" \t")
        request = _REQUESTS.get(name)
        if request:
            request(self, span, rest)
        elif name in self._macros and name not in self._standard:
            self._call(span, name, rest)
        elif name and name != "\\}":
            yield Line(span, name, tuple(arguments(rest.replace("\\}", ""))))

    def _push(self, span: Span, lines: Iterable[tuple[Span, str]]) -> None:
        """Puts lines before all others; where they would lie too deep, they are not even made."""
        while self._frames and not self._frames[-1]:
            self._frames.pop()  # a macro may end in a call of itself; what it costs is counted
        if len(self._frames) < _DEPTH:
            self._frames.append(deque(lines))
        else:
            message = "macros, conditions or files lie too deep in one another; what lies deeper is left out"
            if not any(item.rule == "page-endless" for item in self.found):
                self.found.append(warning("page-endless", span, message))

    def _so(self, span: Span, rest: str) -> None:
        name = (arguments(rest) or [""])[0]
        try:
            self._push(span, self._include(name))
        except RefusedError as why:
            if len(self.found) < _MOST_FOUND:
                self.found.append(
                    warning("page-include", span, f"“{quoted(name[:80])}” is not included: {why}")
                )

    def _call(self, span: Span, name: str, rest: str) -> None:
        """A macro of the page's own, its lines in the place where it is called."""
        words = arguments(rest)
        every, room = " ".join(words), _LONGEST

        def given(match: re.Match[str]) -> str:
            nonlocal room
            number = match[1]
            found = every if number in "*@" else "".join(words[int(number) - 1 : int(number)])
            room -= len(found) + 1
            return found if room > 0 else ""

        body = (re.sub(r"\\\$([0-9*@])", given, text.replace("\\\\", "\\")) for _, text in self._macros[name])
        self._push(span, ((span, text[:_LONGEST]) for text in body))

    def _define(self, _span: Span, rest: str) -> None:
        name, end = ([*arguments(rest), "", ""])[:2]
        body = []
        while (item := self._next()) and not _calls(item[1], end or "."):
            body.append(item)
        if name:
            self._macros[name] = body
            self._names.add(name)

    def _ignore(self, span: Span, rest: str) -> None:
        self._define(span, f'"" {rest}')

    def _string(self, _span: Span, rest: str) -> None:
        name, _, value = rest.partition(" ")
        self._strings[name] = value.lstrip(" ").removeprefix('"')
        self._names.add(name)

    def _number(self, _span: Span, rest: str) -> None:
        if match := re.match(r"(\S+)[ \t]+(-?\d{1,9})", rest):
            self._registers[match[1]] = int(match[2])

    def _if(self, span: Span, rest: str) -> None:
        true, rest = holds(rest, self._names, self._registers)
        self._branch(span, rest, taken=true)

    def _if_or_else(self, span: Span, rest: str) -> None:
        true, rest = holds(rest, self._names, self._registers)
        self._elses.append(not true)
        self._branch(span, rest, taken=true)

    def _otherwise(self, span: Span, rest: str) -> None:
        self._branch(span, rest, taken=bool(self._elses and self._elses.pop()))

    def _while(self, span: Span, rest: str) -> None:
        self._branch(span, holds(rest, set(), {})[1], taken=False)

    def _branch(self, span: Span, rest: str, *, taken: bool) -> None:
        """A branch is the rest of the line, or up to the ``\\}`` that closes its ``\\{``."""
        rest = rest.lstrip(" \t")
        if taken:
            while rest.startswith("\\{"):
                rest = rest[2:].lstrip(" \t")
            if self._frames and rest:
                self._frames[-1].appendleft((span, rest))
            elif rest:
                self._frames.append(deque([(span, rest)]))
            return
        depth = rest.count("\\{") - rest.count("\\}")
        while depth > 0 and (item := self._next()):
            depth += item[1].count("\\{") - item[1].count("\\}")


def _calls(text: str, name: str) -> bool:
    """Whether a line calls a macro or a request of this name."""
    rest = text[1:].lstrip(" \t")
    return text[:1] in (".", "'") and rest.startswith(name) and not rest[len(name) :][:1].strip(" \t\\")


_REQUESTS: dict[str, Callable[[Reader, Span, str], None]] = {
    "so": Reader._so, "mso": lambda *_: None,
    "de": Reader._define, "de1": Reader._define, "am": Reader._define, "am1": Reader._define,
    "ig": Reader._ignore, "ds": Reader._string, "nr": Reader._number,
    "if": Reader._if, "ie": Reader._if_or_else, "el": Reader._otherwise, "while": Reader._while,
}  # fmt: skip

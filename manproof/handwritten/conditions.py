"""What the conditions of roff ask, as a formatter for terminals answers it (groff(7))."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Mapping

_REFERENCE = re.compile(
    r"\\(?P<kind>[*n])[+-]?(?:\((?P<two>..)|\[(?P<long>[^\]\s]{0,64})[^\]]{0,64}\]|(?P<one>[^+\s-]))",
    re.DOTALL,
)
_ROUNDS = 8


def interpolated(text: str, strings: Mapping[str, str], registers: Mapping[str, int], longest: int) -> str:
    """A line with its strings and registers filled in, cut where it gets too long."""

    room = longest

    def value(match: re.Match[str]) -> str:
        nonlocal room
        name = match["two"] or match["long"] or match["one"] or ""
        found = strings.get(name, "") if match["kind"] == "*" else str(registers.get(name, 0))
        room -= len(found)
        return found if room > 0 else ""

    for _ in range(_ROUNDS):
        room = longest
        filled = _REFERENCE.sub(value, text)[:longest]
        if filled == text:
            break
        text = filled
    return text


_SINGLE = {"n": True, "o": True, "t": False, "e": False, "v": False}
_COMPARED: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt, ">": operator.gt, "=": operator.eq, "==": operator.eq,
    "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
_NUMBERS = re.compile(r"(-?\d{1,18})[a-z]?(?:([<>=]=?)(-?\d{1,18}))?[a-z]?")


def holds(text: str, names: Collection[str], registers: Collection[str]) -> tuple[bool, str]:
    """Whether the condition that a line begins with holds, and what follows it.

    ``names`` are the strings and macros that there are. A condition that is not understood does
    not hold, as an unknown register is 0.
    """
    text = text.lstrip(" \t")
    bare = text.lstrip("!")
    negated = (len(text) - len(bare)) % 2 == 1
    answer, rest = _asked(bare.lstrip(" \t"), names, registers)
    return answer != negated, rest


def _asked(text: str, names: Collection[str], registers: Collection[str]) -> tuple[bool, str]:
    if match := re.match(r"([dmr])[ \t]*([^\s\\]+)", text):
        return match[2] in (registers if match[1] == "r" else names), text[match.end() :]
    if match := re.match(r"[ntoev](?![A-Za-z0-9])", text):
        return _SINGLE[match[0]], text[1:]
    if match := re.match(r"([^\w\s\\(+.-])((?:(?!\1).)*)\1((?:(?!\1).)*)\1", text):
        return match[2] == match[3], text[match.end() :]
    word = (re.match(r"(?:(?!\\\{)\S)*", text) or [""])[0]
    return _number(word), text[len(word) :]


def _number(word: str) -> bool:
    match = _NUMBERS.fullmatch(word)
    if match is None:
        return False
    if match[2]:
        return _COMPARED[match[2]](int(match[1]), int(match[3]))
    return int(match[1]) > 0

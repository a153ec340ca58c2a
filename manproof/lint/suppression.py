"""What a file says is to be passed over: ``# manproof: ignore[rule, ...] reason``.

In YAML such a comment covers its line, or the next one where it stands alone, and all that is
indented deeper below; in a catalogue it is a translator's comment, and covers its entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from manproof.diagnostic import Diagnostic, Span, warning
from manproof.lint.selection import meant

_MARK = "manproof:"
_COMMENT = re.compile(
    r"(?:^|(?<=\s))#\s*manproof:\s*ignore(?:\[(?P<rules>[^\]]*)\])?(?P<reason>.*?)(?=\s#\s*manproof:|$)"
)


@dataclass(kw_only=True)
class Ignore:
    """A comment: its place, the rules that it names, its reason, the lines that it covers (first, last)."""

    span: Span
    rules: tuple[str, ...]
    reason: str
    first: int
    last: int
    used: set[str] = field(default_factory=set)

    def covers(self, found: Diagnostic) -> bool:
        """Whether a diagnostic is to be passed over; then the comment is of use."""
        here = found.span.path == self.span.path and self.first <= found.span.line <= self.last
        if here and found.rule in self.rules and self.reason:
            self.used.add(found.rule)
            return True
        return False


def ignores(text: str, path: str) -> list[Ignore]:
    """The comments of a file that pass over something."""
    if _MARK not in text:
        return []
    lines = text.split("\n")
    inside = set() if path.endswith(".po") else _inside_texts(text)
    return [
        _ignore(match, lines, number, path)
        for number, line in enumerate(lines)
        if number not in inside and _MARK in line
        for match in _COMMENT.finditer(line)
    ]


def _ignore(match: re.Match[str], lines: Sequence[str], number: int, path: str) -> Ignore:
    alone = lines[number].lstrip().startswith("#")
    covered = _entry if path.endswith(".po") else _block
    first, last = covered(lines, number + alone)
    rules = tuple(name.strip() for name in (match["rules"] or "").split(",") if name.strip())
    return Ignore(
        span=Span(path, number + 1, match.start() + 1),
        rules=rules,
        reason=match["reason"].strip(" :-—"),
        first=first + 1,
        last=last + 1,
    )


def _inside_texts(text: str) -> set[int]:
    """The lines of YAML that are part of a text of several lines, where ``#`` is a letter like others."""
    import yaml

    found: set[int] = set()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for token in yaml.scan(text, Loader=loader):
            if isinstance(token, yaml.ScalarToken) and token.end_mark.line > token.start_mark.line:
                # the line of the sign for a block may end in a comment, and a text may end within a line
                found.update(
                    range(token.start_mark.line + 1, token.end_mark.line + bool(token.end_mark.column))
                )
    except yaml.YAMLError:
        pass
    return found


def _block(lines: Sequence[str], number: int) -> tuple[int, int]:
    """The first line from here on that is no comment, and what is indented deeper below it."""
    while number < len(lines) - 1 and (not lines[number].strip() or lines[number].lstrip().startswith("#")):
        number += 1
    indent = len(lines[number]) - len(lines[number].lstrip())
    last = number
    for other in range(number + 1, len(lines)):
        line = lines[other]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        last = other
    return number, last


def _entry(lines: Sequence[str], number: int) -> tuple[int, int]:
    """The entry of a catalogue that follows a comment."""
    while number < len(lines) - 1 and lines[number].startswith("#"):
        number += 1
    last = number
    while last + 1 < len(lines) and lines[last + 1].startswith(("msg", '"')):
        last += 1
    return number, last


def apply(
    found: Iterable[Diagnostic], all_ignores: Sequence[Ignore], may_pass: Callable[[Diagnostic], bool]
) -> list[Diagnostic]:
    """The diagnostics that no comment passes over; some must not be passed over."""
    if not all_ignores:
        return list(found)
    return [item for item in found if not may_pass(item) or not [i for i in all_ignores if i.covers(item)]]


def complaints(
    all_ignores: Iterable[Ignore], known: Collection[str], ran: Collection[str]
) -> Iterator[Diagnostic]:
    """What is wrong with the comments themselves, after all rules that were to be run have been."""
    for item in all_ignores:
        if not item.rules or not item.reason:
            way_out = "write # manproof: ignore[rule] and why"
            yield warning("ignore-without-reason", item.span, f"no rule or no reason is given; {way_out}")
            continue
        for name in item.rules:
            if name not in known:
                message = f"there is no rule “{name[:60]}”{meant(name, known)}; see: manproof rules"
                yield warning("ignore-unknown", item.span, message)
            elif name in ran and name not in item.used:
                yield warning("ignore-unused", item.span, f"{name} finds nothing here; remove the comment")

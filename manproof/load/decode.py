"""A tree of texts -> a record of ``spec``: the annotations of the record are the grammar."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from functools import cache, cached_property
from typing import Annotated, Any, Literal, get_args, get_origin

from manproof import spec
from manproof.diagnostic import Diagnostic, Span, error, quoted
from manproof.grammar import Pattern, Word
from manproof.load.tree import Items, Mapping, Node, Scalar, Sequence

WRONG = object()
"""What a decoder gives for a value that it has reported."""

Reading = tuple[Callable[["Decoder", Node, Any, str], Any], Any]
"""A method of the decoder, and what it demands of a value."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a record as the source spells it."""

    name: str
    type: Any
    required: bool

    @cached_property
    def reading(self) -> Reading:
        """How its value is read."""
        return reading(self.type)


@cache
def fields_of(record: type) -> tuple[Field, ...]:
    """The fields that YAML may give for a record: all but its span."""
    hints = typing.get_type_hints(record, include_extras=True)
    return tuple(
        Field(name=f.name, type=hints[f.name], required=f.default is dataclasses.MISSING)
        for f in dataclasses.fields(record)
        if f.name != "span"
    )


@cache
def known_of(record: type) -> dict[str, Field]:
    """The same fields by their names."""
    return {field.name: field for field in fields_of(record)}


@cache
def _tried_of(claim: type) -> dict[str, Field]:
    """The fields of a claim under its condition, which is their key; of them only the outcome is required."""
    known = (field for field in fields_of(claim) if field.name != "condition")
    return {field.name: dataclasses.replace(field, required=field.name == "outcome") for field in known}


class Decoder:
    """Decodes one file and collects every problem of it."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def wrong(self, rule: str, span: Span, message: str) -> Any:
        """Reports a problem; the value of the field is ``WRONG``."""
        self.found.append(error(rule, span, message))
        return WRONG

    def decode(self, node: Node, kind: Any, field: str) -> Any:
        """The value of ``node`` as ``kind`` demands it, or ``WRONG`` after a report."""
        read, demanded = reading(kind)
        return read(self, node, demanded, field)

    def text(self, node: Node, field: str, what: str) -> Scalar | None:
        """The scalar, if the node is one and holds something."""
        if isinstance(node, Scalar) and not node.empty and node.text.strip():
            return node
        have = "nothing" if isinstance(node, Scalar) else _KINDS[type(node)]
        self.wrong("wrong-type", _in(node, field), f"{_last(field)} must be {what}, and here is {have}")
        return None

    def word(self, node: Node, pattern: Pattern, field: str) -> Any:
        """A word that fits its pattern."""
        scalar = self.text(node, field, pattern.description)
        if scalar is None:
            return WRONG
        if not pattern.accepts(scalar.text):
            shown = quoted(scalar.text if len(scalar.text) <= 40 else scalar.text[:40] + "…")
            message = f"{_last(field)} must be {pattern.description}, and not “{shown}”"
            return self.wrong("wrong-value", _in(node, field), message)
        return Word(scalar.text, _in(node, field))

    def choice(self, node: Node, choices: tuple[str, ...], field: str) -> Any:
        """One of a few words."""
        what = "one of " + ", ".join(choices)
        scalar = self.text(node, field, what)
        if scalar is None:
            return WRONG
        if scalar.text not in choices:
            message = f"{_last(field)} must be {what}, and not “{quoted(scalar.text[:40])}”"
            return self.wrong("wrong-value", _in(node, field), message)
        return Word(scalar.text, _in(node, field))

    def prose(self, node: Node, _kind: type, field: str) -> Any:
        """Text for readers; the newline that ends a block is not part of it."""
        scalar = self.text(node, field, "text")
        return WRONG if scalar is None else spec.Prose(text=scalar.text.rstrip(), span=_in(node, field))

    def many(self, node: Node, kind: Any, field: str) -> Any:
        """A list with one value of ``kind`` an item; claims are written as a mapping."""
        if kind is spec.Claim:
            return self.claims(node, field)
        if not isinstance(node, Sequence):
            have = "text" if isinstance(node, Scalar) else "a mapping"
            return self.wrong(
                "wrong-type", _in(node, field), f"{_last(field)} must be a list, and here is {have}"
            )
        if not node.items:
            return self.wrong(
                "wrong-type",
                _in(node, field),
                f"{_last(field)} is an empty list; leave the field out",
            )
        before = len(self.found)
        read, demanded = reading(kind)
        values = [
            read(self, item, demanded, f"{field}/{_label(item, n)}") for n, item in enumerate(node.items)
        ]
        return WRONG if len(self.found) > before else tuple(values)

    def one_of(self, node: Node, kinds: tuple[Any, ...], field: str) -> Any:
        """One of several records, told apart by their first required field; None has no spelling."""
        records = [kind for kind in kinds if kind is not types.NoneType]
        if len(records) == 1:
            return self.decode(node, records[0], field)
        for kind in records:
            if isinstance(node, Mapping) and tag_of(kind) in node.items:
                return self.record(node, kind, field)
        tags = " or ".join(tag_of(kind) for kind in records)
        return self.wrong(
            "missing-field",
            _in(node, field),
            f"each item of {_last(_parent(field))} begins with {tags}",
        )

    def record(self, node: Node, kind: Any, field: str) -> Any:
        """A record: known keys only, every required field there, every value right."""
        if not isinstance(node, Mapping):
            names = ", ".join(f.name for f in fields_of(kind))
            message = f"{_last(field)} must be a mapping with the fields {names}"
            return self.wrong("wrong-type", _in(node, field), message)
        values = self.values(node.items, known_of(kind), node, field)
        if values is None:
            return WRONG
        if "span" in kind.__dataclass_fields__:
            values["span"] = _in(node, field)
        return kind(**values)

    def values(self, items: Items, known: dict[str, Field], node: Node, field: str) -> dict[str, Any] | None:
        """The values of a record by their fields, or None where anything is wrong with them."""
        before = len(self.found)
        found = {}
        for name, (key, value) in items.items():
            if name in known:
                read, demanded = known[name].reading
                found[name] = read(self, value, demanded, f"{field}/{name}" if field else name)
            else:
                hint = _hint(name, list(known))
                self.wrong("unknown-key", _in(key, field), f"unknown key “{quoted(name[:40])}”{hint}")
        for name, one in known.items():
            if one.required and name not in items:
                self.wrong("missing-field", _in(node, field), f"the field {name} is missing")
        return found if len(self.found) == before else None

    def claims(self, node: Node, field: str) -> Any:
        """``{condition: outcome}`` or ``{condition: {outcome: …, linux: …}}``."""
        if not isinstance(node, Mapping) or not node.items:
            message = f"{_last(field)} must be a mapping of conditions to outcomes"
            return self.wrong("wrong-type", _in(node, field), message)
        before = len(self.found)
        values = [self.claim(key, value, f"{field}/{key.text}") for key, value in node.items.values()]
        return WRONG if len(self.found) > before else tuple(values)

    def claim(self, key: Scalar, value: Node, field: str) -> Any:
        """One claim: under this condition, this outcome."""
        items: Items = value.items if isinstance(value, Mapping) else {"outcome": (key, value)}
        read, demanded = known_of(spec.Claim)["condition"].reading
        condition = read(self, key, demanded, f"{field}/condition")
        values = self.values(items, _tried_of(spec.Claim), value, field)
        if condition is WRONG or values is None:
            return WRONG
        return spec.Claim(condition=condition, span=_in(key, field), **values)


@cache
def reading(kind: Any) -> Reading:
    """How a value of a kind is read, and what is demanded of it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return Decoder.word, arguments[1]
    if origin is Literal:
        return Decoder.choice, arguments
    if origin is tuple:
        return Decoder.many, arguments[0]
    if origin in (types.UnionType, typing.Union):
        return Decoder.one_of, arguments
    return (Decoder.prose if kind is spec.Prose else Decoder.record), kind


def tag_of(record: type) -> str:
    """The field that tells a record from the others of a union: its first required one."""
    return next(f.name for f in fields_of(record) if f.required and f.name != "id")


_KINDS: dict[type, str] = {Scalar: "text", Sequence: "a list", Mapping: "a mapping"}
_LABELS = ("id", "group", "field", "name", "errno")


def _label(item: Node, number: int) -> str:
    """What stands for an item in the path of a field: its id rather than its number."""
    if isinstance(item, Mapping):
        for name in _LABELS:
            value = item.items[name][1] if name in item.items else None
            first = value.items[0] if isinstance(value, Sequence) and value.items else value
            if isinstance(first, Scalar):
                return first.text[:64]
    return str(number)


def _in(node: Node, field: str) -> Span:
    return node.span.within(field)


def _last(field: str) -> str:
    """The name of a field for people; a value of a list has none but the list's."""
    above, _, name = field.rpartition("/")
    if name.isdigit():
        return f"each of {_last(above)}"
    return quoted(name[:60]) or "the page"


def _parent(field: str) -> str:
    return field.rpartition("/")[0]


def _hint(word: str, known: list[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, known, 1)
    return f"; did you mean {close[0]}?" if close else "; known are " + ", ".join(known)

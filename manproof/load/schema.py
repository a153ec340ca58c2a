"""The JSON Schema of the source, for editors: derived from the records of ``spec``.

``python -m manproof.load.schema [FOLDER]`` writes the schemas into a folder, or into ``source``.
"""

from __future__ import annotations

import inspect
import json
import sys
import types
import typing
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

from manproof import spec
from manproof.comparison import Comparison
from manproof.grammar import Pattern
from manproof.load.decode import fields_of
from manproof.upstream import Upstream

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES: dict[str, type] = {
    "page.schema.json": spec.Page,
    "edition.schema.json": spec.Edition,
    "comparison.schema.json": Comparison,
    "findings.schema.json": Upstream,
}


def schema(record: type) -> str:
    """The schema of the file that holds a record, as the text of a JSON file."""
    maker = _Maker()
    top = maker.record(record)
    whole = {
        "$schema": DIALECT,
        "title": f"manproof {record.__name__.lower()}",
        **top,
        "$defs": maker.definitions,
    }
    # editors read the first line of a YAML file; it is no field of ours
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


class _Maker:
    """Translates annotations; records that are used become definitions."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a value."""
        origin = get_origin(kind)
        if origin is Annotated:
            pattern: Pattern = get_args(kind)[1]
            expression = pattern.expression.removeprefix("(?s)")
            return {"type": "string", "pattern": f"^(?:{expression})$", "description": pattern.description}
        if origin is Literal:
            return {"enum": list(get_args(kind))}
        if origin is tuple:
            item = get_args(kind)[0]
            return self.claims() if item is spec.Claim else self.many(item)
        if origin in (types.UnionType, typing.Union):
            choices = [self.of(choice) for choice in get_args(kind) if choice is not types.NoneType]
            return choices[0] if len(choices) == 1 else {"anyOf": choices}
        if kind is spec.Prose:
            return {"type": "string", "minLength": 1, "description": "text in reST"}
        return self.reference(kind)

    def many(self, kind: Any) -> dict[str, Any]:
        """A list of values."""
        return {"type": "array", "minItems": 1, "items": self.of(kind)}

    def reference(self, record: type) -> dict[str, Any]:
        """A record by its name; it is defined once."""
        name = record.__name__
        if name not in self.definitions:
            self.definitions[name] = {}  # a place, so that a record may hold itself
            self.definitions[name] = self.record(record)
        return {"$ref": f"#/$defs/{name}"}

    def record(self, record: type) -> dict[str, Any]:
        """The fields of a record; no others are allowed."""
        fields = fields_of(record)
        return {
            "description": inspect.cleandoc(record.__doc__ or ""),
            "type": "object",
            "properties": {field.name: self.of(field.type) for field in fields},
            "required": [field.name for field in fields if field.required],
            "additionalProperties": False,
        }

    def claims(self) -> dict[str, Any]:
        """A mapping of conditions to outcomes, or to an outcome with its limits."""
        kinds = {field.name: field.type for field in fields_of(spec.Claim)}
        condition = self.of(kinds.pop("condition"))
        limited = {
            "type": "object",
            "properties": {name: self.of(kind) for name, kind in kinds.items()},
            "required": ["outcome"],
            "additionalProperties": False,
        }
        return {
            "description": inspect.cleandoc(spec.Claim.__doc__ or ""),
            "type": "object",
            "minProperties": 1,
            "propertyNames": condition,
            "additionalProperties": {"anyOf": [self.of(kinds["outcome"]), limited]},
        }


if __name__ == "__main__":
    for file_name, record_type in FILES.items():
        Path(*sys.argv[1:2] or ["source"], file_name).write_text(schema(record_type), encoding="utf-8")

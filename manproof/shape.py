"""Whether values that JSON brought have the shape that they are taken for."""

from __future__ import annotations

from typing import Any


def fits(value: Any, shape: Any) -> bool:
    """Whether a value has a shape: a type, a list of a type, a tuple of shapes, a mapping of keys to shapes.

    ``[str]`` is a list of any number of texts, ``(str, int)`` one of a text and a number, ``{"a": str}`` an
    object with just this key, ``{str: int}`` one with any keys. A number is no truth value.
    """
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(item, shape[0]) for item in value)
    if isinstance(shape, tuple):
        same = isinstance(value, list) and len(value) == len(shape)
        return same and all(map(fits, value, shape))
    if isinstance(shape, dict):
        if str in shape:
            return isinstance(value, dict) and all(fits(item, shape[str]) for item in value.values())
        same = isinstance(value, dict) and value.keys() == shape.keys()
        return same and all(fits(value[key], item) for key, item in shape.items())
    return type(value) is shape

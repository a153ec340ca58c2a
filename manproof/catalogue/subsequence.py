"""Longest common subsequences of byte strings, with the bits of large integers.

Algorithm: H. Hyyrö, "Bit-parallel LCS-length computation revisited" (2004). A bit stands for each
byte of one text and is cleared when the byte becomes part of the subsequence; a step for each byte
of the other text. Many texts stand side by side in one integer, with a free bit between that stops
the carry.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIELD = 32  # bits in a signature for the count of one byte value


class Pattern:
    """One text, to be compared with others one by one."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.signature = signature(text)
        self._masks: dict[int, int] = {}
        for index, byte in enumerate(text):
            self._masks[byte] = self._masks.get(byte, 0) | 1 << index

    def common(self, other: bytes) -> int:
        """The length of the longest common subsequence with another text."""
        masks, full = self._masks, (1 << len(self.text)) - 1
        left = full
        for byte in other:
            if byte in masks:
                taken = left & masks[byte]
                left = (left + taken) | (left - taken)
        return len(self.text) - (left & full).bit_count()


class Pack:
    """Texts of similar length, by their indices in a catalogue, to be compared at once."""

    def __init__(self, indices: Sequence[int], texts: Sequence[bytes]) -> None:
        self.indices = indices
        self._texts = texts
        self.shortest, self.longest = len(texts[0]), len(texts[-1])
        self._masks: dict[int, int] = {}

    @cached_property
    def _signatures(self) -> list[tuple[int, int, int, int]]:
        return [
            (index, len(text), *signature(text))
            for index, text in zip(self.indices, self._texts, strict=True)
        ]

    @cached_property
    def _row(self) -> bytes:
        """All texts, the last byte first, a zero byte (which no text holds) after each."""
        return b"".join(text + b"\0" for text in self._texts)[::-1]

    def possible(self, pattern: Pattern, share: float) -> list[int]:
        """Indices of texts whose common subsequence may be ``share`` of both lengths together."""
        bits, excess = pattern.signature
        size = len(pattern.text)
        return [
            index
            for index, length, other, more in self._signatures
            if (bits & other).bit_count() + (more and min(excess, more)) >= share * (size + length)
        ]

    def common(self, text: bytes) -> dict[int, int]:
        """The length of the longest common subsequence of ``text`` with each text, by index."""
        full = left = self._ones(0) ^ ((1 << len(self._row)) - 1)
        for byte in text:
            taken = left & self._ones(byte)
            left = ((left + taken) | (left - taken)) & full
        digits = f"{left:0{len(self._row)}b}"[::-1]
        found, start = {}, 0
        for index, other in zip(self.indices, self._texts, strict=True):
            found[index] = digits.count("0", start, start + len(other))
            start += len(other) + 1
        return found

    def _ones(self, byte: int) -> int:
        """The places of a byte value, as bits."""
        mask = self._masks.get(byte)
        if mask is None:
            mask = self._masks[byte] = int(self._row.translate(_ones_for(byte)), 2)
        return mask


@cache
def _ones_for(byte: int) -> bytes:
    """A translation table: ``1`` for a byte value, ``0`` for all others."""
    return bytes(b"01"[value == byte] for value in range(256))


def signature(text: bytes) -> tuple[int, int]:
    """How often each byte occurs: unary numbers side by side, and how many did not fit.

    The common bits of two signatures, and the smaller excess, bound a common subsequence.
    """
    bits = excess = 0
    for byte, count in Counter(text).items():
        if count > _FIELD:
            excess += count - _FIELD
            count = _FIELD
        bits |= (1 << count) - 1 << _FIELD * _place(byte)
    return bits, excess


_PLACES = {byte: place for place, byte in enumerate(b" etaonisrhldcumfpgwybvkxjqz.,`:()-\"'")}


def _place(byte: int) -> int:
    """The field of a byte value; frequent ones first, which keeps the numbers short."""
    return _PLACES.setdefault(byte, len(_PLACES))

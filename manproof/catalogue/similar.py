"""The translated message that is most similar to a new one, as msgmerge finds it.

The similarity of two texts is twice the length of their longest common subsequence, in bytes, over
the sum of their lengths; more than 0.6 makes a match, and a message without a context, or with the
same one, has a small advantage (gettext's ``fstrcmp`` and fuzzy search). Of equals, the message
with more of the new text's runs of four characters wins, then the earlier one; a message without
any of them is no match.

Nothing is left to chance: upper bounds leave out what cannot win, the rest is compared exactly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from manproof.catalogue.subsequence import Pack, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from manproof.catalogue.model import Entry

_THRESHOLD = 0.6
_BONUS = 0.00001  # for a message that is valid in the context of the text
_RUN = 4  # characters; a shorter text needs no common run
_PACK = 64  # messages compared at once
_FEW = 4  # up to so many of a pack are compared one by one
_RARE = 6  # words by which the first candidates are guessed


class SimilarMessages:
    """An index of the translated messages of a catalogue, obsolete ones too."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = [entry for entry in entries if entry.msgstr and entry.msgid]
        self._texts = [entry.msgid.encode() for entry in self._entries]
        order = sorted(range(len(self._texts)), key=lambda index: len(self._texts[index]))
        chunks = [order[start : start + _PACK] for start in range(0, len(order), _PACK)]
        self._packs = [Pack(chunk, [self._texts[i] for i in chunk]) for chunk in chunks]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for index, entry in enumerate(self._entries):
            for word in set(entry.msgid.split()):
                self._by_word[word].append(index)

    def best(self, msgid: str, context: str | None = None) -> Entry | None:
        """The message most similar to a text, or None if none is similar enough."""
        search = _Search(self._entries, msgid, context)
        tried = set(self._guesses(msgid))
        for index in tried:
            search.offer(index, search.pattern.common(self._texts[index]))
        for pack in self._nearest_first(search):
            left = [i for i in pack.possible(search.pattern, search.share()) if i not in tried]
            if len(left) <= _FEW:
                found = {index: search.pattern.common(self._texts[index]) for index in left}
            else:
                found = pack.common(search.pattern.text)
            for index in left:
                search.offer(index, found[index])
        return search.winner()

    def _guesses(self, msgid: str) -> list[int]:
        """Messages that share rare words: with a good one at hand few others need comparing."""
        found = [self._by_word[word] for word in set(msgid.split()) if word in self._by_word]
        votes: Counter[int] = Counter()
        for indices in sorted(found, key=len)[:_RARE]:
            votes.update(indices)
        return [index for index, _ in votes.most_common(2)]

    def _nearest_first(self, search: _Search) -> Iterator[Pack]:
        """Packs by the best similarity that their lengths allow, while that is enough."""
        size = len(search.pattern.text)
        bounds = []
        for place, pack in enumerate(self._packs):
            nearest = min(max(size, pack.shortest), pack.longest)
            bounds.append((min(size, nearest) / (size + nearest), place))
        for share, place in sorted(bounds, reverse=True):
            if share < search.share():
                return
            yield self._packs[place]


class _Search:
    """The best candidates so far for one text."""

    def __init__(self, entries: list[Entry], msgid: str, context: str | None) -> None:
        self._entries = entries
        self._context = context
        self._msgid = msgid
        self._weight = _THRESHOLD
        self._equals: list[int] = []
        self.pattern = Pattern(msgid.encode())

    def share(self) -> float:
        """The common part of both lengths that a candidate needs at least."""
        return (self._weight - 1.01 * _BONUS) / 2

    def offer(self, index: int, common: int) -> None:
        """Takes a candidate into account, by the length of its common subsequence."""
        entry = self._entries[index]
        weight = 2.0 * common / (len(self.pattern.text) + len(entry.msgid.encode()))
        if entry.context is None or entry.context == self._context:
            weight += _BONUS
        if weight < self._weight or not (len(self._msgid) < _RUN or self._runs(index)):
            return
        if weight > self._weight:
            self._weight = weight
            self._equals = [index]
        elif self._equals:
            self._equals.append(index)

    def winner(self) -> Entry | None:
        """The best of the candidates that were offered."""
        if not self._equals:
            return None
        short = len(self._msgid) < _RUN
        return self._entries[min(self._equals, key=self._by_length if short else self._by_runs)]

    def _by_runs(self, index: int) -> tuple[int, int]:
        return -self._runs(index), index

    def _by_length(self, index: int) -> tuple[int, int]:
        return len(self._entries[index].msgid.encode()), index

    def _runs(self, index: int) -> int:
        """How many of the text's runs of four characters a message holds."""
        text, other = self._msgid, self._entries[index].msgid
        return sum(text[at : at + _RUN] in other for at in range(len(text) - _RUN + 1))

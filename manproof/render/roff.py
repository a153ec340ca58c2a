"""Text -> lines of troff: the escaping, the breaking and the guard of line starts.

The order matters: words are cut and escaped, then lines are broken, and the guard that keeps text
from becoming a request looks at each finished line (groff(7), "Escape Sequences"; groff_man(7)).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from manproof.characters import has_isolates

WIDTH = 75
_CLAUSE = 38
_NO_END = "\x02"
"""Stands after a full stop that ends no sentence; no source may hold this character."""

_NAMES = {
    "\\": r"\e",
    "-": r"\-",
    "'": r"\(aq",
    "`": r"\(ga",
    "^": r"\(ha",
    "~": r"\(ti",
    '"': r"\(dq",
    "\u00a0": r"\~",
    "\u00ad": r"\%",
    "\u2013": r"\(en",
    "\u2014": r"\(em",
    "\u2018": r"\(oq",
    "\u2019": r"\(cq",
    "\u201c": r"\(lq",
    "\u201d": r"\(rq",
    "\u2026": r"\&...",
    _NO_END: r"\&",
}
_PROSE = str.maketrans(_NAMES)
_LITERAL = str.maketrans({**{c: _NAMES[c] for c in "\\-'`^~\""}, "\u00a0": r"\ ", "\u00ad": r"\%"})


class Run(NamedTuple):
    """Text in one font: ``R``, ``B`` or ``I``; ``UR`` is a link that stands for itself."""

    font: str
    text: str


Word = list[Run]
"""What stands between two spaces; marked-up text may hold spaces of its own."""


def escape(text: str) -> str:
    """Prose as troff shows it, letter by letter; white space is folded."""
    return " ".join(text.split(" ")).replace("\n", " ").translate(_PROSE)


def literal(line: str) -> str:
    """A line of code as troff shows it, blanks included; an empty line stays one."""
    return guard(line.expandtabs(8).translate(_LITERAL)) or r"\&"


def guard(line: str) -> str:
    """The line, unless troff would read it as a request: then a zero-width mark stands before it."""
    return r"\&" + line if line.startswith((".", "'")) else line


def argument(text: str) -> str:
    """One argument of a macro."""
    escaped = escape(text)
    return f'"{escaped}"' if " " in escaped or not escaped else escaped


def words(runs: Sequence[Run]) -> list[Word]:
    """Cuts runs at the blanks of roman text."""
    found: list[Word] = [[]]
    for font, text in runs:
        parts = text.replace("\n", " ").split(" ") if font == "R" else [" ".join(text.split())]
        if parts[0]:
            _join(found[-1], Run(font, parts[0]))
        # the last one goes on in the next run, even where it is empty so far
        found += [[Run(font, part)] if part else [] for part in parts[1:]]
    return [word for word in found if word]


def _join(word: Word, run: Run) -> None:
    if word and word[-1].font == run.font != "UR":
        run = Run(run.font, word.pop().text + run.text)
    word.append(run)


def flow(runs: Sequence[Run]) -> Iterator[str]:
    """The lines of a paragraph: one sentence a line, broken at clauses where it is long.

    One with directional isolates stays one line, because an isolate ends with its line.
    """
    if any(has_isolates(run.text) for run in runs):
        yield guard(_inline(_whole_word(runs)))
        return
    for sentence in _sentences(words(runs)):
        yield from _lines(sentence)


def one_line(runs: Sequence[Run]) -> str:
    """A label: everything on one line, by a macro where a single one can do it."""
    whole = _whole_word(runs)
    return (_macro(whole) or guard(_inline(whole))) if whole else r"\&"


def cell(runs: Sequence[Run]) -> str:
    """A cell of a table, where macros are not portable."""
    text = guard(_inline(_whole_word(runs))) or r"\&"
    return r"\&" + text if text.startswith("T}") else text


def _whole_word(runs: Sequence[Run]) -> Word:
    whole: Word = []
    for number, word in enumerate(words(runs)):
        for run in [Run("R", " "), *word] if number else word:
            _join(whole, run)
    return whole


def plain(runs: Sequence[Run]) -> str:
    """A title: the words without their fonts."""
    return escape(" ".join("".join(run.text for run in word) for word in words(runs)))


_END = re.compile(r"[.?!][)\]»”’\"']*\Z")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]|e\.g|i\.e|cf|vs|etc|см|др)\.[)]?\Z")


def _ends(word: Word) -> bool:
    text = word[-1].text
    # most words end in a letter, and need no search
    return not text[-1:].isalnum() and bool(_END.search(text)) and not _ABBREVIATION.search(text)


def _begins(word: Word) -> bool:
    """Whether a word can begin a sentence: a capital, a digit, or marked-up text."""
    head = word[0].text.lstrip("(«“\"'")
    return word[0].font != "R" or not head or not head[0].islower()


def _sentences(found: list[Word]) -> Iterator[list[Word]]:
    sentence: list[Word] = []
    for number, word in enumerate(found, 1):
        sentence.append(word)
        if _ends(word) and number < len(found) and _begins(found[number]):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _lines(sentence: list[Word]) -> Iterator[str]:
    line: list[str] = []
    width = -1
    for number, word in enumerate(sentence):
        if len(word) > 1 or word[0].font != "R":
            yield from _flush(line)
            line, width = [], -1
            yield from _marked(word, number == len(sentence) - 1)
            continue
        text = word[0].text
        if not text.isalnum():
            text = text.translate(_PROSE)
        if line and width + 1 + len(text) > WIDTH:
            head, line = _cut(line)
            yield from _flush(head)
            width = sum(map(len, line)) + len(line) - 1
        line.append(text)
        width += len(text) + 1
    yield from _flush(line, last=True)


def _cut(line: list[str]) -> tuple[list[str], list[str]]:
    """Cuts a full line after its last clause, if enough stands before it; else at its end."""
    for number in range(len(line), 1, -1):
        if line[number - 1].endswith((",", ";", ":")):
            long_enough = len(" ".join(line[:number])) > _CLAUSE
            return (line[:number], line[number:]) if long_enough else (line, [])
    return line, []


def _flush(line: list[str], last: bool = False) -> Iterator[str]:
    if line:
        text = " ".join(line)
        # a full stop at the end of a line ends a sentence for troff, unless it is told otherwise
        yield guard(text if last or not _END.search(text) else text + _NAMES[_NO_END])


def _whole(word: Word) -> str:
    r"""``\%`` before a word that holds a long name, which must not be hyphenated."""
    names = any(run.font != "R" and len(run.text) > 5 and " " not in run.text for run in word)
    return r"\%" if names else ""


def _marked(word: Word, last: bool) -> Iterator[str]:
    fonts = [run.font for run in word]
    if "UR" in fonts:
        yield from _link(word, fonts.index("UR"))
        return
    if not last and _END.search(word[-1].text):
        word = [*word[:-1], Run(word[-1].font, word[-1].text + _NO_END)]
    yield _macro(word, _whole(word)) or guard(_whole(word) + _inline(word))


def _macro(word: Word, mark: str = "") -> str:
    """``.BR connect ()`` and its kin, or nothing where more than two fonts meet."""
    fonts = list(dict.fromkeys(run.font for run in word))
    alternate = all(a.font != b.font for a, b in pairwise(word))
    if fonts == ["R"] or "UR" in fonts or len(fonts) > 2 or not alternate or len(word) > 8:
        return ""
    if len(fonts) == 1:
        return f".{fonts[0]} {mark}{escape(word[0].text)}"
    first, *others = (argument(run.text) for run in word)
    return f".{''.join(fonts)} " + " ".join([_marked_argument(first, mark), *others])


def _marked_argument(text: str, mark: str) -> str:
    return f'"{mark}{text[1:]}' if text.startswith('"') else mark + text


def _inline(word: Word) -> str:
    parts = (escape(r.text) if r.font in ("R", "UR") else rf"\f{r.font}{escape(r.text)}\fR" for r in word)
    return "".join(parts)


def _link(word: Word, at: int) -> Iterator[str]:
    before, after = word[:at], word[at + 1 :]
    if before:
        yield guard(_inline(before)) + r"\c"
    url = word[at].text
    start, end, target = (".MT", ".ME", url[7:]) if url.startswith("mailto:") else (".UR", ".UE", url)
    yield f"{start} {argument(target)}"
    yield f"{end} {argument(_plain(after))}" if after else end


def _plain(word: Word) -> str:
    return "".join(run.text for run in word)

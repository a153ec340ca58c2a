"""The content of generated pages, the same for every format: varied, and the same for the same seed.

A page has the size and the make-up of connect(2): some 45 texts to translate, 18 entries of ERRORS,
lists, a subsection and an example program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice, product
from random import Random

from benchmarks import words


@dataclass(frozen=True)
class Text:
    """A text in both languages, one sentence a line, in the markup of the program's own source."""

    en: str
    ru: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: Text


@dataclass(frozen=True)
class Bullets:
    """A list, after what introduces it."""

    intro: Text
    items: tuple[Text, ...]


@dataclass(frozen=True)
class Definitions:
    """Constants and what they mean, after what introduces them."""

    intro: Text
    items: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Rows:
    """Entries of ERRORS: errnos, and the cause that they share."""

    items: tuple[tuple[tuple[str, ...], Text], ...]


@dataclass(frozen=True)
class Program:
    """An example, after what introduces it."""

    intro: Text
    code: str


@dataclass(frozen=True)
class Part:
    """A subsection, or a group of ERRORS."""

    name: str
    title: Text
    blocks: tuple[Block, ...]


Block = Paragraph | Bullets | Definitions | Rows | Program | Part


@dataclass(frozen=True)
class Section:
    """A section by its field, title and blocks."""

    field: str
    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """A page of section 2."""

    name: str
    summary: Text
    header: str
    parameters: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    see_also: tuple[str, ...]

    def edited(self) -> Page:
        """The page after somebody has added a sentence to a paragraph, without its translation."""
        first, *others = self.sections
        text = Text(f"{first.blocks[0].text.en}\nThis holds for every release.", "")  # type: ignore[union-attr]
        blocks = (Paragraph(text), *first.blocks[1:])
        changed = Section(first.field, first.title, blocks)
        return Page(self.name, self.summary, self.header, self.parameters, (changed, *others), self.see_also)


TITLES = {
    "name": Text("NAME", "ИМЯ"),
    "synopsis": Text("SYNOPSIS", "СИНТАКСИС"),
    "description": Text("DESCRIPTION", "ОПИСАНИЕ"),
    "return_value": Text("RETURN VALUE", "ВОЗВРАЩАЕМОЕ ЗНАЧЕНИЕ"),
    "errors": Text("ERRORS", "ОШИБКИ"),
    "versions": Text("VERSIONS", "ВЕРСИИ"),
    "history": Text("HISTORY", "ИСТОРИЯ"),
    "notes": Text("NOTES", "ЗАМЕЧАНИЯ"),
    "examples": Text("EXAMPLES", "ПРИМЕРЫ"),
    "see_also": Text("SEE ALSO", "СМ. ТАКЖЕ"),
}
MANUAL = Text("System Calls Manual", "Руководство по системным вызовам")
DATE = "2026-11-21"


def names() -> Iterator[str]:
    """Names of calls: all of them plain first, then with numbers."""
    for number in count(1):
        for verb, thing in product(words.VERBS, words.OBJECTS):
            yield verb + thing + (str(number) if number > 1 else "")


def pages(number: int, seed: int = 2) -> list[Page]:
    """So many pages; each depends on its name and the seed alone."""
    return [_Author(name, seed).page() for name in islice(names(), number)]


def texts(page: Page) -> Iterator[Text]:
    """All that is translated in a page, titles of sections apart."""
    yield page.summary
    for section in page.sections:
        yield from _texts(section.blocks)


def _texts(blocks: Sequence[Block]) -> Iterator[Text]:
    for block in blocks:
        match block:
            case Part(_, title, inner):
                yield title
                yield from _texts(inner)
            case Rows(items):
                yield from (text for _, text in items)
            case Bullets(intro, items):
                yield from (intro, *items)
            case Definitions(intro, items):
                yield from (intro, *(text for _, text in items))
            case Paragraph(text) | Program(text, _):
                yield text


class _Author:
    """Writes one page."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.random = Random(f"{seed} {name}")
        self.parameters = tuple(self.random.sample(words.ARGUMENTS, 3))

    def page(self) -> Page:
        """The whole page."""
        sections: dict[str, list[Block]] = {
            "description": self.description(),
            "return_value": [Paragraph(self.text(words.SENTENCES, 2))],
            "errors": self.errors(),
            "versions": [Paragraph(self.text(words.SENTENCES, 2))],
            "history": [Paragraph(self.text(words.SENTENCES, 1))],
            "notes": [Paragraph(self.text(words.SENTENCES, 2)) for _ in range(3)],
            "examples": [Program(self.text(words.SENTENCES, 2), self.program())],
        }
        return Page(
            name=self.name,
            summary=self.text(words.SUMMARIES, 1),
            header=f"sys/{self.name}.h",
            parameters=self.parameters,
            sections=tuple(Section(f, TITLES[f], tuple(blocks)) for f, blocks in sections.items()),
            see_also=tuple(sorted(self.random.sample(words.PAGES, 10))),
        )

    def text(self, patterns: Sequence[words.Pair], sentences: int) -> Text:
        """So many sentences."""
        found = [self.sentence(pattern) for pattern in self.random.sample(patterns, sentences)]
        return Text("\n".join(en for en, _ in found), "\n".join(ru for _, ru in found))

    def sentence(self, pattern: words.Pair) -> tuple[str, str]:
        """One sentence, with words of its own."""
        first, second = self.random.sample(words.NOUNS, 2)
        values = {
            "call": self.name, "arg": self.random.choice(self.parameters)[1],
            "con": self.random.choice(words.CONSTANTS), "file": self.random.choice(words.FILES),
            "man": self.random.choice(words.PAGES), "a": first, "b": second,
        }  # fmt: skip
        return pattern[0].format(**values), pattern[1].format(**values)

    def description(self) -> list[Block]:
        """Paragraphs, a list of constants, and a part of its own."""
        constants = sorted(self.random.sample(words.CONSTANTS, 3))
        definitions = tuple((name, self.text(words.SENTENCES, 2)) for name in constants)
        part = self.random.choice(words.SUBSECTIONS)
        return [
            *(Paragraph(self.text(words.SENTENCES, self.random.randint(2, 4))) for _ in range(4)),
            Definitions(self.text(words.SENTENCES, 1), definitions),
            *(Paragraph(self.text(words.SENTENCES, self.random.randint(1, 3))) for _ in range(2)),
            Part(part[0], Text(*part[1:]), tuple(Paragraph(self.text(words.SENTENCES, 3)) for _ in range(3))),
        ]

    def errors(self) -> list[Block]:
        """Advice, then 18 entries in three groups."""
        advice = tuple(self.text(words.SENTENCES, 1) for _ in range(4))
        errnos = sorted(self.random.sample(words.ERRNOS, 20))
        shared = [(errnos[0], errnos[1]), *((name,) for name in errnos[2:18]), tuple(errnos[18:])]
        rows = [(names, self.text(words.CAUSES, self.random.choice((1, 1, 2)))) for names in shared]
        groups = [
            Part(name, Text(en, ru), (Rows(tuple(rows[6 * number : 6 * number + 6])),))
            for number, (name, en, ru) in enumerate(words.GROUPS)
        ]
        return [Bullets(self.text(words.SENTENCES, 2), advice), *groups]

    def program(self) -> str:
        """A program in C of some fifty lines."""
        arguments = ", ".join(name for _, name in self.parameters)
        body = "\n\n".join(
            _FUNCTION.format(
                call=self.name, arguments=arguments, number=number, seconds=self.random.randint(1, 90)
            )
            for number in range(1, 4)
        )
        return _PROGRAM.format(call=self.name, body=body)


_FUNCTION = """\
/* Tries step {number}; returns 0, or why it failed. */
static int
step_{number}(int attempts)
{{
    for (int i = 0; i < attempts; i++) {{
        if ({call}({arguments}) == 0)
            return 0;
        if (errno != EINTR && errno != EAGAIN)
            return errno;           /* no use in trying again */
        sleep({seconds});
    }}
    return ETIMEDOUT;
}}"""
_PROGRAM = """\
/* Calls {call}() until it succeeds. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/{call}.h>

{body}

int
main(int argc, char *argv[])
{{
    int attempts = argc > 1 ? atoi(argv[1]) : 3;
    int problem = step_1(attempts) || step_2(attempts) || step_3(attempts);

    if (problem) {{
        fprintf(stderr, "%s: %s\\n", argv[0], strerror(problem));
        exit(EXIT_FAILURE);
    }}
    puts("done");
}}
"""

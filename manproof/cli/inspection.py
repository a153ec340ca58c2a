"""The rounds of a lint: pages in parts, each read and held against the rules, spread over the cores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from manproof.build.plan import Job, plan
from manproof.cli import pages, sheets, witness
from manproof.cli.memory import Memory
from manproof.cli.sheets import Agreed, Sheet
from manproof.cli.witness import NOTHING, Tally, Witness
from manproof.config import Project, Source
from manproof.diagnostic import Diagnostic, Severity, Span, UserError
from manproof.lint import (
    ACROSS,
    COMPARISONS,
    Rule,
    evidence,
    output,
    prose,
    source,
    suppression,
    table,
    translation,
)
from manproof.lint.prose import Words
from manproof.lint.run import run
from manproof.lint.selection import Selection
from manproof.lint.suppression import Ignore
from manproof.lint.translated import Translated
from manproof.lint.translation import Told
from manproof.lint.written import Text
from manproof.spread import spread

_PART = 12
"""Pages that are read together; fewer are done sooner than a second process is started."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked for: the rules, how much evidence, and whether other systems' editions are judged."""

    selection: Selection
    require_verified: bool = False
    portability: bool = False

    @property
    def rules(self) -> Iterable[Rule]:
        """The rules that are to be run."""
        return self.selection.rules.values()


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a round gave: what is wrong, how the causes stand, and all translations, for the rules on them."""

    found: list[Diagnostic] = field(default_factory=list)
    tally: Tally = NOTHING
    told: list[Told] = field(default_factory=list)
    ignores: list[Ignore] = field(default_factory=list)

    def __add__(self, other: Result) -> Result:
        return Result(found=[*self.found, *other.found], tally=self.tally + other.tally)


def inspect(
    project: Project, sources: Sequence[Source], wish: Wish, seen: Witness | None, cores: int
) -> Result:
    """What the rules say of some pages, and of what they share."""
    agreed = sheets.agreed(project)
    found, told, ignores, tally = list(agreed.found), list[Told](), list[Ignore](), NOTHING
    for result in (
        *_rounds(project, sources, wish, seen, agreed, cores),
        _shared(project, sources, wish, agreed),
    ):
        found += result.found
        told += result.told
        ignores += result.ignores
        tally += result.tally
    found += run(translation.FAMILY, sorted(told, key=lambda item: item.span), wish.rules, Span(""), ACROSS)
    left = suppression.apply(
        dict.fromkeys(filter(wish.selection.wants, found)), ignores, wish.selection.may_pass
    )
    ran = _ran(wish, seen) if all(map(wish.selection.may_pass, found)) else ()
    left += filter(wish.selection.wants, suppression.complaints(ignores, table(), ran))
    return Result(found=left, tally=tally)


def _ran(wish: Wish, seen: Witness | None) -> set[str]:
    """The rules that found all that there was to find: a comment on them that was of no use is useless."""
    thorough = seen is not None and seen.thorough
    return {rule.name for rule in wish.rules if thorough or rule.family != evidence.FAMILY}


def _rounds(
    project: Project,
    sources: Sequence[Source],
    wish: Wish,
    seen: Witness | None,
    agreed: Agreed,
    cores: int,
) -> Iterator[Result]:
    memory = Memory(project, wish, seen)
    jobs = plan(project, sources, project.locales(), ())
    parts = [jobs[start : start + _PART] for start in range(0, len(jobs), _PART)]
    unknown: list[tuple[str, Sequence[Job]]] = []
    for part in parts:
        key = memory.key(part)
        if (known := memory.recall(key)) is not None:
            yield known
        else:
            unknown.append((key, part))
    work: Callable[[Sequence[Job]], Result] = partial(
        _round, project=project, wish=wish, seen=seen, agreed=agreed
    )
    results = spread(work, [part for _, part in unknown], cores)
    for (key, _), result in zip(unknown, results, strict=True):
        memory.remember(key, result)
        yield result
    memory.save()


def _round(jobs: Sequence[Job], project: Project, wish: Wish, seen: Witness | None, agreed: Agreed) -> Result:
    read = [sheets.sheet(job, project, agreed) for job in jobs]
    found = [item for sheet in read for item in _of_sheet(sheet, wish, seen)]
    texts = [text for sheet in read if sheet.written for text in sheet.written.texts]
    translated = [item for sheet in read for item in sheet.translated]
    found += _of_words(texts, translated, wish, agreed)
    for job in jobs if wish.selection.has(output.FAMILY) else ():
        for page in sheets.outputs(job, project):
            found += run(output.FAMILY, page, wish.rules, page.top)
    return Result(
        found=list(_with_fields(found, translated)),
        tally=witness.tally(read, seen),
        told=[item for each in translated for item in translation.told(each)],
        ignores=[
            item for sheet in read for path in _files(sheet, project) for item in _ignores(path, project)
        ],
    )


def _files(sheet: Sheet, project: Project) -> list[Path]:
    """The files of a page that may say what is to be passed over."""
    return [sheet.source.path, *(project.root / each.catalogue.path for each in sheet.translated)]


def _ignores(path: Path, project: Project) -> list[Ignore]:
    try:
        return suppression.ignores(project.read(path).decode(errors="replace"), project.shown(path))
    except UserError:
        return []  # its reader has said why


def _shared(project: Project, sources: Sequence[Source], wish: Wish, agreed: Agreed) -> Result:
    """What is to be said of the catalogues that pages share."""
    both = list(sheets.shared(project, dict.fromkeys(source.edition for source in sources), agreed))
    found = [item for item in both if isinstance(item, Diagnostic)]
    translated = [item for item in both if isinstance(item, Translated)]
    for each in translated:
        found += [*each.reported(), *run(translation.FAMILY, each, wish.rules, Span(each.catalogue.path))]
    found += _of_words([], translated, wish, agreed)
    for item in sheets.compared(project) if any(rule.scope == COMPARISONS for rule in wish.rules) else ():
        found += run(source.FAMILY, item, wish.rules, item.comparison.span, COMPARISONS)
    shared = [project.edition_file(name) for name in dict.fromkeys(source.edition for source in sources)]
    shared += map(project.comparison, project.comparisons())
    paths = [*shared, *(project.root / each.catalogue.path for each in translated)]
    return Result(
        found=list(_with_fields(found, translated)),
        told=[item for each in translated for item in translation.told(each)],
        ignores=[item for path in paths for item in _ignores(path, project)],
    )


def _of_words(
    texts: Sequence[Text], translated: Iterable[Translated], wish: Wish, agreed: Agreed
) -> Iterator[Diagnostic]:
    """What is to be said of the words of some texts and of their translations."""
    every = [*texts, *(text for each in translated for text in each.texts())]
    if every:
        yield from run(prose.FAMILY, Words(texts=every, accepted=agreed.words), wish.rules, every[0].span)


def _of_sheet(sheet: Sheet, wish: Wish, seen: Witness | None) -> Iterator[Diagnostic]:
    yield from sheet.found
    if sheet.page is not None and sheet.written is not None:
        yield from run(source.FAMILY, sheet.written, wish.rules, sheet.page.span)
        if seen is not None:
            yield from _evidence(sheet, sheet.page.span, seen, wish)
    for each in sheet.translated:
        yield from each.reported()
        yield from run(translation.FAMILY, each, wish.rules, Span(each.catalogue.path))


def _with_fields(found: Iterable[Diagnostic], translated: Iterable[Translated]) -> Iterator[Diagnostic]:
    """The diagnostics, those in catalogues with the fields of their entries."""
    by_path = {each.catalogue.path: each.catalogue for each in translated}
    for item in found:
        catalogue = by_path.get(item.span.path)
        if catalogue is None or item.span.field or not item.span.line:
            yield item
        else:
            yield replace(item, span=item.span.within(catalogue.field(item.span.line)))


def _evidence(sheet: Sheet, place: Span, seen: Witness, wish: Wish) -> Iterator[Diagnostic]:
    """What evidence says of a page; of another system's page it only notes, if at all.

    A condition that does not exist is a mistake on any page: nothing is ever compared by it.
    """
    ours = sheet.edition is not None and pages.gates(sheet.edition)
    judged = ours or wish.portability
    rules = [rule for rule in wish.rules if judged or rule.name == evidence.UNKNOWN]
    for item in run(evidence.FAMILY, seen.of(sheet), rules, place) if rules else ():
        if not ours and item.rule != evidence.UNKNOWN:
            yield replace(item, severity=Severity.NOTE)
        elif wish.require_verified and item.rule == "errno-unverified":
            yield replace(item, severity=Severity.ERROR)
        else:
            yield item

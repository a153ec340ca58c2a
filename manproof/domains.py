"""What there is to translate, source by source: the fixed words, captions, editions, comparisons, pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from manproof import captions, files, translate, words
from manproof.catalogue import (
    Entry,
)
from manproof.compare.words import document as compared
from manproof.config import Project, Source
from manproof.diagnostic import Diagnostic, Severity, Span
from manproof.document import document
from manproof.load import load_comparison, load_edition, load_page
from manproof.spec import Edition, Example
from manproof.spread import spread
from manproof.translate import Unit

FIXED = "manproof"
_PART = 12
"""Pages that are worked on together."""

_Done = TypeVar("_Done")


@dataclass(frozen=True, kw_only=True)
class Domain:
    """What there is to translate in one source: a page, an edition, or the fixed words.

    ``name`` is ``linux/connect.2``, ``linux/edition`` or ``manproof``; ``units`` are a page's.
    """

    name: str
    entries: tuple[Entry, ...] = ()
    units: tuple[Unit, ...] = ()
    found: tuple[Diagnostic, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the source could be read, so that the entries are all that there are."""
        return not any(d.severity is Severity.ERROR for d in self.found)


def each(
    project: Project, sources: Sequence[Source], work: Callable[[Domain], _Done], cores: int = 1
) -> Iterator[_Done]:
    """``work`` done on the fixed words, on each edition, comparison and page, by so many processes.

    The results come in this order, whoever did the work.
    """
    names = dict.fromkeys(source.edition for source in sources)
    editions = {name: _edition(project, name) for name in names}
    yield work(_fixed())
    for name in captions.KINDS:
        if project.template(name).exists():
            yield work(_of_captions(project, name))
    for name, (edition, found) in editions.items():
        yield work(_of_edition(name, edition, found))
    for call in project.comparisons():
        yield work(_of_comparison(project, call))

    def pages(part: Sequence[Source]) -> list[_Done]:
        return [work(_of_page(project, source, editions[source.edition][0])) for source in part]

    parts = [sources[start : start + _PART] for start in range(0, len(sources), _PART)]
    for done in spread(pages, parts, cores):
        yield from done


def domain(project: Project, name: str) -> Domain:
    """One domain by its name, which must be that of one."""
    if name == FIXED:
        return _fixed()
    if name in captions.KINDS:
        return _of_captions(project, name)
    place, _, page = name.partition("/")
    if project.comparison(page).parent.name == place:
        return _of_comparison(project, page)
    edition, found = _edition(project, place)
    if page == "edition":
        return _of_edition(place, edition, found)
    source = Source(edition=place, page=page, path=project.root / "source" / f"{name}.yaml")
    return _of_page(project, source, edition)


def _edition(project: Project, name: str) -> tuple[Edition | None, list[Diagnostic]]:
    path = project.edition_file(name)
    return load_edition(files.read(path), project.shown(path))


def _fixed() -> Domain:
    entries = (
        Entry(msgid=msgid, context=context or None, extracted=(comment,) if comment else ())
        for msgid, context, comment in words.TABLE
    )
    return Domain(name=FIXED, entries=tuple(entries))


def _of_captions(project: Project, name: str) -> Domain:
    """Equal texts share one entry."""
    found: dict[str, Entry] = {}
    for text, about, place in captions.KINDS[name](project.root):
        same = found.get(text)
        abouts = dict.fromkeys((*(same.extracted if same else ()), about))
        places = dict.fromkeys((*(same.references if same else ()), place))
        found[text] = Entry(msgid=text, extracted=tuple(abouts), references=tuple(places))
    return Domain(name=name, entries=tuple(found.values()))


def _of_edition(name: str, edition: Edition | None, found: list[Diagnostic]) -> Domain:
    known = {fixed.msgid for fixed in words.TABLE}
    texts: dict[str, tuple[str, Span]] = {}
    if edition is not None:
        texts[edition.label] = "The name of the edition.", edition.label.span
        if edition.manual:
            texts[edition.manual] = "The title of the manual, in the page's head.", edition.manual.span
        texts |= {h.title: ("The title of a section.", h.title.span) for h in edition.sections}
    entries = (
        Entry(msgid=str(text), extracted=(about,), references=(f"{span.path}:{span.line}",))
        for text, (about, span) in texts.items()
        if text not in known
    )
    return Domain(name=f"{name}/edition", entries=tuple(entries), found=tuple(found))


def _of_comparison(project: Project, call: str) -> Domain:
    path = project.comparison(call)
    name = f"{path.parent.name}/{call}"
    comparison, found = load_comparison(files.read(path), project.shown(path))
    if comparison is None:
        return Domain(name=name, found=tuple(found))
    root, problems = compared(comparison)
    units = tuple(translate.units(root))
    return Domain(name=name, entries=tuple(translate.extract(units)), units=units, found=(*found, *problems))


def _of_page(project: Project, source: Source, edition: Edition | None) -> Domain:
    name = f"{source.edition}/{source.page}"
    page, found = load_page(files.read(source.path), project.shown(source.path))
    if page is None or edition is None:
        return Domain(name=name, found=tuple(found))
    programs = {str(item.file): "" for item in page.examples if isinstance(item, Example)}
    root, problems = document(page, edition, programs)
    units = tuple(translate.units(root))
    return Domain(name=name, entries=tuple(translate.extract(units)), units=units, found=(*found, *problems))

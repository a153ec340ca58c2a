"""``manproof i18n``: the translation workflow."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import click

from manproof import files
from manproof.cli import screen
from manproof.diagnostic import Diagnostic, Severity, UserError

if TYPE_CHECKING:
    from manproof.config import Project
    from manproof.i18n import Domain, Standing

_Done = TypeVar("_Done")
_Written = tuple[int, list[Diagnostic]]
"""How many files were written for a domain, and what is wrong with it."""


@click.group(epilog="Begin with: manproof i18n init LOCALE, or see docs/translating.md.")
def i18n() -> None:
    """Templates and catalogues for translators: make them, update them, check them."""


def _now() -> str:
    """The date for headers, as gettext writes it; SOURCE_DATE_EPOCH is heeded."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not epoch.isdigit():
        raise UserError(f"SOURCE_DATE_EPOCH is “{epoch[:40]}”; it must be a number of seconds")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.strftime("%Y-%m-%d %H:%M+0000")


def _each(project: Project, work: Callable[[Domain], _Done]) -> Iterator[_Done]:
    """The work done on every domain of the project, over all cores."""
    from manproof import config, i18n

    editions = config.chosen_editions(project, ())
    sources = config.chosen_sources(project, editions, ())
    cores = len(os.sched_getaffinity(0))
    with screen.progress("reading") as step:
        for number, done in enumerate(i18n.each(project, sources, work, cores), 1):
            yield done
            step(number, len(sources) + len(editions) + len(project.comparisons()) + 1)


def _foreign(project: Project, locale: str | None) -> list[str]:
    """The languages to work on: the one that is named, or all but English."""
    from manproof import config

    found = config.chosen_locales(project, [locale] if locale else [])
    return [name for name in found if name != config.SOURCE_LOCALE]


@i18n.command()
def extract() -> int:
    """Write the templates (.pot) that catalogues are made from."""
    from manproof.i18n import extract as write

    project, now = screen.project(), _now()

    def work(domain: Domain) -> _Written:
        return int(domain.sound and write(project, domain, now)), list(domain.found)

    with files.swept(project.translations, project.root):
        return _written("templates", _each(project, work))


def _written(what: str, results: Iterator[_Written]) -> int:
    """Reports what was written, and what was wrong; gives the exit status."""
    status = changed = 0
    for count, found in results:
        status = max(status, screen.report(found))
        changed += count
    screen.say(f"{what} changed: {changed}")
    return status


@i18n.command(epilog="Example:\n\n  manproof i18n update ru --untypo")
@click.argument("locale", required=False)
@click.option(
    "--untypo", is_flag=True, help="Keep translations where only punctuation, blanks or case changed."
)
def update(locale: str | None, untypo: bool) -> int:
    """Bring the catalogues of a language, or of all, up to date with the source.

    A text that changed keeps its translation as fuzzy, with the text that it was made for; a text
    that is gone keeps it as obsolete. A catalogue that cannot be read is left as it is.
    """
    from manproof.i18n import update as bring

    project, now = screen.project(), _now()
    locales = _foreign(project, locale)

    def work(domain: Domain) -> _Written:
        wanted = locales if domain.sound else []
        done = [bring(project, domain, name, now, untypo=untypo) for name in wanted]
        return sum(count for count, _ in done), [*domain.found, *(d for _, found in done for d in found)]

    with files.swept(project.translations, project.root):
        return _written("catalogues", _each(project, work))


@i18n.command(epilog="Example:\n\n  manproof i18n init de")
@click.argument("locale")
def init(locale: str) -> int:
    """Begin a language: a catalogue for each page, to be filled in."""
    from manproof.i18n import refuse_unknown
    from manproof.i18n import update as bring

    refuse_unknown(locale)
    project, status, now = screen.project(), screen.CLEAN, _now()
    if locale in project.locales():
        raise UserError(f"the locale {locale} is here already; use: manproof i18n update {locale}")

    def work(domain: Domain) -> tuple[str, bool, list[Diagnostic]]:
        written = domain.sound and bring(project, domain, locale, now)[0]
        return domain.name, written, list(domain.found)

    with files.swept(project.translations, project.root):
        for name, written, found in _each(project, work):
            status = max(status, screen.report(found))
            if written:
                screen.say(project.shown(project.catalogue(locale, name)))
    return status


@i18n.command(epilog="Example:\n\n  manproof i18n stats --fail-under 100")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="Exit 1 if a language is translated by less than N percent.",
)
def stats(fail_under: float | None) -> int:
    """Print how far each language is translated; fuzzy texts do not count."""
    from manproof.i18n import standing

    project = screen.project()
    locales = _foreign(project, None)

    def work(domain: Domain) -> list[Standing]:
        return [row for name in locales if (row := standing(project, domain, name))]

    rows = [row for part in _each(project, work) for row in part]
    for row in sorted(rows, key=lambda row: (row.locale, row.domain)):
        click.echo(_line(row))
    low = [name for name in locales if fail_under is not None and _percent(rows, name) < fail_under]
    for name in low:
        screen.say(
            f"manproof: {name} is translated by {_percent(rows, name):.1f} %, less than {fail_under:g} %"
        )
    return screen.FINDINGS if low else screen.CLEAN


def _line(row: Standing) -> str:
    s = row.statistics
    total = s.translated + s.fuzzy + s.untranslated
    counts = f"{s.translated} of {total} translated, {s.fuzzy} fuzzy, {s.untranslated} untranslated"
    return f"{row.locale}  {row.domain}: {counts}"


def _percent(rows: list[Standing], locale: str) -> float:
    found = [row.statistics for row in rows if row.locale == locale]
    total = sum(s.translated + s.fuzzy + s.untranslated for s in found)
    # rounded down: 99.96 is not 100
    return int(1000 * sum(s.translated for s in found) / total) / 10 if total else 0.0


@i18n.command()
def check() -> int:
    """Check the catalogues: the part of manproof lint that is about them."""
    from manproof import config
    from manproof.cli import inspection
    from manproof.lint import table
    from manproof.lint.selection import select

    project = screen.project()
    sources = config.chosen_sources(project, config.chosen_editions(project, ()), ())
    wanted = [rule.name for rule in table().values() if rule.family == "translation" and not rule.optional]
    wish = inspection.Wish(selection=select(table(), ["form", *wanted], (), len(sources)))
    found = inspection.inspect(project, sources, wish, None, os.cpu_count() or 1).found
    screen.report(sorted(found, key=lambda item: (item.span, item.rule, item.message)))
    failed = any(item.severity >= Severity.WARNING for item in found)
    return screen.FINDINGS if failed else screen.CLEAN

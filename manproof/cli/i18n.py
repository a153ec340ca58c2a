"""``manproof i18n``: the translation workflow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from manproof.cli import screen
from manproof.diagnostic import Severity, UserError

if TYPE_CHECKING:
    from manproof.config import Project
    from manproof.i18n import Domain, Standing


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


def _domains(project: Project) -> Iterator[Domain]:
    from manproof import config
    from manproof.i18n import domains

    editions = config.chosen_editions(project, ())
    sources = config.chosen_sources(project, editions, ())
    with screen.progress("reading") as step:
        for number, domain in enumerate(domains(project, sources), 1):
            yield domain
            step(number, len(sources) + len(editions) + 1)


def _foreign(project: Project, locale: str | None) -> list[str]:
    """The languages to work on: the one that is named, or all but English."""
    from manproof import config

    found = config.chosen_locales(project, [locale] if locale else [])
    return [name for name in found if name != config.SOURCE_LOCALE]


@i18n.command()
def extract() -> int:
    """Write the templates (.pot) that catalogues are made from."""
    from manproof.i18n import extract as write

    project, status, changed, now = screen.project(), screen.CLEAN, 0, _now()
    for domain in _domains(project):
        status = max(status, screen.report(domain.found))
        changed += domain.sound and write(project, domain, now)
    screen.say(f"templates changed: {changed}")
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

    project, status, changed, now = screen.project(), screen.CLEAN, 0, _now()
    locales = _foreign(project, locale)
    for domain in _domains(project):
        status = max(status, screen.report(domain.found))
        for name in locales if domain.sound else ():
            done, found = bring(project, domain, name, now, untypo=untypo)
            status = max(status, screen.report(found))
            changed += done
    screen.say(f"catalogues changed: {changed}")
    return status


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
    for domain in _domains(project):
        status = max(status, screen.report(domain.found))
        if domain.sound and bring(project, domain, locale, now)[0]:
            screen.say(project.shown(project.catalogue(locale, domain.name)))
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

    project, rows = screen.project(), []
    locales = _foreign(project, None)
    for domain in _domains(project):
        rows += [row for name in locales if (row := standing(project, domain, name))]
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

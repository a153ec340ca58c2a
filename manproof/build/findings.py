"""The findings as a page of the site, from the claims of another manual and the newest record."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from manproof import evidence
from manproof import findings as facts
from manproof.build.make import Product
from manproof.build.site import Surroundings
from manproof.exhibits import groups
from manproof.load import load_page, load_upstream
from manproof.observation import Record
from manproof.render.findings import Answer, Claim, Finding, render
from manproof.render.frame import address
from manproof.render.search import Row, script
from manproof.upstream import Upstream


def make(around: Surroundings, product: Product, _name: str) -> None:
    """The page in every language; nothing where a side is missing, or cannot be read."""
    path = around.project.upstream()[-1]
    product.sees(path)
    upstream, found = load_upstream(around.project.read(path), around.project.shown(path))
    product.found += found
    pages = [key for key, told in around.entries.items() if told["record"]]
    if upstream is None or not pages:
        return
    newest = evidence.newest((Path(around.entries[key]["record"]) for key in pages), around.project.root)
    assert newest is not None
    product.sees(newest[0])
    record = newest[1]
    places = _places(around, pages, upstream, record)
    about = {
        "system": f"Linux {record.system.linux}",
        "page": str(upstream.page),
        "manual": str(upstream.label),
        "date": str(upstream.date),
    }
    seen = {
        "kernel": record.system.kernel,
        "machine": record.system.architecture,
        "privileges": record.system.privileges,
        "date": record.system.date,
    }
    letters = [(item, facts.letter(item, upstream, record)) for item in facts.findings(upstream, record)]
    for language in around.languages:
        locale = language.locale
        settings = around.settings(locale, product, "conditions", "findings")
        told = [_finding(item, letter, places, locale) for item, letter in letters]
        path_ = address("findings", locale)
        product.outputs[f"html/{path_}"] = render(told, about, seen, settings)
        rows = [_row(item, settings.words) for item in told]
        title = settings.words("Findings", "site")
        product.outputs[f"html/findings.{locale}.search.js"] = script(path_, title, rows, locale)


def _places(around: Surroundings, pages: list[str], upstream: Upstream, record: Record) -> Mapping[str, str]:
    """Where each condition of the call is shown, with the locale left out."""
    for key in pages:
        source = around.project.root / "source" / f"{key}.yaml"
        page, _ = load_page(around.project.read(source), around.project.shown(source))
        if page is not None and page.name == upstream.call:
            return {
                item.condition: f"{key}.evidence.{group.name.partition('.')[0]}.{{locale}}.html#{group.name}"
                for group in groups(page, record)
                for item in group.items
            }
    return {}


def _finding(item: facts.Finding, letter: str, places: Mapping[str, str], locale: str) -> Finding:
    entries = {d.entry.id: d.entry for d in item.departures if d.entry}
    answers: dict[tuple[str, str], list[str]] = {}
    for departure in item.departures:
        if seen := departure.observation:
            answers.setdefault((departure.outcome, seen.title), []).append(seen.condition)
    return Finding(
        name=item.theme.id,
        subject=item.theme.subject,
        claims=tuple(Claim(outcomes=tuple(e.outcomes), says=e.says) for e in entries.values()),
        answers=tuple(
            Answer(
                outcome=outcome,
                title=title,
                conditions=tuple(names),
                href=places.get(names[0], "").replace("{locale}", locale),
            )
            for (outcome, title), names in answers.items()
        ),
        never=tuple(d.outcome for d in item.departures if d.observation is None),
        wording=tuple(item.theme.suggestions()),
        letter=letter,
    )


def _row(item: Finding, words: object) -> Row:
    assert callable(words)
    titles = [words(answer.title, "") for answer in item.answers]
    outcomes = dict.fromkeys(answer.outcome for answer in item.answers)
    return Row(item.name, words(item.subject, ""), " ".join([*outcomes, *titles]))

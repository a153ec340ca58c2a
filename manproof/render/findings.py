"""Where the kernel departs from another manual: a page of letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manproof.interface import CONDITIONS, FINDINGS_ABOUT, PLACES, SUCCESS
from manproof.render import Settings
from manproof.render.frame import frame, own, page
from manproof.words import fill


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What the manual says, in our words."""

    outcomes: tuple[str, ...]
    says: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the kernel answered: a title of conditions, the conditions, and where they are shown."""

    outcome: str
    title: str
    conditions: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One departure: its name and subject, both sides of it, errnos that ``never`` came, and the letter."""

    name: str
    subject: str
    claims: tuple[Claim, ...]
    answers: tuple[Answer, ...]
    never: tuple[str, ...]
    letter: str


def render(found: Sequence[Finding], about: dict[str, str], settings: Settings) -> str:
    """The page of all findings; texts of the findings are in the source's language until translated.

    ``about`` names the ``system``, and the ``page`` of the ``manual`` of a ``date`` that it departs from.
    """

    title = settings.words(PLACES["findings"], "site")
    lead = fill(settings.words(FINDINGS_ABOUT, "site"), about)
    return page(
        settings,
        "findings.html",
        frame(settings, own("findings"), title=title, description=lead, place="findings"),
        heading=title,
        about=lead,
        findings=[
            {
                "item": item,
                "subject": _said(item.subject, settings),
                "claims": [(claim.outcomes, _said(claim.says, settings)) for claim in item.claims],
                "answers": [_answered(answer, settings) for answer in item.answers],
            }
            for item in found
        ],
    )


def _said(text: str, settings: Settings) -> tuple[str, bool]:
    """A text of the source in the language, and whether it is in English for want of a translation."""
    words = settings.words(text, "")
    return words, settings.language.locale != "en" and words == text


def _answered(answer: Answer, settings: Settings) -> dict[str, object]:
    """An answer: success in the words of the language, a title without its full stop."""
    words, foreign = _said(answer.title, settings)
    count, succeeded = len(answer.conditions), answer.outcome == SUCCESS
    return {
        "outcome": settings.words(SUCCESS, "site") if succeeded else answer.outcome,
        "succeeded": succeeded,
        "title": words.removesuffix("."),
        "english": foreign,
        "href": answer.href,
        "count": fill(settings.words(CONDITIONS, "site"), {"count": count}) if count > 1 else "",
    }

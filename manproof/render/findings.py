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

    def said(text: str, context: str) -> tuple[str, bool]:
        words = settings.words(text, context)
        return words, settings.language.locale != "en" and words == text

    def answered(answer: Answer) -> dict[str, object]:
        """An answer: success in the words of the language, a title without its full stop."""
        words, foreign = said(answer.title, "")
        count, succeeded = len(answer.conditions), answer.outcome == SUCCESS
        return {
            "outcome": settings.words(SUCCESS, "site") if succeeded else answer.outcome,
            "succeeded": succeeded,
            "title": words.removesuffix("."),
            "english": foreign,
            "href": answer.href,
            "count": fill(settings.words(CONDITIONS, "site"), {"count": count}) if count > 1 else "",
        }

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
                "subject": said(item.subject, ""),
                "claims": [(claim.outcomes, said(claim.says, "")) for claim in item.claims],
                "answers": [answered(answer) for answer in item.answers],
            }
            for item in found
        ],
    )

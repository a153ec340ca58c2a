"""Where the kernel departs from another manual: a page of letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from manproof.interface import CONDITIONS, FINDINGS_ABOUT, LETTER, OBSERVED_ON, PLACES, SUCCESS
from manproof.render import Settings
from manproof.render.frame import frame, own, page
from manproof.words import date, fill


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
    """One departure: its name and subject, both sides of it, errnos that ``never`` came, and the letter.

    ``wording`` is what the letter suggests: paragraphs, each after the errnos that head it.
    """

    name: str
    subject: str
    claims: tuple[Claim, ...]
    answers: tuple[Answer, ...]
    never: tuple[str, ...]
    wording: tuple[tuple[str, str], ...]
    letter: str


def render(
    found: Sequence[Finding], about: Mapping[str, str], seen: Mapping[str, str], settings: Settings
) -> str:
    """The page of all findings; texts of the findings are in the source's language until translated.

    ``about`` names the ``system``, and the ``page`` of the ``manual`` of a ``date`` that it departs from;
    ``seen`` says on which ``kernel`` and ``machine``, with which ``privileges``, and at which ``date``.
    """
    title = settings.words(PLACES["findings"], "site")
    lead = _filled(FINDINGS_ABOUT, about, settings)
    foreign = settings.language.locale != "en"
    return page(
        settings,
        "findings.html",
        frame(settings, own("findings"), title=title, description=lead, place="findings"),
        heading=title,
        about=lead,
        seen=_filled(OBSERVED_ON, seen, settings),
        letter_note=settings.words(LETTER, "site") if foreign else "",
        findings=[
            {
                "item": item,
                "subject": settings.caption(item.subject),
                "claims": [(claim.outcomes, settings.caption(claim.says)) for claim in item.claims],
                "answers": [_answered(answer, settings) for answer in item.answers],
                "wording": [(head, settings.caption(text)) for head, text in item.wording],
            }
            for item in found
        ],
    )


def _answered(answer: Answer, settings: Settings) -> dict[str, object]:
    """An answer: success in the words of the language, a title without its full stop."""
    words, left = settings.caption(answer.title)
    count, succeeded = len(answer.conditions), answer.outcome == SUCCESS
    return {
        "outcome": settings.words(SUCCESS, "site") if succeeded else answer.outcome,
        "succeeded": succeeded,
        "title": words.removesuffix("."),
        "english": left,
        "href": answer.href,
        "count": fill(settings.words(CONDITIONS, "site"), {"count": count}) if count > 1 else "",
    }


def _filled(msgid: str, values: Mapping[str, str], settings: Settings) -> str:
    """A sentence with its values, and the date as the language writes it."""
    when = date(values["date"], "iso", settings.words)
    return fill(settings.words(msgid, "site"), {**values, "date": when})

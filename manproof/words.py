"""The fixed words: what a page says that its author did not write.

They are the gettext domain ``manproof``, which the package carries, so that a new project has
them in every language that somebody has written. A placeholder stands in braces and is filled by
replacement; a translation that loses one is not used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from manproof import interface

Words = Callable[[str, str], str]
"""Gives the translation of a fixed word (msgid, context), or the msgid itself."""


class Fixed(NamedTuple):
    """A fixed word: its English text, its context, and a comment for translators."""

    msgid: str
    context: str = ""
    comment: str = ""


SECTIONS = (
    "NAME", "LIBRARY", "SYNOPSIS", "DESCRIPTION", "RETURN VALUE", "RETURN VALUES", "ERRORS", "ATTRIBUTES",
    "VERSIONS", "STANDARDS", "CONFORMING TO", "HISTORY", "NOTES", "CAVEATS", "BUGS", "EXAMPLES", "SEE ALSO",
    "TRANSLATION",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
SINCE = "Since Linux {release}."
BEFORE = "Before Linux {release}."
BETWEEN = "Since Linux {first}, and before Linux {last}."
CALLERS = {
    "unprivileged": "Privileged callers are exempt.",
    "privileged": "Only privileged callers meet this.",
}
ATTRIBUTE_TYPE = "Attribute type"
ATTRIBUTE_VALUE = "Attribute value"
CREDITS = "Translated by {names}."
PARTLY = "This translation is incomplete: {missing} of {total} passages are shown in English."
STALE = "Passages in English have no translation yet, or the text has changed since they were translated."
OBSERVED = "{observed} of {total} causes observed on {system}, {date}."
OBSERVED_PARTLY = "{observed} of {total} causes observed on {system}, {date}; {untested} not tested."
OBSERVED_NOTE = "Of the causes in ERRORS, {observed} of {total} were observed on {system}, {date}."
UNTESTED = "Not tested on {system}."
ANSWERED = "On {system} the answer was {outcome} instead."
SUCCEEDED = "On {system} the call succeeded instead."
SEEN = "observed"
EVIDENCE = "Evidence"
EVIDENCE_INTRO = (
    "What the kernel answered when each cause was brought about. "
    "The same call without the cause (the control) succeeded first, wherever there can be such a call."
)
EVIDENCE_PLACE = "{kernel}, as {privileges}"
COMPARED = {
    "title": "Comparison of manuals",
    "observed": "What manuals document of this call, and what {system} answered ({about}).",
    "unobserved": "What manuals document of this call.",
    "answered": "{system} answered",
    "agrees": "what the system answered",
    "partly": "what the system answered in part",
    "differs": "another outcome than the system's",
    "silent": "silent",
    "may": "may",
    "allowed": "allowed by POSIX, not required",
    "unverified": "unverified",
    "situation": "Situation",
    "others": "Other conditions",
    "rows": "Rows",
    "all": "all",
    "different": "on which the columns differ",
    "wrong": "with another outcome than the system's",
    "part": "Part",
    "notes": "Where manuals contradict each other",
    "unread": "What was read",
    "right": "Documented as {system} answers, of the situations that each documents",
    "score": "{manual} {right} of {total}",
    "everywhere": "Documented by every manual",
    "shall": "POSIX requires",
    "shall_unix": "POSIX requires for AF_UNIX",
    "allows": "POSIX allows",
}
DATE = "{month} {day}, {year}"
LANGUAGE = "English"
DIRECTION = "ltr"

TABLE: tuple[Fixed, ...] = (
    *(Fixed(title, "", "The title of a section.") for title in SECTIONS),
    Fixed(DATE, "date", "A date in the footer. The months are translated below, in the case that fits here."),
    *(
        Fixed(month, "date", "The month in a date, in the case that the pattern of dates asks for.")
        for month in MONTHS
    ),
    Fixed(SINCE, "", "Follows a sentence that holds from a release on."),
    Fixed(BEFORE, "", "Follows a sentence that held until a release."),
    Fixed(BETWEEN, "", "Follows a sentence that holds for a range of releases."),
    *(Fixed(text, "", "Follows a cause that concerns some callers only.") for text in CALLERS.values()),
    Fixed(ATTRIBUTE_TYPE, "", "The head of a column in ATTRIBUTES."),
    Fixed(ATTRIBUTE_VALUE, "", "The head of a column in ATTRIBUTES."),
    Fixed("MT-Level", "", "ATTRIBUTES: how safely threads may call the function."),
    Fixed("Safe", "", "ATTRIBUTES: the value of MT-Level."),
    Fixed(CREDITS, "", "Ends the page; the names come from the catalogue's first comments."),
    Fixed(
        PARTLY, "", "Tells readers that parts of the page are in English; {missing} and {total} are numbers."
    ),
    Fixed(STALE, "", "Explains the sentence before it."),
    Fixed(OBSERVED, "", "Begins ERRORS; {observed} and {total} are numbers, {system} is such as Linux 6.18."),
    Fixed(OBSERVED_PARTLY, "", "The same where some causes could not be tried; {untested} is a number."),
    Fixed(OBSERVED_NOTE, "", "The same in NOTES. ERRORS is the section's title."),
    Fixed(UNTESTED, "", "Follows a cause that could not be tried."),
    Fixed(ANSWERED, "", "Follows a cause for which the kernel gave another errno, {outcome}."),
    Fixed(SUCCEEDED, "", "Follows a cause for which the kernel gave no error."),
    Fixed("System Calls Manual", "", "The title of the manual, in the page's head."),
    Fixed(SEEN, "site", "Follows a cause; a link to what the kernel answered when it was tried."),
    Fixed(EVIDENCE, "site", "The title of the page that shows what the kernel answered."),
    Fixed(EVIDENCE_INTRO, "site", "Begins that page."),
    Fixed(EVIDENCE_PLACE, "site", "Where it was tried: a release, and root or user."),
    *(Fixed(text, "site", about) for text, about in interface.TABLE),
    *(Fixed(text, "comparison", "The page that compares manuals.") for text in COMPARED.values()),
    Fixed(LANGUAGE, "this language", "The name of your language, in your language."),
    Fixed(DIRECTION, "text direction", "ltr where your language is written from left to right, else rtl."),
)


def english(msgid: str, _context: str) -> str:
    """The words of a page that is not translated."""
    return msgid


def fill(template: str, values: Mapping[str, object]) -> str:
    """Puts values in the place of ``{names}``; anything else in the text stays as it is."""
    for name, value in values.items():
        template = template.replace("{" + name + "}", str(value))
    return template


def same_placeholders(translation: str, source: str) -> bool:
    """Whether two texts have the same ``{names}`` and code, and a per cent sign only if both have one.

    In the head and foot of a page troff takes that sign for the page number.
    """
    return _kept(translation) == _kept(source)


def _kept(text: str) -> frozenset[str]:
    """What a translation must keep, letter by letter."""
    return frozenset([*_PLACEHOLDERS(text), *(match[2] for match in CODE.finditer(text))])


_PLACEHOLDERS = re.compile(r"\{\w+\}|%").findall
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
"""What stands between backquotes: as many before it as after it."""


def date(iso: str, form: str, words: Words) -> str:
    """The date of a page as its edition writes it, or as the language does where words for it exist.

    ``iso`` is YYYY-MM-DD. A language without words of its own keeps the edition's form.
    """
    year, month, day = iso.split("-")
    pattern = words(DATE, "date")
    if pattern != DATE:
        name = words(MONTHS[int(month) - 1], "date")
        return fill(pattern, {"day": int(day), "month": name, "year": year})
    if form == "iso":
        return iso
    return f"{MONTHS[int(month) - 1][:3]} {int(day)}, {year}"

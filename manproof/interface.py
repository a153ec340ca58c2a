"""The words of the site: what surrounds its pages, what its script says, how its pages begin.

They are fixed words of the context ``site``. What a template says is listed here by its English text alone.
"""

from __future__ import annotations

from collections.abc import Mapping

PLACES: Mapping[str, str] = {
    "index": "Manual pages",
    "comparison": "Comparison",
    "findings": "Findings",
    "rules": "Rules",
    "status": "Translation",
}
"""The pages of the site that every page leads to, in this order."""

SCRIPT: Mapping[str, str] = {
    "search": "Search",
    "prompt": "An errno, a condition, or words",
    "results": "Results",
    "found": "Found: {count}",
    "nothing": "Nothing found",
    "loading": "Loading…",
    "keys": "Arrow keys choose, Enter opens, Esc closes",
    "close": "Close",
    "filter": "Filter",
    "filter_errors": "Show only errors with",
    "shown": "{shown} of {total} shown",
    "copy": "Copy",
    "copied": "Copied",
    "download": "Download",
    "link": "Copy link",
}
"""What the site's script says, by the names that it knows."""

VERDICTS: Mapping[str, str] = {
    "confirmed": "confirmed",
    "contradicted": "contradicted",
    "differs": "differs; the claim is about other releases",
    "broken": "the probe failed",
    "unverified": "not verified",
    "undocumented": "undocumented",
    "elsewhere": "documented elsewhere",
    "unclaimed": "no claim is made",
}
"""The words for the verdicts of ``join``, and for an answer that nothing is claimed of."""

SUCCESS = "success"
"""The outcome of a call that did not fail, as records have it."""

CONTROL = "control"
CONDITIONS = "{count} conditions"
INDEX_TITLE = "Manual pages, proved"
INDEX_ABOUT = (
    "What these pages claim of a system call was tried on a running kernel. "
    "“Observed” beside a cause leads to what the kernel answered."
)
CATALOGUES: Mapping[str, str] = {
    "manproof": "Words of the site and of all pages",
    "conditions": "Conditions",
    "findings": PLACES["findings"],
    "rules": PLACES["rules"],
}
"""What the catalogues hold that belong to no page, by their names."""
VERIFIED = "{confirmed} of {total} causes"
STATUS_ABOUT = "How far each language is. What has no translation yet is shown in English, and marked."
FINDINGS_ABOUT = (
    "Where {system} departs from what {page} of {manual} ({date}) says. "
    "Each finding comes with a letter, fit to be mailed to those who write that manual."
)
OBSERVED_ON = "Observed on Linux {kernel}, {machine}, as {privileges}, {date}."
LETTER = "The letter is in English, as the manual is that it is about."
RULES_ABOUT = "What the lint holds pages and their translations to. The name of a rule is the flaw."
LOST = "There is no such page"
LOST_WAY_OUT = "All manual pages"
REVIEW_TITLE = "{page}: source text and translation"
REVIEW_COUNT = "{state}: {count}"
REVIEW_STATES: Mapping[str, str] = {
    "translated": "translated",
    "fuzzy": "fuzzy, not shown to readers",
    "missing": "not translated",
    "refused": "refused, not shown to readers",
}
"""How a passage stands in a language, in the translators' view."""
LIVE_PROBLEMS = "Problems: {count}"
LIVE_MORE = "And {count} more; the terminal has them all."

_SENTENCES = {
    INDEX_TITLE: "The title of the index of all pages.",
    INDEX_ABOUT: "Begins that page. “Observed” is the word for the link beside a cause.",
    VERIFIED: "In that list: how many causes of a page were observed; both are numbers.",
    STATUS_ABOUT: "Begins the page on translations.",
    FINDINGS_ABOUT: "Begins the page of findings; {system} is such as Linux 6.18, {page} such as connect(2).",
    OBSERVED_ON: "Follows that; {kernel} is a whole release, {privileges} is root or user.",
    LETTER: "Stands above a letter, on pages that are not in English.",
    RULES_ABOUT: "Begins the page of rules.",
    LOST: "The title of the page for addresses that lead nowhere.",
    LOST_WAY_OUT: "The link on that page.",
    REVIEW_TITLE: "The title of the translators' view; {page} is such as connect(2).",
    REVIEW_COUNT: "In that view: how many passages are in a state, such as “not translated”.",
    LIVE_PROBLEMS: "The heading of a list of errors and warnings.",
    LIVE_MORE: "Ends that list.",
}
LABELS = {
    "the head of pages": ("Site", "Language", "Skip to the text", "Contents"),
    "the foot of pages": ("Last changed",),
    "the heads of the index's columns": ("Page", "Summary", "Verified", "Languages"),
    "the heads of columns on the page on translations": ("Text", "File", "Translated"),
    "the page on translations": (
        "How to help",
        (
            "Open the file of a page in an editor for PO files, such as Poedit, translate what is missing, "
            "and look at the page again:"
        ),
    ),
    "the pages of evidence": (
        "All conditions",
        "Causes of errors",
        "Other sentences of the page",
        "Other answers",
        "Download:",
        "the record (JSON)",
        "all programs and traces (tar)",
        "Answer",
        "as the value of SO_ERROR",
        "Verdict",
        "Claimed by",
        "Conditions",
        "In the kernel",
        "Shell lines",
        "C program",
        "There is no C program:",
    ),
    "the page of findings": (
        "The manual says",
        "nothing of these conditions",
        "The kernel answers",
        "never, under any condition of this claim",
        "Suggested wording",
        "The letter",
    ),
    "the translators' view": (
        "Source text beside the translation",
        "The page",
        "All passages",
        "Only what is left to do",
        "Nothing is left to do.",
        "It was made for this text:",
        "On the page",
    ),
    "the page of rules": ("Why, and what to do", "error", "warning", "note"),
}

TABLE: tuple[tuple[str, str], ...] = (
    *((text, "A page of the site, in the head of every page.") for text in PLACES.values()),
    *((text, "Said by the site's script; words in braces are numbers.") for text in SCRIPT.values()),
    *((text, "A verdict on what is claimed of a condition.") for text in VERDICTS.values()),
    *((text, "How a passage stands, in the translators' view.") for text in REVIEW_STATES.values()),
    (CONTROL, "In a trace: marks the call that shows that it works without the cause."),
    (CONDITIONS, "How many conditions were answered alike; {count} is two or more."),
    (SUCCESS, "Stands where else an errno does: the call did not fail."),
    *_SENTENCES.items(),
    (CATALOGUES["manproof"], "A catalogue, on the page on translations."),
    *((text, f"Of {place}.") for place, texts in LABELS.items() for text in texts),
)
"""All of them, each with a comment for translators."""

"""The catalogue with which the translation of a template into a language begins."""

from __future__ import annotations

from manproof.catalogue.header import joined
from manproof.catalogue.merger import merge
from manproof.catalogue.model import Catalogue, Entry
from manproof.catalogue.plurals import plural_forms


def blank(
    template: Catalogue,
    locale: str,
    *,
    revised: str,
    translator: str = "Automatically generated",
    team: str = "none",
    path: str = "",
) -> Catalogue:
    """An untranslated catalogue for a locale, with all fields of its header in gettext's order.

    ``revised`` is the PO-Revision-Date (``2026-11-21 12:00+0000``). Project, address for bugs and
    POT-Creation-Date are the template's. The defaults are those of ``msginit --no-translator``.
    Plural-Forms is left out for a language whose rule is not known.
    """
    given = template.fields
    values = {
        "Project-Id-Version": given.get("Project-Id-Version", ""),
        "Report-Msgid-Bugs-To": given.get("Report-Msgid-Bugs-To", ""),
        "POT-Creation-Date": given.get("POT-Creation-Date", ""),
        "PO-Revision-Date": revised,
        "Last-Translator": translator,
        "Language-Team": team,
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(locale),
    }
    if not values["Plural-Forms"]:
        del values["Plural-Forms"]
    comments = () if template.header is None else template.header.comments
    header = Entry(msgid="", msgstr=joined(values), comments=comments)
    return merge(Catalogue(header=header, path=path), template)

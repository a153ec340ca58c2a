"""The whole site as the program builds it: the project's pages, in its languages and in one nobody speaks.

The pseudo-locale stands for all that will come: it is written from right to left, its words are longer than
those of the source, and every text that can be translated is.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from manproof import i18n
from manproof.build import build, plan
from manproof.catalogue import Entry, read, write
from manproof.config import Project
from manproof.diagnostic import Severity
from tests.specimen import ROOT

PSEUDO = "ar"
NOW = "2026-11-21 12:00+0000"
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابتثجحخدذرزسشصضطظعغفقكلمنه", strict=True))
_KEEP = re.compile(
    r"(?::\w+:)?(?P<marks>`+)(?!`).+?(?<!`)(?P=marks)(?!`)(?:\\ |_*)|\*+[^*]+\*+|\{\w+\}"
    r"|[\w./()-]*[A-Z_]{2,}[\w./()-]*"
)


def site(folder: Path) -> Path:
    """Builds the site of a copy of this project below ``folder``, and returns where its pages lie."""
    root = folder / "project"
    for name in ("source", "translations"):
        shutil.copytree(ROOT / name, root / name)
    (root / "manproof.toml").write_text('site-url = "https://example.org/manual"\n', encoding="utf-8")
    project = Project(root=root)
    sources = project.sources(project.editions())
    for _ in i18n.each(project, sources, partial(_pseudo, project)):
        pass
    jobs = plan(project, sources, project.locales(), ["html"])
    found = build(project, jobs, folder / "out", cores=1, progress=lambda _done, _total: None)
    assert not [d for d in found if d.severity is Severity.ERROR], found
    return folder / "out/html"


def _pseudo(project: Project, domain: i18n.Domain) -> None:
    """Writes the catalogue of a domain in the pseudo-locale."""
    i18n.update(project, domain, PSEUDO, NOW)
    path = project.catalogue(PSEUDO, domain.name)
    catalogue, _ = read(path.read_bytes(), path.name, locale=PSEUDO)
    assert catalogue is not None
    given = {"this language": "العربية", "text direction": "rtl"}
    entries = (replace(e, msgstr=given.get(e.context or "") or _longer(e)) for e in catalogue.entries)
    path.write_bytes(write(replace(catalogue, entries=tuple(entries))).encode())


def _longer(entry: Entry) -> str:
    """Another text with the same marks, longer by half than the source."""

    def word(match: re.Match[str]) -> str:
        if _KEEP.fullmatch(match[0]):
            return match[0]
        letters = [_LETTERS.get(letter, "") for letter in match[0].lower()]
        return "".join(letters) + "ـ" * (len(letters) // 2)

    return re.sub(rf"{_KEEP.pattern}|[A-Za-z’'-]+", word, entry.msgid)


_KINDS: dict[str, Callable[[str], str]] = {
    "index": lambda locale: "index.html" if locale == "en" else f"index.{locale}.html",
    "page": lambda locale: f"linux/connect.2.{locale}.html",
    "evidence": lambda locale: f"linux/connect.2.evidence.{locale}.html",
    "exhibits": lambda locale: f"linux/connect.2.evidence.fd.{locale}.html",
    "comparison": lambda locale: f"comparison/connect.{locale}.html",
    "findings": lambda locale: f"findings.{locale}.html",
    "rules": lambda locale: f"rules.{locale}.html",
    "status": lambda locale: f"status.{locale}.html",
    "lost": lambda _locale: "404.html",
}
KINDS = tuple(_KINDS)
"""One page of each kind."""


def path_of(kind: str, locale: str) -> str:
    """Where the page of a kind lies in a language, from the root of the site."""
    return _KINDS[kind](locale)

"""Every construct, and the repository's own pages: the model, the document and each rendering, as files."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest

from manproof.build import build, plan
from manproof.config import Project, chosen_sources
from manproof.diagnostic import Span
from manproof.document import document
from manproof.load import load_edition, load_page
from manproof.spec import Edition, Page
from tests.conftest import GOLDEN, Golden
from tests.sample import ROOT

EVERYTHING = Project(root=GOLDEN / "everything")
CONNECT = Project(root=ROOT)
FORMATS = ("man", "text", "json", "html")
CASES = {name: "connect" if name == "linux" else name for name in CONNECT.editions()}
"""The folders of the repository's own editions."""


def plain(value: Any) -> Any:
    """A record as data; a text with a place is ``line:column text``, and what is empty is left out."""
    span = getattr(value, "span", None)
    if isinstance(value, str):
        return f"{place(span)} {value}" if isinstance(span, Span) and span.line else str(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(span, Span) and hasattr(value, "text") and isinstance(value.text, str):
        return f"{place(span)} {value.text}"
    fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value) if f.name != "span"}
    said = {name: plain(item) for name, item in fields.items() if item not in (None, ())}
    return {"at": place(span), **said} if isinstance(span, Span) else said


def place(span: Span) -> str:
    return f"{span.line}:{span.column}"


def model(page: Page | Edition) -> str:
    return json.dumps(plain(page), indent=1, ensure_ascii=False) + "\n"


def read(path: Path) -> bytes:
    return path.read_bytes()


def loaded(project: Project, edition_name: str, name: str) -> tuple[Page, Edition]:
    folder = project.root / "source" / edition_name
    page, found = load_page(read(folder / f"{name}.yaml"), f"{name}.yaml")
    edition, more = load_edition(read(folder / "edition.yaml"), "edition.yaml")
    assert page is not None
    assert edition is not None
    assert not [*found, *more]
    return page, edition


def test_model(golden: Golden) -> None:
    page, edition = loaded(EVERYTHING, "demo", "every-thing.3demo")
    golden("everything/page.json", model(page))
    golden("everything/edition.json", model(edition))


def test_document(golden: Golden) -> None:
    page, edition = loaded(EVERYTHING, "demo", "every-thing.3demo")
    program = read(EVERYTHING.root / "source/demo/demo.c").decode()
    root, found = document(page, edition, {"demo.c": program})
    assert not found
    golden("everything/document.txt", root.pformat())


@pytest.mark.parametrize(
    ("project", "edition", "case"),
    [(EVERYTHING, "demo", "everything"), *((CONNECT, edition, case) for edition, case in CASES.items())],
)
def test_outputs(project: Project, edition: str, case: str, golden: Golden, tmp_path: Path) -> None:
    sources = chosen_sources(project, [edition], [])
    name = sources[0].page
    locales = [locale for locale in ("en", "ru") if locale in project.locales()]
    jobs = plan(project, sources, locales, FORMATS)
    found = build(project, jobs, tmp_path, cores=1, progress=lambda _done, _all: None)
    if project is CONNECT:
        assert not found, "\n".join(map(str, found))
    else:
        golden("everything/messages.txt", "".join(f"{item}\n" for item in found))
    for locale in jobs[0].locales:
        for form in FORMATS:
            if project is CONNECT and form == "json":
                continue  # a hundred kilobytes; the other case shows the form
            text = read(tmp_path / jobs[0].output(locale, form)).decode()
            text = re.sub(r"<style>.*?</style>|sha256-[\w+/=]+", "", text, flags=re.S)  # tested by itself
            golden(f"{case}/{name}.{locale}.{'troff' if form == 'man' else form}", text)

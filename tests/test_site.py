"""The site as files: every link leads somewhere, every page says what it is, nothing comes from elsewhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from manproof import i18n
from manproof.config import Project
from tests.built import KINDS, PSEUDO, path_of
from tests.elements import Element, elements, named
from tests.specimen import ROOT

LOCALES = ("en", "ru", PSEUDO)
BASE = "https://example.org/manual/"


@pytest.fixture(scope="session")
def pages(built_site: Path) -> dict[str, str]:
    """All HTML pages of the site, by path."""
    return {
        path.relative_to(built_site).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(built_site.rglob("*.html"))
    }


def test_there_is_a_page_of_every_kind_in_every_language(pages: dict[str, str]) -> None:
    assert {path_of(kind, locale) for kind in KINDS for locale in LOCALES} <= pages.keys()


def test_every_link_and_anchor_resolves(pages: dict[str, str], built_site: Path) -> None:
    parsed = {path: elements(text) for path, text in pages.items()}
    ids = {path: {e["id"] for e in found if "id" in e.attributes} for path, found in parsed.items()}
    wrong = []
    for path, found in parsed.items():
        for name, href in links(found):
            address = urlsplit(urljoin(f"{BASE}{path}", href))
            if not address.geturl().startswith(BASE):
                assert name == "a", f"{path} fetches {href}"
                continue
            target, anchor = unquote(address.path)[len("/manual/") :], unquote(address.fragment)
            there = (built_site / target).is_file() and (not anchor or anchor in ids.get(target, ()))
            wrong += [] if there else [(path, href)]
    assert not wrong


def links(found: list[Element]) -> list[tuple[str, str]]:
    """What the elements of a page lead to or load."""
    return [
        (e.name, e.attributes[attribute])
        for e in found
        for attribute in ("href", "src")
        if attribute in e.attributes
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_pages_parse_without_an_error(pages: dict[str, str], kind: str) -> None:
    for locale in LOCALES:
        text = pages[path_of(kind, locale)]
        parser = html5lib.HTMLParser()
        parser.parse(text)
        assert not parser.errors, (locale, parser.errors[:3])
        ids = [e["id"] for e in elements(text) if "id" in e.attributes]
        assert len(ids) == len(set(ids)), locale


def test_pages_satisfy_html_validate(built_site: Path) -> None:
    """By the rules that it calls standard; ids may be all that HTML allows, such as ``unix.loop``."""
    program = Path(sys.prefix) / "html-validate/node_modules/.bin/html-validate"
    if not program.exists():
        pytest.skip("no html-validate: the pages were not held to it; make check installs it")
    rules = ROOT / "tools/html-validate/.htmlvalidate.json"
    command = [Path(sys.prefix) / "bin/node", program, "--config", rules, built_site]
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300)
    assert (run.returncode, run.stdout) == (0, ""), run.stdout[:4000] + run.stderr


def test_pages_say_what_they_are(pages: dict[str, str]) -> None:
    titles: dict[tuple[str, str], str] = {}
    for path, text in pages.items():
        found = elements(text)
        root = found[0]
        title = next(e.text for e in found if e.name == "title")
        described = [e["content"] for e in found if e.attributes.get("name") == "description"]
        assert title and len(described) == 1 and described[0], path
        assert titles.setdefault((root["lang"], title), path) == path, "two pages have one title"
        assert [e["href"] for e in found if e.attributes.get("rel") == "icon"], path
        canonical = [e["href"] for e in found if e.attributes.get("rel") == "canonical"]
        assert canonical == ([] if path == "404.html" else [BASE + path])


def test_languages_name_each_other(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        alternates = {
            e["hreflang"]: e["href"] for e in named(text, "link") if e.attributes.get("rel") == "alternate"
        }
        if path == "404.html":
            continue
        assert alternates[elements(text)[0]["lang"]] == BASE + path
        assert {"en", "x-default"} <= alternates.keys(), path
        assert alternates["x-default"] == alternates["en"]
        for address in alternates.values():
            other = pages[address.removeprefix(BASE)]
            assert f'href="{BASE}{path}"' in other, (path, address)


def test_no_script_but_that_of_the_site(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        scripts = named(text, "script")
        root = "/manual/" if path == "404.html" else "../" * path.count("/")
        assert [(e["src"], "defer" in e.attributes, e.text) for e in scripts] == [
            (f"{root}site.js", True, "")
        ]
        policy = next(e["content"] for e in named(text, "meta") if "http-equiv" in e.attributes)
        assert policy.startswith("default-src 'none'; script-src 'self'; ") and "unsafe" not in policy
        for e in elements(text):
            assert not [name for name in e.attributes if name.startswith("on") or name == "style"], path


def test_weight(pages: dict[str, str]) -> None:
    manual = {
        path: text for path, text in pages.items() if re.fullmatch(r"\w+/connect\.\w+\.\w+\.html", path)
    }
    weights = {path: len(text.encode()) for path, text in manual.items() if f".{PSEUDO}." not in path}
    assert len(weights) >= 2 and max(weights.values()) < 60_000, weights


def test_every_condition_is_shown_once(pages: dict[str, str], built_site: Path) -> None:
    record = json.loads((built_site / "linux/connect.2.evidence.json").read_text(encoding="utf-8"))
    wanted = sorted(item["condition"] for item in record["observations"])
    for locale in LOCALES:
        shown: list[str] = []
        for path, text in pages.items():
            if re.fullmatch(rf"linux/connect\.2\.evidence\.[\w-]+\.{locale}\.html", path):
                rows = re.findall(r'<dd class="conditions">(.*?)</dd>', text)
                shown += [name for row in rows for name in re.findall(r">([\w.-]+)</code>", row)]
        assert sorted(shown) == wanted


def test_nothing_is_left_in_english(pages: dict[str, str]) -> None:
    """Titles of conditions, findings and the words of pages; what the kernel's own words are stays."""
    for kind in ("index", "evidence", "comparison", "findings", "rules", "status"):
        found = elements(pages[path_of(kind, "ru")])
        english = [
            e.text for e in found if e.attributes.get("lang") == "en" and e.name in ("a", "span", "h2", "p")
        ]
        left = [text for text in english if text != "English" and not text.startswith("needs a kernel")]
        assert not left, (kind, left[:5])


def test_letters_alone_are_in_english_and_said_to_be(pages: dict[str, str]) -> None:
    note = "Письмо\u00a0— на английском языке"
    for locale, said in (("ru", True), ("en", False)):
        found = elements(pages[path_of("findings", locale)])
        letters = [e for e in found if e.name == "pre"]
        assert letters and {e.attributes.get("lang") for e in letters} == {"en"}
        assert sum(e.name == "p" and e.text.startswith(note) for e in found) == len(letters) * said


def test_rules_keep_their_code_in_every_language(pages: dict[str, str]) -> None:
    def code(locale: str) -> list[tuple[str, ...]]:
        manuals = re.findall(r"<details>.*?</details>", pages[path_of("rules", locale)], re.DOTALL)
        return [tuple(sorted(re.findall(r"<code[^>]*>(.*?)</code>", text))) for text in manuals]

    assert len(code("en")) > 100
    assert code("en") == code("ru") == code(PSEUDO)
    assert '<code translate="no">:errno:`EACCES`</code>' in pages[path_of("rules", "ru")]
    assert '<code translate="no">``:func:`connect```</code>' in pages[path_of("rules", "ru")]


def test_every_catalogue_is_counted(pages: dict[str, str]) -> None:
    ours = Project(root=ROOT)
    shown = pages[path_of("status", "ru")]
    for domain in i18n.each(ours, ours.sources(ours.editions()), lambda domain: domain):
        standing = i18n.standing(ours, domain, "ru")
        assert standing is not None
        total = len(domain.entries)
        row = rf"/{re.escape(domain.name)}\.po<.*?>{standing.statistics.translated} / {total}<"
        if not domain.name.endswith("/edition"):  # shown on each page of the edition, and counted there
            assert re.search(row, shown, re.DOTALL), domain.name

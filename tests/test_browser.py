"""The pages in Chromium: nothing is cut off, nothing is fetched, nothing is complained of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from manproof.render.html import render
from manproof.render.index import Entry, Shelf
from manproof.render.index import render as render_index
from tests.browser import PROGRAM, Browser
from tests.specimen import (
    ARABIC,
    LANGUAGES,
    ROOT,
    RUSSIAN,
    linux,
    published,
    rich,
    russian,
    settings,
    translated,
)

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium: pages were not seen in a browser")
LONG = "Недокументированность переосвидетельствования человеконенавистничества /proc/sys/net/ipv4/conf. "
PUBLISHED = published()
NAMES = ("linux", "rich", "russian", "arabic", "index", *PUBLISHED)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as a build lays them out."""
    root = tmp_path_factory.mktemp("html")
    (root / "linux").mkdir()
    titles = [
        ("connect(2)", "connect.2"),
        ("quite_an_uncommonly_long_name_of_a_function(3socket)", "thing.3socket"),
    ]
    entries = tuple(Entry(title=t, page=p, summary=LONG, languages=LANGUAGES) for t, p in titles)
    shelf = Shelf(name="linux", label="Linux", manual="System Calls Manual", entries=entries)
    texts = {
        "linux": render(linux(), settings()),
        "rich": render(rich(), settings()),
        "russian": render(translated(linux(), LONG), settings(language=RUSSIAN, words=russian)),
        "arabic": render(translated(rich(), "نص عربي طويل. "), settings(language=ARABIC)),
        "index": render_index([shelf], settings()),
        **{name: render(page, settings()) for name, page in PUBLISHED.items()},
    }
    for name, text in texts.items():
        (root / "linux" / f"{name}.html").write_text(text, encoding="utf-8")
    for name in ("site.js", "favicon.svg"):
        for place in (root, root / "linux"):
            shutil.copy(ROOT / "templates" / name, place)
    return root / "linux"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_page_fits(browser: Browser, folder: Path, name: str, width: int, scheme: str) -> None:
    address = (folder / f"{name}.html").as_uri()
    browser.open(address, width, prefers_color_scheme=scheme)
    browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    wide = """[...document.querySelectorAll('body *')]
        .filter(each => !each.closest('pre, .skip, thead, .unseen'))
        .filter(each => each.getBoundingClientRect().right > innerWidth + 1).map(each => each.outerHTML)"""
    assert browser.evaluate(wide) == []
    assert browser.messages() == []
    asked = [url.rpartition("/")[2] for url in browser.requests()]
    assert [name for name in asked if name != "favicon.svg"] == [f"{name}.html", "site.js"]


def test_style_is_applied_and_follows_the_scheme(browser: Browser, folder: Path) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        browser.open((folder / "linux.html").as_uri(), prefers_color_scheme=scheme)
        grounds.append(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(253, 253, 251)", "rgb(22, 24, 28)"]


def test_code_scrolls_by_itself(browser: Browser, folder: Path) -> None:
    browser.open((folder / "linux.html").as_uri(), 320)
    assert browser.evaluate("(p => p.scrollWidth > p.clientWidth)(document.querySelector('pre'))")


def test_contents_stand_above_or_beside(browser: Browser, folder: Path) -> None:
    shown = "['above', 'beside'].filter(name => document.querySelector('.' + name).offsetParent)"
    for width, place in ((320, "above"), (768, "above"), (1280, "beside")):
        browser.open((folder / "linux.html").as_uri(), width)
        assert browser.evaluate(shown) == [place]


def test_an_errno_stands_beside_its_causes(browser: Browser, folder: Path) -> None:
    place = "(id => document.getElementById(id).getBoundingClientRect())"
    for name, sign in (("linux", 1), ("arabic", -1)):
        browser.open((folder / f"{name}.html").as_uri(), 1280)
        errno, shared = (browser.evaluate(f"{place}('{i}').top") for i in ("EACCES", "EPERM"))
        assert errno < shared
        gap = browser.evaluate(
            "(d => d.nextElementSibling.querySelector('p').getBoundingClientRect().x - "
            "d.getBoundingClientRect().x)(document.getElementById('EACCES'))"
        )
        assert gap * sign > 0

"""The site in Chromium, from the disk: it fits, is accessible, can be searched, filtered, copied, printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.browser import PROGRAM, Browser
from tests.built import KINDS, PSEUDO, path_of

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium: the site was not seen in a browser")
PAPER = 718
"""The width of A4 between the margins that Chromium leaves, in CSS pixels."""
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE = """[...document.querySelectorAll('body *')]
    .filter(each => !each.closest('pre, .skip, thead, .unseen, .sheet'))
    .filter(each => { const box = each.getBoundingClientRect();
        return box.right > innerWidth + 1 || box.left < -1; })
    .map(each => each.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


def address(folder: Path, kind: str, locale: str, anchor: str = "") -> str:
    return (folder / path_of(kind, locale)).as_uri() + anchor


@pytest.mark.parametrize(
    ("locale", "scheme"),
    [("en", "light"), ("en", "dark"), ("ru", "light"), ("ru", "dark"), (PSEUDO, "light")],
)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_stands_in_a_readers_way(
    browser: Browser, built_site: Path, kind: str, locale: str, scheme: str
) -> None:
    browser.open(address(built_site, kind, locale), prefers_color_scheme=scheme)
    assert violations(browser) == []
    # the page of addresses that lead nowhere has links that begin at the root of a server
    assert kind == "lost" or browser.messages() == []


def violations(browser: Browser) -> Any:
    """What axe finds against WCAG 2.2 AA in the page as it is now."""
    browser.evaluate(f"{AXE}; 0")
    options = json.dumps({"runOnly": RULES, "resultTypes": ["violations"]})
    found = """result.violations.map(each => [each.id, each.nodes.slice(0, 3).map(node => node.html)])"""
    return browser.evaluate(f"axe.run(document, {options}).then(result => {found})")


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("locale", ["en", "ru", PSEUDO])
@pytest.mark.parametrize("kind", KINDS)
def test_page_fits(browser: Browser, built_site: Path, kind: str, locale: str, width: int) -> None:
    browser.open(address(built_site, kind, locale), width)
    browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.evaluate(WIDE) == []


@pytest.mark.parametrize("locale", ["en", PSEUDO])
@pytest.mark.parametrize("kind", KINDS)
def test_print_cuts_nothing_off(browser: Browser, built_site: Path, kind: str, locale: str) -> None:
    browser.open(address(built_site, kind, locale), PAPER, medium="print")
    browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert browser.evaluate("document.documentElement.scrollWidth") <= PAPER
    cut = """[...document.querySelectorAll('main *')]
        .filter(each => getComputedStyle(each).display != 'inline')
        .filter(each => !each.matches('.unseen, progress') && each.clientWidth)
        .filter(each => each.scrollWidth > each.clientWidth + 1 && !each.closest('thead'))
        .filter(each => getComputedStyle(each).clipPath == 'none')
        .map(each => each.outerHTML.slice(0, 200))"""
    assert browser.evaluate(cut) == []
    tools = "[...document.querySelectorAll('button, input')]"
    assert browser.evaluate(f"{tools}.every(each => !each.offsetParent)")


def test_print(browser: Browser, built_site: Path) -> None:
    browser.open(address(built_site, "page", "ru"))
    paper = browser.pdf()
    assert paper.startswith(b"%PDF") and paper.count(b"/Type /Page\n") > 3


def test_only_files_of_the_site_are_asked_for(browser: Browser, built_site: Path) -> None:
    for kind in ("page", "evidence", "index", "comparison"):
        browser.open(address(built_site, kind, "ru"))
        looked_for(browser, "сокет")
        asked = browser.requests()
        assert len(asked) > 5 and all(url.startswith(built_site.as_uri()) for url in asked)
        assert browser.messages() == []


def looked_for(browser: Browser, query: str) -> list[str]:
    """Opens the search by its key, types, and returns the addresses found, from the root of the site."""
    if not browser.evaluate("document.querySelector('dialog')?.open ?? false"):
        browser.press("/", code="Slash", text="/")
        browser.wait("document.activeElement.id == 'search-input'")
    browser.evaluate("document.activeElement.select()")
    browser.type(query)
    browser.wait("!document.querySelector('dialog [role=status]').textContent.endsWith('…')")
    found: list[str] = browser.evaluate(
        "[...document.querySelectorAll('#search-results li')].map(each => each.dataset.href)"
    )
    return [href.partition("/html/")[2] for href in found]


def test_search_in_english(browser: Browser, built_site: Path) -> None:
    browser.open(address(built_site, "rules", "en"))
    assert looked_for(browser, "ECONNREFUSED")[0].startswith("linux/connect.2.en.html#")
    assert "linux/connect.2.en.html#unix-loop" in looked_for(browser, "eloop")
    shown = "linux/connect.2.evidence.unix.en.html#unix.write-denied"
    assert any(href.startswith(shown) for href in looked_for(browser, "unix.write-denied"))
    assert set(looked_for(browser, "symbolic links")) & set(looked_for(browser, "symbolic linking"))
    assert "findings.en.html#routing-cache" in looked_for(browser, "routing cache")
    assert looked_for(browser, "xyzzy") == []


@pytest.mark.parametrize(
    "forms",
    [
        ("сокет", "сокета", "сокетами", "сокетов", "Сокетах"),
        ("очередь", "очереди", "очередью", "очередями"),
        ("соединение", "соединения", "соединением", "соединений"),
        ("неблокирующий", "неблокирующего", "неблокирующим", "неблокирующему"),
        ("каталог", "каталога", "каталоге", "каталогами"),
        ("символьная ссылка", "символьных ссылок", "символьными ссылками", "символьную ссылку"),
    ],
)
def test_search_knows_the_forms_of_russian_words(
    browser: Browser, built_site: Path, forms: tuple[str, ...]
) -> None:
    browser.open(address(built_site, "page", "ru"))
    found = [looked_for(browser, form) for form in forms]
    assert found[0] and all(hrefs == found[0] for hrefs in found)


def test_search_by_keyboard_opens_the_row(browser: Browser, built_site: Path) -> None:
    browser.open(address(built_site, "index", "ru"))
    assert looked_for(browser, "eloop")[0] == "linux/connect.2.ru.html#unix-loop"
    browser.press("ArrowDown")
    browser.press("ArrowUp")
    chosen = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
    assert browser.evaluate(f"{chosen}.getAttribute('aria-selected')") == "true"
    assert violations(browser) == []
    browser.press("Enter")
    browser.wait("location.pathname.endsWith('connect.2.ru.html') && document.readyState == 'complete'")
    assert browser.evaluate("document.querySelector(':target').id") == "unix-loop"


def test_search_closes_and_gives_the_focus_back(browser: Browser, built_site: Path) -> None:
    browser.open(address(built_site, "page", "en"))
    browser.evaluate("document.querySelector('.opener').focus()")
    browser.press("Enter", text="\r")
    browser.wait("document.activeElement.id == 'search-input'")
    browser.press("Escape")
    browser.wait("document.activeElement.className == 'opener'")


def test_filter_and_jump(browser: Browser, built_site: Path) -> None:
    browser.open(address(built_site, "page", "ru"))
    total = browser.evaluate("document.querySelectorAll('dl.errors > dt').length")
    shown = "[...document.querySelectorAll('dl.errors > dt')].filter(each => each.offsetParent)"
    browser.evaluate("document.querySelector('.filter input').focus()")
    browser.type("econnrefused")
    names = set(browser.evaluate(f"{shown}.map(each => each.textContent.replace('#', ''))"))
    assert names == {"ECONNREFUSED"}
    assert browser.evaluate("document.querySelector('.filter output').textContent").startswith("Показано ")
    empty = """[...document.querySelectorAll('section.Ss')].filter(each => each.offsetParent)
        .filter(each => each.querySelector('dl.errors') && !each.querySelector('dt:not([hidden])')).length"""
    assert browser.evaluate(empty) == 0
    browser.press("Enter")
    assert browser.evaluate("document.querySelector(':target').textContent").startswith("ECONNREFUSED")
    browser.evaluate("document.querySelector('.filter input').focus()")
    browser.press("Escape")
    assert browser.evaluate(f"{shown}.length") == total


def test_code_is_copied(browser: Browser, built_site: Path) -> None:
    browser.open(address(built_site, "exhibits", "en"))
    browser.evaluate("window.taken = []; navigator.clipboard.writeText = async text => { taken.push(text) }")
    browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    browser.evaluate(
        "document.querySelector('pre[data-file]').nextElementSibling.querySelector('button').click()"
    )
    browser.wait("taken.length == 1")
    program = browser.evaluate("taken[0]")
    shown = browser.evaluate("document.querySelector('pre[data-file] code').textContent")
    assert program == shown.rstrip() + "\n"
    assert "int main(void)" in program
    browser.wait("document.querySelector('[role=status]').textContent == 'Copied'")


def test_copying_reaches_the_clipboard(browser: Browser, built_site: Path) -> None:
    """Without the clipboard's interface, as some browsers have it for files, the old way is taken."""
    browser.open(address(built_site, "page", "en"))
    browser.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))")
    selected = "getSelection().toString() || document.activeElement.value"
    browser.evaluate(f"document.addEventListener('copy', () => {{ window.taken = {selected} }})")
    browser.evaluate("document.querySelector('h2 .link').click()")
    browser.wait("window.taken !== undefined")
    assert browser.evaluate("taken").endswith("connect.2.en.html#NAME")


def test_contents_follow_the_reading(browser: Browser, built_site: Path) -> None:
    browser.open(address(built_site, "page", "en"), 1280)
    here = "document.querySelector('.beside [aria-current=location]').textContent"
    assert browser.evaluate(here) == "NAME"
    browser.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    browser.evaluate("document.getElementById('ERRORS').scrollIntoView()")
    browser.wait(f"{here} == 'ERRORS'")
    browser.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    browser.wait(f"{here} == 'SEE ALSO'")


@pytest.mark.parametrize("kind", KINDS)
def test_keyboard_walk(browser: Browser, built_site: Path, kind: str) -> None:
    """Tab goes through all that can be used, in the order of the page, and one sees where it is."""
    browser.open(address(built_site, kind, "en"), 1280)
    usable = """window.usable = [...document.querySelectorAll('a[href], button, input, summary, [tabindex]')]
        .filter(each => each.checkVisibility() && !each.matches('[type=radio]:not(:checked)'));
        usable.length"""
    count = browser.evaluate(usable)
    seen = []
    for _ in range(min(count, 60)):
        browser.press("Tab")
        seen.append(browser.evaluate("usable.indexOf(document.activeElement)"))
        assert browser.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert seen == list(range(len(seen)))
    browser.evaluate("document.activeElement.blur()")


def test_pages_are_read_without_script(browser: Browser, built_site: Path) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(address(built_site, "exhibits", "en"))
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.evaluate("document.querySelectorAll('button, input').length") == 0
    assert browser.evaluate("document.querySelectorAll('details > summary').length") > 5
    assert browser.messages() == []

"""No text acts on a formatter or on a browser, wherever it stands, from a source or from a catalogue."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docutils import nodes

from manproof.render import Settings
from manproof.render.html import render as to_html
from manproof.render.man import render as to_man
from manproof.site import Language
from tests import troff
from tests.browser import PROGRAM, Browser
from tests.hostile import positions, texts
from tests.sample import ROOT

BATCH = 40
SHOWN = list(dict.fromkeys(texts.TEXTS))
BATCHES = [SHOWN[start : start + BATCH] for start in range(0, len(SHOWN), BATCH)]
RUSSIAN = Language(locale="ru")
SETTINGS = Settings(
    templates=ROOT / "templates", manual="Manual", source="Source", label="Sample", language=RUSSIAN
)
WAYS = {"source": positions.from_source, "catalogue": positions.from_catalogue}

each_batch = pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: ascii(batch[0])[1:20])
each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
Way = Callable[[list[str]], nodes.document]


def lost(shown: str, batch: list[str], *, code: bool) -> list[str]:
    """What is not shown of a batch; formatters part wide characters, so blanks do not count."""
    bare = same(shown)
    wanted = [part for n, text in enumerate(batch) for part in positions.expected(n, text)]
    wanted += [positions.verbatim(n, text) for n, text in enumerate(batch)] if code else []
    return [part for part in wanted if same(part) not in bare]


def same(text: str) -> str:
    """Text as a reader sees it: a soft hyphen is unseen, and an ellipsis is three full stops."""
    return re.sub(r"[\s\u00ad]", "", unicodedata.normalize("NFC", text.replace("…", "...")))


@each_batch
def test_formatters_show_what_a_catalogue_brings(batch: list[str]) -> None:
    """What a source brings is tried text by text, in `test_man`."""
    made = to_man(positions.from_catalogue(batch), SETTINGS)
    assert not list(troff.live(made))
    shown, said = troff.groff(made)
    assert not said
    assert not lost(shown, batch, code=False)
    assert not lost(troff.mandoc(made), batch, code=False)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if PROGRAM is None:
        pytest.skip("Chromium is not installed: nothing was verified in a browser")
    with Browser() as found:
        yield found


LOOK = """(() => {
  const known = new Set(%s.split(' '));
  const strange = [...document.querySelectorAll('*')].filter(e =>
    !(e.matches('head > script') && /^([.]{2}[/])+site[.]js$/.test(e.getAttribute('src'))) && (
    !known.has(e.localName) || [...e.attributes].some(a => /^on|^style$|^src/.test(a.name)) ||
    (e.hasAttribute('href') && !/^(#|[.]{2}[/]|[^:]*$|https?:|mailto:)/.test(e.getAttribute('href')))));
  const main = document.querySelector('main').cloneNode(true);
  main.querySelectorAll('button').forEach(e => e.remove());  // by the script of the site, between passages
  return {strange: strange.map(e => e.outerHTML.slice(0, 80)), text: main.textContent, title: document.title};
})()"""
ELEMENTS = (
    "html head meta title style link body a header nav ul ol li div main p h1 h2 h3 details summary section "
    "code span dl dt dd pre table thead tbody tr th td em strong var footer time b "
    "button dialog input kbd label"
)


OF_THE_SITE = ("site.js", "favicon.svg")
"""What a page takes from the site that it belongs to, above its own folder."""


def site(folder: Path, html: str) -> str:
    """Puts a page into a site; gives its address."""
    for name in OF_THE_SITE:
        shutil.copy(ROOT / "templates" / name, folder)
    (folder / "pages").mkdir(exist_ok=True)
    page = folder / "pages/page.html"
    page.write_text(html, encoding="utf-8")
    return page.as_uri()


@each_way
@each_batch
def test_a_browser_shows_it_and_does_nothing(
    batch: list[str], way: Way, browser: Browser, tmp_path: Path
) -> None:
    address = site(tmp_path, to_html(way(batch), SETTINGS))
    browser.open(address)
    seen = browser.evaluate(LOOK % repr(ELEMENTS))
    assert not seen["strange"]
    assert not lost(seen["text"], batch, code=way is positions.from_source)
    assert set(browser.requests()) <= {address, *((tmp_path / name).as_uri() for name in OF_THE_SITE)}
    assert not browser.messages()
    assert not [event for event in browser.events if event["method"] == "Page.javascriptDialogOpening"]


@each_batch
def test_a_browser_shows_it_in_head_and_foot(batch: list[str], browser: Browser, tmp_path: Path) -> None:
    """The title, the attributes, and what an edition says: one page for each text."""
    for text in batch[::10]:
        line = positions.one_line(text)
        language = Language(locale="ru", name=line)
        settings = Settings(
            templates=ROOT / "templates", language=language, languages=(language, Language()), label=line,
            manual=line, source=line, date=line, licence=line, edition=line, words=lambda *_: line,  # noqa: B023
        )  # fmt: skip
        browser.open(site(tmp_path, to_html(positions.from_source([text]), settings)))
        seen = browser.evaluate(LOOK % repr(ELEMENTS))
        assert not seen["strange"]
        assert same(line) in same(seen["title"])
        assert same(line) in same(browser.evaluate("document.querySelector('.foot').textContent"))

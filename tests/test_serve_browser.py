"""The live preview in Chromium: what is saved appears, what is wrong is told, what is left to do is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import PROGRAM, Browser
from tests.preview import Preview, copied, until
from tests.sample import PAGE, project, write
from tests.test_site_browser import violations

pytestmark = pytest.mark.skipif(
    PROGRAM is None, reason="no Chromium: the live preview was not seen in a browser"
)

SOURCE = PAGE.replace(
    "  - text: Words.\n",
    """\
  - text: Words.
  - text: Words of :func:`sample` that are new.
  - text: Words of old.
  - text: Words that :func:`sample` means.
  - text: Words that are not in the catalogue.
""",
)
HEAD = """\
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"""
PO = (
    HEAD
    + """
msgid "show a sample"
msgstr "показывает пример"

msgid "Words."
msgstr "Слова."

msgid "Words of :func:`sample` that are new."
msgstr ""

#, fuzzy
#| msgid "Words of age."
msgid "Words of old."
msgstr "Слова века."

msgid "Words that :func:`sample` means."
msgstr "Слова без имени."
"""
)
WRONG = "[...document.querySelectorAll('.live .error')].map(each => each.innerText).join()"
SEEN = "document.body.innerText.includes({!r})"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project beside a copy of the program, whose templates may be edited."""
    place = tmp_path_factory.mktemp("live")
    copied(place / "program")
    found = project(place / "project", {"sample.2": SOURCE})
    write(catalogue(found), PO)
    write(catalogue(found, "ar"), PO.replace("Language: ru", "Language: ar"))
    fixed = found / "translations/ar/LC_MESSAGES/manproof.po"
    head = HEAD.replace("Language: ru", "Language: ar")
    write(fixed, f'{head}\nmsgctxt "text direction"\nmsgid "ltr"\nmsgstr "rtl"\n')
    return found


@pytest.fixture(scope="module")
def preview(root: Path) -> Iterator[Preview]:
    with Preview(root, root.parent / "program") as found:
        yield found


def catalogue(root: Path, locale: str = "ru") -> Path:
    return root / f"translations/{locale}/LC_MESSAGES/sample/sample.2.po"


def shows(browser: Browser, text: str) -> None:
    """Waits until the page, which is loaded again meanwhile, says something."""
    until(lambda: _value(browser, SEEN.format(text)))


def _value(browser: Browser, expression: str) -> object:
    try:
        return browser.evaluate(expression)
    except (RuntimeError, KeyError):  # between two pages there is none to ask
        return None


def edited(browser: Browser, path: Path, old: str, new: str) -> None:
    """Saves a file with other words, sees that they are shown, and puts the old ones back."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    write(path, text.replace(old, new))
    try:
        shows(browser, new)
    finally:
        write(path, text)
    until(lambda: not _value(browser, SEEN.format(new)))


def test_what_is_saved_appears(browser: Browser, preview: Preview, root: Path) -> None:
    browser.open(f"{preview.url}sample/sample.2.ru.html")
    edited(browser, catalogue(root), "Слова.", "Совсем иные слова.")
    edited(browser, root / "source/sample/sample.2.yaml", "not in the catalogue", "nowhere else")
    edited(browser, root / "source/sample/edition.yaml", "Sample Manual", "Manual of Much")
    assert browser.messages() == []


def test_template_that_is_saved_appears(browser: Browser, preview: Preview, root: Path) -> None:
    browser.open(f"{preview.url}sample/sample.2.en.html")
    page = root.parent / "program/templates/page.html"
    text = page.read_text(encoding="utf-8")
    write(page, text.replace("{{ body }}", "<p>Between the lines</p>\n{{ body }}"))
    try:
        shows(browser, "Between the lines")
        write(page, text.replace("{{ body }}", "{{ bdoy }}"))
        shows(browser, "page.html:")
        shows(browser, "Between the lines")
        write(page, text.replace("{{ body }}", "{% if %}"))
        shows(browser, "correct the template")
    finally:
        write(page, text)
    until(lambda: not _value(browser, SEEN.format("correct the template")))
    until(lambda: not _value(browser, SEEN.format("Between the lines")))


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("source/sample/sample.2.yaml", "sample: [", "source/sample/sample.2.yaml:"),
        ("translations/ru/LC_MESSAGES/sample/sample.2.po", "msgid broken", "sample/sample.2.po:1"),
    ],
)
@pytest.mark.parametrize("view", ["", "?review"])
def test_an_error_appears_and_goes_away(
    browser: Browser, preview: Preview, root: Path, path: str, text: str, place: str, view: str
) -> None:
    browser.open(f"{preview.url}sample/sample.2.ru.html{view}")
    shows(browser, "Слова.")
    before = (root / path).read_text(encoding="utf-8")
    write(root / path, text)
    try:
        until(lambda: place in str(_value(browser, WRONG)))
        assert browser.evaluate(SEEN.format("Слова.")), "the last good page stays"
        box = """(box => [box.top >= 0, box.bottom <= innerHeight])
            (document.querySelector('.live').getBoundingClientRect())"""
        until(lambda: _value(browser, box) == [True, True])
    finally:
        write(root / path, before)
    until(lambda: _value(browser, WRONG) == "")
    shows(browser, "Слова.")


def passages(browser: Browser) -> list[list[str]]:
    """Of each passage its state, its source text and its translation."""
    return browser.evaluate(  # type: ignore[no-any-return]  # a list of lists of texts
        """[...document.querySelectorAll('.passage')].map(each => [
            each.className.replace('passage ', ''),
            ...[...each.querySelectorAll('.pair > div')].map(div => div.innerText)])"""
    )


def test_review_shows_what_is_left_to_do(browser: Browser, preview: Preview, root: Path) -> None:
    browser.open(f"{preview.url}sample/sample.2.ru.html?review")
    shows(browser, "Words of old.")
    states = {source.splitlines()[0]: (state, rest) for state, source, rest in passages(browser)}
    lines = PO.splitlines()
    expected = {
        "Words.": ("translated", "Слова.", 'msgstr "Слова."'),
        "Words of old.": ("fuzzy", "Слова века.", 'msgstr "Слова века."'),
        "Words that sample() means.": ("refused", "is missing", 'msgstr "Слова без имени."'),
    }
    for source, (state, told, line) in expected.items():
        assert states[source][0] == state
        assert told in states[source][1]
        assert f"sample/sample.2.po:{lines.index(line) + 1}" in states[source][1]
    assert "Words of age." in states["Words of old."][1]
    assert states["Words of sample() that are new."][0] == "missing"
    assert "i18n update" in states["Words that are not in the catalogue."][1]
    assert browser.messages() == []
    browser.open(f"{preview.url}sample/sample.2.ru.html?review=open")
    shows(browser, "Words of old.")
    assert {state for state, *_ in passages(browser)} == {"missing", "fuzzy", "refused"}


def test_review_follows_the_catalogue(browser: Browser, preview: Preview, root: Path) -> None:
    browser.open(f"{preview.url}sample/sample.2.ru.html?review=open")
    shows(browser, "Words of old.")
    write(catalogue(root), PO.replace("#, fuzzy\n", ""))
    try:
        until(lambda: not _value(browser, SEEN.format("Words of old.")))
    finally:
        write(catalogue(root), PO)
    shows(browser, "Words of old.")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("locale", ["en", "ru", "ar"])
def test_review_fits(browser: Browser, preview: Preview, locale: str, width: int) -> None:
    browser.open(f"{preview.url}sample/sample.2.{locale}.html?review", width)
    shows(browser, "Words of old.")
    assert browser.evaluate("document.documentElement.dir") == ("rtl" if locale == "ar" else "ltr")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    wide = """[...document.querySelectorAll('body *')].filter(each => !each.closest('.skip'))
        .map(each => [each.getBoundingClientRect(), each.outerHTML])
        .filter(([box]) => box.right > innerWidth + 1 || box.left < -1).map(([, text]) => text)"""
    assert browser.evaluate(wide) == []
    pairs = """[...document.querySelectorAll('.pair')].filter(each => each.children.length > 1)
        .map(each => [...each.children].map(child => child.getBoundingClientRect()))
        .map(([source, own]) => source.top === own.top ? Math.sign(own.left - source.left) : 0)"""
    signs = set(browser.evaluate(pairs))
    beside = {"en": set(), "ru": {1}, "ar": {-1}}[locale]
    assert signs == ({0} if width == 320 and beside else beside)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["", "?review", "?review=open"])
def test_nothing_stands_in_a_translators_way(
    browser: Browser, preview: Preview, view: str, scheme: str
) -> None:
    # the refused passage is a warning, which stands in the corner
    browser.open(f"{preview.url}sample/sample.2.ru.html{view}", prefers_color_scheme=scheme)
    until(lambda: _value(browser, "document.querySelector('.live summary')?.checkVisibility()"))
    browser.evaluate("document.querySelector('.live details').open = true")
    assert violations(browser) == []


def test_way_to_the_review(browser: Browser, preview: Preview) -> None:
    browser.open(f"{preview.url}sample/sample.2.ru.html")
    browser.evaluate("document.querySelector('.live .way').click()")
    shows(browser, "Words of old.")
    until(lambda: _value(browser, "document.querySelector('.passage .there') !== null"))
    browser.evaluate("document.querySelector('.passage .there').click()")
    until(lambda: _value(browser, "location.hash") == "#NAME")

"""``manproof compare``, and the page that a build makes of the same comparison."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.browser import PROGRAM, Browser
from tests.elements import named
from tests.sample import EDITION, ROOT, manproof, write
from tests.versus import COMPARISON

SCHEMA = json.loads((ROOT / "manproof/compare/compare.schema.json").read_text(encoding="utf-8"))
needs_browser = pytest.mark.skipif(PROGRAM is None, reason="no Chromium: pages were not seen in a browser")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own pages, where a build may write."""
    root = tmp_path_factory.mktemp("published")
    for name in ("source", "translations"):
        shutil.copytree(ROOT / name, root / name)
    return root


def run(root: Path, *arguments: str) -> str:
    done = manproof(root, "compare", "connect", *arguments)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def data(root: Path, *arguments: str) -> dict[str, Any]:
    found = json.loads(run(root, "--format", "json", *arguments))
    jsonschema.validate(found, SCHEMA)
    return found  # type: ignore[no-any-return]  # an object, as the schema says


@pytest.mark.parametrize(
    "arguments",
    [(), ("--all",), ("--edition", "all"), ("--edition", "all", "--all"), ("--edition", "macos"),
     ("--from", "illumos", "--to", "linux"), ("--from", "redhat-5.2", "--to", "system", "--all")],
)  # fmt: skip
def test_text_fits(published: Path, arguments: tuple[str, ...]) -> None:
    lines = run(published, *arguments).splitlines()
    assert max(map(len, lines)) <= 100
    assert all(line == line.rstrip() for line in lines)


def test_a_call_by_the_name_of_its_page(published: Path) -> None:
    assert manproof(published, "compare", "connect(2)").stdout == run(published)
    done = manproof(published, "compare", "conect")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no edition has a page “conect”" in done.stderr and "; known are connect" in done.stderr


def test_schema_describes_what_is_written(published: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    data(published, "--from", "illumos", "--to", "linux")
    whole = data(published, "--all")
    names = [column["name"] for column in whole["columns"]]
    assert names[:5] == ["system", "linux", "illumos", "redhat-5.2", "posix-2017"]
    assert names[5:] == ["freebsd", "openbsd", "netbsd", "macos", "dragonfly", "man-pages-6.05.01"]
    assert set(whole["everywhere"]) >= {"EBADF", "ECONNREFUSED", "ETIMEDOUT"}
    assert len(whole["notes"]) == 21


def test_every_answer_has_a_row(published: Path) -> None:
    """What the kernel answered stands in the rows, each condition once."""
    record = json.loads((published / "source/linux/evidence/linux-6.18-x86_64.json").read_text())
    rows = data(published, "--all")["rows"]
    listed = [name for row in rows for name in row["conditions"]]
    assert len(listed) == len(set(listed))
    errors = {
        item["condition"]
        for item in record["observations"]
        if item["outcome"] not in (None, "success") and item["from"] in ("connect", "so_error")
    }
    assert errors <= set(listed)


def test_what_red_hat_stated_in_1998_is_held_against_this_kernel(published: Path) -> None:
    rows = {
        row["name"]: row for row in data(published, "--from", "redhat-5.2", "--to", "system", "--all")["rows"]
    }
    assert rows["bad-descriptor"]["porting"] == "same"
    assert rows["same-connection"]["porting"] == "another"
    assert rows["same-connection"]["cells"]["redhat-5.2"]["outcomes"] == ["EADDRINUSE"]
    assert rows["unix-loop"]["porting"] == "new"


def test_what_a_porter_asks(published: Path) -> None:
    text = run(published, "--from", "illumos", "--to", "linux")
    headings = ["Same situation, another outcome", "New: only linux", "Never there: linux", "Silent: linux"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)
    never = text[places[2] : places[3]]
    assert "ENOSR" in never and "EIO" in never
    assert re.search(r"The file is not a socket.*ECONNREFUSED +=.*≠ ENOTSOCK", text[places[0] : places[1]])
    assert "Errnos of illumos only:" in text


def test_the_readme_shows_what_is_printed(published: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Comparing")[1].split("```text\n")[1].split("```")[0]
    printed = run(published).splitlines()
    assert [line for line in section.splitlines() if line not in printed] == []


def test_differences_only_unless_all_is_wanted(published: Path) -> None:
    few, all_ = data(published), data(published, "--all")
    assert all(row["differs"] for row in few["rows"])
    assert {row["name"] for row in all_["rows"]} > {row["name"] for row in few["rows"]}


MISTAKES = {
    "no call": ((), "Missing argument 'CALL'"),
    "unknown call": (("accept",), "no edition has a page “accept”"),
    "call with a slash": (("../../etc/passwd",), "no edition has a page"),
    "unknown edition": (("connect", "--edition", "hurd"), "there is no edition or manual “hurd”; known are"),
    "only from": (("connect", "--from", "linux"), "--from and --to go together; give both"),
    "unknown target": (
        ("connect", "--from", "linux", "--to", "hurd"),
        "there is no edition or manual “hurd”",
    ),
    "from all": (("connect", "--from", "all", "--to", "linux"), "there is no edition or manual “all”"),
    "from and edition": (
        ("connect", "--from", "linux", "--to", "illumos", "--edition", "macos"),
        "--from and --to choose the columns; leave --edition out",
    ),
    "locale of lines": (("connect", "--locale", "ru"), "--locale is the language of --format html"),
    "unknown locale": (("connect", "--format", "html", "--locale", "xx"), "there is no locale xx; known are"),
    "html and edition": (
        ("connect", "--format", "html", "--edition", "linux"),
        "--format html shows all columns",
    ),
    "live and file": (("connect", "--probe", "--evidence", "x"), "exclude each other"),
    "no record": (("connect", "--evidence", "source/linux/edition.yaml"), "is no record of a run"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_of_the_user(published: Path, name: str) -> None:
    arguments, message = MISTAKES[name]
    done = manproof(published, "compare", *arguments)
    assert done.returncode == 2
    assert not done.stdout
    assert message in done.stderr


def test_colour_is_never_the_only_sign(published: Path) -> None:
    bare = run(published, "--all")
    done = manproof(published, "compare", "connect", "--all", environment={"FORCE_COLOR": "1"})
    assert "\x1b[31m≠" in done.stdout
    assert re.sub(r"\x1b\[\d+m", "", done.stdout) == bare


def test_html_in_a_language(published: Path) -> None:
    english, russian = (run(published, "--format", "html", *more) for more in ((), ("--locale", "ru")))
    assert '<html lang="en"' in english and "Comparison of manuals" in english
    assert '<html lang="ru"' in russian and "Сравнение руководств" in russian
    assert "21 ноября 2026\N{NO-BREAK SPACE}г." in russian and "2026-11-21" not in russian


def test_a_flaw_of_the_data_is_told_with_its_place(tmp_path: Path) -> None:
    write(tmp_path / "source/sample/edition.yaml", EDITION)
    write(tmp_path / "source/comparison/connect.yaml", COMPARISON.replace("[unix.full]", "[unix/full]"))
    write(tmp_path / "source/sample/connect.2.yaml", "name: connect\n")
    done = manproof(tmp_path, "compare", "connect")
    assert done.returncode == 1
    assert re.search(r"source/comparison/connect.yaml:\d+:\d+: error: .* not “unix/full”", done.stderr)


def test_a_flaw_of_an_edition_is_told_with_its_place(tmp_path: Path) -> None:
    write(tmp_path / "source/sample/edition.yaml", EDITION.replace("status: current", "status: curent"))
    page = (ROOT / "source/redhat-5.2/connect.2.yaml").read_text(encoding="utf-8")
    write(tmp_path / "source/sample/connect.2.yaml", page)
    done = manproof(tmp_path, "compare", "connect")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("source/sample/edition.yaml:6:9: error: status must be one of ")


def test_text_of_the_sources_is_no_markup(tmp_path: Path) -> None:
    write(tmp_path / "source/sample/edition.yaml", EDITION.replace("label: Sample", "label: <b>&amp;</b>"))
    write(
        tmp_path / "source/comparison/connect.yaml",
        COMPARISON.replace("Nobody listens", "<script>1</script>"),
    )
    page = (ROOT / "source/redhat-5.2/connect.2.yaml").read_text(encoding="utf-8")
    write(tmp_path / "source/sample/connect.2.yaml", page)
    done = manproof(tmp_path, "compare", "connect", "--format", "html")
    assert "<script>" not in done.stdout and "<b>&amp;</b>" not in done.stdout
    assert "&lt;script&gt;1&lt;/script&gt;" in done.stdout


@pytest.fixture(scope="module")
def pages(published: Path) -> Path:
    done = manproof(published, "build", "--format", "html")
    assert done.returncode == 0, done.stderr
    return published / "build/html/comparison"


def test_page_is_built_in_each_language_and_linked(pages: Path) -> None:
    names = [f"connect.{locale}.{end}" for locale in ("en", "ru") for end in ("html", "search.js")]
    assert sorted(path.name for path in pages.iterdir()) == names
    index = (pages.parent / "index.ru.html").read_text(encoding="utf-8")
    assert 'href="comparison/connect.ru.html"' in index
    russian = (pages / "connect.ru.html").read_text(encoding="utf-8")
    assert "Дескриптор не открыт" in russian and 'lang="ru"' in russian
    assert "The descriptor is not open" not in russian


def test_page_is_built_again_only_when_something_changed(published: Path, pages: Path) -> None:
    page = pages / "connect.en.html"
    before = page.stat().st_mtime_ns
    manproof(published, "build", "--format", "html")
    assert page.stat().st_mtime_ns == before
    source = published / "source/comparison/connect.yaml"
    text = source.read_text(encoding="utf-8")
    write(source, text.replace("title: Too many symbolic links", "title: Symbolic links without end"))
    manproof(published, "build", "--format", "html")
    assert "Symbolic links without end" in page.read_text(encoding="utf-8")
    write(source, text)
    manproof(published, "build", "--format", "html")


def test_what_is_wrong_fails_the_build_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    write(tmp_path / "source/sample/edition.yaml", EDITION)
    page = (ROOT / "source/redhat-5.2/connect.2.yaml").read_text(encoding="utf-8")
    write(tmp_path / "source/sample/connect.2.yaml", page)
    source, made = (
        tmp_path / "source/comparison/connect.yaml",
        tmp_path / "build/html/comparison/connect.en.html",
    )
    write(source, COMPARISON.replace("manuals: [posix, bsd]}]", "manuals: [posix, hurd]}]"))
    done = manproof(tmp_path, "build", "--format", "html")
    assert done.returncode == 1
    assert "there is no manual hurd in this file" in done.stderr
    assert not made.exists()
    assert (tmp_path / "build/html/sample/connect.2.en.html").exists()
    write(source, COMPARISON)
    assert manproof(tmp_path, "build", "--format", "html").returncode == 0
    assert made.exists()
    write(tmp_path / "source/sample/connect.2.yaml", page.replace("errno: [EBADF]", "errno: [BAD]"))
    done = manproof(tmp_path, "build", "--format", "html")
    assert (done.returncode, done.stderr.count("errno must be")) == (1, 1)
    write(tmp_path / "source/sample/connect.2.yaml", page)
    source.unlink()
    assert manproof(tmp_path, "build", "--format", "html").returncode == 0
    assert not made.exists()
    assert "comparison/" not in (tmp_path / "build/html/index.html").read_text(encoding="utf-8")


def test_cells_can_be_read_without_seeing_them(pages: Path) -> None:
    text = (pages / "connect.en.html").read_text(encoding="utf-8")
    for kind, words in (("differs", "another outcome than the system's"), ("silent", "silent")):
        cells = named(text, "td", css=kind)
        assert cells and all(words in cell.text for cell in cells)
    assert "<script>" not in text and 'http-equiv="Content-Security-Policy"' in text
    anchors = set(re.findall(r' id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= anchors
    assert len(anchors) == len(re.findall(r' id="', text))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("locale", ["en", "ru"])
def test_page_fits(browser: Browser, pages: Path, locale: str, width: int, scheme: str) -> None:
    address = (pages / f"connect.{locale}.html").as_uri()
    browser.open(address, width, prefers_color_scheme=scheme)
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.messages() == []
    asked = [url for url in browser.requests() if not url.endswith("/favicon.svg")]
    assert asked == [address, (pages.parent / "site.js").as_uri()]


ROWS = "[...document.querySelectorAll('tbody tr:not(.family)')].filter(r => r.getClientRects().length).length"


@needs_browser
def test_rows_can_be_chosen_without_a_script(browser: Browser, pages: Path) -> None:
    browser.open((pages / "connect.en.html").as_uri())
    counts = [browser.evaluate(ROWS)]
    for button in ("rows-different", "rows-wrong", "only-unix"):
        browser.evaluate(f"document.getElementById('{button}').click()")
        counts.append(browser.evaluate(ROWS))
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) == 4 and counts[-1] > 0
    families = "[...document.querySelectorAll('tbody')].filter(b => b.getClientRects().length).map(b => b.id)"
    assert browser.evaluate(families) == ["unix"]


@needs_browser
def test_heads_stay(browser: Browser, pages: Path) -> None:
    browser.open((pages / "connect.en.html").as_uri(), 1280, 800)
    browser.evaluate("document.querySelector('.sheet').scrollTo(300, 700)")
    top = "document.querySelector('thead th').getBoundingClientRect().top"
    start = "document.querySelector('#unix tr:nth-child(5) th').getBoundingClientRect().left"
    sheet = "document.querySelector('.sheet').getBoundingClientRect()"
    assert abs(browser.evaluate(f"{top} - {sheet}.top")) <= 2
    assert abs(browser.evaluate(f"{start} - {sheet}.left")) <= 2

"""Builds: what is made again and what is not, the same bytes everywhere, and builds that are disturbed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from manproof.build import FORMATS, build, cache, plan
from manproof.config import Project, chosen_editions, chosen_locales, chosen_sources
from manproof.diagnostic import Diagnostic, UserError
from tests.sample import PAGE, manproof, places, project, surroundings, write

PO = """\
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Words."
msgstr "{}"
"""
OTHER = PAGE.replace("name: sample", "name: other")
SHARED = {
    "html/index.html", "html/404.html", "html/favicon.svg", "html/site.js", "html/search.js",
    *(f"html/{name}.{locale}.{end}" for locale in ("en", "ru") for name, end in (
        ("index", "html"), ("rules", "html"), ("status", "html"), ("rules", "search.js"), ("search", "js"),
    )),
}  # fmt: skip
"""What the pages of a site have in common."""
THIRD = PAGE.replace("name: sample", "name: third")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two pages, one of them with a program and in Russian."""
    text = PAGE + "examples: [{id: a, file: a.c}]\n"
    found = project(tmp_path / "project", {"sample.2": text, "other.2": OTHER})
    write(found / "source/sample/a.c", "int a;\n")
    write(catalogue(found), PO.format("Слова."))
    return found


def catalogue(root: Path) -> Path:
    return root / "translations/ru/LC_MESSAGES/sample/sample.2.po"


def made(
    root: Path, pages: Sequence[str] = (), formats: Sequence[str] = ("man", "html"),
    locales: Sequence[str] = (),
        out: Path | None = None,
) -> list[Diagnostic]:  # fmt: skip
    """Builds as the command line does."""
    here = Project(root=root)
    sources = chosen_sources(here, chosen_editions(here, ()), pages)
    jobs = plan(here, sources, chosen_locales(here, locales), formats)
    return build(here, jobs, out or root / "build", cores=1, progress=lambda _done, _total: None)


def outputs(folder: Path) -> dict[str, bytes]:
    """What was built, without what the program keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (".lock", cache.NAME)
    }


def times(root: Path) -> dict[str, int]:
    return {path: (root / "build" / path).stat().st_mtime_ns for path in outputs(root / "build")}


def changed(root: Path, before: dict[str, int]) -> set[str]:
    """What is new, or was written again."""
    now = times(root)
    return {path for path in now if now[path] != before.get(path)}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    write(path, text.replace(old, new))


def test_what_is_built(root: Path) -> None:
    assert not made(root, formats=tuple(FORMATS))
    assert {path for path in outputs(root / "build") if path not in SHARED} == {
        "man/sample/man2/sample.2", "man/sample/man2/other.2", "man/sample/ru/man2/sample.2",
        "html/sample/sample.2.en.search.js", "html/sample/sample.2.ru.search.js",
        "html/sample/other.2.en.search.js", "html/sample/sample.2.en.html", "html/sample/sample.2.ru.html",
        "html/sample/other.2.en.html",
        "text/sample/sample.2.en.txt", "text/sample/sample.2.ru.txt", "text/sample/other.2.en.txt",
        "json/sample/sample.2.en.json", "json/sample/sample.2.ru.json", "json/sample/other.2.en.json",
    }  # fmt: skip


def test_nothing_to_do_touches_nothing(root: Path) -> None:
    made(root)
    before = times(root)
    made(root)
    assert not changed(root, before)


# what an older program, or a disk, may have left
CACHES = (
    "", "[1, 2]", "{}", "null", "[" * 100_000, '{"sample/sample.2": {"options": ""}}',
    '{"options": [], "records": []}',
    '{"options": [], "records": {"sample/sample.2": {"options": 3, "found": []}}}',
    '{"options": [""], "records": {"sample/sample.2": {"options": 0, "found": [{"span": 1}]}}}',
    '{"options": [""], "records": {"sample/sample.2": {"options": 0, "found": [], "inputs": 1}}}',
    '{"options": 1, "records": {"sample/sample.2": 1}}',
)  # fmt: skip
CHANGES = {
    "page": (
        lambda root: edit(root / "source/sample/other.2.yaml", "Words.", "Others."),
        {"man/sample/man2/other.2", "html/sample/other.2.en.html"},
    ),
    "program of a page": (
        lambda root: write(root / "source/sample/a.c", "int b;\n"),
        {f"{kind}sample.2{end}" for kind, end in (
            ("man/sample/man2/", ""), ("man/sample/ru/man2/", ""), ("html/sample/", ".en.html"),
            ("html/sample/", ".ru.html"),
        )},
    ),
    "translation": (
        lambda root: edit(catalogue(root), "Слова.", "Иные слова."),
        {"man/sample/ru/man2/sample.2", "html/sample/sample.2.ru.html"},
    ),
    "edition": (
        lambda root: edit(root / "source/sample/edition.yaml", "sample 1.0", "sample 1.1"),
        {"man/sample/man2/sample.2", "man/sample/man2/other.2", "man/sample/ru/man2/sample.2"},
    ),
    "deleted output": (
        lambda root: (root / "build/man/sample/man2/other.2").unlink(), {"man/sample/man2/other.2"},
    ),
    "changed output": (
        lambda root: write(root / "build/man/sample/man2/other.2", "x"), {"man/sample/man2/other.2"},
    ),
    "deleted index": (lambda root: (root / "build/html/index.html").unlink(), {"html/index.html"}),
    "times alone": (lambda root: os.utime(root / "source/sample/other.2.yaml", (1, 1)), set()),
    "deleted cache": (lambda root: (root / "build" / cache.NAME).unlink(), set()),
    "broken cache": (lambda root: write(root / "build" / cache.NAME, '{"a": '), set()),
}  # fmt: skip


@pytest.mark.parametrize("text", CACHES, ids=lambda text: text[:60])
def test_cache_that_makes_no_sense_is_none(text: str, root: Path) -> None:
    made(root)
    before = times(root)
    write(root / "build" / cache.NAME, text)
    made(root)
    assert not changed(root, before)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_has_its_outputs_made_again(name: str, root: Path) -> None:
    change, expected = CHANGES[name]
    made(root)
    before, old = times(root), outputs(root / "build")
    change(root)  # type: ignore[no-untyped-call]
    made(root)
    assert expected <= changed(root, before)
    if not expected or "deleted" in name or "output" in name:
        assert outputs(root / "build") == old
        assert changed(root, before) == expected
    else:
        assert outputs(root / "build") == outputs_of_a_new_build(root)


def outputs_of_a_new_build(root: Path) -> dict[str, bytes]:
    out = root.parent / "new"
    made(root, out=out)
    return outputs(out)


def test_another_program_builds_all_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(root)
    (root / "build/man/sample/man2/other.2").write_bytes(b"x")
    monkeypatch.setattr(cache, "program", lambda: "another")
    made(root)
    assert (root / "build/man/sample/man2/other.2").read_bytes() != b"x"


def test_new_page_is_linked_at_once(root: Path) -> None:
    edit(root / "source/sample/other.2.yaml", "Words.", '"See :man:`third(2)`."')
    made(root)
    html = root / "build/html/sample/other.2.en.html"
    assert 'href="third.2.en.html"' not in html.read_text(encoding="utf-8")
    write(root / "source/sample/third.2.yaml", THIRD)
    made(root)
    assert 'href="third.2.en.html"' in html.read_text(encoding="utf-8")
    assert b"third.2.en.html" in (root / "build/html/index.html").read_bytes()


@pytest.mark.parametrize("how", ["remove", "rename"])
def test_page_that_is_gone(how: str, root: Path) -> None:
    """Its outputs go too, in every language and format, and nothing else does."""
    made(root, formats=tuple(FORMATS))
    made(root, ["sample"], locales=["en"])
    write(root / "build/man/sample/man2/hand-made.2", "not ours")
    page = root / "source/sample/sample.2.yaml"
    if how == "rename":
        write(root / "source/sample/third.2.yaml", THIRD)
    page.unlink()
    made(root)
    left = set(outputs(root / "build"))
    assert not [path for path in left if "sample.2" in path]
    assert {"man/sample/man2/hand-made.2", "man/sample/man2/other.2"} <= left
    assert b"sample.2" not in (root / "build/html/index.html").read_bytes()


@pytest.mark.parametrize("what", ["catalogue", "language"])
def test_language_that_is_gone(what: str, root: Path) -> None:
    """Its outputs go too, in every format, and links to them; those of other builds stay."""
    made(root, formats=tuple(FORMATS))
    made(root, ["sample"], locales=["en"])
    assert "man/sample/ru/man2/sample.2" in outputs(root / "build")
    if what == "catalogue":
        catalogue(root).unlink()
    else:
        shutil.rmtree(root / "translations/ru")
    made(root, formats=("man",))
    left = outputs(root / "build")
    assert not [path for path in left if "/ru/" in path or ".ru." in path]
    assert {f"html/sample/{page}.2.en.html" for page in ("sample", "other")} <= left.keys()


def test_copied_output_folder(root: Path) -> None:
    """The cache in a copy names the outputs of the first folder, which are not the copy's to remove."""
    made(root)
    old = outputs(root / "build")
    shutil.copytree(root / "build", root / "copy")
    shutil.rmtree(root / "translations/ru")
    (root / "source/sample/other.2.yaml").unlink()
    made(root, out=root / "copy")
    assert outputs(root / "build") == old


def test_page_that_is_gone_from_another_project(root: Path) -> None:
    made(root)
    other = project(root.parent / "second", {"third.2": THIRD})
    made(other, out=root / "build")
    assert "man/sample/man2/sample.2" in outputs(root / "build")
    assert "man/sample/man2/third.2" in outputs(root / "build")


def test_page_with_an_error_keeps_its_outputs(root: Path) -> None:
    made(root)
    old = outputs(root / "build")
    edit(root / "source/sample/sample.2.yaml", "Words.", "Words_ here.")
    edit(root / "source/sample/other.2.yaml", "show a sample", "show another")
    first = made(root)
    now = outputs(root / "build")
    assert places(first) == [("rest-construct", 6, 11)]
    assert now["man/sample/man2/sample.2"] == old["man/sample/man2/sample.2"]
    assert now["man/sample/man2/other.2"] != old["man/sample/man2/other.2"]
    before = times(root)
    assert made(root) == first, "what was said is said again"
    assert not changed(root, before)


def test_problem_of_a_translation_is_told_again(root: Path) -> None:
    write(catalogue(root), PO.format(":func:`lost`"))
    first = made(root)
    assert [item.rule for item in first] == ["translation-markup"]
    assert first[0].span.path == "translations/ru/LC_MESSAGES/sample/sample.2.po"
    assert made(root) == first


def test_broken_catalogue_leaves_the_language_as_it_was(root: Path) -> None:
    made(root)
    old = outputs(root / "build")
    write(catalogue(root), 'msgid "a\n')
    found = made(root)
    assert found
    assert outputs(root / "build")["man/sample/ru/man2/sample.2"] == old["man/sample/ru/man2/sample.2"]


def test_undefined_reference(root: Path) -> None:
    edit(root / "source/sample/edition.yaml", "status: current\n", "status: current\nexternal: [socket(2)]\n")
    edit(
        root / "source/sample/other.2.yaml",
        "Words.",
        '"See :man:`socket(2)`, :man:`sample(2)`, :man:`no(2)`."',
    )
    assert [item.message.partition(";")[0] for item in made(root)] == ["there is no page no(2)"]


@pytest.mark.parametrize(("form", "folder"), [("by-digit", "man3"), ("by-section", "man3socket")])
def test_folder_of_a_section_of_several_letters(form: str, folder: str, root: Path) -> None:
    edit(root / "source/sample/edition.yaml", "status: current\n", f"status: current\nfolders: {form}\n")
    text = PAGE.replace("name: sample", "name: other").replace('"2"', "3socket")
    write(root / "source/sample/other.3socket.yaml", text)
    assert not made(root, formats=["man"])
    assert {f"man/sample/{folder}/other.3socket", "man/sample/man2/other.2"} <= outputs(root / "build").keys()


def test_an_edition_that_is_broken_is_told_of_with_its_pages(root: Path) -> None:
    write(root / "source/sample/other.3socket.yaml", OTHER.replace('"2"', "3socket"))
    edit(root / "source/sample/edition.yaml", "status: current\n", "status: curent\n")
    assert {item.rule for item in made(root)} == {"wrong-value"}


def test_hidden_files_are_no_pages(root: Path) -> None:
    """Editors keep them beside the file that is being edited."""
    (root / "source/sample/.#other.2.yaml").symlink_to("somebody@example.1234")
    write(root / "source/sample/.yaml", "x")
    assert not made(root)


@pytest.mark.parametrize(
    "name", ["a\nb.2", "a b.2", "nosection", "x", "-x.2", "a..b.2", "x.2.yaml", "é.2", "x.0", "x.2/"]
)
def test_file_names_of_others(name: str, root: Path) -> None:
    if name.endswith("/"):
        (root / f"source/sample/{name[:-1]}.yaml").mkdir()
    else:
        write(root / f"source/sample/{name}.yaml", PAGE)
    found = made(root)
    assert {item.rule for item in found} <= {"file-name", "unreadable"}
    assert len(found) == 1
    assert str(found[0]).isprintable()


def test_file_name_that_is_no_text(root: Path) -> None:
    path = os.fsencode(root) + b"/source/sample/\xff.2.yaml"
    Path(os.fsdecode(path)).write_text(PAGE)
    (found,) = made(root)
    assert "\\xff" in str(found) or "\\udcff" in str(found)
    str(found).encode()


def test_names_that_differ_in_case(root: Path) -> None:
    write(root / "source/sample/Sample.2.yaml", PAGE.replace("name: sample", "name: Sample"))
    with pytest.raises(UserError, match="differ in case only"):
        made(root)


SURROUNDINGS = {
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "C": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 2": {"PYTHONHASHSEED": "2"},
    "no home": {"HOME": "", "TERM": ""},
    "docutils' settings": {"DOCUTILSCONFIG": "/dev/stdin"},
    "optimised": {"PYTHONOPTIMIZE": "2"},
    "another date": {"SOURCE_DATE_EPOCH": "1"},
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_same_bytes_everywhere(name: str, root: Path) -> None:
    made(root, formats=tuple(FORMATS))
    elsewhere = root.parent / "a folder, elsewhere"
    shutil.copytree(root, elsewhere, ignore=shutil.ignore_patterns("build"))
    formats = [argument for form in FORMATS for argument in ("--format", form)]
    done = manproof(elsewhere, "build", *formats, environment=SURROUNDINGS[name], umask=0o077)
    assert (done.returncode, done.stderr) == (0, "")
    assert outputs(elsewhere / "build") == outputs(root / "build")


def test_many_processes_build_the_same(tmp_path: Path) -> None:
    root = many(tmp_path / "project", 16)
    one, three = tmp_path / "one", tmp_path / "three"
    assert manproof(root, "build", "-j", "1", "-o", str(one)).returncode == 0
    assert manproof(root, "build", "-j", "3", "-o", str(three)).returncode == 0
    assert outputs(one) == outputs(three)
    assert len([path for path in outputs(one) if re.search(r"page\d+\.2(\.en\.html)?$", path)]) == 32


def many(root: Path, number: int) -> Path:
    return project(
        root, {f"page{n}.2": PAGE.replace("name: sample", f"name: page{n}") for n in range(number)}
    )


def start(root: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "manproof", "build", *arguments],
        cwd=root, env=surroundings(), text=True, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_builds_at_once(tmp_path: Path) -> None:
    root = many(tmp_path / "project", 5)
    alone = tmp_path / "alone"
    manproof(root, "build", "-o", str(alone))
    for _ in range(2):
        running = [start(root), start(root, "--format", "man"), start(root, "page3")]
        said = [one.communicate(timeout=300)[1] for one in running]
        assert [one.returncode for one in running] == [0, 0, 0], said
        assert outputs(root / "build") == outputs(alone)
        shutil.rmtree(root / "build")


def test_interrupt(tmp_path: Path) -> None:
    """While it waits for another build; no traceback, and the status of a program that was interrupted."""
    import fcntl

    root = project(tmp_path)
    (root / "build").mkdir()
    with (root / "build/.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        one = start(root)
        while True:  # until it sleeps in flock(2)
            state = (
                Path(f"/proc/{one.pid}/syscall").read_text() if Path("/proc/self/syscall").exists() else ""
            )
            if state.startswith(("73 ", "32 ")) or not state:
                break
            time.sleep(0.02)
        time.sleep(0.1 if state else 1)
        one.send_signal(signal.SIGINT)
        said = one.communicate(timeout=300)[1]
    assert one.returncode == 130
    assert "Traceback" not in said
    assert not outputs(root / "build")


def test_process_that_is_killed(tmp_path: Path) -> None:
    """As the kernel does for want of memory."""
    root = many(tmp_path / "project", 30)
    one = start(root, "-j", "2")
    children: list[str] = []
    while one.poll() is None and not children:
        children = Path(f"/proc/{one.pid}/task/{one.pid}/children").read_text().split()
    if not children:
        pytest.skip("the build was done before one of its processes could be killed")
    os.kill(int(children[0]), signal.SIGKILL)
    said = one.communicate(timeout=300)[1]
    assert one.returncode == 2
    assert said.startswith("manproof: error: a process was killed")
    assert said.count("\n") == 1

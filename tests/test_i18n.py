"""The translation workflow on a small project: templates, catalogues, and what they must never lose."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from manproof import i18n
from manproof.cli.i18n import i18n as command
from manproof.config import Project
from manproof.diagnostic import UserError
from tests.conftest import GOLDEN, Golden
from tests.lint.project import lint

NOW = "2026-11-21 12:00+0000"
LATER = "2026-12-24 12:00+0000"
PAGE = "demo/every-thing.3demo"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(GOLDEN / "everything/source", tmp_path / "source")
    return Project(root=tmp_path)


def domains(project: Project) -> dict[str, i18n.Domain]:
    return {
        domain.name: domain
        for domain in i18n.each(project, project.sources(project.editions()), lambda domain: domain)
    }


def catalogue(project: Project, domain: str = PAGE, locale: str = "de") -> Path:
    return project.catalogue(locale, domain)


def update(project: Project, *, now: str = NOW, untypo: bool = False) -> bool:
    return i18n.update(project, domains(project)[PAGE], "de", now, untypo=untypo)[0]


def translate(project: Project, msgid: str, msgstr: str) -> None:
    path = catalogue(project)
    text = path.read_text(encoding="utf-8")
    old = f'msgid "{msgid}"\nmsgstr ""'
    assert text.count(old) == 1
    path.write_text(text.replace(old, f'msgid "{msgid}"\nmsgstr "{msgstr}"'), encoding="utf-8")


def reword(project: Project, old: str, new: str) -> None:
    path = project.root / "source/demo/every-thing.3demo.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_templates(project: Project, golden: Golden) -> None:
    for name, domain in domains(project).items():
        assert domain.sound
        assert i18n.extract(project, domain, NOW)
        assert not i18n.extract(project, domain, LATER), "only a date would change"
        if name != i18n.FIXED:
            golden(
                f"everything/{name.rpartition('/')[2]}.pot",
                project.template(name).read_text(encoding="utf-8"),
            )


def test_templates_are_what_gettext_writes(project: Project) -> None:
    if shutil.which("msgcat") is None:
        pytest.skip("msgcat is not installed: gettext has not read our templates")
    for name, domain in domains(project).items():
        i18n.extract(project, domain, NOW)
        path = project.template(name)
        assert subprocess.run(["msgcat", path], capture_output=True, check=True).stdout == path.read_bytes()


def test_what_is_no_word_is_no_message(project: Project) -> None:
    entries = {entry.msgid for entry in domains(project)[PAGE].entries}
    assert "Its only paragraph." in entries
    assert not any("#include" in text or "demo.c" in text for text in entries)
    assert ":const:`Committed`" not in entries
    assert ":const:`THING_A`, :const:`THING_B`" not in entries


def test_equal_texts_are_one_message_but_for_their_context(project: Project) -> None:
    found = [entry for entry in domains(project)[PAGE].entries if entry.msgid == "Equal text."]
    assert [entry.context for entry in found] == ["first", None]


def test_a_language_begins_empty(project: Project) -> None:
    assert update(project)
    text = catalogue(project).read_text(encoding="utf-8")
    assert '"Language: de\\n"' in text
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in text
    assert not update(project, now=LATER)


def test_a_changed_text_keeps_its_translation_as_fuzzy(project: Project) -> None:
    update(project)
    translate(project, "Its only paragraph.", "Ihr einziger Absatz.")
    reword(project, "Its only paragraph.", "Its one and only paragraph.")
    assert update(project)
    text = catalogue(project).read_text(encoding="utf-8")
    assert '#, fuzzy\n#| msgid "Its only paragraph."\nmsgid "Its one and only paragraph."' in text
    assert 'msgstr "Ihr einziger Absatz."' in text


def test_untypo_keeps_a_translation_over_a_comma(project: Project) -> None:
    update(project)
    translate(project, "The errors, in their groups.", "Die Fehler in ihren Gruppen.")
    reword(project, "The errors, in their groups.", "The errors in their groups.")
    assert update(project, untypo=True)
    text = catalogue(project).read_text(encoding="utf-8")
    assert "fuzzy" not in text
    assert 'msgid "The errors in their groups."\nmsgstr "Die Fehler in ihren Gruppen."' in text


def test_a_text_that_is_gone_waits_at_the_end(project: Project) -> None:
    update(project)
    translate(project, "The third cause.", "Die dritte Ursache.")
    reword(project, "when: The third cause.", "when: Nothing of the kind happened here at any time.")
    update(project)
    text = catalogue(project).read_text(encoding="utf-8")
    assert '#~ msgstr "Die dritte Ursache."' in text
    reword(project, "when: Nothing of the kind happened here at any time.", "when: The third cause.")
    update(project)
    assert 'msgstr "Die dritte Ursache."\n' in catalogue(project).read_text(encoding="utf-8").replace(
        "#~ ", "§"
    )


def test_moved_lines_rewrite_nothing(project: Project) -> None:
    update(project)
    before = catalogue(project).stat()
    reword(project, "name: every-thing\n", "\n\n\nname: every-thing\n")
    assert not update(project, now=LATER)
    assert catalogue(project).stat().st_mtime_ns == before.st_mtime_ns


def test_what_cannot_be_read_is_left_alone(project: Project) -> None:
    update(project)
    path = catalogue(project)
    path.write_text(path.read_text(encoding="utf-8") + 'msgid "cut', encoding="utf-8")
    before = path.read_bytes()
    changed, found = i18n.update(project, domains(project)[PAGE], "de", LATER)
    assert not changed
    assert (
        [str(d.span).startswith("translations/de/LC_MESSAGES/demo") for d in found]
        == [True] * len(found)
        != []
    )
    assert path.read_bytes() == before


def test_check_names_the_line(project: Project) -> None:
    update(project)
    translate(project, "The first cause.", "Die :errno:`ENOENT`.")
    found = lint(project, wanted=["translation-markup"], seen=False)
    assert len(found) == 1
    lines = catalogue(project).read_text(encoding="utf-8").split("\n")
    assert lines[found[0].span.line - 1] == 'msgstr "Die :errno:`ENOENT`."'
    assert ":errno:`ENOENT` is not in the source" in found[0].message


def test_fuzzy_does_not_count(project: Project) -> None:
    update(project)
    translate(project, "The first cause.", "Die erste Ursache.")
    translate(project, "Its only paragraph.", "Ihr einziger Absatz.")
    reword(project, "Its only paragraph.", "Its one and only paragraph.")
    standing = i18n.standing(project, domains(project)[PAGE], "de")
    assert standing is not None
    assert (standing.statistics.translated, standing.statistics.fuzzy) == (1, 1)


def test_a_new_language_knows_its_name(project: Project) -> None:
    for domain in domains(project).values():
        i18n.update(project, domain, "ar", NOW)
    text = catalogue(project, i18n.FIXED, "ar").read_text(encoding="utf-8")
    assert 'msgid "English"\nmsgstr "العربية"' in text
    assert 'msgid "ltr"\nmsgstr "rtl"' in text


@pytest.mark.parametrize("locale", ["", "C", "../x", "de/../../x", "x\ny", "qq", "EN", "x" * 300])
def test_no_locale(locale: str) -> None:
    with pytest.raises(UserError):
        i18n.refuse_unknown(locale)


@pytest.mark.parametrize("locale", ["de", "pt_BR", "zh_Hant", "sr@latin", "es_419"])
def test_locale(locale: str) -> None:
    i18n.refuse_unknown(locale)


def test_every_command_has_help() -> None:
    assert {"extract", "update", "init", "stats", "check"} == set(command.commands)
    assert all(each.help for each in command.commands.values())


def test_our_own_catalogues_are_whole() -> None:
    """The repository's Russian is complete, and in the form that gettext gives it."""
    ours = Project(root=GOLDEN.parents[1])
    assert not lint(ours, wanted=["form", "translation"], seen=False)
    for domain in domains(ours).values():
        standing = i18n.standing(ours, domain, "ru")
        assert standing is None or standing.statistics.untranslated == standing.statistics.fuzzy == 0


def test_commands_and_programs_are_no_units() -> None:
    ours = Project(root=GOLDEN.parents[1])
    texts = "\n".join(str(entry.msgid) for domain in domains(ours).values() for entry in domain.entries)
    assert "transport provider" in texts  # of the page that has them
    assert not [code for code in ("lsocket", "flag ...", "#include", "int main") if code in texts]


def test_gettext_finds_nothing_to_change_in_our_own_catalogues() -> None:
    if shutil.which("msgcat") is None:
        pytest.skip("msgcat is not installed: gettext has not read our catalogues")
    paths = sorted((GOLDEN.parents[1] / "translations").rglob("*.po"))
    assert len(paths) >= 3
    for path in paths:
        assert subprocess.run(["msgcat", path], capture_output=True, check=True).stdout == path.read_bytes()
        checked = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, b"")

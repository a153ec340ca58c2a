"""Texts that the site shows and no page holds: all are there to be translated, and held to the rules."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from manproof import captions, lint, words
from manproof.build import status
from manproof.build.make import Product
from manproof.build.site import Surroundings
from manproof.config import Project
from manproof.grammar import NOWHERE, Line, Verbatim, Word
from manproof.render.rules import passages
from manproof.site import ALONE, Language
from manproof.upstream import Theme
from tests.lint.project import lint as flaws
from tests.specimen import ENGLISH, ROOT, RUSSIAN

RULES = "translations/ru/LC_MESSAGES/rules.po"


def test_every_paragraph_of_a_manual_is_a_message() -> None:
    texts = {caption.text for caption in captions.of_rules(ROOT)}
    assert {"Why:", "Bad:", "Good:"} <= texts
    for rule in lint.table().values():
        summary, _, manual = rule.manual.partition("\n\n")
        assert summary in texts
        for part in manual.split("\n\n"):
            label, text = " ".join(part.split()).split(" ", 1)
            assert f"{label} {text}" not in texts
            assert (text in texts) == bool(re.search(r"\w", re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", text)))


def test_examples_of_code_are_no_messages() -> None:
    texts = {caption.text for caption in captions.of_rules(ROOT)}
    assert "`Language: ru`" not in texts
    assert "`id: no-route` and `id: no-route-back`" in texts


@pytest.mark.parametrize(
    ("manual", "expected"),
    [
        ("", []),
        ("Why: a\n    b.\n\nBad: `x`\n", [("Why:", "a b.", True), ("Bad:", "`x`", False)]),
        ("Bad: `two  blanks`", [("Bad:", "`two  blanks`", False)]),
        ("\n\nNo label.\n \nGood: ``a `b` ``, `c`.",
         [("", "No label.", True), ("Good:", "``a `b` ``, `c`.", False)]),
    ],
)  # fmt: skip
def test_passages(manual: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [tuple(each) for each in passages(manual)] == expected


def test_what_a_finding_suggests_is_a_message_and_its_errnos_are_none() -> None:
    theme = Theme(
        id=Word("two"),
        subject=Line("two errnos"),
        wording=Verbatim("EACCES\n    (TCP) No\n    way.\nEPERM, ENODEV\n    Gone.\nIt is\nover.\n"),
        span=NOWHERE,
    )
    assert list(theme.passages()) == [
        (0, "EACCES"), (4, "(TCP) No way."), (0, "EPERM, ENODEV"), (4, "Gone."), (0, "It is over."),
    ]  # fmt: skip
    suggested = [("EACCES", "(TCP) No way."), ("EPERM, ENODEV", "Gone."), ("", "It is over.")]
    assert list(theme.suggestions()) == suggested
    texts = {caption.text for caption in captions.of_findings(ROOT)}
    assert "sockfd is not an open descriptor, or was opened with O_PATH." in texts
    assert not [text for text in texts if text.isupper()]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name in ("source", "translations"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("evidence"))
    return Project(root=tmp_path)


def spoil(project: Project, old: str, new: str) -> None:
    path = project.root / RULES
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('"`id: no-route` у двух причин."', '"`id: no-rout` у двух причин."', "translation-placeholders"),
        ('"Файл пуст."', '"Файл пуст"', "translation-punctuation"),
        ('msgstr "Почему:"', 'msgstr ""', "translation-untranslated"),
        ('msgid "A file is empty."\nmsgstr "Файл пуст."\n', "", "translation-outdated"),
        ('"одна из них."', '"опция из них."', "term-mistranslated"),
    ],
)
def test_they_are_held_to_the_rules_on_translations(project: Project, old: str, new: str, rule: str) -> None:
    spoil(project, old, new)
    found = flaws(project, wanted=["translation"], seen=False)
    assert [(d.rule, d.span.path) for d in found] == [(rule, RULES)]


def test_code_is_kept_or_the_source_is_shown() -> None:
    assert words.same_placeholders("`a` и ``b `c` ``", "``b `c` `` and `a`")
    assert not words.same_placeholders("`а`", "`a`")
    assert not words.same_placeholders("a", "`a`")


def test_what_a_catalogue_lacks_is_not_counted_as_translated(project: Project) -> None:
    spoil(project, 'msgid "A file is empty."\nmsgstr "Файл пуст."\n', "")
    spoil(project, '"одна из них."', '""')
    total = len(list(dict.fromkeys(caption.text for caption in captions.of_rules(ROOT))))
    assert f"{total - 2} / {total}" in _status(project, (ENGLISH, RUSSIAN))


def _status(project: Project, languages: tuple[Language, ...]) -> str:
    product = Product()
    status.make(Surroundings(project=project, site=ALONE, languages=languages, entries={}), product, "")
    page = product.outputs["html/status.ru.html"]
    assert isinstance(page, str)
    return page

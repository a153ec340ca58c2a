"""A catalogue in any form is read, or refused with its place."""

from __future__ import annotations

import time

import pytest

from manproof.catalogue import read
from manproof.catalogue.reader import MAX_BYTES
from manproof.diagnostic import Severity
from tests.hostile.catalogues import ACCEPTED, ENTRY, LONG, REFUSED, WARNED, headed


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_with_its_place(name: str) -> None:
    content, rule, line, column = REFUSED[name]
    catalogue, found = read(content, "de.po", locale="de")
    assert catalogue is None
    first = next(one for one in found if one.severity is Severity.ERROR)
    assert (first.rule, first.span.line, first.span.column) == (rule, line, column), str(first)
    assert "; " in first.message  # the fact, then the way out
    assert str(first).isprintable()


@pytest.mark.parametrize("name", ACCEPTED)
def test_is_accepted(name: str) -> None:
    catalogue, found = read(ACCEPTED[name], "de.po", locale="de")
    assert catalogue is not None
    assert found == []


@pytest.mark.parametrize("name", WARNED)
def test_is_accepted_with_a_warning(name: str) -> None:
    content, rule = WARNED[name]
    catalogue, found = read(content, "de.po", locale="de")
    assert catalogue is not None
    assert [(one.rule, one.severity) for one in found] == [(rule, Severity.WARNING)]


def test_all_problems_are_told_at_once() -> None:
    content = headed('msgid "a\nmsgstr "b"\n\nmsgid "c"\nmsgstr "\\q"\n\nfoo\n' + ENTRY)
    _, found = read(content, "de.po")
    assert [one.span.line for one in found] == [6, 10, 12]


def test_problems_of_a_whole_file_are_bounded() -> None:
    catalogue, found = read(b"x\n" * 100_000, "de.po")
    assert catalogue is None
    assert len(found) == 101
    assert "more problems" in found[-1].message


def test_a_file_that_is_too_large_is_not_read() -> None:
    _, found = read(b"#" * (MAX_BYTES + 1), "de.po")
    assert [one.rule for one in found] == ["po-size"]


@pytest.mark.parametrize("name", LONG)
def test_time_is_linear(name: str) -> None:
    data = headed("\n".join([LONG[name]] * 100) + "\n" + ENTRY)
    start = time.process_time()
    read(data, "de.po")
    assert time.process_time() - start < 2

"""Manuals side by side: what a row says, what differs, and what changes for who moves a program."""

from __future__ import annotations

import pytest

from manproof import lab
from manproof.compare import of_comparison
from manproof.compare.porting import porting
from manproof.compare.rows import AGREES, DIFFERS, PARTLY, SAYS, SILENT, Row
from manproof.compare.text import Words, cell, fitting, render
from manproof.compare.words import document, explained, texts
from manproof.load import load_comparison
from tests.conftest import Golden
from tests.sample import ROOT, places
from tests.versus import COMPARISON, comparison, table

TABLE = table()
PUBLISHED = ROOT / "source/comparison/connect.yaml"


def row(name: str) -> Row:
    return next(row for row in TABLE.rows if row.name == name)


def shown(name: str) -> dict[str, str]:
    return {column: cell(item) for column, item in row(name).cells.items()}


def test_what_the_cells_say() -> None:
    assert shown("denied") == {"system": "EACCES", "linux": "=", "posix": "= may", "bsd": "~ EACCES, EPERM"}
    assert row("denied").conditions == ("unix.write-denied.dgram", "unix.write-denied.stream")


def test_one_number_is_one_errno() -> None:
    assert shown("full") == {"system": "EAGAIN", "linux": "=", "posix": "≠ EINPROGRESS", "bsd": "= ?"}


def test_what_no_probe_can_ask_is_neither_right_nor_wrong() -> None:
    assert shown("disk") == {"system": "-", "linux": "EACCES", "posix": "EIO", "bsd": "-"}
    assert row("disk").cells["posix"].kind == SAYS


def test_the_longest_prefix_owns_a_condition() -> None:
    assert row("refused").conditions == ("tcp.refused.ipv4", "tcp.stale")
    assert row("reset").conditions == ("tcp.refused.reset",)
    assert row("reset").cells["bsd"].kind == DIFFERS
    assert row("reset").cells["posix"].kind == SILENT


def test_what_no_situation_takes_is_not_lost() -> None:
    assert shown("other.thing") == {"system": "EINVAL", "linux": "≠ ENODEV", "posix": "-", "bsd": "-"}
    assert row("other.thing").title == "other.thing"
    assert "state.after" not in {row.name for row in TABLE.rows}, "no manual speaks of it"


def test_what_differs() -> None:
    differing = {row.name: row.differs for row in TABLE.rows}
    assert differing["denied"] and differing["full"] and differing["reset"]
    assert not differing["refused"], "all columns say the same"
    assert not differing["other.good"], "silence where a call succeeds is no difference"
    assert not {row.name for row in TABLE.differing().rows} & {"refused", "other.good"}


def test_kinds_without_a_record() -> None:
    kinds = {cell.kind for row in table(None).rows for cell in row.cells.values()}
    assert kinds == {SAYS, SILENT}


def test_tally_and_lists() -> None:
    assert TABLE.tally("bsd") == {AGREES: 2, PARTLY: 1, DIFFERS: 1}
    assert TABLE.tally("linux") == {AGREES: 5, DIFFERS: 1}
    assert TABLE.required == ("EINPROGRESS",)
    assert TABLE.required_unix == ("EIO",)
    assert TABLE.allowed == ("EACCES",)
    assert TABLE.everywhere == ("EACCES",)


def test_porting() -> None:
    answer = porting(TABLE, "bsd", "linux", same=True)
    names = {heading.split(":")[0]: [row.name for row in rows] for heading, rows in answer.parts.items()}
    assert names == {
        "Same situation, another outcome": ["denied", "reset"],
        "New": ["disk", "other.thing"],
        "Never there": [],
        "Silent": [],
        "The same in both": ["full", "refused"],
    }
    back = porting(TABLE, "posix", "bsd")
    assert [row.name for row in back.parts["Never there: bsd does not know these errnos"]] == ["disk"]
    assert back.gone == ("EINPROGRESS", "EIO")


def words() -> Words:
    root, found = document(comparison())
    assert not found
    parts = {
        part: {name: node.astext() for name, node in texts(root, part).items()}
        for part in ("rows", "caveats", "notes")
    }
    return Words(
        titles=parts["rows"],
        caveats=parts["caveats"],
        notes=parts["notes"],
        explained=explained(comparison()),
    )


def test_text(golden: Golden) -> None:
    golden("compare/differences.txt", render(TABLE, words(), ["macos"]))
    golden("compare/all.txt", render(TABLE, words(), whole=True))


def test_many_columns_make_a_list() -> None:
    from dataclasses import replace

    more = [replace(TABLE.columns[-1], name=f"manual-{number}") for number in range(9)]
    rows = (replace(r, cells={**r.cells, **{c.name: r.cells["bsd"] for c in more}}) for r in TABLE.rows)
    wide = replace(TABLE, columns=(*TABLE.columns, *more), rows=tuple(rows))
    assert len(fitting(wide)) < len(wide.columns)
    text = render(wide, words())
    assert "    ~ EACCES, EPERM               bsd, manual-0, manual-1" in text
    assert max(map(len, text.splitlines())) <= 100


MISTAKES = {
    "unknown-manual": ("manuals: [posix, bsd]}]", "manuals: [posix, hurd]}]"),
    "duplicate-condition": ("[tcp.refused.reset]", "[tcp.stale]"),
    "duplicate-id": ("id: reset", "id: refused"),
    "unknown-situation": ("situations: [full]", "situations: [empty]"),
    "unknown-key": ("force: may", "power: may"),
    "wrong-value": ("force: may", "force: must"),
}


@pytest.mark.parametrize("rule", MISTAKES)
def test_mistakes_in_the_data(rule: str) -> None:
    _, found = load_comparison(COMPARISON.replace(*MISTAKES[rule], 1).encode(), "connect.yaml")
    assert [name for name, _, _ in places(found)] == [rule]


def test_every_condition_of_the_published_data_can_be_brought_about() -> None:
    known = [item.name for item in lab.conditions("connect")]
    found, problems = load_comparison(PUBLISHED.read_bytes(), "connect.yaml")
    assert found is not None and not problems
    keys = [str(key) for situation in found.situations for key in situation.conditions]
    assert not [key for key in keys if not any(n == key or n.startswith(f"{key}.") for n in known)]


def test_published_data_are_those_that_were_read() -> None:
    """The errnos of POSIX, counted by its own words: 12 required, 5 for AF_UNIX, 10 allowed."""
    found, _ = load_comparison(PUBLISHED.read_bytes(), "connect.yaml")
    assert found is not None
    forced = {
        force: {
            str(o) for s in found.situations for says in s.says if says.force == force for o in says.outcomes
        }
        for force in ("shall", "shall-unix", "may")
    }
    assert {force: len(errnos) for force, errnos in forced.items()} == {
        "shall": 12,
        "shall-unix": 5,
        "may": 10,
    }
    assert len(found.notes) == 21
    others = {column.name: column.errnos for column in of_comparison(found, [])}
    assert {name: len(errnos) for name, errnos in others.items()} == {
        "posix-2017": 25, "freebsd": 23, "openbsd": 22, "netbsd": 19, "macos": 26, "dragonfly": 18,
    }  # fmt: skip
    assert others["dragonfly"] < others["freebsd"], "both come from one text"
    assert others["macos"] - others["freebsd"] == {"EIO", "ENETDOWN", "ENOBUFS", "EOPNOTSUPP", "EPROTOTYPE"}

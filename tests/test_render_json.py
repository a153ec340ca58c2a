"""The writer of JSON: what it says is what the source says, in the published form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from docutils import nodes
from jsonschema import Draft202012Validator

from manproof.grammar import Word
from manproof.prose import ROLES
from manproof.render.json import render
from manproof.spec import Group, Subsection
from tests.specimen import (
    ROOT,
    RUSSIAN,
    around,
    linux,
    linux_page,
    published,
    rich,
    russian,
    settings,
    strangers,
    translated,
)  # fmt: skip

SCHEMA = json.loads((ROOT / "manproof/render/page-output.schema.json").read_text(encoding="utf-8"))
TEXTS = {
    "linux": render(linux(), settings()),
    "rich": render(rich(), settings()),
    "russian": render(translated(rich(), "Слово. "), settings(language=RUSSIAN, words=russian)),
}
LINUX, RICH, IN_RUSSIAN = (json.loads(text) for text in TEXTS.values())
TEXTS |= {name: render(page, settings()) for name, page in published().items()}


@pytest.mark.parametrize("name", TEXTS)
def test_output_has_the_published_form(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(TEXTS[name]))


def test_schema_is_strict() -> None:
    wrong = json.loads(TEXTS["rich"])
    section(wrong, "description")["blocks"][0]["stranger"] = 1
    assert not Draft202012Validator(SCHEMA).is_valid(wrong)


def test_schema_knows_every_role() -> None:
    runs = SCHEMA["$defs"]["text"]["properties"]["runs"]["items"]["anyOf"][1]
    assert set(runs["properties"]["role"]["enum"]) == {*ROLES, "emphasis", "strong", "literal"}


def test_layout_of_the_text() -> None:
    for text in TEXTS.values():
        assert text.startswith('{\n  "format": 1,\n  "name": ') and text.endswith("\n}\n")
        assert list(json.loads(text)) == SCHEMA["required"]
    assert "Слово" in TEXTS["russian"]
    assert render(linux(), settings()) == TEXTS["linux"]


def section(data: Any, field: str) -> Any:
    """The section that shows a field of the source."""
    return next(part for part in data["sections"] if part["field"] == field)


def test_head() -> None:
    head = {name: LINUX[name] for name in ("name", "section", "date", "edition", "locale", "summary")}
    assert head == {
        "name": "connect",
        "section": "2",
        "date": "2026-11-21",
        "edition": "linux",
        "locale": "en",
        "summary": "connect a socket to the address of a peer",
    }
    assert RICH["summary"] == "do a thing & more"


def test_synopsis() -> None:
    first, second = RICH["synopsis"]["functions"]
    assert first == {"name": "thing", "returns": "char *", "parameters": []}
    assert second["parameters"][1] == {"type": "socklen_t", "name": "length_of_something"}
    assert RICH["synopsis"]["includes"] == ["sys/types.h", "sys/thing.h"]
    assert RICH["synopsis"]["link"] == "cc [flag...] file... -lsocket -lnsl [library...]"
    assert "link" not in LINUX["synopsis"]


def test_errors_are_those_of_the_source() -> None:
    stated: list[tuple[list[Word], Word, list[Word]]] = []
    for group in linux_page().errors:
        if isinstance(group, Group):
            stated += [(list(row.errno), group.group, [c.id for c in row.causes]) for row in group.rows]
            stated += [(list(cause.errno), group.group, [cause.id]) for cause in group.rare]
    found = [(e["errnos"], e["group"], [cause["id"] for cause in e["causes"]]) for e in LINUX["errors"]]
    assert found == stated
    assert len(found) > 15


def test_claims_are_those_of_the_source() -> None:
    page = linux_page()
    passages: list[Any] = []
    for item in (*page.description, *page.versions, *page.notes):
        passages += item.body if isinstance(item, Subsection) else [item]
    for group in page.errors:
        if isinstance(group, Group):
            passages += [*(cause for row in group.rows for cause in row.causes), *group.rare]
    stated = [(claim.condition, claim.outcome) for passage in passages for claim in passage.claims]
    found = claims(LINUX["sections"]) + claims(LINUX["errors"])
    assert [(claim["condition"], claim["outcome"]) for claim in found] == stated


def claims(data: Any) -> list[Any]:
    """All claims in a piece of data, in their order."""
    if isinstance(data, list):
        return [claim for item in data for claim in claims(item)]
    if isinstance(data, dict):
        found: list[Any] = data.get("claims", [])
        return found + [c for name, value in data.items() if name != "claims" for c in claims(value)]
    return []


def test_facts_of_passages_and_causes() -> None:
    start = section(RICH, "description")["blocks"][0]
    assert start["id"] == "start"
    assert start["since"] == "5.10"
    assert start["holds"] == {"linux": ">=5.10 <6.1", "caller": "unprivileged"}
    assert start["claims"] == [
        {"condition": "tcp.refused", "outcome": "ECONNREFUSED"},
        {"condition": "unix.absent", "outcome": "ENOENT", "linux": ">=6.3"},
    ]
    second, third = RICH["errors"][1]["causes"]
    assert second == {
        "id": "second",
        "holds": {"caller": "privileged"},
        "unproven": "needs luck",
        "text": "The second cause. Only privileged callers meet this.",
        "blocks": [
            {"type": "paragraph", "text": "The second cause. Only privileged callers meet this."},
        ],
    } and list(second) == ["id", "unproven", "holds", "text", "blocks"]
    assert third["text"] == "The third cause.\n\nIt has two paragraphs."


def test_errors_stand_once() -> None:
    blocks = section(RICH, "errors")["blocks"]
    assert blocks[1:] == [{"type": "errors", "group": "all"}]
    assert [part["id"] for part in section(RICH, "errors")["sections"]] == ["unix"]
    assert RICH["errors"][1]["ids"] == ["EACCES-all", "EPERM"]


def test_blocks() -> None:
    kinds = [block["type"] for block in section(RICH, "description")["blocks"]]
    assert kinds == ["paragraph", "paragraph", "code", "numbers", "bullets", "definitions", "table"]
    table = section(RICH, "description")["blocks"][-1]
    assert [[cell[0]["text"] for cell in row] for row in table["head"] + table["rows"]] == [
        ["Left", "Right"], ["a", "thing() is used"], ["b", "<b>"],
    ]  # fmt: skip
    assert section(RICH, "examples")["sections"][0]["blocks"][0]["language"] == "c"


def test_marked_up_text_comes_in_runs() -> None:
    runs = section(RICH, "description")["blocks"][0]["runs"]
    assert runs[:6] == [
        {"role": "emphasis", "text": "Emphasis"}, ", ", {"role": "strong", "text": "strong"}, ", ",
        {"role": "literal", "text": "a < b && c"}, ", ",
    ]  # fmt: skip
    assert {"role": "man", "text": "far(7)"} in runs


def test_see_also() -> None:
    assert RICH["see_also"] == ["other(2)", "far(7)"]


def test_passages_in_english_say_so() -> None:
    assert IN_RUSSIAN["locale"] == "ru"
    assert IN_RUSSIAN["untranslated"]["missing"] > 0
    start = section(IN_RUSSIAN, "description")["blocks"]
    assert {block.get("lang") for block in start} == {"en", None}
    assert RICH["untranslated"] == {"missing": 0, "total": 0}


@pytest.mark.parametrize("stranger", strangers(), ids=lambda node: type(node).__name__)
def test_the_set_of_nodes_is_closed(stranger: nodes.Node) -> None:
    with pytest.raises(KeyError):
        render(around(stranger), settings())

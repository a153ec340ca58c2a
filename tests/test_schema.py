"""The JSON Schemas: as the records of the program say, and in agreement with the loader."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from manproof.load import load_edition, load_page
from manproof.load.schema import FILES, schema
from tests.sample import EDITION, PAGE, ROOT
from tests.test_load import FORM

FOLDERS = [*ROOT.glob("source/*/edition.yaml"), *ROOT.glob("tests/golden/*/source/*/edition.yaml")]
SOURCES = sorted(path for folder in FOLDERS for path in folder.parent.glob("*.yaml"))


def text_only(text: str) -> Any:
    """A YAML file as the loader reads it: every value is text."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((ROOT / "source" / name).read_text(encoding="utf-8")))


def schema_of(path: Path) -> str:
    kind = {"edition.yaml": "edition"}.get(path.name, "page")
    folder = path.parent.name
    return f"{folder if folder in ('comparison', 'findings') else kind}.schema.json"


@pytest.mark.parametrize("name", FILES)
def test_schema_is_fresh(name: str) -> None:
    written = (ROOT / "source" / name).read_text(encoding="utf-8")
    assert written == schema(FILES[name]), f"source/{name} is stale; write it anew with: make schema"


def test_schemas_are_written_by_a_command(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "manproof.load.schema", tmp_path], cwd=ROOT, check=True)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        name: schema(record) for name, record in FILES.items()
    }


@pytest.mark.parametrize("name", FILES)
def test_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema(FILES[name])))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sources_fit(path: Path) -> None:
    validator(schema_of(path)).validate(text_only(path.read_text(encoding="utf-8")))


# what JSON Schema cannot say, or what YAML itself already refuses
BEYOND = {
    "a group of nothing", "a day that is not in the month", "name of another file",
    "duplicate id", "duplicate id of a group",
    "duplicate key", "duplicate key in a paragraph", "duplicate key in braces", "duplicate key, once quoted",
    "a merge key is a key like others", "tilde", "null", "blank text", "blank block", "nothing after ---",
    "no value", "empty text",
    "name with a line feed",  # `$` matches before it in Python, but not in the dialect of JSON Schema
}  # fmt: skip


@pytest.mark.parametrize(
    "text", [FORM[name][0] for name in sorted(FORM.keys() - BEYOND)], ids=sorted(FORM.keys() - BEYOND)
)
def test_schema_refuses_what_the_loader_refuses(text: str) -> None:
    assert load_page(text.encode(), "source/sample/sample.2.yaml")[1]
    assert list(validator("page.schema.json").iter_errors(text_only(text)))


@pytest.mark.parametrize(
    ("load", "name", "text"),
    [(load_page, "page.schema.json", PAGE), (load_edition, "edition.schema.json", EDITION)],
)
def test_samples_fit(load: Any, name: str, text: str) -> None:
    """The samples of these tests are right for both."""
    assert not load(text.encode(), "source/sample/sample.2.yaml")[1]
    validator(name).validate(text_only(text))

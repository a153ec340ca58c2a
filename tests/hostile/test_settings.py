"""Settings and baselines are files that anybody can send, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from manproof import settings
from manproof.diagnostic import UserError
from manproof.lint import baseline
from tests.sample import write

WRONG = (
    "x",
    "[",
    "a = " + "[" * 100_000,
    "select = 1",
    "select = [1]",
    '"\\u0000" = 1',
    "a = 1\na = 2",
    "\0",
    "unheard-of = 1",
)


@pytest.mark.parametrize("text", WRONG, ids=lambda text: ascii(text[:20]))
def test_settings_are_refused_by_the_name_of_their_file(text: str, tmp_path: Path) -> None:
    write(tmp_path / "manproof.toml", text)
    with pytest.raises(UserError, match=r"manproof\.toml") as found:
        settings.read(tmp_path)
    assert str(found.value).isprintable()


ADDRESSES = (
    "ftp://x", "javascript:x", "https://", "https:///x", "https://[x", "https://[::1", "https://x y/",
    "https://x/y z", r"https://x/\u202ey", r"https://x/\nX", r"https://x/\u001b[31m", r"https://x\"><script>",
    "https://x/<b>", "https://u:p@x/", "https://x:/", "https://x:999999/", r"https://x/\u0000",
    "https://\u0445/", "//x", " https://x", r"https://x/\\y", "https://x/`", "HTTPS://x", "https://x/\u200b",
)  # fmt: skip


@pytest.mark.parametrize("key", ["site-url", "reference-url"])
@pytest.mark.parametrize("text", ADDRESSES, ids=ascii)
def test_an_address_is_one_or_is_refused(text: str, key: str, tmp_path: Path) -> None:
    """It stands in the head of every page."""
    write(tmp_path / "manproof.toml", f'{key} = "{text}"')
    with pytest.raises(UserError, match=rf"manproof\.toml:1:1: {key} must be an address") as found:
        settings.read(tmp_path)
    assert str(found.value).isprintable()


@pytest.mark.parametrize(
    "text", ["https://x", "http://localhost:8000/a/", "https://a-b.example/~c/%d0%b6?d#e"]
)
def test_addresses_that_are_such(text: str, tmp_path: Path) -> None:
    write(tmp_path / "manproof.toml", f'site-url = "{text}"')
    assert settings.read(tmp_path).site_url == text


@pytest.mark.parametrize("text", ["tool = 1", "[tool]\nmanproof = {}", "", "[[tool]]"])
def test_what_others_set_is_theirs(text: str, tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", text)
    assert settings.read(tmp_path) == settings.Settings(place="pyproject.toml")


BASELINES = (
    "", "x", "1", "[]", "{}", '{"version": 1}', '{"version": 1, "findings": 1}', "[" * 100_000,
    '{"version": 1, "findings": [1]}',
)  # fmt: skip


@pytest.mark.parametrize("text", BASELINES, ids=lambda text: text[:30])
def test_a_baseline_is_one_or_is_refused(text: str, tmp_path: Path) -> None:
    write(tmp_path / "baseline.json", text)
    with pytest.raises(UserError, match="is no baseline"):
        baseline.read(tmp_path / "baseline.json")

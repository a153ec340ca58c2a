"""A source in any form is a page, or problems with their places."""

from __future__ import annotations

import pytest

from manproof.load import load_page, load_program
from tests.hostile.sources import BYTES, CHARACTERS, FILES, FORM, MEANT, MORE, YAML, Place, instead
from tests.sample import PAGE, assert_tellable, places, show

PATH = "source/sample/sample.2.yaml"
REFUSED = FORM | YAML | MORE


def test_there_are_enough() -> None:
    assert len(set(FILES.values())) >= 150


@pytest.mark.parametrize(("text", "place"), REFUSED.values(), ids=REFUSED)
def test_wrong_source(text: str, place: Place) -> None:
    found = load_page(text.encode(), PATH)[1]
    assert place in places(found), show(found)
    assert_tellable(found)
    # an unknown key is often a known one, misspelt; an anchor has its alias; a word has its characters
    follow_ups = {"missing-field", "wrong-type", "yaml-alias", "wrong-value"}
    assert {item.rule for item in found} - follow_ups <= {place[0]}


@pytest.mark.parametrize(("data", "place"), BYTES.values(), ids=BYTES)
def test_wrong_encoding(data: bytes, place: Place) -> None:
    loaded, found = load_page(data, PATH)
    assert loaded is None
    assert places(found) == [place]
    assert "UTF-8" in found[0].message


@pytest.mark.parametrize("character", CHARACTERS.values(), ids=CHARACTERS)
def test_character_that_a_reviewer_cannot_see(character: str) -> None:
    """Refused where it stands, as itself; in a comment too, where it would hide a key; and in programs."""
    loaded, found = load_page(instead("Words.", f"a{character}b").encode(), PATH)
    assert (loaded, places(found)) == (None, [("refused-character", 6, 12)])
    assert f"U+{ord(character):04X}" in found[0].message
    assert places(load_page(f"{PAGE}# {character}bugs: x".encode(), PATH)[1]) == [("refused-character", 7, 3)]
    found = load_program(f"int x;\n/* {character} */\n".encode(), "x.c")[1]
    assert places(found) == [("refused-character", 2, 4)]


@pytest.mark.parametrize("character", CHARACTERS.values(), ids=CHARACTERS)
def test_character_by_its_escape(character: str) -> None:
    written = f"\\U{ord(character):08x}"
    for text in (instead("Words.", f'"a{written}b"'), f'{PAGE}"{written}": x\n'):
        loaded, found = load_page(text.encode(), PATH)
        assert loaded is None
        assert "refused-character" in {item.rule for item in found}
        assert f"U+{ord(character):04X}" in show(found)
        assert_tellable(found)


@pytest.mark.parametrize("text", MEANT, ids=lambda text: text[:20])
def test_everything_is_text(text: str) -> None:
    loaded, found = load_page(instead("Words.", text).encode(), PATH)
    assert loaded is not None, show(found)
    assert loaded.description[0].text.text == text  # type: ignore[union-attr]  # a paragraph

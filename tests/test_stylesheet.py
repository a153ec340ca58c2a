"""The stylesheet: contrast in both colour schemes, and both directions of writing."""

from __future__ import annotations

import re

import pytest

from manproof.render.skeleton import stylesheet
from tests.specimen import ROOT

CSS = stylesheet((ROOT / "templates/style.css").read_text(encoding="utf-8"))
TEXT = ("ink", "quiet", "link", "mark", "comment", "keyword", "string", "number")


def scheme(name: str) -> dict[str, str]:
    """The colours of a scheme; the dark one changes those of the light one."""
    light, dark, *_ = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    return {
        key: value
        for block in ([light, dark] if name == "dark" else [light])
        for key, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)
    }


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of contrast, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "shade", "note"])
@pytest.mark.parametrize("text", TEXT)
def test_text_can_be_read(name: str, ground: str, text: str) -> None:
    colours = scheme(name)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_signs_can_be_seen(name: str) -> None:
    colours = scheme(name)
    assert contrast(colours["note-line"], colours["note"]) >= 3
    assert contrast(colours["link"], colours["paper"]) >= 3  # the outline of what has the focus


def test_schemes_name_the_same_colours() -> None:
    light, dark, *_ = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    names = [set(re.findall(r"--([\w-]+): #", block)) for block in (light, dark)]
    assert names[0] == names[1] >= {*TEXT, "paper", "shade", "note", "line", "note-line"}


def test_every_colour_has_a_name() -> None:
    rules = re.sub(r":root \{.*?\}", "", CSS, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)
    used = set(re.findall(r"var\(--([\w-]+)\)", CSS))
    assert used <= set(re.findall(r"--([\w-]+):", CSS))


def test_sides_follow_the_direction_of_writing() -> None:
    sided = r"(?:margin|padding|border|inset)-(?:left|right)|\b(?:left|right)\s*:|:\s*(?:left|right)\b"
    assert not re.findall(sided, CSS)


def test_motion_and_printing() -> None:
    still, moving = CSS.split("@media (prefers-reduced-motion: no-preference)")
    assert "transition" not in still and "smooth" not in still and "transition" in moving
    assert "@media print" in CSS


def test_nothing_is_fetched() -> None:
    assert "url(" not in CSS and "@import" not in CSS and "</" not in CSS


def test_comments_are_left_out() -> None:
    assert "/*" not in CSS and "\n\n" not in CSS
    assert stylesheet("/* a\n b */\nx {\n  c: d;\n}\n") == "x {\nc: d;\n}"

"""The words of the site: each that a template says is in the table, and each of the table is said."""

from __future__ import annotations

import re

from manproof import interface, words
from tests.specimen import ROOT

TEMPLATES = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "templates").glob("*.html")))
SAID = set(re.findall(r'words\("((?:[^"\\]|\\.)+)", "site"\)', TEMPLATES))


def test_templates_say_fixed_words_only() -> None:
    known = {fixed.msgid for fixed in words.TABLE if fixed.context == "site"}
    assert SAID and known >= SAID


def test_no_word_is_idle() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "manproof").rglob("*.py")))
    script = "".join(
        (ROOT / f"templates/{name}.js").read_text(encoding="utf-8") for name in ("site", "search")
    )
    assert all(re.search(rf"\bwords\.{name}\b", script) for name in interface.SCRIPT)
    labels = {text for texts in interface.LABELS.values() for text in texts}
    idle = {
        text for text in labels - SAID if f'"{text}", "site"' not in code and f'said("{text}")' not in code
    }
    assert idle <= {"error", "warning", "note"}, idle


def test_no_word_stands_twice() -> None:
    keys = [(fixed.msgid, fixed.context) for fixed in words.TABLE]
    assert len(keys) == len(set(keys))

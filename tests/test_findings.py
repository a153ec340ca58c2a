"""docs/FINDINGS.md: fresh, fit to be mailed, and its programs do what its letters say."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from manproof.findings import LINES
from tests.lab_run import compiled_and_run, needs_compiler, needs_namespaces, needs_root
from tests.specimen import ROOT
from tests.test_facts_commands import manproof

WRITTEN = (ROOT / "docs/FINDINGS.md").read_text(encoding="utf-8")
LETTERS = re.findall(r"^```text\n(.*?)^```$", WRITTEN, re.MULTILINE | re.DOTALL)
PROGRAMS = [text for letter in LETTERS if (text := letter.partition("\nReproducer:\n\n")[2])]


def test_findings_are_fresh_and_fit_to_be_mailed() -> None:
    written = (ROOT / "docs/FINDINGS.md").read_text(encoding="utf-8")
    names = [line.split()[0] for line in manproof("finding", cwd=ROOT).stdout.splitlines()]
    assert names and not [name for name in names if name.startswith("unsorted-")], "sort them into themes"
    for name in ("local-address-in-use", names[-1]):
        letter = manproof("finding", name, cwd=ROOT).stdout
        assert letter.startswith("Subject: connect(2): ")
        assert f"\n## {name}\n\n```text\n{letter}```\n" in written, "write it anew with: make findings"
    assert written.count("Subject: ") == len(names)
    run = manproof("finding", "nothing", cwd=ROOT)
    assert (run.returncode, run.stdout) == (2, "")


@pytest.mark.parametrize("letter", LETTERS, ids=lambda text: text.split("\n")[0][:60])
def test_a_letter_survives_mail(letter: str) -> None:
    assert max(len(line.expandtabs()) for line in letter.splitlines()) <= 78


def test_every_letter_with_an_answer_has_a_short_program() -> None:
    answered = [text for text in LETTERS if re.search(r"^    \w+: (?!never)", _answers(text), re.MULTILINE)]
    assert answered and not [text for text in answered if "\nint main(void) {\n" not in text]
    assert len(answered) <= len(PROGRAMS)
    assert not [text for text in PROGRAMS if text.count("\n") >= LINES]


def _answers(letter: str) -> str:
    """The part of a letter that says what the kernel answers."""
    return letter.partition("\nThe kernel answers:\n")[2].partition("\nObserved on ")[0]


@needs_namespaces
@needs_compiler
@needs_root
def test_the_programs_of_letters_answer_what_they_say(tmp_path: Path) -> None:
    def one(number: int, text: str) -> str:
        answered = re.search(r"answered:\s+(?:\* )?(\w+)\.", text)
        assert answered, text
        place = tmp_path / str(number)
        return compiled_and_run(text, answered[1], place)

    with ThreadPoolExecutor(8) as pool:
        wrong = [complaint for complaint in pool.map(one, range(len(PROGRAMS)), PROGRAMS) if complaint]
    assert not wrong, "\n".join(wrong)

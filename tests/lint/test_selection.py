"""Which rules run, and what is passed over: options, settings, comments, baselines; and crashes."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from manproof.cli import inspection, pages
from manproof.cli.witness import Witness
from manproof.config import Project
from manproof.diagnostic import Severity, Span, UserError
from manproof.lint import CRASHED, FAMILIES, Found, Rule, reference, table
from manproof.lint.run import run
from manproof.lint.selection import MANY, known, meant, select
from tests.observed import observation, record
from tests.sample import EDITION, PAGE, ROOT, manproof, write

FLAWED = PAGE.replace('section: "2"', 'section: "7"').replace("Words.", "The the words of poll(2).")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with two flaws in line 6: a doubled word, and a page without its role."""
    write(tmp_path / "source/sample/edition.yaml", EDITION)
    write(tmp_path / "source/sample/sample.7.yaml", FLAWED)
    return tmp_path


def lint(root: Path, *arguments: str) -> tuple[int, list[str]]:
    """The exit status, and the rules that found something."""
    done = manproof(root, "lint", "--no-probe", "--format", "json", *arguments)
    return done.returncode, [item["rule"] for item in json.loads(done.stdout or "[]")]


def page(root: Path) -> Path:
    return root / "source/sample/sample.7.yaml"


# the table


def test_reference_is_fresh() -> None:
    written = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    assert written == reference.document(), "write it anew with: manproof rules --write"


def reported() -> Iterator[tuple[str, str]]:
    """The names of rules that any module reports by itself: the file and the name."""
    makers = {
        "error",
        "warning",
        "note",
        "wrong",
        "refuse",
        "flaw",
        "Diagnostic",
        "_problem",
        "report",
        "make",
    }
    modules = sorted((ROOT / "manproof").rglob("*.py"))
    for path in (path for path in modules if not {"lab", "probes"} & set(path.parts)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "rule")]
                for value in given if name in makers else ():
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        yield path.name, value.value


def test_every_name_that_is_reported_is_in_the_table() -> None:
    found = {name for _, name in reported()}
    assert len(found) > 30
    assert found - table().keys() == set()


def test_rules_are_listed_and_explained(root: Path) -> None:
    listed = manproof(root, "rules").stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(table())
    data = json.loads(manproof(root, "rules", "prose", "--format", "json").stdout)
    assert {row["family"] for row in data} == {"prose"}
    said = manproof(root, "explain", "doubled-word").stdout
    assert said.startswith("doubled-word (prose, warning)\n\nA word stands twice") and "\nGood: " in said
    assert "doubled-word" in manproof(root, "explain", "prose").stdout


@pytest.mark.parametrize(
    ("name", "hint"),
    [("doubled-wrod", "did you mean doubled-word"), ("word", "did you mean"), ("zzz", "see: manproof rules")],
)
def test_unknown_rule(name: str, hint: str, root: Path) -> None:
    for arguments in (["explain", name], ["lint", "--select", name], ["lint", "--ignore", name]):
        done = manproof(root, *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert hint in done.stderr


def test_names_that_are_meant() -> None:
    assert meant(
        "errno-contradictd", table()
    ) == "; did you mean errno-contradicted or errno-unverified?" or (
        "errno-contradicted" in meant("errno-contradictd", table())
    )
    with pytest.raises(UserError):
        known(table(), "")


# choosing


@pytest.mark.parametrize(
    ("arguments", "status", "rules"),
    [
        ([], 1, ["doubled-word", "name-unmarked"]),
        (["--select", "prose"], 1, ["doubled-word"]),
        (["--select", "doubled-word,name-unmarked"], 1, ["doubled-word", "name-unmarked"]),
        (["--ignore", "doubled-word"], 1, ["name-unmarked"]),
        (["--ignore", "prose", "--ignore", "source"], 0, []),
        (["--select", "all", "--ignore", "source,prose"], 0, []),
        (["--select", "translation"], 0, []),
    ],
)
def test_choice(arguments: list[str], status: int, rules: list[str], root: Path) -> None:
    assert lint(root, *arguments) == (status, rules)


def test_what_cannot_be_read_is_always_told(root: Path) -> None:
    page(root).write_text("name: [\n")
    for arguments in ([], ["--select", "prose"], ["--ignore", "all"], ["--ignore", "yaml-syntax"]):
        assert lint(root, *arguments) == (1, ["yaml-syntax"])


def test_many_pages_leave_programs_out() -> None:
    costly = {rule.name for rule in table().values() if rule.costly}
    few, many = (select(table(), (), (), number) for number in (MANY, MANY + 1))
    assert not few.put_off
    assert set(many.put_off) == costly
    assert not costly & many.rules.keys()
    asked = select(table(), ["all"], (), MANY + 1)
    assert costly <= {*asked.rules, *(rule.name for rule in asked.missing)}


def test_programs_that_are_not_there_are_named(root: Path) -> None:
    folder = root / "bin"
    folder.mkdir()
    done = manproof(
        root, "lint", "--no-probe", "--select", "output,word-unknown", environment={"PATH": str(folder)}
    )
    assert "manproof: left out, as groff is not installed: groff-warning" in done.stderr
    assert "manproof: left out, as hunspell is not installed: word-unknown" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("manproof: 0 of 0 causes")


# settings


def test_settings_of_a_project(root: Path) -> None:
    write(root / "pyproject.toml", '[project]\nname = "x"\n[tool.manproof]\nselect = ["prose"]\n')
    assert lint(root) == (1, ["doubled-word"])
    assert lint(root, "--select", "source") == (1, ["name-unmarked"])
    assert lint(root, "--ignore", "prose") == (0, [])
    write(root / "manproof.toml", 'ignore = ["doubled-word"]\nmin-verified = "1"\n')
    assert lint(root) == (1, ["name-unmarked"])
    assert "fewer than 1" in manproof(root, "lint", "--no-probe").stderr


def test_each_setting_can_be_set(root: Path) -> None:
    """What verifies nothing may still be asked for where a project wants more."""
    write(
        root / "manproof.toml",
        "select = ['all']\nignore = ['output']\nbaseline = 'b.json'\nrequire-verified = true\n"
        "min-verified = '0%'\nreference-url = 'https://a.org/'\nsite-url = 'https://a.org/'\n",
    )
    assert lint(root, "--update-baseline") == (0, [])
    write(root / "manproof.toml", "require-verified = false\n")
    assert lint(root)[0] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", ""], "--select names no rule; write names of rules or families, or all"),
        (["--select", " , "], "--select names no rule"),
        (["--min-verified", ""], "--min-verified is “”; write a number such as 40, or 90%"),
        (["--require-verified"], "--no-probe verifies nothing, so --require-verified cannot be met"),
    ],
)
def test_mistakes_in_options(arguments: list[str], message: str, root: Path) -> None:
    done = manproof(root, "lint", "--no-probe", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []\n", "manproof.toml:1:1: unknown key “selct”; did you mean select?"),
        ("\nselect = 'prose'\n", "manproof.toml:2:1: select must be a list of rules and families"),
        ("ignore = [1]\n", "manproof.toml:1:1: ignore must be a list"),
        ("require-verified = 'yes'\n", "manproof.toml:1:1: require-verified must be true or false"),
        ("min-verified = 40\n", 'must be a text such as "40" or "90%"'),
        (
            "\nmin-verified = 'many'\n",
            "manproof.toml:2:1: min-verified is “many”; write a number such as 40,",
        ),
        ("reference-url = 'javascript:x'\n", "must be an address"),
        ("select = ['proze']\n", "manproof.toml: there is no rule “proze”; did you mean prose?"),
        ("select = [\n", "manproof.toml: not valid TOML"),
        ("baseline = 'nowhere.json'\n", "nowhere.json"),
    ],
)
def test_mistakes_in_settings(text: str, message: str, root: Path) -> None:
    write(root / "manproof.toml", text)
    done = manproof(root, "lint", "--no-probe")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_settings_that_are_no_table(root: Path) -> None:
    write(root / "pyproject.toml", "[tool]\nmanproof = 1\n")
    assert "must be a table" in manproof(root, "lint", "--no-probe").stderr


# comments


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("  - text:", "  # manproof: ignore[doubled-word] on purpose\n  - text:", ["name-unmarked"]),
        ("poll(2).", "poll(2).  # manproof: ignore[doubled-word, name-unmarked] both are wanted", []),
        ("description:", "# manproof: ignore[doubled-word] all of it\ndescription:", ["name-unmarked"]),
        ("  - text:", "  # manproof: ignore[doubled-word]\n  - text:",
         ["doubled-word", "ignore-without-reason", "name-unmarked"]),
        ("  - text:", "  # manproof: ignore\n  - text:",
         ["doubled-word", "ignore-without-reason", "name-unmarked"]),
        ("  - text:", "  # manproof: ignore[doubled-wrod] on purpose\n  - text:",
         ["doubled-word", "ignore-unknown", "name-unmarked"]),
        ("summary:", "# manproof: ignore[doubled-word] not there\nsummary:",
         ["doubled-word", "ignore-unused", "name-unmarked"]),
        ("  - text:", "  # manproof: ignore[errno-contradicted] not asked now\n  - text:",
         ["doubled-word", "name-unmarked"]),
        ("poll(2).", "poll(2).  # manproof: ignore[doubled-word] a # manproof:ignore[name-unmarked] b", []),
        ("summary:", "# manproof: ignore[doubled-word] not there\nsumary:", ["missing-field", "unknown-key"]),
        ("The the", "|\n      # manproof: ignore[doubled-word] part of a text\n      The the",
         ["doubled-word", "name-unmarked"]),
    ],
)  # fmt: skip
def test_comments(old: str, new: str, rules: list[str], root: Path) -> None:
    page(root).write_text(FLAWED.replace(old, new, 1))
    assert sorted(lint(root, "--ignore", "sentence-mid-line")[1]) == rules


def test_comments_in_catalogues(root: Path) -> None:
    page(root).write_text(FLAWED.replace("The the words of poll(2).", "Words."))
    text = (
        'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "show a sample"\nmsgstr "показывает показывает"\n\n{}msgid "Words."\nmsgstr "Слова слова."\n'
    )
    path = root / "translations/ru/LC_MESSAGES/sample/sample.7.po"
    write(path, text.format(""))
    assert lint(root)[1] == ["doubled-word"]
    write(
        path, text.replace('msgid "show', '# manproof: ignore[doubled-word] emphasis\nmsgid "show').format("")
    )
    assert lint(root) == (0, [])
    write(path, text.format("# manproof: ignore[doubled-word] emphasis\n"))
    assert sorted(lint(root)[1]) == ["doubled-word", "ignore-unused"]


# baselines


def test_baseline_survives_moved_lines(root: Path) -> None:
    assert lint(root, "--baseline", "b.json", "--update-baseline") == (0, [])
    assert lint(root, "--baseline", "b.json") == (0, [])
    page(root).write_text("# a comment\n\n" + FLAWED)
    assert lint(root, "--baseline", "b.json") == (0, [])
    page(root).write_text(FLAWED + "notes:\n  - text: Some some words.\n")
    assert lint(root, "--baseline", "b.json") == (1, ["doubled-word"])
    assert lint(root) == (1, ["doubled-word", "name-unmarked", "doubled-word"])


def test_baseline_counts(root: Path) -> None:
    """One more of the same kind in the same field is told."""
    lint(root, "--baseline", "b.json", "--update-baseline")
    page(root).write_text(FLAWED.replace("words", "words words"))
    assert lint(root, "--baseline", "b.json") == (1, ["doubled-word"])


def test_baseline_hides_no_page(root: Path) -> None:
    page(root).write_text("name: [\n")
    assert lint(root, "--baseline", "b.json", "--update-baseline") == (1, ["yaml-syntax"])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}']
)
def test_no_baseline(text: str, root: Path) -> None:
    write(root / "b.json", text)
    done = manproof(root, "lint", "--no-probe", "--baseline", "b.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "b.json is no baseline of this version" in done.stderr
    assert "needs --baseline" in manproof(root, "lint", "--no-probe", "--update-baseline").stderr


# crashes


def test_a_rule_that_crashes_is_told_and_the_others_run() -> None:
    def finds(_thing: object) -> Found:
        yield Span("a.yaml", 3), "a flaw"
        raise LookupError("no such thing")

    def goes_on(_thing: object) -> Found:
        yield Span("a.yaml", 4), "another flaw"

    rules = [
        Rule(name=name, family="source", severity=Severity.WARNING, manual="", check=check)
        for name, check in (("first", finds), ("second", goes_on))
    ]
    found = list(run("source", None, rules, Span("a.yaml")))
    assert [item.rule for item in found] == ["first", CRASHED, "second"]
    assert "the rule first crashed: LookupError: no such thing (" in found[1].message
    assert found[1].severity is Severity.ERROR


def test_a_crash_makes_the_status_2(root: Path) -> None:
    script = (
        "from manproof.lint import prose\n"
        "import manproof.lint as lint\n"
        "from dataclasses import replace\n"
        "def bad(words):\n    raise ValueError('x')\n    yield\n"
        "table = lint.table()\n"
        "table['doubled-word'] = replace(table['doubled-word'], check=bad)\n"
        "from manproof.cli import main\nmain()\n"
    )
    write(root / "crash.py", script)
    done = _python(root, "lint", "--no-probe", "--format", "json")
    assert done[0] == 2
    assert sorted(item["rule"] for item in json.loads(done[1])) == ["name-unmarked", CRASHED]


def _python(root: Path, *arguments: str) -> tuple[int, str]:
    import subprocess
    import sys

    from tests.sample import surroundings

    done = subprocess.run(
        [sys.executable, "crash.py", *arguments],
        cwd=root, env=surroundings(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_families_are_those_of_the_rules() -> None:
    assert {rule.family for rule in table().values()} == FAMILIES.keys()


@pytest.mark.parametrize(
    ("answers", "before", "useless"),
    [
        ({"a.b": "EIO"}, None, True),
        ({"a.b": "EIO"}, {"a.b": "EIO"}, True),
        ({"a.b": "EIO"}, {"a.b": "EIO", "c.d": None}, True),
        ({"a.b": "EIO", "c.d": None}, {"a.b": "EIO", "c.d": "EIO"}, False),
        ({"a.b": "EIO", "c.d": None}, None, False),
        ({}, None, False),
    ],
)
def test_a_comment_is_useless_only_if_all_was_tried(
    answers: dict[str, str | None], before: dict[str, str | None] | None, useless: bool, root: Path
) -> None:
    """Where a container forbids what the kept record had, nobody knows what would be found."""
    comment = "# manproof: ignore[errno-undocumented] rare\ndescription:"
    page(root).write_text(PAGE.replace('"2"', '"7"').replace("description:", comment))
    made, kept = (
        record(*(observation(*item) for item in found.items())) if found is not None else None
        for found in (answers, before)
    )
    assert made is not None
    seen = Witness(record=made, live=True, kept=kept, file="", path="", known=frozenset())
    project = Project(root=root)
    wish = inspection.Wish(selection=select(table(), ["evidence", "lint"], (), 1))
    found = inspection.inspect(project, pages.chosen(project, ()), wish, seen, 1).found
    assert ("ignore-unused" in {item.rule for item in found}) is useless

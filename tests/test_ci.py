"""The action, the hooks and the examples of docs/ci.md: valid for all who read them, and for our program."""

from __future__ import annotations

import itertools
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from manproof import __version__
from manproof.cli import manproof as program
from manproof.report import FORMATS
from tests.sample import ROOT, project, surroundings
from tests.test_packaging import build

DOCUMENT = (ROOT / "docs/ci.md").read_text("utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
EXAMPLES = {
    match[1]: match[0] for match in re.findall(r"^```yaml\n((?:# (\S+)\n).*?)^```$", DOCUMENT, re.M | re.S)
}
SHELL = re.findall(r"^```bash\n(.*?)^```$", DOCUMENT, re.M | re.S)


def check(path: Path) -> subprocess.CompletedProcess[str]:
    """Holds a file against the schema, or with the program, of whoever reads it."""
    schemas = {"workflows": "github-workflows", ".gitlab-ci.yml": "gitlab-ci", "action.yml": "github-actions"}
    schema = schemas.get(path.parent.name) or schemas.get(path.name)
    judge = ["check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    if schema is None:
        verb = "manifest" if path.name == ".pre-commit-hooks.yaml" else "config"
        judge = ["pre_commit", f"validate-{verb}"]
    command = [sys.executable, "-m", *judge, str(path)]
    environment = surroundings({"PRE_COMMIT_HOME": str(path.parent / "home")})
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def named(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


FILES = {
    **EXAMPLES,
    "action.yml": (ROOT / "action.yml").read_text("utf-8"),
    ".pre-commit-hooks.yaml": (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"),
}
BREAKS = {
    ".github/workflows/man-pages.yml": ("runs-on:", "run-on:"),
    ".github/workflows/docs.yml": ("runs-on:", "run-on:"),
    ".github/workflows/many-pages.yml": ("runs-on:", "run-on:"),
    ".github/workflows/containers.yml": ("image:", "images:"),
    ".gitlab-ci.yml": ("when: always", "when: sometimes"),
    ".pre-commit-config.yaml": ("rev:", "revision:"),
    "action.yml": ("using: composite", "using: docker"),
    ".pre-commit-hooks.yaml": ("language:", "tongue:"),
}


@pytest.mark.parametrize("name", FILES)
def test_file_is_valid_and_its_judge_can_say_no(name: str, tmp_path: Path) -> None:
    done = check(named(tmp_path, name, FILES[name]))
    assert done.returncode == 0, done.stdout + done.stderr
    right, wrong = BREAKS[name]
    assert right in FILES[name]
    assert check(named(tmp_path, name, FILES[name].replace(right, wrong))).returncode == 1


def test_every_example_says_its_name() -> None:
    assert len(EXAMPLES) == DOCUMENT.count("```yaml\n") == 6
    assert DOCUMENT.count("```") == 2 * (len(EXAMPLES) + len(SHELL))


def scripts(value: Any) -> Iterator[str]:
    """What a shell would run in a workflow, an action or a job."""
    if isinstance(value, list):
        for item in value:
            yield from scripts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("run", "script", "before_script"):
                yield item if isinstance(item, str) else "\n".join(item) + "\n"
            else:
                yield from scripts(item)


SCRIPTS = [
    *SHELL,
    *itertools.chain.from_iterable(scripts(yaml.safe_load(text)) for text in EXAMPLES.values()),
    *scripts(ACTION),
]


@pytest.mark.parametrize("script", SCRIPTS)
def test_shell_is_in_order(script: str) -> None:
    assert "${{" not in script, "what users write must reach the shell as a variable, not as its text"
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not installed: the scripts were not checked")
    command = ["shellcheck", "--shell=bash", "--severity=style", "-"]
    done = subprocess.run(command, input=script, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def steps(value: Any) -> Iterator[dict[str, str]]:
    """What is given to our action in the examples."""
    if isinstance(value, dict) and str(value.get("uses", "")).startswith("OWNER/manproof@"):
        yield value.get("with", {})
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from steps(item)


GIVEN = [step for text in EXAMPLES.values() for step in steps(yaml.safe_load(text))]
CALLS = [
    *(line for script in SCRIPTS for line in re.findall(r"\bmanproof ((?:lint|build|i18n) .*)", script)),
    *(line for line in re.findall(r"^    manproof (.*)", DOCUMENT, re.M)),
    *(hook["entry"].removeprefix("manproof ") for hook in HOOKS),
    *(f"lint {step['args']}" for step in GIVEN if "args" in step),
]


@pytest.mark.parametrize("call", [call for call in CALLS if "${" not in call])
def test_our_program_understands_the_call(call: str) -> None:
    words = shlex.split(call, comments=True)
    command: Any = program
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context(command.name, words)


def test_the_action_is_told_only_what_it_takes() -> None:
    assert len(GIVEN) == 5
    assert {name for step in GIVEN for name in step} <= ACTION["inputs"].keys()
    rows = re.findall(r"^\| `(\w+)` \| ", DOCUMENT.partition("| input |")[2].partition("\n\n")[0], re.M)
    assert rows == list(ACTION["inputs"])


def test_every_format_is_explained() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ", DOCUMENT.partition("| format |")[2].partition("\n\n")[0], re.M)
    assert rows == list(FORMATS)


def test_examples_name_this_release() -> None:
    named = re.findall(r"OWNER/manproof(?:@v|\n    rev: v)(\S+)", DOCUMENT)
    assert len(named) == 6
    assert set(named) == {__version__}


def test_hooks_run_for_pages_and_catalogues() -> None:
    assert {hook["id"] for hook in HOOKS} == set(
        re.findall(r"- id: (\S+)", EXAMPLES[".pre-commit-config.yaml"])
    )
    for hook in HOOKS:
        by_hand = hook["id"] == "manproof-lint-man"
        wanted = re.compile(hook["files"])
        assert bool(wanted.search("source/linux/connect.2.yaml")) is not by_hand
        assert bool(wanted.search("translations/ru/LC_MESSAGES/linux/connect.2.po")) is not by_hand
        assert bool(wanted.search("man/man2/connect.2")) is by_hand
        assert not any(map(wanted.search, ("docs/ci.md", "lib/libc.so.2", "man/man3/socket.3")))
        assert hook.get("pass_filenames", True) is by_hand
    assert [hook["id"] for hook in HOOKS if "--probe" in hook["entry"]] == ["manproof-probe"]


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """A runner on which the first step of the action is done, in a project with a flaw."""
    folder = project(tmp_path / "work")
    (folder / "source/sample/sample.2.yaml").write_text("name: sample\nsumary: x\n", "utf-8")
    command = f'#!/bin/sh\nexec "{sys.executable}" -m manproof "$@"\n'
    named(tmp_path, "temp/manproof/bin/manproof", command).chmod(0o755)
    return surroundings({
        "RUNNER_TEMP": str(tmp_path / "temp"), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "PATHS": "", "ARGS": "", "SARIF": "",
    })  # fmt: skip


def act(environment: dict[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    """Runs the last step of the action, in the shell that GitHub gives it."""
    work = Path(environment["RUNNER_TEMP"]).parent / "work"
    script = named(work.parent, "step.sh", ACTION["runs"]["steps"][-1]["run"])
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    return subprocess.run(
        command, cwd=work, env=environment | inputs, capture_output=True, text=True, check=False
    )


def test_the_action_annotates_and_fails(runner: dict[str, str]) -> None:
    done = act(runner)
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=source/sample/sample.2.yaml,line=")
    assert "<table>" in Path(runner["GITHUB_STEP_SUMMARY"]).read_text("utf-8")


def test_the_action_passes_on_what_it_is_given(runner: dict[str, str]) -> None:
    work = Path(runner["RUNNER_TEMP"]).parent / "work"
    given = {
        "ARGS": "--no-probe\n -o  junit=j.xml\n",
        "PATHS": "sample\n source/sample",
        "SARIF": "a b.sarif",
    }
    assert act(runner, **given).returncode == 1
    assert {"j.xml", "a b.sarif"} <= {path.name for path in work.iterdir()}
    done = act(runner, PATHS="$(touch${IFS}broken) ; --help")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no page" in done.stderr
    assert not (work / "broken").exists()


def test_the_action_installs_what_it_is_told_to(tmp_path: Path) -> None:
    wheel, _ = build(ROOT, tmp_path / "with a blank")
    environment = surroundings({
        "PYTHON": sys.executable, "WANTED": str(wheel), "RUNNER_TEMP": str(tmp_path),
        "GITHUB_PATH": str(tmp_path / "path"), "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1",
    })  # fmt: skip
    script = ACTION["runs"]["steps"][0]["run"]
    subprocess.run(["bash", "-eo", "pipefail", "-c", script], env=environment, check=True)
    folder = (tmp_path / "path").read_text("utf-8").strip()
    others = {"PYTHONPATH": sysconfig.get_path("purelib")}  # what manproof depends on
    command = [f"{folder}/manproof", "--version"]
    done = subprocess.run(
        command, cwd=tmp_path, env=surroundings(others), capture_output=True, text=True, check=True
    )
    assert done.stdout == f"manproof, version {__version__}\n"

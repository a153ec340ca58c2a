"""The wheel and the source archive: complete, the same every time, and of use by themselves."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

import manproof

ROOT = Path(__file__).parent.parent
EDITION = """\
label: Linux
manual: System Calls Manual
source: Example 1.0
licence: "SPDX-License-Identifier: MIT"
platform: linux
status: current
sections:
  - {field: name, title: NAME}
  - {field: synopsis, title: SYNOPSIS}
  - {field: description, title: DESCRIPTION}
"""
PAGE = """\
name: pause
section: "2"
date: 2026-11-21
summary: wait for a signal
synopsis:
  includes: [unistd.h]
  functions:
    - {name: pause, returns: int}
description:
  - text: |
      :func:`pause` waits until a signal arrives.
"""
CARRIED = ("manproof", "conditions", "rules")
"""The catalogues of the program's own words."""
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """The output of a command that must succeed."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(checkout: Path, target: Path) -> tuple[Path, Path]:
    """The wheel and the source archive of a checkout, made with what is installed here."""
    epoch = "1700000000"
    run(sys.executable, "-m", "hatchling", "build", "-d", target, cwd=checkout,
        SOURCE_DATE_EPOCH=epoch)  # fmt: skip
    [wheel], [archive] = target.glob("*.whl"), target.glob("*.tar.gz")
    return wheel, archive


@pytest.fixture(scope="module")
def wheel_and_archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def wheel(wheel_and_archive: tuple[Path, Path]) -> Path:
    return wheel_and_archive[0]


@pytest.fixture(scope="module")
def archive(wheel_and_archive: tuple[Path, Path]) -> Path:
    return wheel_and_archive[1]


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive as its user has it."""
    folder = tmp_path_factory.mktemp("unpacked")
    run("tar", "-xf", archive, cwd=folder)
    return folder / archive.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment: the wheel is in it, and what it depends on in sight."""
    venv = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=venv)
    python = venv / "bin/python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(python, "-c", ask, cwd=venv).strip())
    # Files of type .pth count only in the environment's own folder, so the checkout stays unseen.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=venv)
    return python.parent


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as file:
        return set(file.namelist())


def in_checkout(*patterns: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for pattern in patterns
        for path in ROOT.glob(pattern)
        if path.is_file() and path.suffix != ".pyc"
    }


def test_wheel_has_the_program_and_the_data_of_any_project(wheel: Path) -> None:
    program = in_checkout("manproof/**/*")
    data = in_checkout(
        "templates/**/*",
        "source/*.schema.json",
        "source/linux/evidence/*.json",
        *(f"translations/{name}.pot" for name in CARRIED),
        *(f"translations/*/LC_MESSAGES/{name}.po" for name in CARRIED),
    )
    expected = program | {f"manproof/data/{name.removeprefix('source/')}" for name in data}
    metadata = f"manproof-{manproof.__version__}.dist-info/"
    assert {name for name in names(wheel) if not name.startswith(metadata)} == expected


def test_wheel_has_the_licence(wheel: Path) -> None:
    assert f"manproof-{manproof.__version__}.dist-info/licenses/LICENSE" in names(wheel)


def test_archive_has_the_whole_repository(unpacked: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    listing = run("git", "ls-files", "-z", cwd=ROOT, HOME=os.environ.get("HOME", "/")).split("\0")
    tracked = {name for name in listing if name and (ROOT / name).exists()}
    packed = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert tracked <= packed, "name what is missing in pyproject.toml, under sdist"
    assert {name for name in packed if name.startswith("build/")} == {"build/.gitignore"}
    assert not any(name.startswith((".venv", "dist/")) for name in packed)


def test_archive_keeps_programs_executable(unpacked: Path) -> None:
    for name in ("tools/setup", "tools/install-pages"):
        assert os.access(unpacked / name, os.X_OK)


def test_same_sources_give_the_same_bytes(
    wheel_and_archive: tuple[Path, Path], unpacked: Path, tmp_path: Path
) -> None:
    again = build(unpacked, tmp_path)
    for first, second in zip(wheel_and_archive, again, strict=True):
        assert first.name == second.name
        assert first.read_bytes() == second.read_bytes()


def test_locks_hold_what_the_project_depends_on() -> None:
    groups = SETTINGS["dependency-groups"]
    needed = [*SETTINGS["project"]["dependencies"], *groups["build"]]
    for lock, wanted in (
        ("requirements.lock", needed),
        ("requirements-dev.lock", [*needed, *(d for d in groups["dev"] if isinstance(d, str))]),
    ):
        text = (ROOT / lock).read_text(encoding="utf-8")
        for dependency in wanted:
            name = dependency.split(">")[0].lower()
            assert f"\n{name}==" in text, f"{name} is not in {lock}; run make lock"
        assert "://" not in text, f"{lock} names a host"


def test_installed_package_is_the_one_of_the_wheel(programs: Path, tmp_path: Path) -> None:
    ask = "import manproof; print(manproof.__version__, manproof.__file__)"
    version, place = run(programs / "python", "-c", ask, cwd=tmp_path).split()
    assert version == manproof.__version__
    assert Path(place).is_relative_to(programs.parent)


def test_wheel_has_the_schemas_and_the_words(wheel: Path) -> None:
    needed = {
        "page.schema.json",
        "translations/manproof.pot",
        "translations/ru/LC_MESSAGES/manproof.po",
    }
    assert {f"manproof/data/{name}" for name in needed} <= names(wheel)


def test_installed_program_says_what_it_is(programs: Path, tmp_path: Path) -> None:
    assert manproof.__version__ in run(programs / "manproof", "--version", cwd=tmp_path)
    for command in ("build", "i18n"):
        assert command in run(programs / "manproof", "--help", cwd=tmp_path)


def test_installed_program_judges_a_page_that_was_written_by_hand(programs: Path, tmp_path: Path) -> None:
    """In an empty folder, by the record that the wheel carries; nothing is asked of the kernel."""
    page = ROOT / "tests/golden/by-hand/man2/connect.2"
    command: list[str | Path] = [programs / "manproof", "lint", page]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no entry names EINVAL" in done.stdout
    assert "supported by the record linux-" in done.stderr and "; add --probe" in done.stderr
    assert not list(tmp_path.iterdir())


def test_installed_program_builds_a_new_project(programs: Path, tmp_path: Path) -> None:
    source = tmp_path / "source/linux"
    source.mkdir(parents=True)
    (source / "edition.yaml").write_text(EDITION, encoding="utf-8")
    (source / "pause.2.yaml").write_text(PAGE, encoding="utf-8")
    run(programs / "manproof", "build", cwd=tmp_path)
    page = (tmp_path / "build/man/linux/man2/pause.2").read_text(encoding="utf-8")
    assert "waits until a signal arrives" in page
    html = (tmp_path / "build/html/linux/pause.2.en.html").read_text(encoding="utf-8")
    assert "waits until a signal arrives" in html
    assert (tmp_path / "build/html/index.html").exists()

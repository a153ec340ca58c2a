"""Another call in a new edition is data: files are added, and no line of the program changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.sample import EDITION, ROOT, manproof, write

PROBES = '''\
"""The conditions of listen()."""

from __future__ import annotations

from manproof.lab import Lab, condition


@condition("tcp.connected", plain=True)
def connected(lab: Lab) -> None:
    """A connected socket is asked to listen.

    inet_listen() wants a socket that is not connected.
    """
    lab.control(lab.listening(lab.bound().socket))
    sock = lab.inet_socket("tcp")
    lab.connect(sock, lab.listener().address)
    lab.observe(lab.listening(sock))


@condition("udp.bound", plain=True)
def bound(lab: Lab) -> None:
    """A socket that knows no connections is asked to listen.

    sock_no_listen() is all that UDP has.
    """
    lab.control(lab.listening(lab.bound().socket))
    lab.observe(lab.listening(lab.bound("udp").socket))
'''
PAGE = """\
name: listen
section: "2"
date: 2026-11-21
summary: wait for connections
description:
  - text: Words.
errors:
  - group: all
    rows:
      - errno: [EINVAL]
        causes:
          - {id: connected, claims: {tcp.connected: EINVAL}, when: The socket is connected.}
      - errno: [EOPNOTSUPP]
        causes:
          - {id: no-listener, claims: {udp.bound: EOPNOTSUPP}, when: The type cannot listen.}
"""
FOREIGN = EDITION.replace("label: Sample", "label: Elsewhere").replace(
    "status: current", "status: historical"
)
OTHERS = """\
call: listen
manuals:
  - {id: hurd, label: Hurd, page: listen(2), revision: "2026"}
families:
  - family: type
    title: Types
    situations:
      - id: no-listener
        title: The type cannot listen
        conditions: [udp]
        says: [{outcomes: [EOPNOTSUPP], manuals: [hurd]}]
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The program as it is, with one file more: the conditions of listen()."""
    folder = tmp_path_factory.mktemp("program")
    for name in ("manproof", "templates", "translations"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    write(folder / "manproof/probes/listen.py", PROBES)
    return {"PYTHONPATH": str(folder)}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "source/here/edition.yaml", EDITION)
    write(tmp_path / "source/here/listen.2.yaml", PAGE)
    write(tmp_path / "source/elsewhere/edition.yaml", FOREIGN)
    write(tmp_path / "source/elsewhere/listen.2.yaml", PAGE.replace("EINVAL", "EISCONN"))
    return tmp_path


def test_it_is_probed_and_linted(root: Path, program: dict[str, str]) -> None:
    done = manproof(root, "probe", "listen", "--format", "json", environment=program)
    assert done.returncode == 0, done.stderr
    seen = {item["condition"]: item["outcome"] for item in json.loads(done.stdout)["observations"]}
    assert seen == {"tcp.connected": "EINVAL", "udp.bound": "EOPNOTSUPP"}
    done = manproof(root, "lint", "--probe", "--require-verified", environment=program)
    assert done.returncode == 0, done.stdout
    assert "2 of 2 causes verified live" in done.stderr
    done = manproof(root, "lint", "--probe", "--portability", environment=program)
    assert done.returncode == 0
    assert "source/elsewhere/listen.2.yaml" in done.stdout
    assert "EISCONN claimed for tcp.connected" in done.stdout
    assert "mind both in programs that are moved" in done.stdout


def test_a_wrong_claim_fails_the_lint(root: Path, program: dict[str, str]) -> None:
    write(root / "source/here/listen.2.yaml", PAGE.replace("EINVAL", "EISCONN"))
    done = manproof(root, "lint", "--probe", environment=program)
    assert done.returncode == 1
    assert "EISCONN claimed for tcp.connected" in done.stdout


def test_it_is_built(root: Path, program: dict[str, str]) -> None:
    done = manproof(root, "build", environment=program)
    assert done.returncode == 0, done.stderr
    assert (root / "build/man/here/man2/listen.2").exists()
    assert (root / "build/html/elsewhere/listen.2.en.html").exists()


def test_it_is_compared(root: Path, program: dict[str, str]) -> None:
    done = manproof(root, "compare", "listen", "--probe", environment=program)
    assert done.returncode == 0, done.stderr
    row = next(line for line in done.stdout.splitlines() if line.startswith("A connected socket is"))
    assert row.split()[-4:] == ["EINVAL", "=", "≠", "EISCONN"]
    assert "A socket that knows" not in done.stdout, "all agree on it"
    done = manproof(root, "compare", "listen", "--probe", "--format", "html", environment=program)
    assert "A socket that knows" in done.stdout


def test_other_manuals_are_one_file_more(root: Path, program: dict[str, str]) -> None:
    write(root / "source/comparison/listen.yaml", OTHERS)
    assert manproof(root, "probe", "listen", environment=program).returncode == 0
    done = manproof(root, "compare", "listen", "--all", environment=program)
    row = next(line for line in done.stdout.splitlines() if line.startswith("The type cannot listen"))
    assert row.split()[-4:] == ["EOPNOTSUPP", "=", "=", "="]
    assert manproof(root, "build", environment=program).returncode == 0
    assert "The type cannot listen" in (root / "build/html/comparison/listen.en.html").read_text()
    assert manproof(root, "i18n", "extract", environment=program).returncode == 0
    assert "The type cannot listen" in (root / "translations/comparison/listen.pot").read_text()

"""Goldens: expected outputs beside their input; ``--update-golden`` writes them anew."""

from __future__ import annotations

import difflib
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# how long an example takes says nothing on a busy machine; what a check finds, it finds again.
# pytest --hypothesis-profile=default looks at other examples each time
settings.register_profile("check", deadline=None, derandomize=True)
settings.load_profile("check")

# a shell has background jobs ignore it, and so would all programs that tests start and interrupt
signal.signal(signal.SIGINT, signal.default_int_handler)

Golden = Callable[[str, str], None]
"""Holds a text against the file ``<case>/<name>`` of tests/golden."""

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the goldens anew; read the diff")


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages of the whole site lie, built once."""
    from tests.built import site

    return site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What lints of tests remember is not the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Golden:
    """Compares a text with a golden, or rewrites the golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if pytestconfig.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
            return
        expected = path.read_bytes().decode() if path.exists() else ""
        if text != expected:
            pytest.fail(f"{_difference(expected, text, name)}\n{_WAY_OUT}", pytrace=False)

    return compare


_WAY_OUT = "if that is what you meant, run: pytest --update-golden, and read the diff"


def _difference(expected: str, text: str, name: str) -> str:
    lines = difflib.unified_diff(
        expected.split("\n"), text.split("\n"), f"golden/{name}", "what the program gives", lineterm="", n=2
    )
    return "\n".join(list(lines)[:200])

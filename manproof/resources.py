"""Where the program's own data lie: in the package when installed, in the checkout when not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def _base() -> Path:
    installed = _PACKAGE / "data"
    return installed if installed.is_dir() else _PACKAGE.parent


def templates() -> Path:
    """The folder of the HTML skeletons and their stylesheet."""
    return _base() / "templates"


def catalogue(locale: str, domain: str) -> Path:
    """A catalogue that the program carries (``manproof``, ``conditions``); it need not exist."""
    return _base() / "translations" / locale / "LC_MESSAGES" / f"{domain}.po"


def records() -> list[Path]:
    """The records of runs that come with the program, for pages that no project keeps a record for."""
    folder = _base() / "linux" if (_PACKAGE / "data").is_dir() else _base() / "source/linux"
    return sorted(folder.glob("evidence/*.json"))


def locales() -> list[str]:
    """The languages that the fixed words are translated to."""
    return sorted(path.parents[1].name for path in _base().glob("translations/*/LC_MESSAGES/manproof.po"))

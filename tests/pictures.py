"""Takes the pictures of README.md: ERRORS of connect(2) on the site, in light and in dark.

Needs Chromium, and the pages as they were built: ``make pictures``.
"""

from __future__ import annotations

import sys

from tests.browser import PROGRAM, Browser
from tests.specimen import ROOT

PAGE = ROOT / "build/html/linux/connect.2.en.html"
SIZE = 1120, 700


def main() -> None:
    """Writes docs/site-light.png and docs/site-dark.png."""
    if PROGRAM is None or not PAGE.exists():
        sys.exit("pictures: Chromium and the pages are needed; run: make docs")
    with Browser() as browser:
        for scheme in ("light", "dark"):
            address = f"{PAGE.as_uri()}#ERRORS"
            browser.open(address, *SIZE, prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
            (ROOT / f"docs/site-{scheme}.png").write_bytes(browser.shot())


if __name__ == "__main__":
    main()

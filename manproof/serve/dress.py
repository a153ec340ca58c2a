"""A page of the site as the preview serves it: with the script that follows changes, and a corner of its own.

The page on the disk stays that of a static site. What its policy allows is sent as a header instead, and
grows by what the preview needs: its stylesheet, and a connection to the server that the page came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?')
_HEAD = """<link rel="stylesheet" href="/-/live.css">
<script src="/-/live.js" defer data-state="{}"></script>
</head>"""
CLOSED = "default-src 'none'; frame-ancestors 'none'"
"""The policy of what is no page."""


def dressed(text: str, corner: str, state: str) -> tuple[str, str]:
    """The page with its corner and its state, and its policy."""
    found = _POLICY.search(text)
    policy = unescape(found[1]) if found else f"{CLOSED}; script-src 'self'"
    text = _POLICY.sub("", text, count=1).replace("</head>", _HEAD.format(state), 1)
    body, end, rest = text.rpartition("</body>")
    return f"{body}{corner}{end}{rest}", _wider(policy)


def bare(lines: Iterable[str]) -> str:
    """A page of plain lines, for when there is no template that can be used."""
    text = "\n".join(escape(line) for line in lines)
    head = '<head>\n<meta charset="utf-8">\n<title>manproof serve</title>\n</head>'
    return f'<!DOCTYPE html>\n<html lang="en">\n{head}\n<body>\n<pre>{text}</pre>\n</body>\n</html>\n'


def _wider(policy: str) -> str:
    directives = {name: rest for name, _, rest in (each.strip().partition(" ") for each in policy.split(";"))}
    directives["connect-src"] = "'self'"
    directives["style-src"] = f"'self' {directives.get('style-src', '')}".strip()
    directives["frame-ancestors"] = "'none'"
    return "; ".join(f"{name} {rest}" for name, rest in directives.items())

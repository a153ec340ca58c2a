"""docutils' recogniser of inline markup, held to the dialect."""

# ruff: noqa: ARG002  the signatures are docutils'

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from docutils.parsers.rst import states
from docutils.utils import unescape

from manproof.prose import ROLES, role
from manproof.rest.recorder import Recorder

_MATCH = {name: re.compile(role.pattern + r"\Z").match for name, role in ROLES.items()}


class Inliner(states.Inliner):
    """docutils' inline recogniser, held to the dialect."""

    recorder: Recorder

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        compiled = states.Inliner()  # the expressions are read off the class itself, not a subclass
        compiled.init_customizations(SETTINGS)
        vars(self).update(vars(compiled))
        self.recorder = recorder

    def init_customizations(self, settings: Any) -> None:
        """Does nothing: docutils calls it for each parse, and its tables would grow each time."""

    def parse(self, text: str, lineno: int, memo: Any, parent: Any) -> Any:
        """The nodes of one paragraph; a backslash that would vanish without a use is refused."""
        for match in _LOST(text):
            if match["lost"]:
                shown = match["lost"].rstrip("\n")
                message = f"the backslash of “{shown}” would vanish; write two, or ``…`` around it"
                line = lineno + text.count("\n", 0, match.start())
                self.recorder.flaw("rest-backslash", line, message, shown)
        return super().parse(text, lineno, memo, parent)

    def problematic(self, text: str, rawsource: str, message: Any) -> nodes.problematic:
        return nodes.problematic(rawsource, text)

    def implicit_inline(self, text: str, lineno: int) -> list[nodes.Text]:
        return [nodes.Text(unescape(text))] if text else []

    def phrase_ref(self, before: str, after: str, rawsource: str, *rest: Any, **kw: Any) -> Any:
        return self._refuse(before, after, rawsource)

    def interpreted(self, rawsource: str, text: str, role_name: str, lineno: int) -> Any:
        """A role: its name is in the table, and its text fits."""
        plain = unescape(text)
        if role_name not in ROLES:
            known = ", ".join(ROLES)
            what = f"there is no role “{role_name}”; known are {known}" if role_name else _NO_ROLE
            self.recorder.flaw("rest-role", self._line(lineno, plain), what, unescape(rawsource, True))
        elif not _MATCH[role_name](plain):
            message = f"“{plain}” is not {ROLES[role_name].description}; correct the text of :{role_name}:"
            self.recorder.flaw("rest-role", self._line(lineno, plain), message, plain)
        return [role(unescape(rawsource, True), plain, name=role_name)], []

    def _line(self, lineno: int, token: str) -> int:
        """The line on which a token of this paragraph stands."""
        for number in range(lineno, len(self.recorder.lines) + 1):
            if token in self.recorder.lines[number - 1]:
                return number
        return lineno

    def refused(self, match: re.Match[str], lineno: int) -> Any:
        """References, targets, substitutions and footnotes: not in the dialect."""
        end = match.end()
        return self._refuse(match.string[: match.start()], match.string[end:], match[0], lineno)

    def _refuse(self, before: str, after: str, token: str, lineno: int = 1) -> Any:
        shown = unescape(token, True).strip()
        message = (
            f"“{shown}” would be a reference or a target of reST; write ``{shown}``, or a backslash before it"
        )
        self.recorder.flaw("rest-construct", self._line(lineno, shown), message, shown)
        return before, [nodes.Text(shown)], after, []

    dispatch: Any = {  # noqa: RUF012  docutils looks it up on the class
        "_`": refused,
        "|": refused,
        "]_": refused,
        "_": refused,
        "__": refused,
        "*": states.Inliner.emphasis,
        "**": states.Inliner.strong,
        "``": states.Inliner.literal,
        "`": states.Inliner.interpreted_or_phrase_ref,
    }


_LOST = re.compile(r"``.*?``|\\\\|(?P<lost>\\(?:[^\W_]\w{0,7}|\Z|\n))", re.DOTALL).finditer
"""A backslash makes the sign after it ordinary; letters and digits are so already, and the end is none."""
_NO_ROLE = "text in single backquotes needs a role before it, such as :func:`connect`"


class _Settings:
    """What docutils' parser asks for."""

    language_code = "en"
    character_level_inline_markup = False
    pep_references = rfc_references = False
    report_level, halt_level, debug = 2, 5, False
    tab_width = 8
    raw_enabled = file_insertion_enabled = False


SETTINGS: Any = _Settings()

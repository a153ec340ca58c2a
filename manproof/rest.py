"""reST -> nodes: the two parsers, of one paragraph's text and of a whole field.

docutils' recognisers do the work, held to the dialect of ``prose``. Whatever is not in it is a
diagnostic with its place; no directive ever runs, and no file is ever read.
"""

# ruff: noqa: ARG001, ARG002  the signatures are docutils'

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Any, cast

from docutils import nodes
from docutils.parsers.rst import states
from docutils.statemachine import StringList
from docutils.utils import Reporter, unescape

from manproof.diagnostic import Diagnostic, Span, error
from manproof.prose import BLOCKS, INLINES, ROLES, role

MAX_TEXT = 20_000
MAX_NESTING = 12
_MATCH = {name: re.compile(role.pattern + r"\Z").match for name, role in ROLES.items()}


def parse_inline(text: str, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
    """One paragraph's text -> inline nodes, and what is wrong with it (then the nodes are void)."""
    return _PARSER.inline(text, span)


def parse_blocks(text: str, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
    """A field's text -> paragraphs, lists, literal blocks and tables, and what is wrong with it.

    Nodes that hold a unit of translation carry its reST in ``rawsource`` and its place in the
    attribute ``span``.
    """
    return _PARSER.blocks(text, span)


class _Recorder:
    """Stands in for docutils' reporter: messages become diagnostics with a place in the file."""

    report_level = 2
    halt_level = 5
    debug_flag = False
    source = ""

    def __init__(self) -> None:
        self.begin("", Span(path=""))

    def begin(self, text: str, span: Span) -> None:
        """Starts a field."""
        self.lines = text.split("\n")
        self.span = span
        self.found: list[Diagnostic] = []

    def place(self, line: int, token: str = "") -> Span:
        """The span of a token on a line of the field (from 1)."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        offset = max(text.find(token), 0) if token else len(text) - len(text.lstrip(" "))
        return self.span.at(line=max(line, 1) - 1, column=self.span.column + offset)

    def flaw(self, rule: str, line: int, message: str, token: str = "") -> None:
        """Reports a construct of ours."""
        self.found.append(error(rule, self.place(line, token), message))

    def _message(self, message: Any, *_: Any, line: int = 1, **__: Any) -> nodes.system_message:
        what = str(message).rstrip(".").replace("\n", " ")
        self.flaw(
            "rest-syntax", line, f"{what[:1].lower()}{what[1:]}; write a backslash before a literal sign"
        )
        return nodes.system_message()

    warning = error = severe = _message

    def info(self, *_: Any, **__: Any) -> nodes.system_message:
        return nodes.system_message()

    debug = info


class _Inliner(states.Inliner):
    """docutils' inline recogniser, held to the dialect."""

    recorder: _Recorder

    def __init__(self, recorder: _Recorder) -> None:
        super().__init__()
        compiled = states.Inliner()  # the expressions are read off the class itself, not a subclass
        compiled.init_customizations(_SETTINGS)
        vars(self).update(vars(compiled))
        self.recorder = recorder

    def init_customizations(self, settings: Any) -> None:
        """Does nothing: docutils calls it for each parse, and its tables would grow each time."""

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


_NO_ROLE = "text in single backquotes needs a role before it, such as :func:`connect`"


class _Settings:
    """What docutils' parser asks for."""

    language_code = "en"
    character_level_inline_markup = False
    pep_references = rfc_references = False
    report_level, halt_level, debug = 2, 5, False
    tab_width = 8
    raw_enabled = file_insertion_enabled = False


_SETTINGS: Any = _Settings()


def _not_in_dialect(what: str) -> Any:
    def refuse(self: Any, match: Any, context: Any, next_state: Any) -> Any:
        line = self.state_machine.abs_line_number()
        self.reporter.flaw("rest-construct", line, f"{what} is not part of the dialect; see docs/source.md")
        self.state_machine.get_first_known_indented(0)
        return [], next_state, []

    return refuse


class _Closed:
    """A state of docutils' machine in which the refused constructs are refused."""

    def __init__(self, state_machine: Any, debug: bool = False) -> None:
        super().__init__(state_machine, debug)  # type: ignore[call-arg]  # mixed into a docutils state
        self.nested_sm_kwargs = {"state_classes": _STATES, "initial_state": "Body"}

    def section(self, title: str, source: str, style: Any, lineno: int, messages: Any) -> None:
        """A title of reST: sections are fields of the source."""
        recorder: Any = self.reporter  # type: ignore[attr-defined]  # of the docutils state
        recorder.flaw("rest-construct", lineno, "a section title is not part of the dialect; use subsection:")

    explicit_markup = _not_in_dialect("explicit markup (a directive, comment, target or footnote)")
    anonymous = _not_in_dialect("an anonymous target")
    field_marker = _not_in_dialect("a field list")
    option_marker = _not_in_dialect("an option list")
    doctest = _not_in_dialect("a doctest block")
    line_block = _not_in_dialect("a line block")
    grid_table_top = _not_in_dialect("a grid table")


_STATES = tuple(type(state.__name__, (_Closed, state), {}) for state in states.state_classes)


def _document(recorder: _Recorder) -> nodes.document:
    return nodes.document(_SETTINGS, cast(Reporter, recorder), source="")


class _Parser:
    """The two parsers; one pair serves every field of every page."""

    def __init__(self) -> None:
        self.recorder = _Recorder()
        self.inliner = _Inliner(self.recorder)
        self.memo: Any = types.SimpleNamespace(document=_document(self.recorder), language=None)

    def inline(self, text: str, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
        self.recorder.begin(text, span)
        self.recorder.found += _limits(text, span)
        if self.recorder.found:
            return [], self.recorder.found
        found, _ = self.inliner.parse(text, 1, self.memo, self.memo.document)
        return found, self.recorder.found

    def blocks(self, text: str, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
        if _PLAIN(text):
            inlines, found = self.inline(text, span)
            return [_unit(nodes.paragraph(text, "", *inlines), span)], found
        self.recorder.begin(text, span)
        self.recorder.found += _limits(text, span)
        if self.recorder.found:
            return [], self.recorder.found
        return self._machine(text, span)

    def _machine(self, text: str, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
        document = _document(self.recorder)
        machine = states.RSTStateMachine(state_classes=_STATES, initial_state="Body")
        try:
            machine.run(StringList(self.recorder.lines, span.path), document, inliner=self.inliner)
        except RecursionError:
            self.recorder.flaw("rest-nesting", 1, "the text is nested too deeply; flatten it")
            return [], self.recorder.found
        _close(document, self.recorder)
        children = list(document.children)
        return children, self.recorder.found


_PLAIN = re.compile(
    # one paragraph that begins with a letter, a role, strong text or a literal
    r"(?!\(?\w{1,5}[.)] )(?:[^\W\d_]|:[a-z]+:`|\*\*?\w|``|\()[^\n]*"
    # whose other lines are neither blank, nor indented, nor an underline
    r"(?:\n(?![ \n])(?!([^\w\s])\1*[ ]*(?:\n|\Z))[^\n]+)*(?<!::)\Z"
).match


def _limits(text: str, span: Span) -> Iterator[Diagnostic]:
    """Bounds that keep docutils' regular expressions and recursion cheap."""
    if len(text) > MAX_TEXT:
        yield error("text-too-long", span, f"a text is limited to {MAX_TEXT} characters; split it")
    if re.search(rf"^(?:[ ]{{0,8}}(?:[-*+]|\(?\w{{1,3}}[.)])[ ]+){{{MAX_NESTING},}}|^[ ]{{60}}", text, re.M):
        yield error("rest-nesting", span, "the text is nested too deeply; flatten it")
    if "\t" in text:
        line = text.count("\n", 0, text.index("\t"))
        yield error("tab", span.at(line=line), "a tab stands here; write spaces")


def _close(document: nodes.document, recorder: _Recorder) -> None:
    """Checks that the tree holds known nodes only, and marks the units in it."""
    for node in list(document.findall()):
        if node is document or isinstance(node, (*INLINES, nodes.system_message, nodes.problematic)):
            continue
        if not isinstance(node, BLOCKS):
            what = type(node).__name__.replace("_", " ")
            recorder.flaw(
                "rest-construct", node.line or 1, f"a {what} is not part of the dialect; see docs/source.md"
            )
        elif isinstance(node, (nodes.paragraph, nodes.term)):
            _unit(node, recorder.place(node.line or 1))
    for node in list(document.findall(nodes.system_message)):
        node.parent.remove(node)


def _unit(node: Any, span: Span) -> Any:
    node["span"] = span
    if node.rawsource.endswith("::"):
        node.rawsource = node.rawsource[:-1].removesuffix(" :").removesuffix("\n:")
    return node


_PARSER = _Parser()

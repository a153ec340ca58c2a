"""Rules that hold a page against what this system has: its errnos, its manual, its headers."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

from docutils import nodes

from manproof import host
from manproof.diagnostic import Severity
from manproof.grammar import Word
from manproof.lint import Found, rule
from manproof.lint.written import Marked, Written
from manproof.prose import walk
from manproof.spec import Example, Prototype

FAMILY = "source"


def is_ours(written: Written) -> bool:
    """Whether this system is one that the edition is about."""
    return written.current and host.runs(written.edition.platform)


@rule(FAMILY, Severity.ERROR)
def errno_unknown(written: Written) -> Found:
    """A page names an errno that this system does not know.

    Why: it is misspelt, or it never leaves the kernel (such as ERESTARTSYS). Editions of other
    systems may have errnos of their own.

    Bad: ``:errno:`ECONREFUSED` ``

    Good: ``:errno:`ECONNREFUSED` ``
    """
    for name, place in _errnos(written) if is_ours(written) else ():
        if name not in host.errnos():
            yield place.span, no_errno(name)


def no_errno(name: str) -> str:
    """What to say of an errno that this system does not have."""
    from difflib import get_close_matches

    close = get_close_matches(name, host.errnos(), 1)
    return f"this system has no errno {name}; {f'write {close[0]}' if close else 'correct it'}"


def _errnos(written: Written) -> Iterator[tuple[str, Word | Marked]]:
    for _, errnos in written.causes():
        yield from ((name, name) for name in errnos)
    yield from ((marked.word, marked) for marked in written.roles if marked.role == "errno")


@rule(FAMILY, Severity.WARNING)
def reference_not_found(written: Written) -> Found:
    """A page refers to one that neither the project nor this system has.

    Why: readers would look for it in vain. Pages that the edition names as external are taken on
    trust, and so is a section of which nothing is installed here.

    Bad: ``:man:`getsockotp(2)` ``

    Good: ``:man:`getsockopt(2)` ``, or the page in `external:` of `edition.yaml`.
    """
    for title, marked in _pages(written):
        known = title in written.titles or title in written.edition.external
        if not known and _missing(title):
            yield (
                marked.span,
                f"neither the project nor this system has {title}; correct it, or name it as external",
            )


@rule(FAMILY, Severity.NOTE, optional=True)
def external_not_found(written: Written) -> Found:
    """A page refers to an external one that this system does not have.

    Why: the name may be misspelt, in the edition and on the page. It may as well be right, and its
    package not installed; so this is a note, and must be selected.

    Bad: `- path_resolutoin(7)` in `external:`.

    Good: the name of a page that some system has.
    """
    for title, marked in _pages(written):
        if title in written.edition.external and _missing(title):
            yield (
                marked.span,
                f"{title} is external, and this system does not have it; see that the name is right",
            )


def _pages(written: Written) -> Iterator[tuple[str, Marked]]:
    for marked in written.roles if is_ours(written) else ():
        if marked.role == "man":
            yield marked.word, marked


def _missing(title: str) -> bool:
    name, _, section = title.rstrip(")").partition("(")
    here = host.manual(section)
    return bool(here) and name not in here


@rule(FAMILY, Severity.ERROR, costly=True, needs="cc")
def prototype_differs(written: Written) -> Found:
    """A prototype is not the one that the headers of this system declare.

    Why: programs that follow it do not compile, or pass the wrong thing. The C compiler decides
    whether two declarations are compatible; the names of parameters do not matter to it. Without a
    compiler, and for editions of other systems, nothing is said.

    Bad: `returns: void` for connect(), or `includes: [sys/sockets.h]`

    Good: the declaration in the header that is named.
    """
    synopsis = written.page.synopsis
    compiler = host.program("cc")
    if synopsis is None or compiler is None or not is_ours(written):
        return
    includes = [f"#include <{header}>" for header in synopsis.includes]
    whole = [
        line for function in synopsis.functions for line in (_known(function), f"{declaration(function)};")
    ]
    said = _errors(compiler, [*includes, *whole])
    if said and "error:" not in said:
        yield synopsis.functions[0].span, f"{said.strip()[:200]}; see what the compiler needs"
    if "error:" not in said:
        return
    for header in synopsis.includes:
        if "No such file" in _errors(compiler, [f"#include <{header}>"]):
            yield header.span, f"this system has no header {header}; correct its name"
            return
    for function in synopsis.functions:
        yield from _declared(compiler, function, includes)


def _declared(compiler: str, function: Prototype, includes: list[str]) -> Found:
    headers = ", ".join(include.split()[1] for include in includes)
    if _errors(compiler, [*includes, _known(function)]):
        yield (
            function.span,
            f"no header of {headers} declares {function.name}; correct the name, or includes:",
        )
    elif said := _errors(compiler, [*includes, f"{declaration(function)};"]):
        theirs = re.search(r"previous declaration of .+? with type [‘'](.+?)[’']", said)
        fact = f"{headers} declares {function.name} otherwise" + (
            f", as {' '.join(theirs[1].split())}" if theirs else ""
        )
        yield function.span, f"{fact}; write its types as there"


@rule(FAMILY, Severity.ERROR, costly=True, needs="cc")
def program_broken(written: Written) -> Found:
    """A program in C that the page shows does not compile.

    Why: it is what readers copy first. The C compiler of this system looks at it, with its headers, and
    with no other file; for editions of other systems, and without a compiler, nothing is said.

    Bad: `int mian(void) { retrun 0; }`

    Good: a program that was compiled after its last change.
    """
    compiler = host.program("cc")
    if compiler is None or not is_ours(written) or written.root is None:
        return
    shown = [item for item in written.page.examples if isinstance(item, Example)]
    blocks = [
        node for node in walk(written.root) if isinstance(node, nodes.literal_block) and "language" in node
    ]
    for item, block in zip(shown, blocks, strict=True):
        if item.file.endswith(".c") and (flaw := _flaw(compiler, block.astext())):
            yield item.file.span, f"{item.file} does not compile: {flaw}"


_DIRECTIVE = re.compile(
    r"(?<![^\s/])(?:#|%:|\?\?=)(?:\s|/\*.*?\*/)*(?:include|import|embed)[^\n]*", re.DOTALL
)
_HEADER = re.compile(r"#[ \t]*include[ \t]*<(?:\w[\w.+-]*/)*\w[\w.+-]*\.h>[ \t]*(?:/[/*].*)?", re.ASCII)


def _flaw(compiler: str, program: str) -> str:
    """What is wrong with a program, of which the compiler reads nothing but headers of the system."""
    joined = program.replace("\\\n", "")
    for directive in _DIRECTIVE.finditer(joined):
        if not _HEADER.fullmatch(directive[0]):
            place = f"line {_line(program, directive.start())}"
            return f"{place} includes more than a header of the system; write #include <name.h>"
    said = _errors(compiler, [program])
    first = re.search(r"^<stdin>:(\d+):\d+: (?:fatal )?error: (.+)", said, re.MULTILINE)
    if first:
        return f"line {first[1]}: {first[2]}; correct it"
    return f"{said.strip().partition(chr(10))[0][:200]}; correct it" if said else ""


def _line(program: str, index: int) -> int:
    """The line of a program in which a character stands once its continued lines are joined."""
    continued = (match.start() - 2 * number for number, match in enumerate(re.finditer(r"\\\n", program)))
    return 1 + program.replace("\\\n", "").count("\n", 0, index) + sum(place <= index for place in continued)


def _known(function: Prototype) -> str:
    """A line that only compiles where the function is declared."""
    return f"typedef __typeof__({function.name}) manproof_{function.name};"


def declaration(function: Prototype) -> str:
    """A prototype in C."""
    parameters = ", ".join(_parameter(p.type, p.name) for p in function.parameters)
    return f"{function.returns} {function.name}({parameters or 'void'})"


def _parameter(kind: str, name: str) -> str:
    base, bracket, size = kind.partition("[")
    return f"{base} {name}{bracket}{size}"


def _errors(compiler: str, lines: list[str]) -> str:
    """What the compiler has against a program, which may need the extensions of GNU; that it gave up, too."""
    said = []
    for macros in ([], ["-D_GNU_SOURCE"]):
        command = [compiler, "-fsyntax-only", "-w", "-x", "c", *macros, "-"]
        try:
            answer = host.ask(command, "\n".join(lines) + "\n")
        except (OSError, subprocess.TimeoutExpired) as problem:
            return str(problem)
        if answer.status == 0:
            return ""
        said.append(answer.text or f"the compiler ended with status {answer.status}")
    return said[0]

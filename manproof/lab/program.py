"""An observation's steps as a C program: short enough for a letter, and in lines that survive one."""

from __future__ import annotations

import re
import textwrap
from functools import cache
from importlib import resources

from manproof.observation import Observation, Step, System

WIDTH = 78
"""Columns of a line at most, with tabs of eight: mail leaves such lines alone."""
_TAB = 8
_UNISTD = (
    "chdir|chroot|close|dup2?|getpagesize|lchown|link|pipe|pread|read|rmdir|setresuid|symlink|syscall"
    "|unlink|usleep|write"
)
# Which header a name in the program asks for.
_HEADERS = (
    (r"\bipv[46]\(|inet_|\b[hn]to[hn][sl]\(|IPPROTO_|IP_[A-Z]|IPV6_|\bbytes\(", "arpa/inet.h"),
    (r"\berr\(", "err.h"),
    (r"\berrno\b", "errno.h"),
    (r"\bO_[A-Z]+|\bopen\(", "fcntl.h"),
    (r"\bifreq\b", "linux/if.h"),
    (r"IFF_TUN", "linux/if_tun.h"),
    (r"\bCAP_", "linux/capability.h"),
    (r"\bif_nametoindex\(", "net/if.h"),
    (r"\btcp_info\b|\bTCP_[A-Z]", "netinet/tcp.h"),
    (r"\bpoll\(", "poll.h"),
    (r"\bpthread_", "pthread.h"),
    (r"\bunshare\(", "sched.h"),
    (r"\bsigaction\(|\bSIG[A-Z]+", "signal.h"),
    (r"\bprintf\(|\bfopen\(|\brename\(", "stdio.h"),
    (r"\bsystem\(|\batoi\(", "stdlib.h"),
    (r"\bmem(cpy|move)\(|\bstrstr\(", "string.h"),
    (r"\bepoll_create1\(", "sys/epoll.h"),
    (r"\beventfd\(", "sys/eventfd.h"),
    (r"\bifreq\b", "sys/ioctl.h"),
    (r"\bmmap\(|MAP_|\bmemfd_create\(", "sys/mman.h"),
    (r"\bprctl\(", "sys/prctl.h"),
    (r"\brlimit\b", "sys/resource.h"),
    (r"\bAF_|\bsocket\(|\bconnect\(", "sys/socket.h"),
    (r"\bchmod\(|\bmkdir\(|\bmkfifo\(", "sys/stat.h"),
    (r"\bSYS_", "sys/syscall.h"),
    (r"\btimeval\b|\bitimerval\b", "sys/time.h"),
    (r"\bsockaddr_un\b|\blocal\(|\babstract\(", "sys/un.h"),
    (rf"\b({_UNISTD})\(", "unistd.h"),
)
_MAY_FAIL = ("so_error(",)  # the answer is not in the step's own errno
_PLAIN = "./a.out   (in an empty directory)"
_NAMESPACES = "unshare -rnmpf sh -c 'ip link set lo up; exec ./a.out'"
_ROOT = "./a.out   (as root, in an empty directory)"


def program(observation: Observation, system: System | None = None, *, control: bool = True) -> str:
    """A C program that does the same and prints the errno.

    Without ``control`` it makes do without the control, and without the sockets that nothing else
    needs. Raises ``ValueError`` with the reason if the observation has no steps, or no C spelling.
    """
    if observation.unspoken or not observation.steps:
        raise ValueError(
            observation.unspoken or f"{observation.condition} was not observed: {observation.reason}"
        )
    steps = observation.steps if control else _without_control(observation.steps)
    body = _body(steps)
    functions = _needed(body)
    whole = _bare("\n".join([*functions, body]))
    headers = {header for line in set(whole.split("\n")) for header in _headers(line)}
    headers -= {"sys/socket.h"} if "arpa/inet.h" in headers else set()  # which includes it
    includes = "".join(f"#include <{header}>\n" for header in sorted(headers))
    comment = _comment(observation, system, left_out=len(steps) < len(observation.steps))
    threads = "-pthread " if "pthread_" in whole else ""
    how = _PLAIN if observation.plain else _ROOT if observation.root else _NAMESPACES
    top = f"{comment} * cc {threads}a.c && {how}\n */\n#define _GNU_SOURCE\n{includes}"
    return "\n".join([top, *functions, body])


@cache
def _headers(line: str) -> list[str]:
    """The headers that a line asks for; programs have most of their lines in common."""
    return [header for pattern, header in _HEADERS if re.search(pattern, line)]


def _comment(observation: Observation, system: System | None, *, left_out: bool) -> str:
    """What it is, who answered what; the last line is still to come."""
    answered = f"{system} answered: {observation.outcome}." if system and observation.outcome else ""
    without = "The control is left out." if left_out else ""
    text = " ".join(filter(None, (observation.title, answered, without)))
    lines = textwrap.wrap(text, WIDTH - 3, break_on_hyphens=False)
    return "\n * ".join([f"/* {observation.call}/{observation.condition}", *lines]) + "\n"


def _without_control(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps but for the control, and for those on symbols that serve it alone.

    A control on a socket that others use too has prepared it, and stays.
    """
    controls = [step for step in steps if step.part == "control"]
    served = _symbols(controls, steps)
    rest = [step for step in steps if step.part != "control"]
    others = [step for step in rest if step.part == "observe" or not _names(step) <= served]
    spare = served - _symbols(others, rest)
    alone = all(_names(step) & spare for step in controls)
    return tuple(step for step in rest if not _names(step) & spare) if alone else steps


def _names(step: Step) -> set[str]:
    """The symbols that a step makes or uses."""
    return {step.makes, *re.findall(r"\b[a-z]+\d+\b", _bare(step.code))} - {""}


def _symbols(wanted: list[Step], steps: list[Step] | tuple[Step, ...]) -> set[str]:
    """The symbols of some steps, and those from which they were made."""
    made = {step.makes: step for step in steps if step.makes}
    found: set[str] = set()
    waiting = {name for step in wanted for name in _names(step)}
    while waiting:
        found |= waiting
        waiting = {name for one in waiting if one in made for name in _names(made[one])} - found
    return found


def _bare(text: str) -> str:
    """C without what stands in its strings."""
    return re.sub(r'"(\\.|[^"\\])*"', '""', text)


def _body(steps: tuple[Step, ...]) -> str:
    """The symbols, the functions of other threads, and main()."""
    symbols = [step.makes for step in steps if step.makes and step.kind != "thread"]
    lines = [_wrapped(f"static int {', '.join(symbols)};\n")] if symbols else []
    threads = [step.makes for step in steps if step.kind == "thread"]
    for number, name in enumerate(threads, start=1):
        inner = "".join(_statement(step) for step in steps if step.thread == number)
        lines.append(f"static void *{name}(void *unused) {{\n{inner}\treturn unused;\n}}\n")
    inner = "".join(_statement(step) for step in steps if step.thread == 0 and step.code)
    lines.append(f"int main(void) {{\n{inner}}}\n")
    return "\n".join(lines)


def _statement(step: Step) -> str:
    """A step as a line, or as several where it is long."""
    if step.part == "observe":
        return _wrapped(f"\tanswer({step.code});\n")
    if step.kind == "shell":
        quoted = step.code.replace("\\", "\\\\").replace('"', '\\"')
        return _wrapped(f'\tmust(-system("{quoted}"));\n')
    code = step.code if step.errno or step.code.startswith(_MAY_FAIL) else f"must({step.code})"
    made = f"{step.makes} = " if step.makes and step.kind != "thread" else ""
    remark = " /* control */" if step.part == "control" else ""
    return _wrapped(f"\t{made}{code};{remark}\n")


# What must stay together in a string: escapes, and words that are not too long.
_IN_STRING = re.compile(r"(?:\\[0-7]{1,3}|\\.|[^ \\]){1,24} ?| ")


def _wrapped(line: str) -> str:
    """The line, broken where C allows it: at a blank, or within a string, which is then two strings."""
    lines, room = [""], WIDTH - line.count("\t") * (_TAB - 1)
    for text, inside in _pieces(line.rstrip()):
        if len(lines[-1]) + len(text) > room - 2 * inside and lines[-1].strip():
            lines[-1] = f'{lines[-1]}"' if inside else lines[-1].rstrip()
            lines.append(f'\t\t"{text}' if inside else f"\t\t{text.lstrip()}")
            room = WIDTH - 2 * (_TAB - 1)
        else:
            lines[-1] += text
    return "\n".join(lines) + "\n"


def _pieces(line: str) -> list[tuple[str, bool]]:
    """The line in unbreakable pieces; the second says whether a break before it is within a string."""
    pieces: list[tuple[str, bool]] = []
    for part in re.findall(r'"(?:\\.|[^"\\])*"| /\*.*\*/| ?[^" ]+| ', line):
        if part.startswith('"'):
            first, *others = _IN_STRING.findall(part[1:-1]) or [""]
            pieces += [(f'"{first}', False), *((text, True) for text in others)]
            pieces[-1] = (pieces[-1][0] + '"', pieces[-1][1])
        elif pieces and pieces[-1][0].endswith('"') and not part.startswith(" "):
            pieces[-1] = (pieces[-1][0] + part, pieces[-1][1])
        else:
            pieces.append((part, False))
    return pieces


@cache
def _prelude() -> dict[str, str]:
    """The hand-written helpers, each under the name it defines, in order."""
    text = resources.files("manproof.lab").joinpath("prelude.c").read_text(encoding="utf-8")
    parts = re.split(r"\n\n(?=static |#define )", text.strip())
    return {name: part for part in parts for name in _defined(part)}


def _defined(part: str) -> list[str]:
    functions = re.findall(r"^(?:static [\w *]*?|#define )(\w+)\(", part, re.MULTILINE)
    data = "" if functions else re.sub(r"(?<=\))\(.*?\)", "", part.partition(";")[0] + ";")
    return functions + re.findall(r"\b(\w+)(?=[,;\[)])", data)


def _needed(body: str) -> list[str]:
    """The helpers that the program uses, and those that they use, in the prelude's order."""
    prelude = _prelude()
    wanted, waiting = set(), [body]
    while waiting:
        words = set(re.findall(r"\w+", _bare(waiting.pop())))
        for name, part in prelude.items():
            if part not in wanted and name in words:
                wanted.add(part)
                waiting.append(part)
    parts = [part for part in dict.fromkeys(prelude.values()) if part in wanted]
    return [part if part.startswith("#define") else f"{part}\n" for part in parts]

"""Views of an observation's steps: a trace as strace prints it, a C program, the shell lines."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from manproof.lab.errors import errno_number, errno_text
from manproof.observation import Observation, Step, System

# Which header a name in the program asks for; the rest is always there.
_HEADERS = (
    (r"\bipv[46]\(|\bport_of\(|inet_|IPPROTO_|IP_[A-Z]|IPV6_|\bbytes\(", "arpa/inet.h"),
    (r"\bO_[A-Z]+|\bopen\(", "fcntl.h"),
    (r"\bifreq\b", "sys/ioctl.h"),
    (r"\bifreq\b", "linux/if.h"),
    (r"IFF_TUN", "linux/if_tun.h"),
    (r"\btcp_info\b|\bTCP_[A-Z]", "netinet/tcp.h"),
    (r"\bpoll\b", "poll.h"),
    (r"\bpthread_", "pthread.h"),
    (r"\bsigaction\b|\bSIG[A-Z]+", "signal.h"),
    (r"\bmmap\(|MAP_", "sys/mman.h"),
    (r"\beventfd\(", "sys/eventfd.h"),
    (r"\bepoll_create1\(", "sys/epoll.h"),
    (r"\bmemfd_create\(", "sys/mman.h"),
    (r"\bif_nametoindex\(", "net/if.h"),
    (r"\bunshare\(", "sched.h"),
    (r"\bprctl\(", "sys/prctl.h"),
    (r"\brlimit\b", "sys/resource.h"),
    (r"\bchmod\(|\bmkdir\(|\bmkfifo\(", "sys/stat.h"),
    (r"\bSYS_", "sys/syscall.h"),
    (r"\bCAP_", "linux/capability.h"),
    (r"\btimeval\b|\bitimerval\b", "sys/time.h"),
    (r"\bsockaddr_un\b|\blocal\(|\babstract\(", "sys/un.h"),
)
_MAY_FAIL = ("so_error(",)  # the answer is not in the step's own errno
_ALWAYS = ("errno.h", "stdio.h", "stdlib.h", "string.h", "sys/socket.h", "unistd.h")
_PLAIN = "./a.out   (in an empty directory)"
_NAMESPACES = "unshare -r --net --mount --pid --fork sh -c 'ip link set lo up; exec ./a.out'"
_ROOT = "./a.out   (as root, in an empty directory)"


def trace_line(step: Step) -> str:
    """One step as strace would print it (what is no system call stands as a remark)."""
    if step.kind == "shell":
        return f"$ {step.call}"
    if step.kind in ("wait", "thread", "packet"):
        return f"/* {step.call} */"
    result = f"-1 {step.errno} ({errno_text(errno_number(step.errno))})" if step.errno else str(step.answer)
    return f"{step.call} = {result}"


def trace(observation: Observation) -> str:
    """The whole record, a line a step; the control and the observed call are marked."""
    marks = {"control": "   <- control", "observe": "   <- observed", "set-up": ""}
    lines = []
    for step in observation.steps:
        thread = "[other thread] " if step.thread else ""
        lines.append(f"{thread}{trace_line(step)}{marks[step.part]}")
    return "\n".join(lines) + "\n"


def shell(observation: Observation) -> str:
    """What ip, nft, tc or a sysctl prepared, as lines for a shell in the namespace."""
    return "".join(f"{step.call}\n" for step in observation.steps if step.kind == "shell")


def program(observation: Observation, system: System | None = None) -> str:
    """A C program that does the same and prints the errno.

    Raises ``ValueError`` with the reason if the observation has no steps, or no C spelling.
    """
    if observation.unspoken or not observation.steps:
        raise ValueError(
            observation.unspoken or f"{observation.condition} was not observed: {observation.reason}"
        )
    body = _body(observation.steps)
    functions = _needed(body)
    whole = "\n".join([*functions, body])
    headers = sorted({*_ALWAYS, *(header for pattern, header in _HEADERS if re.search(pattern, whole))})
    includes = "".join(f"#include <{header}>\n" for header in headers)
    top = f"{_comment(observation, system)}#define _GNU_SOURCE\n{includes}"
    return "\n".join([top, *functions, body])


def _comment(observation: Observation, system: System | None) -> str:
    answered = f"\n * {system} answered: {observation.outcome}." if system and observation.outcome else ""
    how = _PLAIN if observation.plain else _ROOT if observation.root else _NAMESPACES
    return f"""/* {observation.call}/{observation.condition}
 * {observation.title}{answered}
 * cc -pthread {observation.condition}.c && {how}
 */
"""


def _body(steps: tuple[Step, ...]) -> str:
    """The symbols, the functions of other threads, and main()."""
    symbols = [step.makes for step in steps if step.makes and step.kind != "thread"]
    lines = [f"static int {', '.join(symbols)};\n"] if symbols else []
    threads = [step.makes for step in steps if step.kind == "thread"]
    for number, name in enumerate(threads, start=1):
        inner = "".join(f"\t{_statement(step)}\n" for step in steps if step.thread == number)
        lines.append(f"static void *{name}(void *unused)\n{{\n{inner}\treturn unused;\n}}\n")
    inner = "".join(f"\t{_statement(step)}\n" for step in steps if step.thread == 0 and step.code)
    lines.append(f"int main(void)\n{{\n{inner}}}\n")
    return "\n".join(lines)


def _statement(step: Step) -> str:
    if step.part == "observe":
        return f"answer({step.code});"
    if step.kind == "shell":
        quoted = step.code.replace("\\", "\\\\").replace('"', '\\"')
        return f'must(-system("{quoted}"));'
    fails = step.errno or step.code.startswith(_MAY_FAIL)
    code = step.code if fails else f"must({step.code})"
    remark = "  /* control */" if step.part == "control" else ""
    return f"{step.makes} = {code};{remark}" if step.makes and step.kind != "thread" else f"{code};{remark}"


@cache
def _prelude() -> dict[str, str]:
    """The hand-written helpers, each under the name it defines, in order."""
    text = resources.files("manproof.lab").joinpath("prelude.c").read_text(encoding="utf-8")
    parts = re.split(r"\n\n(?=static |#define )", text.strip())
    return {name: part for part in parts for name in _defined(part)}


def _defined(part: str) -> list[str]:
    functions = re.findall(r"^(?:static [\w *]*?|#define )(\w+)\(", part, re.MULTILINE)
    data = re.findall(r"^static [^(]*;", part, re.MULTILINE)
    return functions + (re.findall(r"\b(\w+)(?=[,;\[])", data[0]) if data and not functions else [])


def _needed(body: str) -> list[str]:
    """The helpers that the program uses, and those that they use, in the prelude's order."""
    prelude = _prelude()
    wanted, waiting = set(), [body]
    while waiting:
        text = re.sub(r'"(\\.|[^"\\])*"', '""', waiting.pop())
        for name, part in prelude.items():
            if part not in wanted and re.search(rf"\b{name.rstrip('_')}\b", text):
                wanted.add(part)
                waiting.append(part)
    parts = [part for part in dict.fromkeys(prelude.values()) if part in wanted]
    return [part if part.startswith("#define") else f"{part}\n" for part in parts]

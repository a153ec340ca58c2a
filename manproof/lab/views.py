"""Views of an observation's steps: a trace as strace prints it, and the shell lines."""

from __future__ import annotations

from manproof.lab.errors import errno_text
from manproof.observation import Observation, Step


def trace_line(step: Step) -> str:
    """One step as strace would print it (what is no system call stands as a remark)."""
    if step.kind == "shell":
        return f"$ {step.call}"
    if step.kind in ("wait", "thread", "packet"):
        return f"/* {step.call} */"
    said = f" ({text})" if (text := errno_text(step.errno or "")) else ""
    result = f"-1 {step.errno}{said}" if step.errno else str(step.answer)
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

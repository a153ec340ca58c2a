"""The server: a small process with one thread, from which the child of every condition is forked.

It reads one request from standard input, writes JSON lines to standard output, and ends as soon as
its standard input does: whoever asked may be killed at any moment, and nothing stays behind.
"""

from __future__ import annotations

import errno
import fcntl
import gc
import json
import os
import resource
import selectors
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from manproof.lab import calibration, namespaces
from manproof.lab.child import live, observation_of, refused
from manproof.lab.conditions import Condition, conditions
from manproof.lab.errors import errno_name, shortage
from manproof.lab.words import Lab
from manproof.observation import to_json

SLEEPERS = 3  # slow conditions mostly sleep: so many may run for every quick one
_PREFIX = "manproof-lab-"
_FOLDER = "name a folder for temporary files that exists and can be written: TMPDIR"


@dataclass
class Child:
    """A running condition: its process, what it has said so far, and when it must be done."""

    condition: Condition
    pid: int
    pipe: int
    deadline: float
    said: bytearray = field(default_factory=bytearray)


class Server:
    """Runs children, at most ``jobs`` at a time, and says what became of each."""

    def __init__(self, *, jobs: int, deadline: float, place: str, make: Callable[..., Lab] = Lab) -> None:
        self.jobs, self.deadline, self.place, self.make = jobs, deadline, place, make
        self.plain = False
        self.children: dict[int, Child] = {}
        self.selector = selectors.DefaultSelector()

    def watch(self, descriptor: int) -> None:
        """Stop everything when ``descriptor`` comes to its end."""
        self.selector.register(descriptor, selectors.EVENT_READ, None)

    def start(self, condition: Condition) -> None:
        """Fork the child of a condition."""
        reading, writing = os.pipe()
        try:
            server, pid = os.getpid(), os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            raise
        if pid == 0:
            try:
                namespaces.die_with_parent(server)
                _low_descriptors(writing)
                live(condition, _HIGH, plain=self.plain, place=self.place, make=self.make)
            finally:  # never back into what the server was doing
                os._exit(1)
        os.close(writing)
        child = Child(condition, pid, reading, time.monotonic() + self.deadline)
        self.children[reading] = child
        self.selector.register(reading, selectors.EVENT_READ, child)

    def run(self, waiting: list[Condition]) -> Any:
        """Yield each observation, as JSON values, in the order in which they are made."""
        slow = [item for item in reversed(waiting) if item.slow]
        quick = [item for item in reversed(waiting) if not item.slow]
        while slow or quick or self.children:
            running = sum(child.condition.slow for child in self.children.values())
            if slow and running < SLEEPERS * self.jobs:
                yield from self.begin(slow)
            elif quick and len(self.children) - running < self.jobs:
                yield from self.begin(quick)
            else:
                yield from self.step()

    def begin(self, waiting: list[Condition]) -> Any:
        """Start the last one; if there is no room for it, wait until another is done, or give it up."""
        condition = waiting.pop()
        try:
            self.start(condition)
        except OSError as failure:
            if self.children:
                waiting.append(condition)
                yield from self.step()
            else:
                yield refused(condition, failure)

    def step(self) -> Any:
        """Wait for something to happen: yield what is finished, and end what takes too long."""
        soonest = min(child.deadline for child in self.children.values())
        ready = self.selector.select(max(soonest - time.monotonic(), 0))
        for key, _ in ready:
            if key.data is None:
                raise EOFError
            child: Child = key.data
            data = os.read(child.pipe, 1 << 16)
            child.said += data
            if not data:
                yield self.finish(child)
        late = [child for child in self.children.values() if child.deadline <= time.monotonic()]
        for child in [] if ready else late:  # whoever has something to say is not stuck
            os.kill(child.pid, signal.SIGKILL)
            yield self.finish(child, f"no answer within {self.deadline:g} s")

    def finish(self, child: Child, reason: str = "") -> dict[str, Any]:
        """The child is done, or is no more: what it said last, or why it did not."""
        self.selector.unregister(child.pipe)
        os.close(child.pipe)
        del self.children[child.pipe]
        _, status = os.waitpid(child.pid, 0)
        lines = [json.loads(line) for line in child.said.split(b"\n")[:-1]]
        if lines and "observation" in lines[-1]:
            made: dict[str, Any] = lines[-1]["observation"]
            return made
        doing = f", while doing {lines[-1]['doing']}" if lines else ""
        reason = reason or f"the process ended with {os.waitstatus_to_exitcode(status)}"
        return to_json(observation_of(child.condition, status="broken", reason=reason + doing))

    def stop(self) -> None:
        """Kill what runs. The children's own children die with them, and so do their namespaces."""
        for child in self.children.values():
            os.kill(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)


_HIGH = 1000  # where a child keeps the pipe to the server, so that traces begin with descriptor 3


def _low_descriptors(writing: int) -> None:
    """Standard input from nowhere, output to nowhere, the pipe high up, and nothing else open."""
    os.dup2(writing, _HIGH)
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(3, _HIGH)


def _enough_descriptors() -> None:
    """Raise the limit as far as it is needed, or raise :class:`OSError` where that is forbidden."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft <= _HIGH and hard > _HIGH:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    elif soft <= _HIGH:
        raise OSError(errno.EMFILE, f"a process may have {hard} descriptors here, and needs {_HIGH + 1}")


def remove(place: Path) -> None:
    """Remove a directory with all that is in it, and with what a probe has forbidden itself."""
    for path, _, _ in os.walk(place):
        for name in os.listdir(path):  # noqa: PTH208 (before os.walk looks into it)
            inner = Path(path, name)
            if not inner.is_symlink() and inner.is_dir():
                inner.chmod(0o700)
    shutil.rmtree(place, ignore_errors=True)


def sweep(parent: str) -> None:
    """Remove directories that killed runs have left: nobody holds their lock any more."""
    for path in Path(parent).glob(f"{_PREFIX}*"):
        try:
            with _locked(path):
                remove(path)
        except OSError:
            continue


class _locked:  # noqa: N801 (a context manager that reads like a verb)
    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self.descriptor)
            raise

    def __enter__(self) -> None:
        return None

    def __exit__(self, *exc: object) -> None:
        os.close(self.descriptor)


def serve(request: dict[str, Any], say: Any) -> None:
    """Answer one request: calibrate, then run the conditions it names."""
    try:
        _enough_descriptors()
        parent = tempfile.gettempdir()
        sweep(parent)
        place = tempfile.mkdtemp(prefix=_PREFIX, dir=parent)
    except OSError as failure:
        remedy = shortage(errno_name(failure.errno or 0)) or _FOLDER
        say({"failure": failure.strerror or str(failure), "remedy": remedy})
        return
    with _locked(Path(place)):
        server = Server(jobs=request["jobs"], deadline=request["deadline"], place=place)
        server.watch(0)
        try:
            for line in calibration.lines(server, request["conditions"], conditions):
                say(line)
        except EOFError:
            pass
        finally:
            server.stop()
            remove(Path(place))


def main() -> None:
    """Serve standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # a collection would touch, and so copy, the memory that children share
    request = json.loads(sys.stdin.buffer.readline())

    def say(line: object) -> None:
        try:
            data = json.dumps(line).encode() + b"\n"
            while data:
                data = data[os.write(1, data) :]
        except BrokenPipeError:
            raise EOFError from None

    serve(request, say)

"""The live preview as a process of its own, and how tests talk to it."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar
from urllib.parse import urlsplit

from tests.sample import ROOT, surroundings

_T = TypeVar("_T")
DEADLINE = 60.0
"""Seconds after which a wait has failed, on a machine that has much else to do."""


def copied(folder: Path) -> Path:
    """A copy of the program, whose templates a test may edit."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("manproof", "templates", "translations"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    return folder


class Preview:
    """``manproof serve`` in a project; a context manager, after which the process has ended."""

    def __init__(self, project: Path, program: Path = ROOT, *arguments: str) -> None:
        self.project, self.program = project, program
        self.arguments = arguments or ("--port", "0")

    def __enter__(self) -> Preview:
        self.log = self.project.parent / "serve.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "manproof", "serve", *self.arguments],
                cwd=self.project,
                env=surroundings({"PYTHONPATH": str(self.program)}),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            found = until(lambda: re.search(r"^(http://\S+)", self.said(), re.MULTILINE))
        except BaseException:
            self.end()
            raise
        self.url = found[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self, number: int = signal.SIGINT) -> int:
        """Ends the process as Ctrl-C does, and gives its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def said(self) -> str:
        """All that was printed."""
        return self.log.read_text(encoding="utf-8")

    def connect(self) -> socket.socket:
        """A connection to the server."""
        where = urlsplit(self.url)
        return socket.create_connection((where.hostname, where.port), DEADLINE)

    def ask(self, request: bytes) -> tuple[int, str, str]:
        """Status, headers and body of the answer to a request that is sent as it stands."""
        with self.connect() as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        head, _, body = answer.decode("utf-8", "replace").partition("\r\n\r\n")
        status = re.match(r"(?:HTTP/1\.\d )?(\d{3})\b", head)
        return int(status[1]) if status else 0, head, body

    def get(self, target: str, method: str = "GET", host: str = "localhost") -> tuple[int, str, str]:
        """The same for a request in the usual form."""
        return self.ask(f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())


def until(look: Callable[[], _T | None]) -> _T:
    """Looks again until there is something; fails at the deadline."""
    end = time.monotonic() + DEADLINE
    while not (found := look()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
    return found

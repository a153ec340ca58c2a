"""Words of the lab for what happens while connect() waits: other threads, and signals."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from manproof.lab.calls import connect_number
from manproof.lab.errors import Broken, Unsupported, shortage
from manproof.lab.privileges import Privileges
from manproof.lab.sockets import PATIENCE
from manproof.lab.spelled import Spelled

Action = tuple[Any, ...]  # a word, and what it is said with
SIGNALS = 3
INTERVAL = 0.02  # seconds between two signals; they are repeated, so that none can come too early


def _nothing(*_: object) -> None:
    """The handler of a signal that is only to interrupt."""


def started(target: Callable[..., None], *arguments: object) -> threading.Thread:
    """A thread that runs already. Raises :class:`Unsupported` if there can be no more."""
    thread = threading.Thread(target=target, args=arguments, daemon=True)
    try:
        thread.start()
    except RuntimeError as failure:
        raise Unsupported(str(failure), shortage("EAGAIN")) from None
    return thread


class Threads(Privileges):
    """One thread waits in connect(), another does something about it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._others: list[threading.Thread] = []
        self._failures: list[Exception] = []
        self._returned = threading.Event()

    def when_asleep(self, *actions: Action) -> None:
        """In another thread: wait until the main one sleeps in connect(), then do ``actions``."""
        task = Path("/proc") / Path("/proc/thread-self").readlink() / "syscall"
        if not os.access(task, os.R_OK):
            raise Unsupported(f"{task} cannot be read", "mount proc without hidepid, and without a sandbox")
        self._begin(lambda: self._until_asleep(task), actions)

    def when_interrupted(self, *actions: Action) -> None:
        """In another thread: wait until three signals have come in, then do ``actions``."""
        reading, writing = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 900) for end in (reading, writing)]
        os.close(reading)
        os.close(writing)
        signal.set_wakeup_fd(high[1], warn_on_full_buffer=False)
        self._begin(lambda: self._until_signals(high[0]), actions)

    def _begin(self, wait: Callable[[], None], actions: tuple[Action, ...]) -> None:
        name = self.name("thread")
        self.note("thread", f"pthread_create({name})", f"begin({name})", name)
        self._returned.clear()
        self._others.append(started(self._act, wait, actions))

    def perform(self, name: str, words: tuple[Spelled, ...]) -> tuple[int, int]:
        result = super().perform(name, words)
        if name == "connect" and threading.current_thread() is threading.main_thread():
            self._settle()
        return result

    def interrupts(self, *, restart: bool = False) -> None:
        """Send SIGALRM again and again; its handler does nothing, with or without SA_RESTART."""
        self.handler(restart=restart)
        self.ring()

    def handler(self, *, restart: bool = False) -> None:
        """A handler for SIGALRM, which does nothing; only the main thread may set it."""
        flag = "SA_RESTART" if restart else "0"
        signal.signal(signal.SIGALRM, _nothing)
        signal.siginterrupt(signal.SIGALRM, not restart)
        self.note(
            "call",
            f"rt_sigaction(SIGALRM, {{sa_handler=..., sa_flags={flag}}}, NULL)",
            f"handle(SIGALRM, {flag})",
            answer=0,
        )

    def ring(self) -> None:
        """Send SIGALRM again and again."""
        micro = round(INTERVAL * 1e6)
        times = f"{{tv_sec=0, tv_usec={micro}}}"
        self.note(
            "timer",
            f"setitimer(ITIMER_REAL, {{it_interval={times}, it_value={times}}}, NULL)",
            f"every({micro})",
            answer=0,
        )
        signal.setitimer(signal.ITIMER_REAL, INTERVAL, INTERVAL)

    def quiet(self) -> None:
        """No more signals."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.note("timer", "setitimer(ITIMER_REAL, {0}, NULL)", "every(0)", answer=0)

    def _act(self, wait: Callable[[], None], actions: tuple[Action, ...]) -> None:
        try:
            wait()
            for word, *arguments in actions:
                word(*arguments)
        except Exception as failure:
            self._failures.append(failure)
            self._doing(f"the other thread: {failure}")

    def _until_signals(self, pipe: int) -> None:
        came, deadline = 0, time.monotonic() + PATIENCE
        while came < SIGNALS:
            if time.monotonic() > deadline or self._returned.is_set():
                raise Broken(f"connect() returned after {came} signals")
            ready, _, _ = select.select([pipe], [], [], 0.1)
            came += len(os.read(pipe, 16)) if ready else 0
        self.note("wait", f"until {SIGNALS} signals have come in", f"until_signals({SIGNALS})")

    def _until_asleep(self, task: Path) -> None:
        number, deadline = str(connect_number()), time.monotonic() + PATIENCE
        while task.read_text().split(" ")[0] != number:
            if time.monotonic() > deadline or self._returned.is_set():
                raise Broken("connect() did not wait")
            time.sleep(0.0005)
        self.note("wait", "until the main thread sleeps in connect()", "until_asleep()")

    def _settle(self) -> None:
        """connect() has returned: the others must have had their say, and it comes first in the
        record.
        """
        self._returned.set()
        while self._others:
            self._others.pop().join(PATIENCE)
        if self._failures:
            raise self._failures[0]

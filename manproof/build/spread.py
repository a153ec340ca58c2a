"""Work spread over processes that end by themselves.

Each process is forked with its share of the work and sends each result as it comes. When the parent
is gone, however it died, the next result finds nobody to take it, and the process ends: nothing
waits for orders that will never come, and nothing keeps the lock of the output.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, Pipe, wait
from typing import TypeVar

from manproof.diagnostic import UserError

_Part = TypeVar("_Part")
_Done = TypeVar("_Done")


def spread(work: Callable[[_Part], _Done], parts: Sequence[_Part], processes: int) -> Iterator[_Done]:
    """``work`` done on each part by so many processes; results come as they are ready.

    An exception of the work is raised here. However this ends, no process is left.
    """
    running = dict(_start(work, parts[number::processes]) for number in range(processes))
    try:
        open_ends = list(running)
        while open_ends:
            for end in wait(open_ends):
                assert isinstance(end, Connection)
                result = _receive(end)
                if result is None:
                    open_ends.remove(end)
                elif isinstance(result[0], BaseException):
                    raise result[0]
                else:
                    yield result[0]
    finally:
        for end, process in running.items():
            end.close()
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _start(work: Callable[[_Part], _Done], parts: Sequence[_Part]) -> tuple[Connection, int]:
    """A process for some parts, and the end of the pipe on which its results arrive."""
    ours, theirs = Pipe(duplex=False)
    process = os.fork()
    if process:
        theirs.close()
        return ours, process
    try:
        ours.close()
        _work_off(work, parts, theirs)
    finally:
        os._exit(0)


def _work_off(work: Callable[[_Part], _Done], parts: Sequence[_Part], results: Connection) -> None:
    for part in parts:
        try:
            done: _Done | BaseException = work(part)
        except BaseException as problem:  # noqa: BLE001  it is raised again, in the parent
            done = problem
        results.send((done,))
    results.send(None)


def _receive(end: Connection) -> tuple[_Done | BaseException] | None:
    try:
        found: tuple[_Done | BaseException] | None = end.recv()
    except EOFError:
        message = "a process of the build was killed, perhaps for want of memory; try fewer with -j 1"
        raise UserError(message) from None
    return found

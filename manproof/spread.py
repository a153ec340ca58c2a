"""Work spread over processes that end by themselves, its results in the order of the work.

Each process is forked with its share of the work and sends each result as it comes. When the parent
is gone, however it died, the next result finds nobody to take it, and the process ends: nothing
waits for orders that will never come, and nothing keeps the lock of the output.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from manproof.diagnostic import UserError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_Part = TypeVar("_Part")
_Done = TypeVar("_Done")


def spread(
    work: Callable[[_Part], _Done], parts: Sequence[_Part], processes: int
) -> Generator[_Done, None, None]:
    """``work`` done on each part by so many processes, or in this one where fewer than two are wanted.

    Results come in the order of the parts, as soon as they can. An exception of the work is raised
    here. However this ends, no process is left.
    """
    processes = min(processes, len(parts))
    if processes < 2:
        yield from _in_turn(work, parts)
        return
    gc.freeze()  # what is there already is no garbage, and stays shared with the processes
    running: list[tuple[Connection, int]] = []
    try:
        running.extend(_start(work, parts[number::processes]) for number in range(processes))
        for number in range(len(parts)):
            yield _receive(running[number % processes][0])
    finally:
        for end, process in running:
            end.close()
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _start(work: Callable[[_Part], _Done], parts: Sequence[_Part]) -> tuple[Connection, int]:
    """A process for some parts, and the end of the pipe on which its results arrive."""
    from multiprocessing.connection import Pipe

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
    def attempt(part: _Part) -> _Done | BaseException:
        try:
            return work(part)
        except BaseException as problem:  # it is raised again, in the parent
            return problem

    for done in _in_turn(attempt, parts):
        results.send(done)


def _in_turn(work: Callable[[_Part], _Done], parts: Sequence[_Part]) -> Iterator[_Done]:
    """``work`` done on each part; its garbage is sought when nothing of the part is needed any more."""
    gc.disable()
    try:
        for number, part in enumerate(parts):
            if number:
                gc.collect(0)  # what is older was no garbage the last time
            yield work(part)
    finally:
        gc.enable()


def _receive(end: Connection) -> Any:
    try:
        done = end.recv()
    except EOFError:
        message = "a process was killed, perhaps for want of memory; try fewer with -j 1"
        raise UserError(message) from None
    if isinstance(done, BaseException):
        raise done
    return done

"""Work that several processes do."""

from __future__ import annotations

import os
import time

import pytest

from manproof.diagnostic import UserError
from manproof.spread import spread


def who(number: int) -> tuple[int, int]:
    if number == 0:
        time.sleep(0.05)  # the first result comes last
    return number, os.getpid()


@pytest.mark.parametrize("processes", [1, 2, 3, 9])
def test_results_come_in_the_order_of_the_work(processes: int) -> None:
    done = list(spread(who, range(5), processes))
    assert [number for number, _ in done] == [0, 1, 2, 3, 4]
    workers = {process for _, process in done}
    assert len(workers) == min(processes, 5)
    assert (os.getpid() in workers) == (processes == 1)


def test_no_work() -> None:
    assert not list(spread(who, [], 2))


def test_an_exception_arrives_and_no_process_is_left() -> None:
    def fail(number: int) -> int:
        if number == 2:
            raise UserError("the third is wrong")
        return number

    results = spread(fail, range(4), 2)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(UserError, match="the third is wrong"):
        next(results)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_who_stops_listening_leaves_no_process() -> None:
    results = spread(who, range(100), 2)
    next(results)
    results.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)

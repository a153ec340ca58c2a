"""A small comparison for tests: two editions, two other manuals and a record."""

from __future__ import annotations

from manproof import compare
from manproof.compare import Column, Table
from manproof.comparison import Comparison
from manproof.load import load_comparison
from manproof.observation import Record
from tests.observed import observation, page, record
from tests.sample import EDITION, edition, show

COMPARISON = """\
call: connect
manuals:
  - {id: posix, label: POSIX, page: connect(3p), revision: "2017", caveat: The next one has not been read.}
  - {id: bsd, label: BSD, page: connect(2), revision: "1"}
families:
  - family: unix
    title: UNIX domain
    situations:
      - id: denied
        title: The file may not be written
        conditions: [unix.write-denied]
        says:
          - {outcomes: [EACCES], manuals: [posix], force: may}
          - {outcomes: [EACCES], manuals: [bsd]}
          - {outcomes: [EPERM], manuals: [bsd]}
      - id: full
        title: The queue is full
        conditions: [unix.full]
        says:
          - {outcomes: [EINPROGRESS], manuals: [posix], force: shall}
          - {outcomes: [EWOULDBLOCK], manuals: [bsd], unverified: the wording has not been seen}
      - id: disk
        title: The disk fails
        causes: [disk-fails]
        says: [{outcomes: [EIO], manuals: [posix], force: shall-unix}]
  - family: tcp
    title: TCP
    situations:
      - id: refused
        title: Nobody listens
        conditions: [tcp.refused, tcp.stale]
        says: [{outcomes: [ECONNREFUSED], manuals: [posix, bsd]}]
      - id: reset
        title: The peer resets
        conditions: [tcp.refused.reset]
        says: [{outcomes: [ECONNRESET], manuals: [bsd]}]
notes:
  - {id: full-queue, situations: [full], text: "POSIX has :errno:`EINPROGRESS`."}
"""
CAUSES = """[
  {id: denied, claims: {unix.write-denied: EACCES}, when: No right.},
  {id: disk-fails, unproven: needs a disk, when: It fails.},
  {id: full, claims: {unix.full: EAGAIN}, when: Full.},
  {id: refused, claims: {tcp.refused: ECONNREFUSED, tcp.refused.reset: ECONNREFUSED}, when: Nobody.},
  {id: strange, claims: {other.thing: ENODEV, other.good: success}, when: Strange.}]
"""
RECORD = record(
    observation("unix.write-denied.stream", "EACCES"),
    observation("unix.write-denied.dgram", "EACCES"),
    observation("unix.full", "EAGAIN"),
    observation("tcp.refused.ipv4", "ECONNREFUSED"),
    observation("tcp.refused.reset", "ECONNREFUSED"),
    observation("tcp.stale", None),
    observation("other.thing", "EINVAL"),
    observation("other.good", "success"),
    observation("state.after", "ENOTCONN", origin="getpeername"),
)


def comparison(text: str = COMPARISON) -> Comparison:
    """A comparison that must be right."""
    found, problems = load_comparison(text.encode(), "source/comparison/connect.yaml")
    assert found is not None, show(problems)
    assert not problems, show(problems)
    return found


def columns(seen: Record | None = RECORD) -> list[Column]:
    """The system (unless it was not asked), one edition, and the manuals of the comparison."""
    names = {item.condition for item in seen.observations} if seen else {"unix.full", "tcp.refused"}
    own = compare.of_page("linux", edition(EDITION), page(CAUSES), names, "")
    others = compare.of_comparison(comparison(), names)
    return [*([compare.of_record(seen, "connect")] if seen else []), own, *others]


def table(seen: Record | None = RECORD) -> Table:
    """The comparison of all of them."""
    return compare.table("connect", columns(seen), comparison(), seen)

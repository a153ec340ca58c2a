"""Fuzzing led by coverage: `make fuzz` runs each target so many times, from seeds of our own corpus.

python -m tests.properties.fuzz TARGET [option of libFuzzer...]; without a target, all of them.
A find is kept in build/fuzz/TARGET; it becomes a test in test_finds.py before it is mended.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # it has no types

with atheris.instrument_imports(include=["manproof", "docutils"]):
    from docutils import nodes

    from manproof.document import document
    from manproof.load import load_page
    from tests import sample
    from tests.hostile import catalogues, sources, texts
    from tests.properties import invariants

RUNS = 100_000
FOLDER = sample.ROOT / "build/fuzz"
LONGEST = 4096


def _prose(data: bytes) -> nodes.document | None:
    """A document with a text in every place of prose, if the text may stand there."""
    text = sample.quote(data.decode("utf-8", "replace").replace("\ufffd", ""))
    page = load_page(invariants.PAGE.format(text).encode(), invariants.PATH)[0]
    if page is None:
        return None
    root, found = document(page, invariants.EDITION, {"a.c": data.decode("ascii", "ignore")})
    return None if sample.errors(found) else root


def _man(data: bytes) -> None:
    root = _prose(data)
    if root is not None:
        invariants.in_troff(root)


def _html(data: bytes) -> None:
    root = _prose(data)
    if root is not None:
        invariants.in_html(root)


TARGETS: dict[str, tuple[Callable[[bytes], object], Iterable[bytes]]] = {
    "load": (invariants.loads, sources.FILES.values()),
    "po": (invariants.reads, catalogues.FILES.values()),
    "man": (_man, map(str.encode, texts.TEXTS)),
    "html": (_html, map(str.encode, texts.TEXTS)),
}


def one(name: str, options: list[str]) -> None:
    """Runs a target in this process, until libFuzzer ends it."""
    run, seeds = TARGETS[name]
    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(seed[:LONGEST])
    limits = [f"-runs={RUNS}", f"-max_len={LONGEST}", "-timeout=10", "-rss_limit_mb=512", "-seed=1"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={corpus}-find-", *options, str(corpus)], run)
    atheris.Fuzz()


def main() -> int:
    """All targets, each in a process of its own; the worst of their statuses."""
    command = [sys.executable, "-m", "tests.properties.fuzz"]
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    return max(subprocess.run([*command, name], env=environment, check=False).returncode for name in TARGETS)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(sys.argv[1], sys.argv[2:])
    sys.exit(main())

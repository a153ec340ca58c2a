"""By what a finding is known again after lines have moved."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from manproof.diagnostic import Diagnostic


def fingerprints(found: Iterable[Diagnostic]) -> list[str]:
    """A name of 32 hexadecimal digits for each diagnostic, all different.

    It stands on the rule, the file and the field; on the message only where a file has no fields.
    No line goes into it. Where several are alike, the second and later ones are counted.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    names = []
    for item in found:
        key = (item.rule, item.span.path, item.span.field or f"\0{item.message}")
        seen[key] += 1
        whole = "\0".join([*key, str(seen[key])])
        names.append(hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return names

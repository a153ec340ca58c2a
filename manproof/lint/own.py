"""What the lint says of itself: of what it was told to pass over, and of rules that crashed."""

from __future__ import annotations

from manproof.diagnostic import Severity
from manproof.lint import CRASHED, add

FAMILY = "lint"

add(CRASHED, FAMILY, Severity.ERROR, """A rule failed with an exception.

Why: what it would have found is not known, so the run cannot be trusted: its exit status is 2. All
other rules have still been run. This is a fault of manproof, and never of the page.

Bad: an IndexError in a rule.

Good: a rule that copes with every page that can be read; until then `--ignore` leaves it out.
""")  # fmt: skip

add("ignore-unused", FAMILY, Severity.WARNING, """A comment passes over what is not found there any more.

Why: it would hide the next flaw of that kind, and nobody would know.

Bad: `# manproof: ignore[misspelling] a name` above a text in which nothing is misspelt.

Good: no such comment.
""")  # fmt: skip

add("ignore-unknown", FAMILY, Severity.WARNING, """A comment names a rule that does not exist.

Why: it passes over nothing, and looks as if it did.

Bad: `# manproof: ignore[errno-contradictd] a bug of 6.18`

Good: a name that `manproof rules` shows.
""")  # fmt: skip

add("ignore-without-reason", FAMILY, Severity.WARNING, """A comment passes over a rule and does not say why.

Why: the next reader cannot know whether the reason still holds. Without one nothing is passed over.

Bad: `# manproof: ignore[misspelling]`

Good: `# manproof: ignore[misspelling] the constant is spelt so`
""")  # fmt: skip

"""Sources that must be refused, each with its rule and its place, and neighbours that must not."""

from __future__ import annotations

from manproof.load.tree import MAX_BYTES, MAX_DEPTH
from tests.sample import PAGE

Place = tuple[str, int, int]


def instead(old: str, new: str) -> str:
    """The page with something else in a place."""
    assert PAGE.count(old) == 1
    return PAGE.replace(old, new)


ROW = PAGE + "errors:\n  - group: g\n    rows:\n      - errno: [EIO]\n        causes: [{id: a, when: x}]\n"

# what is wrong: the source, then the rule, line and column of all that must be said
FORM: dict[str, tuple[str, Place]] = {
    "unknown key": (PAGE + "sumary: x\n", ("unknown-key", 7, 1)),
    "unknown key in a paragraph": (PAGE + "    clams: {a: success}\n", ("unknown-key", 7, 5)),
    "unknown key of a claim": (
        PAGE + '    claims: {a: {outcome: success, linx: "<6"}}\n', ("unknown-key", 7, 36)
    ),
    "a merge key is a key like others": (PAGE + "<<: {bugs: x}\n", ("unknown-key", 7, 1)),
    "NO is a word": (PAGE + "NO: x\n", ("unknown-key", 7, 1)),
    "neither text nor subsection": (instead("text:", "txt:"), ("missing-field", 6, 5)),
    "missing field": (instead("summary: show a sample\n", ""), ("missing-field", 1, 1)),
    "missing outcome": (PAGE + '    claims: {a: {linux: "<6.1"}}\n', ("missing-field", 7, 17)),
    "a group of nothing": (PAGE + "errors:\n  - group: g\n    title: Empty\n", ("missing-field", 8, 5)),
    "missing causes": (ROW.replace("causes: [", "cause: ["), ("unknown-key", 11, 9)),
    "text for a list": (instead("\n  - text: Words.", " Words."), ("wrong-type", 5, 14)),
    "mapping for a list": (instead("  - text", "    text"), ("wrong-type", 6, 5)),
    "list for text": (instead("show a sample", "[a, b]"), ("wrong-type", 4, 10)),
    "mapping for text": (instead("show a sample", "{a: b}"), ("wrong-type", 4, 10)),
    "text for a record": (PAGE + "synopsis: int f(void);\n", ("wrong-type", 7, 11)),
    "list for a record": (PAGE + "synopsis: [a]\n", ("wrong-type", 7, 11)),
    "list for claims": (PAGE + "    claims: [a]\n", ("wrong-type", 7, 13)),
    "no claims": (PAGE + "    claims: {}\n", ("wrong-type", 7, 13)),
    "one errno without a list": (ROW.replace("[EIO]", "EIO"), ("wrong-type", 10, 16)),
    "empty list": (PAGE + "notes: []\n", ("wrong-type", 7, 8)),
    "no value": (PAGE + "notes:\n", ("wrong-type", 7, 7)),
    "empty text": (instead("Words.", '""'), ("wrong-type", 6, 12)),
    "blank text": (instead("Words.", '"   "'), ("wrong-type", 6, 12)),
    "blank block": (instead("Words.", "|\n\n"), ("wrong-type", 6, 11)),
    "tilde": (instead("show a sample", "~"), ("wrong-type", 4, 10)),
    "null": (instead("show a sample", "null"), ("wrong-type", 4, 10)),
    "a list as the file": ("- name: sample\n", ("wrong-type", 1, 1)),
    "a word as the file": ("sample\n", ("wrong-type", 1, 1)),
    "nothing after ---": ("---\n", ("wrong-type", 2, 1)),
    "errno in lower case": (ROW.replace("EIO", "eio"), ("wrong-value", 10, 17)),
    "condition in upper case": (PAGE + "    claims: {A: success}\n", ("wrong-value", 7, 14)),
    "outcome that is none": (PAGE + "    claims: {a: yes}\n", ("wrong-value", 7, 17)),
    "range that is none": (
        PAGE + "    claims: {a: {outcome: EIO, linux: 6.3}}\n", ("wrong-value", 7, 39)
    ),
    "release without a dot": (PAGE + "    since: 5\n", ("wrong-value", 7, 12)),
    "release 1e3": (PAGE + "    since: 1e3\n", ("wrong-value", 7, 12)),
    "caller that is none": (PAGE + "    holds: {caller: root}\n", ("wrong-value", 7, 21)),
    "id in upper case": (PAGE + "    id: Words\n", ("wrong-value", 7, 9)),
    "month 13": (instead("11-21", "13-21"), ("wrong-value", 3, 7)),
    "a day that is not in the month": (instead("11-21", "02-30"), ("wrong-value", 3, 7)),
    "a time": (instead("11-21", "11-21T10:00:00Z"), ("wrong-value", 3, 7)),
    "a year of five digits": (instead("2026", "12026"), ("wrong-value", 3, 7)),
    "section 2.0": (instead('"2"', "2.0"), ("wrong-value", 2, 10)),
    "section with a path": (instead('"2"', "2/../x"), ("wrong-value", 2, 10)),
    "section 0": (instead('"2"', "0"), ("wrong-value", 2, 10)),
    "name with a slash": (instead("name: sample", "name: a/b"), ("wrong-value", 1, 7)),
    "name that goes up": (instead("name: sample", "name: ../b"), ("wrong-value", 1, 7)),
    "name with two dots": (instead("name: sample", "name: a..b"), ("wrong-value", 1, 7)),
    "name like an option": (instead("name: sample", "name: -rf"), ("wrong-value", 1, 7)),
    "name with a line feed": (instead("name: sample", r'name: "sample\n"'), ("wrong-value", 1, 8)),
    "name of 65 letters": (instead("name: sample", f"name: {65 * 'a'}"), ("wrong-value", 1, 7)),
    "name in Cyrillic": (instead("name: sample", "name: имя"), ("wrong-value", 1, 7)),
    "name in full-width letters": (instead("name: sample", "name: ｓample"), ("wrong-value", 1, 7)),
    "name of another file": (instead("name: sample", "name: other"), ("file-name", 1, 7)),
    "reference without a section": (PAGE + "see_also: [socket]\n", ("wrong-value", 7, 12)),
    "reference with a blank": (PAGE + "see_also: [socket (2)]\n", ("wrong-value", 7, 12)),
    "program in another folder": (PAGE + "examples: [{id: a, file: ../x.c}]\n", ("wrong-value", 7, 26)),
    "program by its full path": (PAGE + "examples: [{id: a, file: /x.c}]\n", ("wrong-value", 7, 26)),
    "parameter that is no name": (
        PAGE + "synopsis: {includes: [a.h], functions: [{name: f-g, returns: int}]}\n",
        ("wrong-value", 7, 48),
    ),
    "include with a bracket": (
        PAGE + "synopsis: {includes: ['a>.h'], functions: [{name: f, returns: int}]}\n",
        ("wrong-value", 7, 24),
    ),
    "duplicate id": (PAGE + "    id: a\nnotes:\n  - {text: x, id: a}\n", ("duplicate-id", 9, 19)),
    "duplicate id of a group": (
        ROW.replace("causes: [{id: a", "causes: [{id: g"), ("duplicate-id", 11, 23)
    ),
    "duplicate key": (PAGE + "name: other\n", ("duplicate-key", 7, 1)),
    "duplicate key in a paragraph": (PAGE + "    text: Again.\n", ("duplicate-key", 7, 5)),
    "duplicate key in braces": (
        PAGE + "attributes: [{type: a, value: b, type: c}]\n", ("duplicate-key", 7, 34)
    ),
    "duplicate key, once quoted": (PAGE + '"name": sample\n', ("duplicate-key", 7, 2)),
}  # fmt: skip

YAML: dict[str, tuple[str, Place]] = {
    "anchor": (instead("show a", "&a show a"), ("yaml-feature", 4, 10)),
    "alias": (PAGE + "library: *a\n", ("yaml-alias", 7, 10)),
    "tag": (instead("show a", "!!str show a"), ("yaml-feature", 4, 10)),
    "tag that runs code elsewhere": (
        instead("show a sample", "!!python/name:os.system x"), ("yaml-feature", 4, 10)
    ),
    "tag of one's own": (instead("- text", "- !part\n    text"), ("yaml-feature", 6, 5)),
    "version": ("%YAML 1.1\n---\n" + PAGE, ("yaml-feature", 1, 1)),
    "tag directive": ("%TAG ! tag:example.org,2026:\n---\n" + PAGE, ("yaml-feature", 1, 1)),
    "unknown directive": ("%INCLUDE x\n---\n" + PAGE, ("yaml-syntax", 1, 9)),
    "second document": (PAGE + "---\n" + PAGE, ("yaml-documents", 7, 1)),
    "second document after its end": (PAGE + "...\n---\na: b\n", ("yaml-documents", 8, 1)),
    "list as a key": (PAGE + "? [a, b]\n: c\n", ("yaml-key", 7, 3)),
    "mapping as a key": (PAGE + "? {a: b}\n: c\n", ("yaml-key", 7, 3)),
    "no key": (PAGE + ": c\n", ("yaml-syntax", 7, 1)),
    "tab as indentation": (PAGE + "library:\n\t- text: x\n", ("yaml-syntax", 8, 1)),
    "unclosed list": (PAGE + "library: [a, b\n", ("yaml-syntax", 7, 10)),
    "unclosed quotes": (PAGE + 'library: "a\n', ("yaml-syntax", 7, 10)),
    "wrong indentation": (PAGE + "   library: x\n", ("yaml-syntax", 7, 4)),
    "two colons": (instead("show a", "show: a"), ("yaml-syntax", 4, 14)),
    "at sign": (instead("show a", "@show a"), ("yaml-syntax", 4, 10)),
    "escape that is none": (instead("Words.", r'"\q"'), ("yaml-syntax", 6, 12)),
    "half of a surrogate pair": (instead("Words.", r'"\ud800"'), ("yaml-syntax", 6, 14)),
    "code point after the last": (instead("Words.", r'"\U00110000"'), ("yaml-syntax", 6, 14)),
    "empty": ("", ("yaml-empty", 1, 0)),
    "comment alone": ("# nothing\n", ("yaml-empty", 1, 0)),
    "lists in lists": (PAGE + "bugs: " + "[" * 100_000, ("yaml-too-deep", 7, 6 + MAX_DEPTH + 1)),
    "mappings in mappings": (PAGE + "bugs: " + "{a: " * 100_000, ("yaml-too-deep", 7, 100)),
    "keys in keys": (PAGE + "? " * 100_000, ("yaml-too-deep", 7, 51)),
    "lists in lists by lines": (
        PAGE + "bugs:\n" + "- " * 100_000, ("yaml-too-deep", 8, 2 * MAX_DEPTH + 1)
    ),
    "many values": (PAGE + "bugs: [" + "a," * 60_000 + "]", ("yaml-too-deep", 7, 99_976)),
    "large file": (PAGE + "#" * MAX_BYTES, ("file-too-large", 1, 1)),
}  # fmt: skip

BYTES: dict[str, tuple[bytes, Place]] = {
    "Latin-1": (PAGE.replace("Words", "café").encode("latin-1"), ("not-utf-8", 6, 14)),
    "UTF-16": (PAGE.encode("utf-16"), ("not-utf-8", 1, 1)),
    "UTF-32": (PAGE.encode("utf-32"), ("not-utf-8", 1, 1)),
    "surrogate": (PAGE.encode() + b"\xed\xa0\x80\n", ("not-utf-8", 7, 1)),
    "overlong slash": (PAGE.encode() + b"# \xc0\xaf\n", ("not-utf-8", 7, 3)),
    "cut in a letter": (PAGE.encode() + "# ж".encode()[:-1], ("not-utf-8", 7, 3)),
    "no text at all": (bytes(range(128, 256)), ("not-utf-8", 1, 1)),
}

CHARACTERS = {
    "null": "\x00", "bell": "\x07", "escape": "\x1b", "vertical tab": "\x0b", "form feed": "\x0c",
    "carriage return": "\r", "file separator": "\x1c", "delete": "\x7f", "NEL": "\x85", "C1": "\x9b",
    "LS": "\u2028", "PS": "\u2029", "byte order mark": "\ufeff", "replacement": "\ufffd",
    "RLO": "\u202e", "LRE": "\u202a", "PDF": "\u202c", "open isolate": "\u2067", "close isolate": "\u2069",
    "non-character": "\ufdd0", "another non-character": "\uffff", "one of plane 16": "\U0010fffe",
}  # fmt: skip

MORE: dict[str, tuple[str, Place]] = {
    "laughs in lists": ("a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b]\n", ("yaml-feature", 1, 4)),
    "laughs in mappings": ("a: &a {x: 1}\nb: &b {<<: [*a, *a]}\nc: {<<: [*b, *b]}\n", ("yaml-feature", 1, 4)),
    "alias of what holds it": ("a: &a\n  b: *a\n", ("yaml-feature", 1, 4)),
    "alias as a key": (PAGE + "*a : x\n", ("yaml-alias", 7, 1)),
    "anchor at a key": (PAGE + "&a bugs: x\n", ("yaml-feature", 7, 1)),
    "anchor at the page": ("&a\n" + PAGE, ("yaml-feature", 1, 1)),
    "merge of an alias": (PAGE + "<<: *a\n", ("yaml-alias", 7, 5)),
    "bytes": (instead("show a sample", "!!binary aGk="), ("yaml-feature", 4, 10)),
    "set": (PAGE + "bugs: !!set {a, b}\n", ("yaml-feature", 7, 7)),
    "pairs": (PAGE + "bugs: !!omap [a: b]\n", ("yaml-feature", 7, 7)),
    "number that is none": (instead("show a sample", "!!int x"), ("yaml-feature", 4, 10)),
    "day that is none": (instead("2026-11-21", "!!timestamp 2026-11-21"), ("yaml-feature", 3, 7)),
    "object of python": (
        instead("show a sample", "!!python/object/apply:os.system [id]"), ("yaml-feature", 4, 10)
    ),
    "module of python": (instead("show a sample", "!!python/module:os x"), ("yaml-feature", 4, 10)),
    "tag by its full name": (instead("show a", "!<tag:yaml.org,2002:str> show a"), ("yaml-feature", 4, 10)),
    "tag of a key": (PAGE + "!!str bugs: x\n", ("yaml-feature", 7, 1)),
    "yes as a key": (PAGE + "yes: x\n", ("unknown-key", 7, 1)),
    "1.0 as a key": (PAGE + "1.0: x\n", ("unknown-key", 7, 1)),
    "null as a key": (PAGE + "~: x\n", ("unknown-key", 7, 1)),
    "empty key": (PAGE + '"": x\n', ("unknown-key", 7, 2)),
    "key with an unseen joiner": (PAGE + "bu\u200dgs: x\n", ("unknown-key", 7, 1)),
    "key with a Cyrillic letter": (PAGE + "b\u0443gs: x\n", ("unknown-key", 7, 1)),
    "key of many letters": (PAGE + f"? {'k' * 5000}\n: x\n", ("unknown-key", 7, 3)),
    "key of two lines": (PAGE + '? "a\n\n  b"\n: x\n', ("unknown-key", 7, 4)),
    "duplicate key by an escape": (PAGE + '"n\\x61me": sample\n', ("duplicate-key", 7, 2)),
    "many digits as a release": (PAGE + f"    since: {'9' * 5000}\n", ("wrong-value", 7, 12)),
    "sexagesimal release": (PAGE + "    since: 190:20:30\n", ("wrong-value", 7, 12)),
    "infinity as a release": (PAGE + "    since: .inf\n", ("wrong-value", 7, 12)),
    "release in digits of another script": (PAGE + "    since: \u0665.\u0661\n", ("wrong-value", 7, 12)),
    "section in digits of another script": (instead('"2"', "\u0662"), ("wrong-value", 2, 10)),
    "year in digits of another script": (instead("2026", "20\u0662\u0666"), ("wrong-value", 3, 7)),
    "name with a null of a URL": (instead("name: sample", "name: a%00b"), ("wrong-value", 1, 7)),
    "name with a variable": (instead("name: sample", "name: $HOME"), ("wrong-value", 1, 7)),
    "name with a command": (instead("name: sample", "name: a;id"), ("wrong-value", 1, 7)),
    "name with a star": (instead("name: sample", 'name: "*"'), ("wrong-value", 1, 8)),
    "name with a backslash": (instead("name: sample", "name: a\\b"), ("wrong-value", 1, 7)),
    "name with a line separator": (instead("name: sample", 'name: "a\\Lb"'), ("refused-character", 1, 7)),
    "name that is a macro": (instead("name: sample", "name: '.TH'"), ("wrong-value", 1, 8)),
    "name of a folder": (instead("name: sample", "name: sample/"), ("wrong-value", 1, 7)),
    "section with a blank": (instead('"2"', '"2 x"'), ("wrong-value", 2, 11)),
    "section with markup": (instead('"2"', '"2<b>"'), ("wrong-value", 2, 11)),
    "program that is a device": (
        PAGE + "examples: [{id: a, file: /dev/zero}]\n", ("wrong-value", 7, 26)
    ),
    "type with a request": (
        PAGE + 'synopsis: {includes: [a.h], functions: [{name: f, returns: "int\\n.sy id"}]}\n',
        ("wrong-value", 7, 61),
    ),
    "context of two lines": (
        PAGE + 'examples: [{id: a, file: a.c, context: "a\\nb"}]\n', ("wrong-value", 7, 41)
    ),
    "id with markup": (PAGE + "    id: 'a\" onclick=\"x'\n", ("wrong-value", 7, 10)),
    "reference with markup": (PAGE + 'see_also: ["<b>(2)"]\n', ("wrong-value", 7, 13)),
    "condition with a path": (PAGE + "    claims: {../a: success}\n", ("wrong-value", 7, 14)),
    "quotes over the end of the page": (PAGE + 'library: "a\n---\n', ("yaml-syntax", 8, 1)),
    "comment that hides a bracket": (PAGE + "library: [a, # ]\n", ("yaml-syntax", 8, 1)),
    "lists in keys": (PAGE + "? " + "[" * 100_000, ("yaml-too-deep", 7, 3 + MAX_DEPTH)),
    "blocks in blocks": (
        PAGE + "bugs:\n" + "".join(" " * n + "a:\n" for n in range(1, 400)), ("yaml-too-deep", 31, 25)
    ),
}  # fmt: skip

MEANT = (
    "yes", "NO", "on", "1e3", "0x10", "0o17", "017", "1_000", "190:20:30", ".inf", ".NaN", "5.10", "12e03",
    "2026-11-21", "2026-11-21T10:00:00Z", "=", "nil", "None", "True", "9" * 4000, "<<", "0b11", "+1", "-.5",
)  # fmt: skip
"""Texts without quotes that readers of YAML 1.1 take for something else."""

FILES: dict[str, bytes] = {
    **{name: text.encode() for name, (text, _) in (FORM | YAML | MORE).items() if len(text) < 10_000},
    **{name: data for name, (data, _) in BYTES.items()},
    **{name: f"{PAGE}# {character}bugs: x".encode() for name, character in CHARACTERS.items()},
    **{f"meant {text[:20]}": instead("Words.", text).encode() for text in MEANT},
}
"""Every case that is short."""

"""Catalogues that must be refused, each with its rule and its place, and neighbours that must not."""

from __future__ import annotations

from manproof.catalogue.reader import MAX_LINE

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: de\\n"\n'
ENTRY = 'msgid "house"\nmsgstr "Haus"\n'
DAYS = 'msgid "day"\nmsgid_plural "days"\nmsgstr[0] "Tag"\nmsgstr[1] "Tage"\n'
GERMAN = "nplurals=2; plural=(n != 1);"

Refused = tuple[bytes, str, int, int]  # content, rule, line, column


def headed(body: str, *fields: str) -> bytes:
    """A catalogue whose body begins in line 6, one line later for each further field."""
    return (HEAD + "".join(f'"{field}\\n"\n' for field in fields) + "\n" + body).encode()


def in_line(text: str, rule: str, line: int, column: int = 1) -> Refused:
    """A body that is refused; the line counts from the first one of the body."""
    return headed(text), rule, line + 5, column


def with_rule(rule: str) -> Refused:
    return headed(DAYS, f"Plural-Forms: {rule}"), "po-plural-forms", 1, 1


def with_charset(field: str) -> Refused:
    return f'msgid ""\nmsgstr "{field}\\n"\n\n{ENTRY}'.encode(), "po-charset", 1, 1


def with_character(char: str) -> Refused:
    return in_line(f'msgid "a"\nmsgstr "b{char}c"\n', "po-character", 2, 10)


ENCODING: dict[str, Refused] = {
    "byte order mark": (b"\xef\xbb\xbf" + headed(ENTRY), "po-charset", 0, 0),
    "utf-16, little end first": (HEAD.encode("utf-16"), "po-charset", 0, 0),
    "utf-16, big end first": (b"\xfe\xff" + HEAD.encode("utf-16-be"), "po-charset", 0, 0),
    "utf-16 without a mark": (HEAD.encode("utf-16-be"), "po-character", 1, 1),
    "utf-32": (HEAD.encode("utf-32"), "po-charset", 0, 0),
    "mo file": (b"\xde\x12\x04\x95\0\0\0\0" + bytes(20), "po-charset", 0, 0),
    "mo file of another machine": (b"\x95\x04\x12\xde" + bytes(20), "po-charset", 0, 0),
    "latin-1": (
        headed('msgid "a"\nmsgstr "é"\n').replace(b"\xc3\xa9", b"\xe9"),
        "po-charset",
        7,
        9,
    ),
    "overlong slash": (headed(ENTRY) + b"# \xc0\xaf\n", "po-charset", 8, 3),
    "encoded surrogate": (headed(ENTRY) + b"# \xed\xa0\xbd\n", "po-charset", 8, 3),
    "cut inside a character": (headed(ENTRY) + "# é".encode()[:-1], "po-charset", 8, 3),
    "beyond unicode": (headed(ENTRY) + b"#\xf4\x90\x80\x80\n", "po-charset", 8, 2),
    "charset utf-7": with_charset("Content-Type: text/plain; charset=UTF-7"),
    "charset of python": with_charset("Content-Type: text/plain; charset=raw_unicode_escape"),
    "charset idna": with_charset("Content-Type: text/plain; charset=idna"),
    "charset koi8-r": with_charset("Content-Type: text/plain; charset=KOI8-R"),
    "charset placeholder": with_charset("Content-Type: text/plain; charset=CHARSET"),
    "charset and more": with_charset("Content-Type: text/plain; charset=UTF-8; x=y"),
    "no charset": with_charset("Language: de"),
}

CHARACTERS: dict[str, Refused] = {
    **{
        f"U+{ord(char):04X}": with_character(char)
        for char in "\0\x01\x04\x07\x08\x0b\x0c\r\x1b\x1c\x1e\x1f\x7f\x80\x85\x9b\u2028\u2029\ufeff"
        "\ufffd\u202a\u202b\u202c\u202d\u202e\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"
    },
    "isolate left open": in_line('msgid "a"\nmsgstr "b\u2067c"\n', "po-character", 1),
    "isolate closed twice": in_line('msgid "a"\nmsgstr "\u2068b\u2069\u2069"\n', "po-character", 1),
    "isolate open in a comment": in_line("# \u2066x\n" + ENTRY, "po-character", 2),
    "isolate open in a reference": in_line("#: \u2068a b.c:1\n" + ENTRY, "po-character", 2),
    "isolate open in the header": (
        headed(ENTRY, "Last-Translator: \u2067x"),
        "po-character",
        1,
        1,
    ),
    "control in a comment": in_line("# \x1b[2J\n" + ENTRY, "po-character", 1, 3),
    "control in a msgid": in_line('msgid "\x04"\nmsgstr ""\n', "po-character", 1, 8),
    "control between entries": in_line("\x0c\n" + ENTRY, "po-character", 1, 1),
    "lone carriage return": in_line('msgid "a"\rmsgstr "b"\n', "po-character", 1, 10),
    "hexadecimal escape": in_line('msgid "a"\nmsgstr "\\x1b"\n', "po-character", 2, 9),
    "octal escape": in_line('msgid "a"\nmsgstr "x\\033"\n', "po-character", 2, 10),
    "octal escape of nul": in_line('msgid "a"\nmsgstr "\\0"\n', "po-character", 2, 9),
    "escaped letter": in_line('msgid "a"\nmsgstr "\\x41"\n', "po-character", 2, 9),
    "escaped bell": in_line('msgid "a"\nmsgstr "\\a"\n', "po-character", 2, 9),
    "escaped carriage return": in_line('msgid "a"\nmsgstr "b\\r"\n', "po-character", 2, 10),
    "escape in a previous msgid": in_line('#| msgid "\\v"\n' + ENTRY, "po-character", 1, 11),
    "escape in an obsolete entry": in_line('#~ msgid "a"\n#~ msgstr "\\b"\n', "po-character", 2, 12),
}

SYNTAX: dict[str, Refused] = {
    "unknown keyword": in_line('msgfoo "a"\n' + ENTRY, "po-syntax", 1),
    "prose": in_line("hello\n" + ENTRY, "po-syntax", 1),
    "domain": in_line('domain "x"\n' + ENTRY, "po-syntax", 1),
    "keyword in capitals": in_line('MSGID "a"\nmsgstr "b"\n', "po-syntax", 1),
    "index on msgid": in_line('msgid[0] "a"\nmsgstr "b"\n', "po-syntax", 1),
    "unknown escape": in_line('msgid "a"\nmsgstr "\\q"\n', "po-syntax", 2, 9),
    "unicode escape": in_line('msgid "a"\nmsgstr "\\u0041"\n', "po-syntax", 2, 9),
    "backslash at the end": in_line('msgid "a"\nmsgstr "b\\\n', "po-syntax", 2, 10),
    "escaped closing quote": in_line('msgid "a"\nmsgstr "b\\"\n', "po-syntax", 2, 8),
    "no closing quote": in_line('msgid "a\nmsgstr "b"\n', "po-syntax", 1, 7),
    "no opening quote": in_line('msgid a"\nmsgstr "b"\n', "po-syntax", 1, 7),
    "single quotes": in_line("msgid 'a'\nmsgstr \"b\"\n", "po-syntax", 1, 7),
    "text after the quote": in_line('msgid "a" b\nmsgstr "b"\n', "po-syntax", 1, 10),
    "comment after the quote": in_line('msgid "a" # b\nmsgstr "b"\n', "po-syntax", 1, 10),
    "two strings in a line": in_line('msgid "a"\nmsgstr "b" "c"\n', "po-syntax", 2, 11),
    "entry in one line": in_line('msgid "a" msgstr "b"\n', "po-syntax", 1, 10),
    "quote inside": in_line('msgid "a"\nmsgstr "b"c"\n', "po-syntax", 2, 11),
    "keyword without text": in_line('msgid\nmsgstr "b"\n', "po-syntax", 1, 6),
    "string before all": (b'"x"\n' + headed(ENTRY), "po-syntax", 1, 1),
    "string after a comment": in_line(ENTRY + '# c\n"x"\n', "po-syntax", 4),
    "two msgids": in_line('msgid "a"\nmsgid "b"\nmsgstr "c"\n', "po-syntax", 2),
    "two contexts": in_line('msgctxt "a"\nmsgctxt "b"\n' + ENTRY, "po-syntax", 2),
    "context after msgid": in_line('msgid "a"\nmsgctxt "b"\nmsgstr "c"\n', "po-syntax", 2),
    "two msgstrs": in_line('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', "po-syntax", 3),
    "msgstr first": in_line('msgstr "b"\n', "po-syntax", 1),
    "msgstr missing": in_line('msgid "a"\n\n' + ENTRY, "po-syntax", 3),
    "msgstr missing at the end": in_line(ENTRY + '\nmsgid "a"\n', "po-syntax", 5),
    "comment inside an entry": in_line('msgid "a"\n# c\nmsgstr "b"\n', "po-syntax", 2),
    "comment at the end": in_line(ENTRY + "\n# c\n", "po-syntax", 5),
    "cut in a keyword": in_line(ENTRY + "\nmsg", "po-syntax", 4),
    "form without plural": in_line('msgid "a"\nmsgstr[0] "b"\n', "po-syntax", 2),
    "plural without index": in_line('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', "po-syntax", 3),
    "form left out": in_line('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "d"\n', "po-syntax", 4),
    "form twice": in_line('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[0] "d"\n', "po-syntax", 4),
    "first form is not 0": in_line('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', "po-syntax", 3),
    "huge index": in_line('msgid "a"\nmsgid_plural "b"\nmsgstr[99999999999] "c"\n', "po-syntax", 3, 7),
    "negative index": in_line('msgid "a"\nmsgid_plural "b"\nmsgstr[-1] "c"\n', "po-syntax", 3, 7),
    "half obsolete": in_line('#~ msgid "a"\nmsgstr "b"\n', "po-syntax", 2),
    "half revived": in_line('msgid "a"\n#~ msgstr "b"\n', "po-syntax", 2),
    "obsolete string goes on": in_line(ENTRY + '#~ "x"\n', "po-syntax", 3),
    "obsolete prose": in_line("#~ gone\n" + ENTRY, "po-syntax", 1, 4),
    "previous text of another kind": in_line('#~| msgid "a"\n' + ENTRY, "po-syntax", 2),
    "previous text of two kinds": in_line('#| msgid "a"\n#~| "b"\n' + ENTRY, "po-syntax", 2),
    "previous msgstr": in_line('#| msgstr "a"\n' + ENTRY, "po-syntax", 1),
    "previous context last": in_line('#| msgid "a"\n#| msgctxt "b"\n' + ENTRY, "po-syntax", 2),
    "previous string without keyword": in_line('#| "a"\n' + ENTRY, "po-syntax", 1),
    "previous prose": in_line("#| was\n" + ENTRY, "po-syntax", 1, 4),
    "merge conflict": in_line("<<<<<<< HEAD\n" + ENTRY, "po-syntax", 1),
    "html": (b"<!DOCTYPE html>\n<p>not found</p>\n", "po-syntax", 1, 1),
}

CATALOGUE: dict[str, Refused] = {
    "empty file": (b"", "po-header", 0, 0),
    "no header": (ENTRY.encode(), "po-header", 0, 0),
    "only an obsolete header": (b'#~ msgid ""\n#~ msgstr "a: b\\n"\n', "po-header", 0, 0),
    "header twice": in_line('msgid ""\nmsgstr "x: y\\n"\n', "po-duplicate", 1),
    "msgid twice": in_line(ENTRY + ENTRY, "po-duplicate", 3),
    "msgid twice, obsolete": in_line(ENTRY + '#~ msgid "house"\n#~ msgstr "x"\n', "po-duplicate", 3),
    "msgid twice, cut in two": in_line(ENTRY + 'msgid "ho"\n"use"\nmsgstr ""\n', "po-duplicate", 3),
    "context and msgid twice": in_line(f'msgctxt "c"\n{ENTRY}msgctxt "c"\n{ENTRY}', "po-duplicate", 5),
    "blank translation": in_line('msgid "a"\nmsgstr "  "\n', "po-blank", 2),
    "translation of a no-break space": in_line('msgid "a"\nmsgstr "\u00a0"\n', "po-blank", 2),
    "newline lost": in_line('msgid "a\\n"\nmsgstr "b"\n', "po-newline", 2),
    "newline gained": in_line('msgid "a"\nmsgstr "b\\n"\n', "po-newline", 2),
    "newline before": in_line('msgid "a"\nmsgstr "\\n.so x"\n', "po-newline", 2),
    "directive changed": in_line('#, c-format\nmsgid "%d"\nmsgstr "%s"\n', "po-format", 3),
    "directive lost": in_line('#, c-format\nmsgid "%s %d"\nmsgstr "%s"\n', "po-format", 3),
    "field lost": in_line('#, python-brace-format\nmsgid "{a}"\nmsgstr "{a.__class__}"\n', "po-format", 3),
    "line too long": in_line(f'msgid "{"a" * MAX_LINE}"\nmsgstr ""\n', "po-size", 1, MAX_LINE + 1),
    "plural without a header": in_line(DAYS, "po-plural-forms", -4),
    "three forms for two": (
        headed(DAYS + 'msgstr[2] "x"\n', f"Plural-Forms: {GERMAN}"),
        "po-plural-forms",
        9,
        1,
    ),
    "one form for two": (
        headed(DAYS.partition("msgstr[1]")[0], f"Plural-Forms: {GERMAN}"),
        "po-plural-forms",
        9,
        1,
    ),
    "rule of another language": with_rule("nplurals=1; plural=0;"),
    "no forms": with_rule("nplurals=0; plural=0;"),
    "seven forms": with_rule("nplurals=7; plural=n;"),
    "a billion forms": with_rule("nplurals=1000000000; plural=0;"),
    "minus one form": with_rule("nplurals=-1; plural=0;"),
    "forms in words": with_rule("nplurals=two; plural=(n != 1);"),
    "no rule": with_rule("nplurals=2; plural=;"),
    "rule left out": with_rule("nplurals=2;"),
    "rule that divides by zero": with_rule("nplurals=2; plural=n/0;"),
    "rule out of range": with_rule("nplurals=2; plural=n*9;"),
    "rule that calls": with_rule("nplurals=2; plural=exit(n != 1);"),
    "rule of power": with_rule("nplurals=2; plural=9**9**9**9;"),
    "rule and a statement": with_rule("nplurals=2; plural=(n != 1); import os;"),
    "rule of brackets": with_rule(f"nplurals=2; plural={'(' * 4000}n{')' * 4000};"),
    "rule not closed": with_rule("nplurals=2; plural=(n != 1;"),
    "rule placeholder": with_rule("nplurals=INTEGER; plural=EXPRESSION;"),
}

REFUSED = {**ENCODING, **CHARACTERS, **SYNTAX, **CATALOGUE}

ACCEPTED = {
    "sound": headed(ENTRY),
    "crlf": headed(ENTRY).replace(b"\n", b"\r\n"),
    "some crlf": headed(ENTRY).replace(b"\n", b"\r\n", 3),
    "no newline at the end": headed(ENTRY).rstrip(b"\n"),
    "blanks around": headed('  msgid   "a"  \n\tmsgstr\t"b"\n"c" \n\n \n'),
    "no blank after the keyword": headed('msgid"a"\nmsgstr"b"\n'),
    "header alone": headed(""),
    "header last": (ENTRY + "\n" + HEAD).encode(),
    "context": headed(f'msgctxt ""\n{ENTRY}{ENTRY}'),
    "joiners and marks": headed('msgid "a"\nmsgstr "\u200e\u200d\u200c\u061c\u2067b\u2069"\n'),
    "reference with a blank": headed("#: \u2068a b.c\u2069:1\n" + ENTRY),
    "tab": headed('msgid "a\tb"\nmsgstr "c\\td"\n'),
    "fuzzy is not checked": headed('#, fuzzy\nmsgid "a"\nmsgstr "  \\n"\n'),
    "plural": headed(DAYS, f"Plural-Forms: {GERMAN}"),
    "plural, other blanks": headed(DAYS, "Plural-Forms: nplurals=2; plural=n != 1"),
    "context of the same msgid": headed(f'msgctxt "a"\n{ENTRY}msgctxt "b"\n{ENTRY}'),
    "charset in small letters": headed(ENTRY).replace(b"UTF-8", b"utf-8"),
    "date that is none": headed(ENTRY, "POT-Creation-Date: 0000-99-99"),
    "field without colon": headed(ENTRY, "nonsense"),
    "obsolete mark alone": headed('#~ msgid "a"\n#~\n#~ msgstr "b"\n'),
    "conflict of its own": headed('msgid "<<<<<<< a"\nmsgstr "=======b"\n'),
    "longest line": headed(f'msgid "{"a" * (MAX_LINE - 8)}"\nmsgstr ""\n'),
}

WARNED = {
    "another language": (headed(ENTRY).replace(b"Language: de", b"Language: fr"), "po-header"),
    "rule without use": (headed(ENTRY, "Plural-Forms: nplurals=1; plural=0;"), "po-plural-forms"),
}

LONG = {
    "quotes": '"' * 9_000,
    "backslashes": "msgid " + '"' + "\\" * 9_000,
    "blanks": " " * 9_000,
    "keywords": "msgid" * 1_800,
    "brackets": "msgstr" + "[" * 9_000,
    "references": "#: " + "\u2068" * 9_000,
    "flags": "#, " + "range:" * 1_500,
    "digits": "#, range: " + "1" * 9_000,
    "previous": "#| " * 3_000,
}

FILES: dict[str, bytes] = {
    **{name: content for name, (content, *_) in (REFUSED | WARNED).items()},
    **ACCEPTED,
}
"""Every case but the long ones."""

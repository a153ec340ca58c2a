"""Texts that troff, tbl or a shell would act on, by class; each must be shown letter by letter."""

from __future__ import annotations

REQUESTS = (
    "sy id", "pso id", "pi cat", "so /etc/passwd", "soquiet x", "mso www.tmac", "cf /etc/passwd", "trf x",
    "open s x", "opena s x", "write s x", "close s", "nx x", "ex", "ab gone", "rd", "ig", "de P", "am SH",
    "als P SH", "rn TH X", "rm P", "ds x y", "as x y", "nr x 1", "ec", "ec @", "eo", "cc !", "c2 !", "tr ab",
    "char a b", "fchar a b", "lf 9 x", "if 1 .sy id", "ie 1 x", "el y", "while 1 x", "nop .ex", "do sy id",
    "tm x", "device x", "output x", "ft B", "ce 9", "ad r", "ll 1n", "in 9i", "ti 40n", "sp 99", "bp", "pl 1",
    "TH A 1", "SH FAKE", "SS X", "TP", "TQ", "P", "PP", "IP x", "RS", "RE", "EX", "EE", "TS", "TE", "T&",
    "UR x", "UE", "MT x", "ME", "SY x", "YS", "EQ", "EN", "PS", "PE", "B x", "BR a b", "nf", "fi", "PD 0",
    "HP", "DT", "AT", "UC", '\\" gone', "\\# gone", "\\}", ".", "", " ", "Dd x", "Dt X 1", "Os", "Sh NAME",
    "Nm x", "Xr a 1", "Bl -tag", "El", "XX", "[ x", "}f",
)  # fmt: skip

ESCAPES = (
    "\\", "e", "fB", "f(CW", "f[B]", "fP", "*[x]", "*(Aq", "*x", "n[.g]", "n(.g", "nx", "n+x", "V[HOME]",
    "V(HO", "VH", "X'ps: x'", "X(x", "Y[x]", "!x", "?x\\?", "O[0]", "O0", "R'a 1'", "s+9", "s0", "S'30'",
    "H'99'", "h'9i'", "v'9i'", "l'9i'", "L'9i'", "D'l 1 1'", "N'65'", "C'u0041'", "[u0041]", "[aq]", "(aq",
    "o'ab'", "z", "b'ab'", "w'a'", "k(x", "p", "c", "&", "%", ":", "~", " ", "|", "^", "0", "/", ",", "d",
    "u", "r", "t", "a", "{", "}", '"', "#", "$1", "$*", "$@", "A'x'", "B'1'", "Z'x'", "x'9'", "m[red]",
    "M[red]", "F[C]", "g(x", "j", "E", "En[x]", "'", "`", "-", "_", ".", ")", ";", "(", "[", "ж", "q",
)  # fmt: skip

QUOTES = (
    '"', '""', '"""', "a \"b\" c", '" x', 'x "', '"a" "b"', '\\"', 'a"', '"a', "'", "''", "'a'", "a'", "`a'",
    "``a''", '"\\"', '" "', '2 "x" "y', 'a" "b', "\\(dq", '" .sy id', "(\"", '")', "\".\"", "'.'",
)  # fmt: skip

TABLES = (
    "T}", "T{", "T}@T{", "T}@", "@", "a@b", "_", "=", "\\_", "\\=", "\\^", "^", "|", "||", ".TE", ".T&",
    "tab(x);", "l l.", "center;", "T} x", "x T}", "T}\\&", "\\Rx",
)  # fmt: skip

GLYPHS = (
    "it's", "`x`", "a-b --long", "^x^", "~x~", "''x``", "“a” ‘b’", "a – b — c…", "-1", "--", "a\u2010b",
    "a\u2011b", "\u22121", "´ˆ˜", "¬ ± × ÷", "© ® ™", "• ·", "« »", "fi ff ffi", "<= >= != ->", "(C) (R)",
    "x\u2032",
)  # fmt: skip

LINES = (
    "a" * 300, ("word " * 60).strip(), "a  b   c", "...", ".5", "'tis", ". . .", "..", "-- ", "- a", "1. a",
    "a.", "?", "!", "e.g.", "A. B.", "x. Y", "Yes. .No", "Yes. 'No", "One. .Two. 'Three.", "-", "*", "+ a",
    "::", "a::", "#. a", "(1) a", "a) b", ">>> x", "| a", "=====", "-----", ".. note:: x", ":a: b", "__ x",
    "a_ b__", "|a|", "[1]_", "`a`_", "*a*", "**a**", "``a``", ":func:`a`", "a, .b; 'c: .d", "x.\\", "\\",
)  # fmt: skip

WRITING = (
    "Съешь ещё этих мягких булок", "Ελληνικά", "日本語の文字", "한국어", "हिन्दी", "ไทย", "עברית\u200f",
    "فارسی\u200cها", "a\u2067שלום\u2069b", "👩\u200d💻 🎉", "𝔘𝔫𝔦", "no\u00a0break", "soft\u00adhyphen",
    "e\u0301 n\u0303", "İstanbul ß", "ﬁ ﬂ", "½ ²", "Z\u0335\u0321a",
)  # fmt: skip

UNSEEN = (
    "a\u2060b", "x.\u2060 Y", "\u2060.so x", "a\u200bb", "C\u200e (x)", "a\u061cb", "a\U000e0041b",
    "a\ufe0fb", "a\u034fb", "\u2066a\u2069", "a\u2068\u2067b\u2069\u2069c", "\u200d.so x", "a\u3164b",
    "a\u180eb",
)  # fmt: skip

MARKUP = (
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    '" onclick="alert(1)', "' onclick='alert(1)", "` onclick=`alert(1)", '"><svg onload=alert(1)>',
    "<iframe src=//x>", "]]><b>", "</title><script>alert(1)</script>", "</style><b>x",
    "</textarea></pre></code>", "<!--", "-->", "<![CDATA[x", "<?php x ?>", "&#60;b&#62;", "&lt;b&gt;",
    "&notit;", "& &&", "<base href=//x>", "<meta http-equiv=refresh content=0>",
    "<link rel=stylesheet href=//x>", "<form action=//x><button>", "<math><mtext><style>",
    "<svg><use href=#x>", "<template><b>", "<noscript><p title='</noscript><b>'>",
    "<details open ontoggle=alert(1)>", "<plaintext>", "x\" id=\"y\" style=\"background:url(//x)",
    "javascript:alert(1)", "data:text/html,<b>", "\u2039script\u203a", "<a href=x>",
)  # fmt: skip

TEMPLATES = (
    "{{ 7*7 }}", "{{ config }}", "{% include 'x' %}", "{% raw %}", "{# gone #}", "{{ unclosed",
    "{%- x -%}", "}} %}", "{{ ''.__class__ }}", "{{ x|safe }}", "# for x in y", "%(x)s %d", "{0} {x}",
    "${x} #{x}", "<%= x %>", "{{'x'*9999999}}",
)  # fmt: skip

OTHERS = (
    "{release} {0} {{x}} %s %(a)s %n", "$HOME $(id) `id`", "<b>x</b> <script>alert(1)</script>",
    "&amp; &#x41;",
    "]]> <!-- x -->", "{{ 7*7 }} {% raw %}", "; rm -rf /", "| cat /etc/passwd", "../../etc/passwd", "NUL CON",
    "#include <x>", "/* x */", "// x", "\\n \\0 \\x41 \\u202e", "%0a.sy", "&#10;.sy id", "null ~ !!str &a *a",
)  # fmt: skip

NEWLINES = tuple(
    f"first line\n{line}"
    for line in (
        ".sy id", "'sy id", ".so x", ". so x", "'\\\" gone", ".SH FAKE", ".TE", "T}", ".", "'", "..", ".de X",
        ".ig", "\\!x", "\\c", '"', ".\\}", "  .x", "\\", "@",
    )
)  # fmt: skip

CLASSES: dict[str, tuple[str, ...]] = {
    "requests of troff": tuple(
        f"{mark}{request}" for mark, step in ((".", 1), ("'", 2), (". ", 5)) for request in REQUESTS[::step]
    ),
    "escapes of troff": (
        *(f"a\\{escape}b" for escape in ESCAPES),
        *(f"\\{escape}" for escape in ESCAPES[::3]),
    ),
    "quotes": QUOTES,
    "tables": TABLES,
    "glyphs": GLYPHS,
    "lines and reST": LINES,
    "scripts": WRITING,
    "unseen characters": UNSEEN,
    "HTML": MARKUP,
    "templates": TEMPLATES,
    "shells and paths": OTHERS,
    "requests on a new line": NEWLINES,
}

TEXTS = tuple(dict.fromkeys(text for members in CLASSES.values() for text in members))

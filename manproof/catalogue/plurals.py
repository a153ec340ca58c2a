"""Plural-Forms of languages: a table, because the rule in a file is never evaluated."""

from __future__ import annotations

import re

_ONE = "nplurals=1; plural=0;"
_NOT_ONE = "nplurals=2; plural=(n != 1);"
_OVER_ONE = "nplurals=2; plural=(n > 1);"
_SLAVIC = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
_CZECH = "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;"


def _each(languages: str, rule: str) -> dict[str, str]:
    return dict.fromkeys(languages.split(), rule)


# What `msginit` of gettext 0.21 writes (gettext manual, "Plural forms").
_TABLE = {
    **_each("ja ko vi", _ONE),
    **_each("bg da de el en eo es et fi fo he hu it nb nl nn no pt sv tr", _NOT_ONE),
    **_each("fr pt_BR", _OVER_ONE),
    **_each("be hr ru sr uk", _SLAVIC),
    **_each("cs sk", _CZECH),
    "ga": "nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;",
    "lt": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ro": "nplurals=3; plural=n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2;",
    "sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
}

_SHAPE = re.compile(r"nplurals=([1-6]);plural=([n0-9()%=!<>&|?:+*/-]{1,300});?")


def plural_forms(locale: str) -> str:
    """The ``Plural-Forms`` for a locale such as ``ru`` or ``pt_BR``: gettext's, else Babel's.

    Empty for a language that neither knows.
    """
    language = locale.partition("@")[0].partition(".")[0]
    base = language.partition("_")[0]
    return _TABLE.get(language) or _TABLE.get(base) or _from_babel(language, base)


def _from_babel(language: str, base: str) -> str:
    from babel.messages.plurals import PLURALS, get_plural  # late: it costs 30 ms

    known = language if language in PLURALS else base
    return f"{get_plural(known).plural_forms}" if known in PLURALS else ""


def count(value: str) -> int:
    """``nplurals`` of a Plural-Forms header, 1 to 6; 0 if the value has not the form of one."""
    match = _SHAPE.fullmatch("".join(value.split()))
    return int(match[1]) if match else 0


def fits(value: str, locale: str) -> bool:
    """Whether a well-formed value (see `count`) is what gettext or Babel gives for the locale.

    Blanks and outer brackets aside; anything fits a language that neither knows.
    """
    language = locale.partition("@")[0].partition(".")[0]
    expected = plural_forms(locale)
    if not expected or _normal(value) == _normal(expected):
        return True
    return _normal(value) == _normal(_from_babel(language, language.partition("_")[0]))


def _normal(value: str) -> str:
    head, _, rule = "".join(value.split()).rstrip(";").partition(";plural=")
    while rule.startswith("(") and _closes_last(rule):
        rule = rule[1:-1]
    return f"{head};{rule}"


def _closes_last(rule: str) -> bool:
    """Whether the bracket that ``rule`` begins with is closed by its last character."""
    depth = 0
    for index, char in enumerate(rule):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return index == len(rule) - 1
    return False

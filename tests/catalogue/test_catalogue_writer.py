"""What is written is byte for byte what msgcat makes of it, and msgfmt has nothing to say."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from manproof.catalogue import Catalogue, Entry, Previous, read, write
from manproof.catalogue.linebreak_table import RUNS

if TYPE_CHECKING:
    from pathlib import Path

HEADER = Entry(
    msgid="",
    msgstr="Project-Id-Version: p\nPO-Revision-Date: 2026-11-21 12:00+0000\nLast-Translator: t\n"
    "Language-Team: none\nLanguage: ru\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);\nX-Generator: some editor\n",
    comments=("Translation", "", "of nobody"),
)
needs_gettext = pytest.mark.skipif(
    shutil.which("msgcat") is None, reason="needs msgcat and msgfmt (Debian: gettext)"
)


def catalogue_of(*entries: Entry) -> Catalogue:
    return Catalogue(header=HEADER, entries=entries)


def assert_as_msgcat(catalogue: Catalogue, folder: Path) -> None:
    """Compares with msgcat, whose width of 79 columns is its default."""
    text = write(catalogue)
    path = folder / "ours.po"
    path.write_bytes(text.encode())
    theirs = subprocess.run(["msgcat", path], capture_output=True, check=True).stdout.decode()
    pairs = zip(text.split("\n"), theirs.split("\n"), strict=False)
    assert [a for a, b in pairs if a != b][:3] == []
    assert text == theirs
    again, found = read(text.encode(), "ours.po")
    assert again == catalogue, found


def text_of(length: int, tail: str = "") -> str:
    return ("word " * length)[: length - len(tail)].replace("  ", " x") + tail


TRICKY = {
    "empty translation": Entry(msgid="a"),
    "fits exactly": Entry(msgid="a" * 34 + " " + "b" * 35, msgstr=text_of(69)),
    "one too long": Entry(msgid="a" * 35 + " " + "b" * 36, msgstr=text_of(71)),
    "nothing to cut": Entry(msgid="x" * 200, msgstr="https://" + "x" * 100),
    "first piece too long": Entry(msgid="x" * 200 + " y", msgstr="y " + "x" * 200),
    "newlines": Entry(msgid="\na\n\nb\n", msgstr="\nc\nd\n"),
    "newline at the end": Entry(msgid=text_of(68) + "\n", msgstr=text_of(67) + "\n"),
    "newline beyond the edge": Entry(msgid=text_of(76) + "\n", msgstr=text_of(75) + "\n"),
    "backslashes": Entry(msgid="\\" * 100, msgstr=" \\n \\" * 30),
    "quotes": Entry(msgid='"a" ' * 40, msgstr="«" + '"a" ' * 40 + "»"),
    "tabs": Entry(msgid="\t" * 60, msgstr="a\t" * 60),
    "many blanks": Entry(msgid=" " * 200, msgstr="a" + " " * 150 + "b"),
    "leading blanks": Entry(msgid="   " + text_of(90), msgstr="   " + "x" * 90),
    "slashes": Entry(msgid="/usr/share/locale" * 12, msgstr="и/или" * 30),
    "url": Entry(msgid="see https://example.org/a/b-c?d=e&f=g#h" * 5, msgstr="x"),
    "hyphens": Entry(msgid="non-blocking-" * 12, msgstr="кое-где-то " * 12),
    "options": Entry(msgid="-a --bc -1 - -- " * 12, msgstr="x"),
    "dashes": Entry(msgid="a—b – c — " * 15, msgstr="это — то, а то\u00a0— это " * 8),
    "no-break spaces": Entry(msgid="a\u00a0b" * 50, msgstr="21 ноября 2026\u00a0г. " * 10),
    "word joiners": Entry(msgid="a\u2060-\u2060b " * 30, msgstr="x"),
    "zero width spaces": Entry(msgid="aaaa\u200bbbbb" * 20, msgstr="x"),
    "soft hyphens": Entry(msgid="aaaa\u00adbbbb" * 20, msgstr="x"),
    "stress marks": Entry(msgid="a\u0301" * 100, msgstr="уда\u0301ре\u0301ние " * 12),
    "ideographs": Entry(msgid="漢字かな交じり文。" * 12, msgstr="「漢字」、ァー々" * 12),
    "hangul": Entry(msgid="한국어 문장입니다. " * 12, msgstr="각가\u1100\u1161\u11a8" * 20),
    "hebrew": Entry(msgid="אב-ג/ד " * 20, msgstr="א־ב " * 30),
    "flags of countries": Entry(msgid="🇦🇧🇨" * 15, msgstr="a🇦🇧 " * 20),
    "emoji": Entry(msgid="👩\u200d🔬👋🏽" * 20, msgstr="😀 " * 40),
    "numbers": Entry(msgid="1,5 $10 100% 1/2 (5) 1-2 №\u00a05 " * 6, msgstr="5–10 000\u00a0% " * 9),
    "brackets": Entry(msgid="f(a)[b]{c}(d) " * 9, msgstr="(см. «раздел» [1]) " * 9),
    "tags": Entry(msgid="<p>Sentence.</p>" * 9, msgstr="x, <b>y</b>; " * 9),
    "ellipsis": Entry(msgid="a…b... c " * 15, msgstr="да… нет?! " * 15),
    "context": Entry(msgid="a", msgstr="b", context=text_of(90) + "\n"),
    "empty context": Entry(msgid="a", msgstr="b", context=""),
    "plural": Entry(msgid=text_of(90), plural=text_of(95), msgstr="a", forms=("a", text_of(90), "c\nd")),
    "no-wrap": Entry(msgid=text_of(200) + "\nb\n", msgstr="b\n", flags=("no-wrap",)),
    "fuzzy with previous": Entry(
        msgid="a",
        msgstr="b",
        flags=("fuzzy", "c-format", "no-wrap"),
        previous=Previous(msgid=text_of(90) + "\nx", context=text_of(80), plural="\n"),
    ),
    "previous": Entry(msgid="a", msgstr="b", previous=Previous(msgid=text_of(72), context=text_of(67))),
    "directives": Entry(msgid="%-5s % d %-s" * 20, msgstr="%-s %-5s% d" * 20, flags=("c-format",)),
    "obsolete": Entry(msgid=text_of(90), msgstr=text_of(72), obsolete=True, comments=("c",)),
    "obsolete with all": Entry(
        msgid="a",
        plural="b",
        msgstr="c",
        forms=("c", text_of(90), "d\ne"),
        context="x",
        obsolete=True,
        flags=("fuzzy", "no-wrap"),
        previous=Previous(msgid=text_of(76), context="y", plural="z\n"),
    ),
    "comments": Entry(
        msgid="a", comments=("", " b", "c  ", "d" * 200), extracted=("", "e " * 60), msgstr="b"
    ),
    "references": Entry(msgid="a", references=tuple(f"file{n}.yaml:{n}" for n in range(40))),
    "long references": Entry(msgid="a", references=("x" * 200, "y" * 72, "zzz:1", "ж" * 40, "w")),
    "reference with a blank": Entry(msgid="a", references=("\u2068my file.c\u2069:1", "b.c:2")),
}


@needs_gettext
@pytest.mark.parametrize("name", TRICKY)
def test_tricky_entries_are_written_as_msgcat_does(name: str, tmp_path: Path) -> None:
    assert_as_msgcat(catalogue_of(TRICKY[name]), tmp_path)


ENGLISH = (
    "the socket address of a peer is not EACCES :errno:`EINVAL` ``sockaddr`` non-blocking "
    '(see :man:`bind(2)`) and/or e.g. 100% $HOME/bin "quoted" -1 x+y a=b [x] <p> </p> -- – … '
    "https://example.org/a/b-c.html?q=1&r=2 — foo_bar 2.6.39 1/2 5,000 ~20 a|b {x} !x ?q; .dot \\n"
    " C:\\dir read/write, ^"
)
RUSSIAN = (
    "сокет адрес и в на «имя файла» не — что-либо вызов connect() 21 ноября 2026\u00a0г. и/или "
    "(см. раздел) пишет/читает; «ёлки» №\u00a05 т.\u00a0е. ошибка: EACCES, «а — "
    "б» 100\u00a0% … кое-где 5–10 "
    '„лапки“ неразрывный‑дефис ударе\u0301ние "кавычки" ~10 $5 §\u00a03 • :errno:`EINVAL`'
)


def sentences(rng: random.Random, words: list[str]) -> str:
    joints = [" "] * 14 + ["", "  ", "\n"]
    count = rng.choice([1, 3, 8, 10, 11, 12, 14, 20, 40])
    return "".join(rng.choice(words) + rng.choice(joints) for _ in range(count)).rstrip(" ")


def generated(rng: random.Random, source: list[str], target: list[str], count: int) -> Catalogue:
    texts = dict.fromkeys(sentences(rng, source) for _ in range(count))
    entries = []
    for index, text in enumerate(texts):
        obsolete = index % 11 == 10
        previous = Previous(msgid=sentences(rng, source)) if index % 7 == 6 else None
        lines = rng.sample(range(10_000), rng.choice([0, 1, 1, 2, 5]))
        entries.append(
            Entry(
                msgid=text,
                msgstr=sentences(rng, target) or "x",
                context=rng.choice([None, None, None, "noun", text]),
                flags=rng.choice([(), (), ("fuzzy",), ("no-wrap",)]),
                references=tuple(f"source/linux/connect.2.yaml:{line}" for line in lines),
                previous=previous,
                obsolete=obsolete,
            )
        )
    live = [entry for entry in entries if not entry.obsolete]
    return catalogue_of(*live, *(entry for entry in entries if entry.obsolete))


def newlines_alike(catalogue: Catalogue) -> Catalogue:
    """The same with translations that begin and end as their sources do, as msgfmt wants them."""
    entries = [
        Entry(
            **{
                name: getattr(entry, name)
                for name in ("msgid", "context", "flags", "references", "previous", "obsolete")
            },
            msgstr="\n" * entry.msgid.startswith("\n")
            + (entry.msgstr.strip("\n") or "x")
            + "\n" * (entry.msgid.endswith("\n") and entry.msgid != "\n"),
        )
        for entry in catalogue.entries
    ]
    return catalogue_of(*entries)


@needs_gettext
@pytest.mark.parametrize(
    ("source", "target"),
    [(ENGLISH, RUSSIAN), (RUSSIAN, ENGLISH), (ENGLISH + RUSSIAN, "漢字 かな。 한국")],
)
def test_generated_entries_are_written_as_msgcat_does(source: str, target: str, tmp_path: Path) -> None:
    rng = random.Random(source + target)
    catalogue = newlines_alike(generated(rng, source.split(" "), target.split(" "), 1500))
    assert_as_msgcat(catalogue, tmp_path)
    check = ["msgfmt", "--check", "--output-file=ours.mo", "ours.po"]
    result = subprocess.run(check, cwd=tmp_path, capture_output=True, check=True, text=True)
    assert result.stdout + result.stderr == ""


def characters() -> list[str]:
    """One or more characters of every run of the table, none of which a catalogue refuses."""
    found, start = [], 0x20
    for run in RUNS.split():
        length = int(run[2:], 36)
        found += [chr(start), chr(start + length // 2), chr(start + length - 1)]
        start += length
    refused = re.compile("[\x7f-\x9f\u2028\u2029\ufffd\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
    return [c for c in found if not refused.match(c) and (ord(c) & 0xFFFE) != 0xFFFE]


@needs_gettext
def test_characters_of_every_kind_are_wrapped_as_msgcat_does(tmp_path: Path) -> None:
    rng = random.Random(14)
    pool = [c for c in characters() if not 0xFDD0 <= ord(c) <= 0xFDEF]
    rng.shuffle(pool)
    entries = []
    for start in range(0, len(pool), 5):
        mixed = [c for char in pool[start : start + 5] for c in (char, rng.choice(" a5,-(/漢я"))]
        entries.append(Entry(msgid="".join(rng.choices(mixed, k=150)) + str(start), msgstr="x"))
    assert_as_msgcat(catalogue_of(*entries), tmp_path)


def test_what_gettext_would_drop_is_kept() -> None:
    text = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        '# c\n#, no-wrap, unheard-of\n#= sticky\n## odd\nmsgid "a"\nmsgstr "b"\n'
    )
    catalogue, _ = read(text.encode(), "x.po")
    assert catalogue is not None
    assert write(catalogue) == text


def test_an_untranslated_entry_is_not_fuzzy() -> None:
    text = write(catalogue_of(Entry(msgid="a", flags=("fuzzy", "no-wrap"))))
    assert text.endswith('\n#, no-wrap\nmsgid "a"\nmsgstr ""\n')


def test_obsolete_entries_come_last_and_only_with_a_translation() -> None:
    gone, lost = (Entry(msgid=m, msgstr=s, obsolete=True) for m, s in ("ax", ("b", "")))
    text = write(catalogue_of(gone, lost, Entry(msgid="c")))
    assert text.endswith('\nmsgid "c"\nmsgstr ""\n\n#~ msgid "a"\n#~ msgstr "x"\n')

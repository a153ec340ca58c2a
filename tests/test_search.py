"""What a page hands to the search: its rows by anchor, and the forms of its words."""

from __future__ import annotations

import json

from manproof.render.search import Row, folded, forms, rows, script

PAGE = """
<h2 id="ERRORS" class="Sh"><a href="#ERRORS">ERRORS</a></h2>
<p>All of these.</p>
<dl>
<dt id="EACCES"><code>EACCES</code></dt>
<dt id="EPERM"><code>EPERM</code></dt>
<dd><p id="denied" class="Pp">It is &lt;denied&gt;. <a class="evidence" href="#">observed</a></p></dd>
<dt id="EBADF"><code>EBADF</code></dt>
<dd><p id="closed">It is closed.</p></dd>
</dl>
<table><tr id="row"><th>Situation <sup><a>1</a></sup></th><td>ENOENT</td></tr></table>
<h3 id="more">More</h3><pre>not this</pre>
"""


def test_rows() -> None:
    assert list(rows(PAGE)) == [
        Row("ERRORS", "ERRORS", "All of these."),
        Row("denied", "EACCES, EPERM", "It is <denied>."),
        Row("closed", "EBADF", "It is closed."),
        Row("row", "Situation", "ENOENT"),
        Row("more", "More", ""),
    ]


def test_words_are_compared_in_small_letters_and_without_yo() -> None:
    assert folded("Соединён, SO_ERROR; connect()") == ["соединен", "so_error", "connect"]


def test_forms_share_a_stem() -> None:
    found = forms(["сокет", "сокета", "сокетами", "ссылка", "ссылок"], "ru")
    assert set(found["сокет"].split()) == {"а", "ами"}
    assert set(found["ссылк"].split()) == {"а", "~ссылок"}
    assert forms(["connected", "connecting"], "en") == {"connect": "ed ing"}


def test_a_language_without_an_algorithm_has_no_forms() -> None:
    assert forms(["anything", "things"], "ia") == {}


def test_script_is_one_call() -> None:
    text = script("linux/a.2.en.html", "a(2)", [Row("x", "X", 'a "quoted" text')], "en")
    told = json.loads(text.removeprefix("manproofSearch(").removesuffix(");\n"))
    assert told[:3] == ["linux/a.2.en.html", "a(2)", [["x", "X", 'a "quoted" text']]]

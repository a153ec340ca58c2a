"""The HTML writer: structure, links, languages, and that no text can become markup."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from docutils import nodes

from manproof.prose import role
from manproof.render.html import render
from manproof.render.index import Entry, Shelf
from manproof.render.index import render as render_index
from manproof.site import Language
from tests.elements import Element, elements, named
from tests.specimen import (
    ARABIC,
    ENGLISH,
    LANGUAGES,
    PROGRAM,
    RUSSIAN,
    around,
    linux,
    published,
    rich,
    russian,
    settings,
    strangers,
    translated,
)  # fmt: skip

HOSTILE = (
    """"><script>alert(1)</script><!-- ' onmouseover='x' &amp; {{ 7*7 }} {% if %} ]]> </style></title>"""
)
SHELF = Shelf(
    name="linux",
    label="Linux",
    manual="System Calls Manual",
    entries=(Entry(title="thing(2)", page="thing.2", summary="do a thing", languages=LANGUAGES),),
)


def pages() -> dict[str, str]:
    """A page of every kind."""
    return {
        "linux": render(linux(), settings()),
        "rich": render(rich(), settings()),
        "russian": render(translated(rich(), "Слово. "), settings(language=RUSSIAN, words=russian)),
        "arabic": render(translated(linux(), "نص. "), settings(language=ARABIC)),
        "index": render_index([SHELF], settings()),
        **{name: render(page, settings(upper_case=True, manual="")) for name, page in published().items()},
    }


PAGES = pages()
each_page = pytest.mark.parametrize("html", PAGES.values(), ids=PAGES)


def by_id(html: str) -> dict[str, Element]:
    return {e["id"]: e for e in elements(html) if "id" in e.attributes}


@each_page
def test_one_title_and_headings_in_order(html: str) -> None:
    levels = [int(e.name[1]) for e in elements(html) if re.fullmatch(r"h[1-6]", e.name)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@each_page
def test_ids_are_unique_and_links_inside_resolve(html: str) -> None:
    ids = [e["id"] for e in elements(html) if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    inside = [e["href"][1:] for e in named(html, "a") if e["href"].startswith("#")]
    assert inside and set(inside) <= set(ids)


@each_page
def test_no_link_stands_in_a_link(html: str) -> None:
    assert not [e for e in named(html, "a") if "a" in e.around]


@each_page
def test_nothing_runs_and_nothing_is_fetched(html: str) -> None:
    for e in elements(html):
        assert e.name not in {"iframe", "object", "embed", "base", "form", "img"}
        assert not [name for name in e.attributes if name.startswith("on") or name == "style"]
    assert {e["rel"] for e in named(html, "link")} <= {"alternate", "icon"}
    assert all("defer" in e.attributes and not e.text for e in named(html, "script"))
    style = named(html, "style")[0].text
    assert "@import" not in style and "url(" not in style


@each_page
def test_policy_comes_first_and_allows_this_style_only(html: str) -> None:
    charset, policy = named(html, "meta")[:2]
    assert charset["charset"] == "utf-8"
    assert policy["http-equiv"] == "Content-Security-Policy"
    style = named(html, "style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'self'; style-src 'sha256-{digest}';" in policy["content"]


@each_page
def test_weight(html: str) -> None:
    assert len(html.encode()) < 60_000


def test_landmarks() -> None:
    html = PAGES["linux"]
    body = [e.name for e in elements(html) if e.around[-1:] == ("body",)]
    assert body == ["a", "header", "div", "footer"]
    main = named(html, "main")
    assert len(main) == 1 and "manual-text" in main[0].classes
    skip = named(html, "a", css="skip")[0]
    assert skip["href"] == f"#{main[0]['id']}"
    assert all(e.attributes.get("aria-label") for e in named(html, "nav"))


def test_language_and_direction() -> None:
    for name, language in (("linux", ENGLISH), ("russian", RUSSIAN), ("arabic", ARABIC)):
        root = named(PAGES[name], "html")[0]
        assert (root["lang"], root["dir"]) == (language.tag, language.direction)


def test_tags_of_languages() -> None:
    tags = {name: Language(locale=name).tag for name in ("pt_BR", "zh_Hant_TW", "sr@latin", "ca@valencia")}
    assert tags == {
        "pt_BR": "pt-BR", "zh_Hant_TW": "zh-Hant-TW", "sr@latin": "sr-Latn", "ca@valencia": "ca-valencia",
    }  # fmt: skip


def test_anchors_are_those_of_the_source() -> None:
    found = by_id(PAGES["linux"])
    for name in ("NAME", "RETURN_VALUE", "ERRORS", "EACCES", "EACCES-unix", "EPERM", "unix-permission"):
        assert name in found
    assert found["ERRORS"].name == "h2" and found["nonblocking"].name == "h3"
    assert found["EACCES"].name == "dt" and found["EACCES"].text == "EACCES"


def test_anchors_are_the_same_in_every_language() -> None:
    assert list(by_id(PAGES["rich"])) == list(by_id(PAGES["russian"]))
    assert list(by_id(PAGES["linux"])) == list(by_id(PAGES["arabic"]))


def test_every_title_and_errno_is_a_link_to_itself() -> None:
    html = PAGES["rich"]
    links = [e["href"] for e in named(html, "a", css="permalink")]
    anchored = [e for e in elements(html) if e.name in ("h2", "h3", "dt") and "id" in e.attributes]
    assert links == [f"#{e['id']}" for e in anchored]
    assert len(links) > 12


def test_errors() -> None:
    html = PAGES["rich"]
    entries = [e for e in elements(html) if e.name in ("dt", "dd") and "dl" in e.around]
    names = [e.name for e in entries[-6:]]
    assert names == ["dd", "dt", "dt", "dd", "dt", "dd"]
    assert [e.text for e in entries if e.name == "dt"][1:] == ["EACCES", "EACCES", "EPERM", "EACCES"]
    causes = named(html, "ul", css="causes")[0].text.split("\n")
    assert [line for line in causes if line] == [
        "The second cause. Only privileged callers meet this.",
        "The third cause.",
        "It has two paragraphs.",
    ]


def test_contents_name_every_section() -> None:
    html = PAGES["linux"]
    titles = [e.text for e in named(html, "h2", "h3")]
    nav = [e.text for e in named(html, "a") if "nav" in e.around and "ol" in e.around]
    assert nav == titles * 2
    beside, above = named(html, "nav", css="contents")
    assert "hidden" in beside.attributes and "main" in above.around


def links(html: str) -> dict[str, str]:
    return {e.text: e["href"] for e in named(html, "a") if "main" in e.around}


def test_cross_references() -> None:
    found = links(PAGES["russian"])
    assert found["other(2)"] == "other.2.ru.html"
    assert found["english(2)"] == "english.2.en.html"
    assert found["far(7)"] == "https://manpages.debian.org/far.7"
    assert found["https://example.org/?a=1&b=2"] == "https://example.org/?a=1&b=2"
    assert {e["class"] for e in named(PAGES["russian"], "a") if e.text == "far(7)"} == {"Xr"}


def test_pattern_of_other_pages() -> None:
    html = render(rich(), settings(manpages="https://example.org/{locale}/man{section}/{name}"))
    assert links(html)["far(7)"] == "https://example.org/en/man7/far"


def test_without_an_address_other_pages_are_no_links() -> None:
    html = render(rich(), settings(manpages=""))
    assert "far(7)" not in links(html) and "other(2)" in links(html)
    assert [e.name for e in named(html, "span") if e.text == "far(7)"] == ["span"] * 2


def test_errnos_lead_to_their_entries() -> None:
    start = [e for e in named(PAGES["rich"], "a") if e["href"] == "#EPERM" and e.around[-1] == "p"]
    assert [e.text for e in start] == ["EPERM"]
    assert "ENOENT" not in links(PAGES["rich"])  # the page has no entry for it


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", " https://x", "//x"]
)
def test_only_known_schemes_become_links(url: str) -> None:
    paragraph = nodes.paragraph("", "", role(url, url, name="url"))
    html = render(around(paragraph), settings())
    assert url not in [e["href"] for e in named(html, "a")]
    assert url in named(html, "main")[0].text


def test_language_switch() -> None:
    switch = [e for e in named(PAGES["russian"], "a") if "hreflang" in e.attributes]
    assert [(e.text, e["lang"], e["hreflang"], e["dir"], e["href"]) for e in switch] == [
        ("English", "en", "en", "ltr", "thing.3socket.en.html"),
        ("Русский", "ru", "ru", "ltr", "thing.3socket.ru.html"),
        ("العربية", "ar", "ar", "rtl", "thing.3socket.ar.html"),
    ]
    assert [e.text for e in switch if "aria-current" in e.attributes] == ["Русский"]
    links = [e for e in named(PAGES["russian"], "link") if "hreflang" in e.attributes]
    alternates = {e["hreflang"]: e["href"] for e in links}
    assert alternates["ru"] == "thing.3socket.ru.html"
    assert alternates["x-default"] == "thing.3socket.en.html"


def test_a_single_language_needs_no_switch() -> None:
    html = render(rich(), settings(languages=(ENGLISH,)))
    assert not [e for e in named(html, "a") if "hreflang" in e.attributes]


def test_head_and_foot() -> None:
    html = PAGES["linux"]
    assert named(html, "title")[0].text == "connect(2) — Linux"
    described = [e["content"] for e in named(html, "meta") if e.attributes.get("name") == "description"]
    assert described == ["connect(2): connect a socket to the address of a peer"]
    assert named(html, "time")[0]["datetime"] == "2026-11-21"
    assert "manproof 2026.11" in named(html, "footer")[0].text


def test_head_and_foot_of_an_edition_without_words_there() -> None:
    html = render(rich(), settings(manual="", source="", upper_case=True))
    assert named(html, "h1")[0].text == "THING(3SOCKET)"
    assert not [e for e in named(html, "p", "span") if "foot-os" in e.classes]
    assert [e.text for e in named(html, "p", css="head-vol")] == ["Linux"]
    assert {e["href"] for e in named(html, "a") if "hreflang" in e.attributes} >= {"thing.3socket.ar.html"}


def test_words_are_the_readers() -> None:
    html = PAGES["russian"]
    assert [e.text for e in named(html, "a", css="skip")] == ["Перейти к тексту"]
    assert named(html, "summary")[0].text == "Содержание"


def test_passages_in_english_say_so() -> None:
    html = PAGES["russian"]
    marked = [e for e in elements(html) if "untranslated" in e.classes]
    assert marked and all((e["lang"], e["dir"]) == ("en", "ltr") for e in marked)
    notice = named(html, "p", css="notice")[0]
    assert re.fullmatch(r"Перевод неполон: \d+ из \d+\. Остальное пока на английском\.", notice.text)
    assert not named(PAGES["rich"], "p", css="notice")


def test_fixed_words_after_a_passage_in_english() -> None:
    document = rich()
    for node in document.findall(nodes.paragraph):
        node["lang"] = "en"
    html = render(document, settings(language=ARABIC))
    limits = [e for e in named(html, "span") if e.attributes.get("lang") == "ar"]
    assert "Since Linux 5.10." in [e.text for e in limits]
    assert {e["dir"] for e in limits} == {"rtl"}


def test_code_is_kept_from_translators() -> None:
    for e in elements(PAGES["rich"]):
        if set(e.classes) & {"Er", "Fn", "Fa", "Dv", "Xr", "Nm"} and "div" not in e.around[3:]:
            assert e.attributes.get("translate") == "no" or "h1" in e.around, e


def test_roles() -> None:
    found = {(e.name, *e.classes): e.text for e in elements(PAGES["rich"]) if "main" in e.around}
    assert found["code", "Fn"] == "thing()"
    assert found["code", "Dv"] == "AF_UNIX"
    assert found["code", "Vt"] == "struct sockaddr"
    assert found["code", "Li"] == "<b>"
    assert found["em", "Em"] == "Emphasis"
    assert found["strong", "Sy"] == "strong"


def test_synopsis() -> None:
    lines = [e.text for e in named(PAGES["rich"], "code") if {"Cm", "In", "Fo"} & set(e.classes)]
    assert lines == [
        "cc [flag...] file... -lsocket -lnsl [library...]",
        "#include <sys/types.h>",
        "#include <sys/thing.h>",
        "char *thing(void);",
        "int thing_with_a_long_name(const struct something_long *something, socklen_t length_of_something);",
    ]


def test_programs_are_shown_whole_and_marked_up() -> None:
    code = named(PAGES["rich"], "pre")[-1]
    assert code.text.strip("\n") == PROGRAM.strip("\n")
    assert code["tabindex"] == "0"
    spans = {e["class"]: e.text for e in named(PAGES["rich"], "span") if "pre" in e.around}
    assert spans["c"] == "/* comment */" and spans["s"] == '"<&>"' and spans["m"] == "42"


def test_lists_and_tables() -> None:
    html = PAGES["rich"]
    assert named(html, "ol", css="Bl-enum")[0]["type"] == "1"
    nested = [
        e.text.strip() for e in named(html, "li") if e.around.count("li") == 1 and "nav" not in e.around
    ]
    assert nested == ["nested", "thing()"]
    heads = [e.text for e in named(html, "th")]
    assert heads == ["Left", "Right", "Attribute type", "Attribute value"]
    assert [e.text for e in named(html, "td")] == ["a", "thing() is used", "b", "<b>", "MT-Level", "Safe"]


def everywhere(text: str) -> nodes.document:
    """A document with a text in every position that may hold one."""

    def inlines() -> list[nodes.Node]:
        kinds = (nodes.emphasis, nodes.strong, nodes.literal)
        marked = [role(text, text, name=name) for name in ("func", "arg", "errno", "file", "man", "opt")]
        return [nodes.Text(text), *(kind(text, text) for kind in kinds), *marked]

    term = nodes.term("", "", *inlines(), ids=[text])
    entry = nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph("", "", *inlines())))
    cell = nodes.entry("", nodes.paragraph("", "", *inlines()))
    group = nodes.tgroup("", nodes.colspec(colwidth=1), nodes.tbody("", nodes.row("", cell)), cols=1)
    item = nodes.bullet_list("", nodes.list_item("", nodes.paragraph("", "", *inlines(), lang=text)))
    codes = [nodes.literal_block(text, text, language=name) for name in ("c", text)]
    inner = nodes.section("", nodes.title("", "", *inlines()), nodes.paragraph("", text), ids=["x" + text])
    document = around(
        nodes.definition_list("", entry), nodes.table("", group), item, *codes, inner, title=text
    )
    document.update_all_atts({"name": text, "section": text, "date": text}, replace=True)
    return document


def shape(html: str) -> list[tuple[str, set[str]]]:
    """The elements and the names of their attributes, but for the colours of code."""
    return [(e.name, set(e.attributes)) for e in elements(html) if "pre" not in e.around or e.name != "span"]


def test_no_text_becomes_markup() -> None:
    language = Language(locale=HOSTILE, name=HOSTILE, direction=HOSTILE)
    fields = dict.fromkeys(("edition", "label", "manual", "source", "date", "licence", "origin"), HOSTILE)
    told: dict[str, Any] = {**fields, "language": language, "languages": (language, ENGLISH)}
    hostile = render(everywhere(HOSTILE), settings(**told, words=lambda _msgid, _context: HOSTILE))
    tame = render(everywhere("tame"), settings(**dict.fromkeys(fields, "tame"), languages=LANGUAGES[:2]))
    assert shape(hostile) == shape(tame)
    assert named(hostile, "main")[0].text.count(HOSTILE) > 30
    assert "<!--" not in hostile


def test_no_text_becomes_markup_in_the_index() -> None:
    languages = tuple(replace(item, name=HOSTILE) for item in LANGUAGES)
    entry = Entry(title=HOSTILE, page=HOSTILE, summary=HOSTILE, languages=languages)
    shelf = Shelf(name=HOSTILE, label=HOSTILE, manual=f"Of {HOSTILE}", entries=(entry,))
    html = render_index([shelf], settings())
    assert [e.name for e in elements(html)] == [e.name for e in elements(PAGES["index"])]


@pytest.mark.parametrize("stranger", strangers(), ids=lambda node: type(node).__name__)
def test_the_set_of_nodes_is_closed(stranger: nodes.Node) -> None:
    with pytest.raises(KeyError):
        render(around(stranger), settings())


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render(rich(), settings()) == PAGES["rich"]


def test_index() -> None:
    html = PAGES["index"]
    rows = [(e.text, e["href"]) for e in named(html, "a") if "tbody" in e.around]
    assert rows == [
        ("thing(2)", "linux/thing.2.en.html"),
        ("English", "linux/thing.2.en.html"),
        ("Русский", "linux/thing.2.ru.html"),
        ("العربية", "linux/thing.2.ar.html"),
    ]
    assert named(html, "td")[0].text == "do a thing"
    assert [e["id"] for e in named(html, "h2")] == ["linux"]


def test_a_page_leads_to_its_place_in_the_index() -> None:
    links = [e["href"] for e in named(PAGES["linux"], "a")]
    assert "../index.html" in links and "../index.html#linux" in links

"""What the readers of files report, as rules: they have a manual, and no generator."""

from __future__ import annotations

from manproof.diagnostic import Severity
from manproof.lint import add


def _form(name: str, summary: str, why: str, bad: str, good: str) -> None:
    manual = f"{summary}\n\nWhy: {why}\n\nBad: {bad}\n\nGood: {good}\n"
    add(name, "form", Severity.ERROR, manual)


_form("unreadable", "A file cannot be read.", "nothing can be said of what nobody can open.",
      "a page that only root may read.", "a file that the user of the lint may read.")  # fmt: skip
_form("file-name", "A page does not lie in the file of its name.",
      "two pages could write one output, and no reader would find the source.",
      "`name: connect` in `conect.2.yaml`", "`connect.2.yaml`")  # fmt: skip
_form("file-too-large", "A file is larger than any page.",
      "it is no page, or it was made to exhaust the memory.",
      "a file of 5 MB.", "several pages.")  # fmt: skip
_form("not-utf-8", "A file is not in UTF-8.", "its letters would be others.", "a file in Latin-1.",
      "the file in UTF-8, without a byte order mark.")  # fmt: skip
_form("yaml-syntax", "A file is not valid YAML.", "it has no one meaning.",
      "`summary: \"a socket`", "`summary: \"a socket\"`")  # fmt: skip
_form("yaml-empty", "A file is empty.", "a page has at least a name, a section, a date and a description.",
      "a file without a line.", "`name: connect`, and what follows.")  # fmt: skip
_form("yaml-documents", "A file holds a second document.", "only the first one would be shown.",
      "`---` between two pages.", "two files.")  # fmt: skip
_form("yaml-too-deep", "Values are nested too deeply, or there are too many.",
      "no page is, so the file was made to exhaust the memory.", "`[[[[[[ … ]]]]]]`", "a page.")  # fmt: skip
_form("yaml-alias", "A value is an alias of another one.",
      "what stands here would change with a passage elsewhere.",
      "`when: *same`", "the text itself.")  # fmt: skip
_form("yaml-feature", "A file uses a part of YAML that has no use here.",
      "anchors, tags and directives mean different things to different readers.",
      "`section: !!str 2`", "`section: \"2\"`")  # fmt: skip
_form("yaml-key", "A key is no word.", "fields have names.", "`[a, b]: c`", "`name: connect`")  # fmt: skip
_form("duplicate-key", "A key stands twice in a mapping.", "only one of the values would be shown.",
      "`summary:` in two lines of a page.", "one of them.")  # fmt: skip
_form("unknown-key", "A key is not one of its record's.", "what it says would not be shown.",
      "`sumary: connect a socket`", "`summary: connect a socket`")  # fmt: skip
_form("missing-field", "A record lacks a field that it must have.", "the page would have a gap.",
      "a cause without `when:`.", "`when: The file does not exist.`")  # fmt: skip
_form("wrong-type", "A value is a list, a mapping or a text where another kind is needed.",
      "it cannot be shown.", "`errno: EACCES`", "`errno: [EACCES]`")  # fmt: skip
_form("wrong-value", "A word does not look as its field demands.",
      "names, dates, errnos and conditions are compared letter by letter.",
      "`date: 21.11.2026`", "`date: 2026-11-21`")  # fmt: skip
_form("more-problems", "A file has more problems than are told at once.",
      "after the first many, most follow from the others.", "a page in another format.",
      "the first ones mended.")  # fmt: skip
_form("refused-character", "A file holds a character that no source may hold.",
      "controls and signs that turn the direction of text show readers something else than is there.",
      "U+202E in a summary.", "text in the order in which it is read.")  # fmt: skip
_form("tab", "A line holds a tab.", "its width depends on who shows it.", "a tab before `errno:`.",
      "blanks.")  # fmt: skip
_form("duplicate-id", "An id stands twice in a page.", "ids are anchors, and a link leads to one place.",
      "`id: no-route` in two causes.", "`id: no-route` and `id: no-route-back`")  # fmt: skip
_form("duplicate-section", "An edition lists a section twice.", "it would be shown twice.",
      "`{field: notes, title: NOTES}` in two lines.", "one of them.")  # fmt: skip
_form("missing-section", "A page has a section that its edition does not show.",
      "what the page says there would be lost.", "`caveats:`, which the edition does not list.",
      "`{field: caveats, title: CAVEATS}` in `edition.yaml`.")  # fmt: skip
_form("missing-file", "A program that a page shows is not beside it.", "the page would have a gap.",
      "`file: conect.c`", "`file: connect.c`")  # fmt: skip
_form("undefined-reference", "A page refers to one that its edition neither has nor names as external.",
      "its readers would look for it in vain.", "``:man:`acept(2)` ``", "``:man:`accept(2)` ``")  # fmt: skip
_form("text-too-long", "A text or a word is longer than any that people read.",
      "it was made to exhaust the memory, or its line breaks are lost.", "a word of 2,000 letters.",
      "several texts.")  # fmt: skip
_form("rest-nesting", "Markup or lists are nested too deeply.", "no reader can follow them.",
      "a list in a list in a list …", "two lists.")  # fmt: skip
_form("rest-role", "A role does not exist, or its text is not of its form.",
      "the word would be shown with the wrong meaning.", "``:err:`EACCES` ``, ``:errno:`eacces` ``",
      "``:errno:`EACCES` ``")  # fmt: skip
_form("rest-construct", "A text uses a part of reST that is not in the dialect.",
      "directives, footnotes and raw output mean nothing in a man page, or too much.",
      "`.. include:: file`", "the text itself.")  # fmt: skip
_form("rest-syntax", "A text is not valid reST.", "it has no one meaning.", "``:func:`connect``",
      "``:func:`connect` ``")  # fmt: skip
_form("rest-backslash", "A backslash would vanish from a text.",
      "reST takes it for a sign of its own, and readers would see something else than was written.",
      "`\\fBnot bold`, where the page shall show it.", "`\\\\fBnot bold`")  # fmt: skip
_form("po-syntax", "A catalogue is not valid.", "gettext and translators' editors would read it differently.",
      "`msgid` without its `msgstr`.", "what `msgcat` writes.")  # fmt: skip
_form("po-charset", "A catalogue is not in UTF-8, or does not say so.", "its letters would be others.",
      "`charset=KOI8-R`", "`charset=UTF-8`, and the file in it.")  # fmt: skip
_form("po-character", "A catalogue holds a character that none may hold.",
      "controls and signs that turn the direction of text show readers something else than is there.",
      "U+202E in a `msgstr`.", "text in the order in which it is read.")  # fmt: skip
_form("po-duplicate", "A catalogue holds a text twice.", "only one of the translations would be shown.",
      "two entries with one `msgid`.", "one of them, or a `msgctxt` in the source.")  # fmt: skip
_form("po-header", "A catalogue has no header, or that of another language.",
      "editors learn the charset, the language and its plurals from it.",
      "`Language: de` below `translations/ru`.", "`Language: ru`")  # fmt: skip
_form("po-plural-forms", "The plural forms of a catalogue are not those of its language.",
      "numbers would be followed by the wrong form.", "`nplurals=2` in Russian.",
      "what the message says.")  # fmt: skip
_form("po-size", "A catalogue, a line or a text of it is larger than any of a page.",
      "it was made to exhaust the memory.",
      "a line of 20,000 characters.", "what `msgcat` writes.")  # fmt: skip
_form("po-blank", "A translation is nothing but blanks.", "it would be shown as a gap.", '`msgstr " "`',
      '`msgstr ""`, which shows the English text.')  # fmt: skip
_form("po-newline", "A translation does not begin or end with a line break as its source does.",
      "`msgfmt` refuses it.", '`msgid "a\\n"`, `msgstr "б"`', '`msgstr "б\\n"`')  # fmt: skip
_form("po-format", "A translation has other format directives than its source.",
      "the program that fills them in would fail.", '`msgid "%d files"`, `msgstr "%s файлов"`',
      '`msgstr "%d файлов"`')  # fmt: skip

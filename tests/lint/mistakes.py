"""Mistakes that maintainers and translators make, each an edit of the real page or catalogue.

A mistake is what it is, the file, the text that is there, the text that comes instead, and the rules
that must find it: those and no others.
"""

from __future__ import annotations

from typing import NamedTuple

PAGE = "source/linux/connect.2.yaml"
PROGRAM = "source/linux/connect-nonblocking.c"
ILLUMOS = "source/illumos/connect.3socket.yaml"
EDITION = "source/linux/edition.yaml"
COMPARISON = "source/comparison/connect.yaml"
RUSSIAN = "translations/ru/LC_MESSAGES/linux/connect.2.po"
WORDS = "translations/ru/LC_MESSAGES/manproof.po"


class Mistake(NamedTuple):
    """An edit, and the rules that find it."""

    what: str
    file: str
    old: str
    new: str
    rules: str


MAINTAINERS = [
    Mistake(
        "an errno claimed that the kernel does not give",
        PAGE,
        "{tcp.no-ephemeral-port: EADDRNOTAVAIL,",
        "{tcp.no-ephemeral-port: EADDRINUSE,",
        "errno-contradicted claim-outside-row",
    ),
    Mistake(
        "a claim lost, with a condition of its own",
        PAGE,
        "            claims: {unix.symlink-to-long-name: ENAMETOOLONG}\n",
        "            unproven: nobody tries it\n",
        "errno-undocumented errno-unproven",
    ),
    Mistake(
        "a condition misspelt",
        PAGE,
        "unix.write-denied: EACCES",
        "unix.wirte-denied: EACCES",
        "condition-unknown errno-undocumented",
    ),
    Mistake(
        "a condition misspelt in the comparison",
        COMPARISON,
        "fd.minus-one",
        "fd.minus-on",
        "situation-unknown",
    ),
    Mistake(
        "an errno misspelt in the comparison",
        COMPARISON,
        "{outcomes: [ENOTSOCK], manuals: [posix-2017]",
        "{outcomes: [ENOTSOK], manuals: [posix-2017]",
        "outcome-unknown",
    ),
    Mistake(
        "a cause misspelt in the comparison",
        COMPARISON,
        "file-system-fails",
        "filesystem-fails",
        "situation-unknown",
    ),
    Mistake(
        "success promised where an errno comes",
        PAGE,
        "fd.pipe: ENOTSOCK",
        "fd.pipe: success",
        "errno-contradicted",
    ),
    Mistake(
        "the errno of a row changed, its claims not",
        PAGE,
        "errno: [ENOTDIR]",
        "errno: [ENOENT]",
        "claim-outside-row errno-duplicate",
    ),
    Mistake(
        "a row moved below another",
        PAGE,
        "      - errno: [EBADF]\n",
        "      - errno: [EFAULT]\n",
        "errno-duplicate claim-outside-row",
    ),
    Mistake(
        "a new row put at the end of its group",
        PAGE,
        "      - errno: [ENOTSOCK]\n        causes:\n          - id: no-socket",
        "      - errno: [EBADFD]\n        causes:\n          - id: no-socket",
        "errno-out-of-order claim-outside-row",
    ),
    Mistake(
        "an errno of another spelling in a row",
        PAGE,
        "errno: [ECONNABORTED]",
        "errno: [ECONNABORT]",
        "errno-unknown claim-outside-row",
    ),
    Mistake(
        "an errno misspelt in a sentence",
        PAGE,
        ":errno:`EINPROGRESS` and the attempt",
        ":errno:`EINPROGESS` and the attempt",
        "errno-unknown errno-without-entry",
    ),
    Mistake(
        "an errno that never leaves the kernel",
        PAGE,
        "A signal handler interrupted the wait;",
        "A signal handler interrupted the wait (:errno:`ERESTARTSYS`);",
        "errno-unknown errno-without-entry",
    ),
    Mistake(
        "an errno described that has no entry",
        PAGE,
        "A protocol may have errors of its own.",
        "A protocol may have errors of its own, such as :errno:`ENOBUFS`.",
        "errno-without-entry",
    ),
    Mistake(
        "a cause copied and not finished",
        PAGE,
        "A component of the path prefix is not a directory.",
        "The file, or a directory of its path prefix, does not exist.",
        "cause-duplicate",
    ),
    Mistake(
        "a claim copied into a second cause",
        PAGE,
        "claims: {udp.no-ephemeral-port: EAGAIN}",
        "claims: {udp.no-ephemeral-port: EAGAIN, unix.nonblocking-backlog-full: EAGAIN}",
        "claim-duplicate",
    ),
    Mistake(
        "SEE ALSO removed",
        PAGE,
        "see_also:\n  - accept(2)\n  - bind(2)\n  - getsockname(2)\n  - getsockopt(2)\n  - listen(2)\n"
        "  - poll(2)\n  - socket(2)\n  - getaddrinfo(3)\n  - ip(7)\n  - path_resolution(7)\n  - tcp(7)\n"
        "  - unix(7)\n  - selinux(8)\n",
        "",
        "section-absent",
    ),
    Mistake("RETURN VALUE forgotten", PAGE, "return_value:\n", "caveats:\n", "section-absent"),
    Mistake(
        "a page in SEE ALSO out of order",
        PAGE,
        "  - accept(2)\n  - bind(2)\n",
        "  - bind(2)\n  - accept(2)\n",
        "reference-out-of-order",
    ),
    Mistake(
        "a page in SEE ALSO of the wrong section",
        PAGE,
        "  - poll(2)\n",
        "  - poll(3)\n",
        "undefined-reference reference-out-of-order",
    ),
    Mistake(
        "a page twice in SEE ALSO", PAGE, "  - bind(2)\n", "  - bind(2)\n  - bind(2)\n", "reference-duplicate"
    ),
    Mistake(
        "the page itself in SEE ALSO",
        PAGE,
        "  - bind(2)\n",
        "  - bind(2)\n  - connect(2)\n",
        "reference-to-itself",
    ),
    Mistake(
        "a reference misspelt", PAGE, "see :man:`signal(7)`.", "see :man:`signals(7)`.", "undefined-reference"
    ),
    Mistake(
        "an edition that names no external pages, and a reference misspelt",
        EDITION,
        "external:\n  - accept(2)\n",
        "external:\n  - acept(2)\n",
        "undefined-reference",
    ),
    Mistake(
        "a parameter misspelt",
        PAGE,
        ":arg:`addrlen` is the size",
        ":arg:`adrlen` is the size",
        "parameter-unknown",
    ),
    Mistake(
        "a parameter by the name that POSIX gives it",
        PAGE,
        ":arg:`sockfd` does not refer",
        ":arg:`socket` does not refer",
        "parameter-unknown",
    ),
    Mistake(
        "a parameter renamed in the prototype only",
        PAGE,
        "{type: socklen_t, name: addrlen}",
        "{type: socklen_t, name: length}",
        "parameter-unknown parameter-unexplained",
    ),
    Mistake(
        "a prototype with another type",
        PAGE,
        "{type: socklen_t, name: addrlen}",
        "{type: socklen_t *, name: addrlen}",
        "prototype-differs",
    ),
    Mistake(
        "a prototype without const",
        PAGE,
        "{type: const struct sockaddr *, name: addr}",
        "{type: struct sockaddr *, name: addr}",
        "prototype-differs",
    ),
    Mistake("a wrong type of the result", PAGE, "returns: int\n", "returns: ssize_t\n", "prototype-differs"),
    Mistake(
        "a header that does not exist",
        PAGE,
        "includes: [sys/socket.h]",
        "includes: [sys/sockets.h]",
        "prototype-differs",
    ),
    Mistake(
        "a header that declares something else",
        PAGE,
        "includes: [sys/socket.h]",
        "includes: [sys/un.h]",
        "prototype-differs",
    ),
    Mistake(
        "two sentences in a line",
        PAGE,
        "          Nothing is sent.\n          :arg:`addr` becomes",
        "          Nothing is sent. :arg:`addr` becomes",
        "sentence-mid-line",
    ),
    Mistake(
        "a hyphen in nonblocking",
        PAGE,
        "If the socket is nonblocking and its",
        "If the socket is non-blocking and its",
        "spelling-not-preferred",
    ),
    Mistake(
        "British spelling",
        PAGE,
        "Some sockets can also be released:",
        "Some sockets can also be released, and this behaviour is old:",
        "spelling-not-preferred",
    ),
    Mistake(
        "a symbolic link by its nickname",
        PAGE,
        "A symbolic link of the path leads",
        "A symlink of the path leads",
        "spelling-not-preferred",
    ),
    Mistake(
        "a cause without its full stop",
        PAGE,
        "The host does not answer on its network.",
        "The host does not answer on its network",
        "sentence-unfinished",
    ),
    Mistake(
        "a summary as a sentence",
        PAGE,
        "summary: connect a socket to the address of a peer",
        "summary: Connect a socket to the address of a peer.",
        "phrase-as-sentence",
    ),
    Mistake(
        "a rare cause as a sentence",
        PAGE,
        "when: an IPsec policy that blocks the peer",
        "when: An IPsec policy that blocks the peer.",
        "phrase-as-sentence",
    ),
    Mistake(
        "a role between double backquotes",
        PAGE,
        "(:file:`libc`, :opt:`-lc`)",
        "(``:file:`libc```, :opt:`-lc`)",
        "role-in-literal",
    ),
    Mistake(
        "an errno without its role",
        PAGE,
        "they fail with :errno:`EAGAIN`, and",
        "they fail with EAGAIN, and",
        "name-unmarked",
    ),
    Mistake(
        "a function without its role",
        PAGE,
        "The state of a socket is unspecified after :func:`connect` has",
        "The state of a socket is unspecified after connect() has",
        "name-unmarked",
    ),
    Mistake(
        "a constant without its role",
        PAGE,
        "or it was opened with :const:`O_PATH`.",
        "or it was opened with O_PATH.",
        "name-unmarked",
    ),
    Mistake("a page without its role", PAGE, "in :man:`ip(7)`.", "in ip(7).", "name-unmarked"),
    Mistake(
        "a role of another markup language",
        PAGE,
        "see :man:`signal(7)`.",
        "see :manpage:`signal(7)`.",
        "rest-role",
    ),
    Mistake(
        "a role that is not closed",
        PAGE,
        "see :man:`signal(7)`.",
        "see :man:`signal(7).",
        "rest-role undefined-reference",
    ),
    Mistake(
        "a word twice, across a line end",
        PAGE,
        "the address depends on the address family",
        "the address depends on\n      on the address family",
        "doubled-word",
    ),
    Mistake(
        "a bracket left open",
        PAGE,
        "(a local address that is in use gives :errno:`EADDRNOTAVAIL`),",
        "(a local address that is in use gives :errno:`EADDRNOTAVAIL`,",
        "quotes-unbalanced",
    ),
    Mistake(
        "a quotation mark left open",
        PAGE,
        "another thread uses the socket, or the file",
        "another “thread uses the socket, or the file",
        "quotes-unbalanced",
    ),
    Mistake(
        "a word misspelt",
        PAGE,
        "and the only address that they are received from.",
        "and the only address that they are recieved from.",
        "misspelling",
    ),
    Mistake(
        "another word misspelt",
        PAGE,
        "The connection cannot be established at once, and",
        "The connection cannot be estabilished at once, and",
        "misspelling",
    ),
    Mistake("a field misspelt", PAGE, "summary: connect a", "sumary: connect a", "unknown-key missing-field"),
    Mistake("a date of another form", PAGE, "date: 2026-11-21", "date: 21.11.2026", "wrong-value"),
    Mistake("an errno that is no list", PAGE, "errno: [EBADF]", "errno: EBADF", "wrong-type"),
    Mistake("an id twice", PAGE, "- id: unix-missing", "- id: unix-loop", "duplicate-id"),
    Mistake(
        "a program that is not there",
        PAGE,
        "file: connect-nonblocking.c",
        "file: connect-nonblock.c",
        "missing-file",
    ),
    Mistake(
        "indentation lost",
        PAGE,
        "  - group: unix\n    title: UNIX domain\n",
        "  - group: unix\n   title: UNIX domain\n",
        "yaml-syntax",
    ),
    Mistake(
        "an unbreakable word in a literal",
        PAGE,
        "The host does not answer on its network.",
        "The host does not answer ``" + "x" * 90 + "`` on its network.",
        "groff-warning man-warning",
    ),
    Mistake(
        "a function misspelt",
        PAGE,
        "      :func:`connect` connects the",
        "      :func:`conect` connects the",
        "name-misspelt",
    ),
    Mistake(
        "a constant misspelt", PAGE, ":const:`SOCK_SEQPACKET`", ":const:`SOCK_SEQPACKT`", "name-misspelt"
    ),
    Mistake(
        "a condition of another system's page misspelt",
        ILLUMOS,
        "{fd.never-opened: EBADF",
        "{fd.never-opend: EBADF",
        "condition-unknown",
    ),
    Mistake(
        "an errno of another system's page misspelt",
        ILLUMOS,
        ":errno:`EINPROGRESS`",
        ":errno:`EINPROGESS`",
        "name-misspelt errno-without-entry",
    ),
    Mistake(
        "a file below /proc misspelt", PAGE, "ip_local_port_range", "ip_local_prot_range", "name-misspelt"
    ),
    Mistake("a release with a comma", PAGE, 'since: "2.2"', 'since: "2,2"', "wrong-value"),
    Mistake(
        "a blank of no width, copied from a web page",
        PAGE,
        "Nothing is sent.",
        "Nothing\u200bis sent.",
        "letter-disguised",
    ),
    Mistake(
        "an article for a consonant before a vowel",
        PAGE,
        "The address is a broadcast address",
        "The address is an broadcast address",
        "article-wrong",
    ),
    Mistake(
        "a full stop too many",
        PAGE,
        "does not answer on its network.",
        "does not answer on its network..",
        "punctuation-odd",
    ),
    Mistake(
        "a comma too many",
        PAGE,
        "local address yet, and no ephemeral",
        "local address yet,, and no ephemeral",
        "punctuation-odd",
    ),
    Mistake(
        "a blank before a comma",
        PAGE,
        "local address yet, and no ephemeral",
        "local address yet , and no ephemeral",
        "punctuation-odd",
    ),
    Mistake(
        "no blank after a comma",
        PAGE,
        "local address yet, and no ephemeral",
        "local address yet,and no ephemeral",
        "punctuation-odd",
    ),
    Mistake(
        "a sentence that lost its beginning",
        PAGE,
        "The host does not answer on its",
        "the host does not answer on its",
        "sentence-uncapitalized",
    ),
    Mistake("a program that does not compile", PROGRAM, "int main", "int mian(", "program-broken"),
    Mistake(
        "a role glued to the word before it",
        PAGE,
        "the socket :arg:`sockfd` to",
        "the socket:arg:`sockfd` to",
        "rest-role",
    ),
    Mistake(
        "single backquotes without a role",
        PAGE,
        ":arg:`addrlen` is the size",
        "`addrlen` is the size",
        "rest-role",
    ),
    Mistake(
        "a parameter as a literal",
        PAGE,
        ":arg:`addrlen` is the size",
        "``addrlen`` is the size",
        "parameter-unmarked",
    ),
    Mistake(
        "a parameter in plain text",
        PAGE,
        ":arg:`addrlen` is the size",
        "addrlen is the size",
        "parameter-unmarked",
    ),
    Mistake(
        "a star that is not closed",
        PAGE,
        "as *Nonblocking sockets* says",
        "as *Nonblocking sockets says",
        "rest-syntax",
    ),
    Mistake("a link of Markdown", PAGE, "see :man:`socket(2)`.", "see [socket](socket.2.html).", "left-over"),
    Mistake("HTML in the text", PAGE, "Nothing is sent.", "Nothing is <b>sent</b>.", "left-over"),
    Mistake("a note to the author", PAGE, "Nothing is sent.", "Nothing is sent (TODO: check).", "left-over"),
    Mistake(
        "a paragraph moved and not removed",
        PAGE,
        "  - id: reconnect\n",
        "  - text: |\n      Others can be connected again at any time, "
        "and each call replaces the association.\n"
        "      Datagram sockets in the UNIX and Internet domains can.\n  - id: reconnect\n",
        "paragraph-duplicate",
    ),
    Mistake(
        "an errno as a constant",
        PAGE,
        "they fail with :errno:`EAGAIN`",
        "they fail with :const:`EAGAIN`",
        "role-mistaken",
    ),
    Mistake(
        "a parameter as a constant",
        PAGE,
        ":arg:`addrlen` is the size",
        ":const:`addrlen` is the size",
        "role-mistaken",
    ),
    Mistake(
        "a constant as a parameter",
        PAGE,
        "is :const:`AF_UNSPEC` dissolves",
        "is :arg:`AF_UNSPEC` dissolves",
        "role-mistaken",
    ),
    Mistake(
        "brackets in the role of a function",
        PAGE,
        "      :func:`connect` connects the",
        "      :func:`connect()` connects the",
        "rest-role",
    ),
    Mistake(
        "quotation marks turned round", PAGE, "Nothing is sent.", "Nothing is ”sent“.", "punctuation-odd"
    ),
]

TRANSLATORS = [
    Mistake(
        "an errno changed",
        RUSSIAN,
        '"`EINPROGRESS` они возвращают',
        '"`EINTR` они возвращают',
        "translation-markup",
    ),
    Mistake(
        "an argument lost",
        RUSSIAN,
        "Дескриптор :arg:`sockfd` ссылается",
        "Дескриптор ссылается",
        "translation-markup",
    ),
    Mistake(
        "a name translated",
        RUSSIAN,
        "Дескриптор :arg:`sockfd` ссылается",
        "Дескриптор :arg:`сокет` ссылается",
        "translation-markup",
    ),
    Mistake(
        "a role that does not exist",
        RUSSIAN,
        "Дескриптор :arg:`sockfd` ссылается",
        "Дескриптор :арг:`sockfd` ссылается",
        "translation-markup",
    ),
    Mistake(
        "a backquote lost",
        RUSSIAN,
        "Дескриптор :arg:`sockfd` ссылается",
        "Дескриптор :arg:`sockfd ссылается",
        "translation-markup",
    ),
    Mistake(
        "a letter glued to a role",
        RUSSIAN,
        "Дескриптор :arg:`sockfd` ссылается",
        "Дескриптор :arg:`sockfd`а ссылается",
        "translation-markup",
    ),
    Mistake(
        "a function in plain text",
        RUSSIAN,
        "и попытка не начата.",
        "и connect() не начат.",
        "translation-name",
    ),
    Mistake(
        "an errno in plain text",
        RUSSIAN,
        "Узел не отвечает в своей сети.",
        "Узел не отвечает в своей сети, как при ENETDOWN.",
        "translation-name",
    ),
    Mistake(
        "emphasis lost",
        RUSSIAN,
        "маршрут типа *unreachable*",
        "маршрут типа unreachable",
        "translation-emphasis",
    ),
    Mistake("a translation removed", RUSSIAN, 'msgstr "Все сокеты"', 'msgstr ""', "translation-untranslated"),
    Mistake(
        "a translation of another text",
        RUSSIAN,
        'msgid "All sockets"',
        '#, fuzzy\nmsgid "All sockets"',
        "translation-fuzzy",
    ),
    Mistake(
        "a full stop forgotten",
        RUSSIAN,
        "Узел не отвечает в своей сети.",
        "Узел не отвечает в своей сети",
        "translation-punctuation",
    ),
    Mistake("a full stop for a semicolon", RUSSIAN, '"сокеты*;"', '"сокеты*."', "translation-punctuation"),
    Mistake(
        "a full stop after a phrase",
        RUSSIAN,
        'msgstr "маршрут типа *unreachable*"',
        'msgstr "маршрут типа *unreachable*."',
        "translation-punctuation",
    ),
    Mistake(
        "English in the place of a translation",
        RUSSIAN,
        'msgstr "Узел не отвечает в своей сети."',
        'msgstr "The host does not answer on its network."',
        "translation-identical",
    ),
    Mistake(
        "the word for datagram that others use",
        RUSSIAN,
        "Датаграммный сокет по этому адресу",
        "Дейтаграммный сокет по этому адресу",
        "term-mistranslated",
    ),
    Mistake(
        "a flag for an option",
        RUSSIAN,
        "заданное его параметром",
        "заданное его флагом",
        "term-mistranslated",
    ),
    Mistake(
        "a foreign word for a firewall",
        RUSSIAN,
        '"отбрасывает межсетевой экран. С',
        '"отбрасывает брандмауэр. С',
        "term-mistranslated",
    ),
    Mistake(
        "a directory for a socket",
        RUSSIAN,
        "ссылается не на сокет.",
        "ссылается не на каталог.",
        "term-mistranslated",
    ),
    Mistake(
        "a number mistyped",
        RUSSIAN,
        "впервые вызов появился в 4.2BSD.",
        "впервые вызов появился в 4.3BSD.",
        "translation-number",
    ),
    Mistake(
        "a zero lost",
        RUSSIAN,
        ":func:`connect` возвращает 0, если",
        ":func:`connect` возвращает, если",
        "translation-number",
    ),
    Mistake(
        "straight quotation marks",
        RUSSIAN,
        "Узел не отвечает в",
        'Узел не \\"отвечает\\" в',
        "translation-quotes",
    ),
    Mistake(
        "е for ё",
        RUSSIAN,
        "У сокета ещё нет локального адреса",
        "У сокета еще нет локального адреса",
        "translation-spelling",
    ),
    Mistake(
        "е for ё in a participle",
        RUSSIAN,
        "Датаграммный сокет по этому адресу соединён с третьим",
        "Датаграммный сокет по определенному адресу соединён с третьим",
        "translation-spelling",
    ),
    Mistake(
        "a word twice", RUSSIAN, "Узел не отвечает в своей", "Узел не отвечает в в своей", "doubled-word"
    ),
    Mistake(
        "a quotation left open", RUSSIAN, "Узел не отвечает в", "Узел «не отвечает в", "quotes-unbalanced"
    ),
    Mistake("two blanks", RUSSIAN, "Узел не отвечает в", "Узел  не отвечает в", "translation-spacing"),
    Mistake("a blank at the end", RUSSIAN, "в своей сети.", "в своей сети. ", "translation-spacing"),
    Mistake(
        "an empty line",
        RUSSIAN,
        "Узел не отвечает в своей",
        "Узел не отвечает\\n\\nв своей",
        "translation-paragraphs",
    ),
    Mistake("a word misspelt", RUSSIAN, "Узел не отвечает в", "Узил не отвечает в", "word-unknown"),
    Mistake(
        "an ending lost",
        RUSSIAN,
        "открытым файловым дескриптором",
        "открытым файловы дескриптором",
        "word-unknown term-mistranslated",
    ),
    Mistake(
        "a text left out of the catalogue",
        RUSSIAN,
        '#: source/linux/connect.2.yaml:105\nmsgid "All sockets"\nmsgstr "Все сокеты"\n',
        "",
        "translation-outdated",
    ),
    Mistake("a text twice", RUSSIAN, 'msgid "UNIX domain"', 'msgid "All sockets"', "po-duplicate"),
    Mistake(
        "a quote inside of a string", RUSSIAN, 'msgstr "Все сокеты"', 'msgstr "Все "сокеты""', "po-syntax"
    ),
    Mistake(
        "a catalogue of another language",
        RUSSIAN,
        '"Language: ru\\n"',
        '"Language: de\\n"',
        "po-header po-plural-forms",
    ),
    Mistake(
        "a placeholder translated", WORDS, "язык: {names}.", "язык: {имена}.", "translation-placeholders"
    ),
    Mistake(
        "a title translated in two ways", WORDS, 'msgstr "ОШИБКИ"', 'msgstr ""', "translation-untranslated"
    ),
    Mistake(
        "a Latin letter in a Russian word",
        RUSSIAN,
        "Сокет уже соединён",
        "Cокет уже соединён",
        "letter-disguised",
    ),
    Mistake(
        "a Latin letter for a Russian word",
        RUSSIAN,
        "соединяет сокет с адресом",
        "соединяет сокет c адресом",
        "letter-disguised",
    ),
    Mistake(
        "a sentence passed over",
        RUSSIAN,
        '"Ничего не отправляется. По адресу :arg:`addr` датаграммы уходят, если не "\n'
        '"указан другой, и только с него они принимаются."',
        '"Адрес :arg:`addr` для датаграмм."',
        "translation-short",
    ),
    Mistake(
        "English words left", RUSSIAN, "Узел не отвечает в", "Узел does not отвечает в", "translation-partial"
    ),
    Mistake(
        "two full stops",
        RUSSIAN,
        "Узел не отвечает в своей сети.",
        "Узел не отвечает в своей сети..",
        "punctuation-odd",
    ),
    Mistake(
        "a blank before a comma", RUSSIAN, "заполнена, а сокет", "заполнена , а сокет", "punctuation-odd"
    ),
    Mistake("no blank after a comma", RUSSIAN, "заполнена, а сокет", "заполнена,а сокет", "punctuation-odd"),
    Mistake(
        "a role glued to the word before it",
        RUSSIAN,
        "Дескриптор :arg:`sockfd` ссылается",
        "Дескриптор:arg:`sockfd` ссылается",
        "translation-markup",
    ),
    Mistake(
        "a sentence with a small letter",
        RUSSIAN,
        "Узел не отвечает в",
        "узел не отвечает в",
        "translation-uncapitalized",
    ),
    Mistake(
        "quotation marks turned round",
        RUSSIAN,
        "Узел не отвечает в",
        "»Узел« не отвечает в",
        "punctuation-odd",
    ),
    Mistake(
        "a blank of no width", RUSSIAN, "Узел не отвечает в", "Узел не отве\u200bчает в", "letter-disguised"
    ),
    Mistake(
        "double backquotes for single ones",
        RUSSIAN,
        "Дескриптор :arg:`sockfd` ссылается",
        "Дескриптор :arg:``sockfd`` ссылается",
        "translation-markup",
    ),
    Mistake(
        "a note to the translator", RUSSIAN, "Узел не отвечает в", "Узел не отвечает (TODO) в", "left-over"
    ),
    Mistake("a sign lost", RUSSIAN, "возвращает -1", "возвращает 1", "translation-number"),
    Mistake("a tab", RUSSIAN, "Узел не отвечает в", "Узел\\tне отвечает в", "translation-spacing"),
]

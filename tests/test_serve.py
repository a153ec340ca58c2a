"""The live preview: what it answers, and to whom."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from manproof.render.skeleton import stylesheet
from manproof.serve.dress import dressed
from manproof.serve.web import located
from tests.preview import DEADLINE, Preview, until
from tests.sample import EDITION, PAGE, manproof, project, write

PO = """\
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Words."
msgstr "Слова."
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = project(tmp_path_factory.mktemp("serve") / "project")
    write(found / "translations/ru/LC_MESSAGES/sample/sample.2.po", PO)
    return found


@pytest.fixture(scope="module")
def preview(root: Path) -> Iterator[Preview]:
    with Preview(root) as found:
        yield found


def test_pages_are_those_of_the_site(preview: Preview) -> None:
    for target in (
        "/",
        "/index.html",
        "/index.ru.html",
        "/sample/sample.2.en.html",
        "/sample/sample.2.ru.html",
    ):
        status, head, body = preview.get(target)
        assert status == 200 and "Content-Type: text/html; charset=utf-8" in head, target
        assert body.endswith("</html>\n")
    assert "<p" in body and "Слова." in body
    for target, kind in (("/site.js", "text/javascript"), ("/favicon.svg", "image/svg+xml")):
        status, head, body = preview.get(target)
        assert status == 200 and f"Content-Type: {kind}" in head and body


def test_nothing_of_the_preview_is_in_the_site(preview: Preview, root: Path) -> None:
    pages = list((root / "build/serve/html").rglob("*.html"))
    assert len(pages) > 4
    assert not [path for path in pages if "/-/" in path.read_text(encoding="utf-8")]
    assert not (root / "build/html").exists()


def test_policy_allows_this_server_and_no_other(preview: Preview) -> None:
    _, head, body = preview.get("/sample/sample.2.en.html")
    assert "Content-Security-Policy" not in body, "one in the page would forbid the connection"
    [line] = [line for line in head.splitlines() if line.startswith("Content-Security-Policy: ")]
    policy = dict(each.strip().split(" ", 1) for each in line.partition(": ")[2].split(";"))
    style = policy.pop("style-src")
    assert style.startswith("'self' 'sha256-") and "unsafe" not in line
    assert policy == {
        "default-src": "'none'", "script-src": "'self'", "img-src": "'self'", "base-uri": "'none'",
        "form-action": "'none'", "connect-src": "'self'", "frame-ancestors": "'none'",
    }  # fmt: skip


def test_head_has_no_body(preview: Preview) -> None:
    for target in ("/", "/site.js", "/-/events?at=/", "/nothing"):
        _, head, body = preview.get(target, "HEAD")
        assert head and not body


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_nothing_can_be_changed(preview: Preview, method: str) -> None:
    status, head, body = preview.get("/", method)
    assert (status, body) == (405, "") and "Allow: GET, HEAD" in head


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org", "localhost.", "", "[::1]", "a@localhost"]
)
def test_other_hosts_are_refused(preview: Preview, host: str) -> None:
    status, _, body = preview.get("/", host=host)
    assert status == 421 and "<" not in body


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9000", "127.0.0.1", "127.0.0.1:80"])
def test_this_machine_is_served(preview: Preview, host: str) -> None:
    assert preview.get("/", host=host)[0] == 200


def test_one_host_is_named(preview: Preview) -> None:
    assert preview.ask(b"GET / HTTP/1.0\r\n\r\n")[0] == 421
    assert preview.ask(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n")[0] == 421


HOSTILE = [
    "/../serve.log", "/../../../../etc/passwd", "/%2e%2e/%2e%2e/source/sample/edition.yaml",
    "/..%2f..%2fetc/passwd", "/sample/..", "/sample/", "/sample", "/.cache.json", "/%2ecache.json",
    "/../.cache.json", "//etc/passwd", "/etc/passwd", "/\\..\\x", "/%00", "/index.html%00.svg", "/%ff",
    "/%c0%ae%c0%ae/x", "/a/b/c/d/e/f", "/-/", "/-/live.py", "/-/../live.js", "http://example.org/",
    "index.html", "*", "/%0d%0aX:y", "/" + "a" * 300, "/" + "a/" * 300, "/sample/sample.2.xx.html",
    "/" + "%f0%9f%98%80" * 120 + ".html", "/" + "%f0%9f%98%80" * 120 + ".txt",
    "/sample/edition.en.html?review", "/nothing.en.html?review", "/x?/../../y",
]  # fmt: skip


@pytest.mark.parametrize("target", HOSTILE)
def test_paths_that_lead_nowhere(preview: Preview, target: str) -> None:
    status, head, body = preview.get(target)
    assert status == 404, (target, head)
    assert "root:" not in body and "label:" not in body and "records" not in body
    assert "X:y" not in head


def test_requests_that_are_none(preview: Preview) -> None:
    for request in (
        b"\0" * 100,
        b"GET\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n\r\n",
    ):
        status, _, body = preview.ask(request)
        assert status in (0, 400, 414, 421, 505), request[:20]
        assert "<" not in body
    assert preview.get("/")[0] == 200


def test_a_request_that_never_ends(preview: Preview) -> None:
    """It may take so long as a whole, however often a part of it comes."""
    with preview.connect() as connection, suppress(OSError):
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        connection.settimeout(0.5)
        until(lambda: _is_ended(connection))


def _is_ended(connection: socket.socket) -> bool:
    try:
        connection.sendall(b"y")
        return not connection.recv(1)
    except TimeoutError:
        return False


def test_many_connections_are_refused_and_forgotten(preview: Preview) -> None:
    held = [preview.connect() for _ in range(200)]
    for connection in held:
        connection.close()
    until(lambda: _answers(preview))


def _answers(preview: Preview) -> bool:
    try:
        return preview.get("/")[0] == 200
    except OSError:  # it closed the connection
        return False


def test_events_tell_the_state_of_a_page(preview: Preview, root: Path) -> None:
    target = "/sample/sample.2.ru.html"
    with preview.connect() as connection:
        connection.sendall(f"GET /-/events?at={target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        stream = connection.makefile("rb")
        first = _event(stream.readline)
        assert f'data-state="{first}"' in preview.get(target)[2]
        write(root / "translations/ru/LC_MESSAGES/sample/sample.2.po", PO.replace("Слова.", "Иные слова."))
        second = _event(stream.readline)
        assert second != first
        until(lambda: "Иные слова." in preview.get(target)[2])


def _event(line: Callable[[], bytes]) -> str:
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        found = line().decode()
        if found.startswith("data: "):
            return found.removeprefix("data: ").strip()
    raise AssertionError("no event came")


def test_interrupt_ends_it_with_its_streams(root: Path, tmp_path: Path) -> None:
    here = project(tmp_path / "project")
    with Preview(here) as preview, preview.connect() as connection:
        connection.sendall(b"GET /-/events?at=/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(100)
        assert preview.end() == 0
        while connection.recv(1 << 16):
            pass
        assert "Traceback" not in preview.said()


def test_port_that_is_taken(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = manproof(root, "serve", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr == (
        f"manproof: error: cannot listen on 127.0.0.1, port {port}: Address already in use; "
        "choose another with --port, or any free one with --port 0\n"
    )


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("source/sample/sample.2.yaml", PAGE + "x: [", "source/sample/sample.2.yaml:"),
        ("source/sample/edition.yaml", EDITION.replace("status", "state"), "source/sample/edition.yaml:"),
        ("source/Bad Name/edition.yaml", EDITION, "use lower-case letters"),
    ],
)
def test_project_with_an_error_is_served(tmp_path: Path, path: str, text: str, told: str) -> None:
    here = project(tmp_path / "project")
    write(here / path, text)
    with Preview(here) as preview:
        body = preview.get("/")[2]
        assert told in body and 'class="live"' in body
        assert told in preview.get("/sample/sample.2.en.html")[2]
        assert told in preview.said()


def test_project_without_pages_is_served(tmp_path: Path) -> None:
    here = tmp_path / "project"
    write(here / "source/sample/edition.yaml", EDITION)
    with Preview(here) as preview:
        status, _, body = preview.get("/")
        assert status == 404 and "there are no pages" in body
        write(here / "source/sample/sample.2.yaml", PAGE)
        until(lambda: preview.get("/sample/sample.2.en.html")[0] == 200)
        until(lambda: preview.get("/")[0] == 200)


def test_translations_that_come_later_are_seen(tmp_path: Path) -> None:
    here = project(tmp_path / "project")
    with Preview(here) as preview:
        assert preview.get("/sample/sample.2.ru.html")[0] == 404
        write(here / "translations/ru/LC_MESSAGES/sample/sample.2.po", PO)
        until(lambda: preview.get("/sample/sample.2.ru.html")[0] == 200)
        until(lambda: "sample.2.ru.html" in preview.get("/")[2])


def test_settings_that_are_saved_are_seen(preview: Preview, root: Path) -> None:
    wanted = '<link rel="canonical" href="https://example.org/sample/sample.2.en.html">'
    write(root / "manproof.toml", 'site-url = "https://example.org"\n')
    try:
        until(lambda: wanted in preview.get("/sample/sample.2.en.html")[2])
    finally:
        (root / "manproof.toml").unlink()
    until(lambda: wanted not in preview.get("/sample/sample.2.en.html")[2])


def test_change_of_everything_reaches_all_pages(tmp_path: Path) -> None:
    """More pages than are made at once: those that somebody looks at, and those that nobody does."""
    here = project(tmp_path / "project")
    names = [f"other{number}" for number in range(30)]
    for name in names:
        write(here / f"source/sample/{name}.2.yaml", PAGE.replace("name: sample", f"name: {name}"))
    with Preview(here) as preview:
        assert preview.get("/sample/other29.2.en.html")[0] == 200
        write(here / "source/sample/edition.yaml", EDITION.replace("Sample Manual", "Manual of Much"))
        for name in (*names, "sample"):
            until(partial(_says, preview, f"/sample/{name}.2.en.html", "Manual of Much"))


def _says(preview: Preview, target: str, text: str) -> bool:
    return text in preview.get(target)[2]


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("/", ("index.html", "")),
        ("/a/b.en.html?review", ("a/b.en.html", "review")),
        ("/a%2Bb", ("a+b", "")),
        ("/%D1%81", ("с", "")),
        ("/a//b", None),
        ("", None),
    ],
)
def test_located(target: str, place: tuple[str, str] | None) -> None:
    assert located(target) == place


def test_page_without_a_policy_is_given_a_closed_one() -> None:
    body, policy = dressed("<html><head></head><body></body></html>", "<aside></aside>", "1")
    assert "<aside></aside></body>" in body and 'data-state="1"' in body
    assert "default-src 'none'" in policy and "connect-src 'self'" in policy


def test_style_of_the_corner_is_whole() -> None:
    text = (Path(__file__).parent.parent / "templates/live.css").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}") and stylesheet(text)

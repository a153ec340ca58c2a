"""The server of the preview: it answers this machine alone, and gives nothing but the site.

A name that resolves to 127.0.0.1 does not make another site this one: requests must name the server as a
person at this machine does. Each request has a thread, of which there are so many and no more.
"""

from __future__ import annotations

import contextlib
import errno
import re
import select
import socket
import sys
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

from manproof import files, resources
from manproof.diagnostic import UserError
from manproof.serve.dress import CLOSED
from manproof.serve.workshop import Workshop

ADDRESS = "127.0.0.1"
PORT = 8000
_HOST = re.compile(r"(?:127\.0\.0\.1|localhost)(?::\d{1,5})?", re.IGNORECASE)
_PART = re.compile(r"[^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]{0,127}")
_PARTS = 4
_TYPES = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "tar": "application/x-tar",
}
_OWN = ("live.js", "live.css")
_CONNECTIONS = 128
_PATIENCE = 10.0
"""Seconds that a request may take to arrive."""
_LIFE = 15.0
"""Seconds after which a silent stream of events shows that it is alive."""


class Server(ThreadingHTTPServer):
    """Serves a workshop on the loopback interface."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, workshop: Workshop, port: int) -> None:
        self.workshop = workshop
        self.free = threading.BoundedSemaphore(_CONNECTIONS)
        super().__init__((ADDRESS, port), Handler)

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://{ADDRESS}:{self.server_address[1]}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Refuses a connection that is one too many."""
        if self.free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """One connection, and then room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no error."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def listening(workshop: Workshop, port: int | None) -> Server:
    """A server on a port, or on the usual one or else any that is free; UserError for one that is not."""
    for choice in (PORT, 0) if port is None else (port,):
        try:
            return Server(workshop, choice)
        except OSError as problem:
            if port is None and choice and problem.errno in (errno.EADDRINUSE, errno.EACCES):
                continue
            raise UserError(
                f"cannot listen on {ADDRESS}, port {choice}: {problem.strerror}; "
                "choose another with --port, or any free one with --port 0"
            ) from None
    raise AssertionError("the last choice is returned or refused")


def located(target: str) -> tuple[str, str] | None:
    """Path and query of a request, from the root of the site; None for what can lead nowhere in it."""
    raw, _, query = target.partition("?")
    try:
        path = unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return None
    if path == "/":
        return "index.html", query
    first, *parts = path.split("/")
    sound = not first and 0 < len(parts) <= _PARTS and all(map(_PART.fullmatch, parts))
    return ("/".join(parts), query) if sound else None


class Handler(BaseHTTPRequestHandler):
    """One request; connections are not kept."""

    server: Server
    timeout = _PATIENCE
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def setup(self) -> None:
        """Begins to wait for the request as a whole; each part of it has as long by itself."""
        super().setup()
        self._clock = threading.Timer(_PATIENCE, self._give_up)
        self._clock.start()

    def parse_request(self) -> bool:
        """Reads the head, which is all of a request."""
        sound = super().parse_request()
        self._clock.cancel()
        return sound

    def finish(self) -> None:
        """Ends the request, whether it came or not."""
        self._clock.cancel()
        super().finish()

    def _give_up(self) -> None:
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def version_string(self) -> str:
        """The name of the server, and no more."""
        return "manproof"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is that of the library
        """Says nothing: the terminal is for what is wrong with the sources."""

    def end_headers(self) -> None:
        """The headers of every answer."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()

    def do_GET(self) -> None:
        """Answers a request for a page, a file or the news."""
        if not self._is_for_us():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "Ask for 127.0.0.1 or localhost")
            return
        where = located(self.path)
        if where is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        path, query = where
        if path.startswith("-/"):
            self._own(path.removeprefix("-/"), query)
        elif (kind := _TYPES.get(path.rpartition(".")[2])) and (found := self.server.workshop.file(path)):
            self._give(found.read_bytes(), kind)
        else:
            answer = self.server.workshop.page(path, query)
            status = HTTPStatus.OK if answer.there else HTTPStatus.NOT_FOUND
            self._give(answer.body, "text/html; charset=utf-8", answer.policy, status)

    do_HEAD = do_GET  # noqa: N815  names that the library looks for

    def _refuse(self) -> None:
        """Refuses a method that would change something."""
        self.send_response(HTTPStatus.METHOD_NOT_ALLOWED)
        self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = _refuse  # noqa: N815

    def _is_for_us(self) -> bool:
        hosts = self.headers.get_all("Host", [])
        return len(hosts) == 1 and _HOST.fullmatch(hosts[0].strip(" \t")) is not None

    def _give(self, body: bytes, kind: str, policy: str = CLOSED, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _own(self, name: str, query: str) -> None:
        """What belongs to the preview, and not to the site."""
        if name in _OWN:
            self._give(files.read(resources.templates() / name), _TYPES[name.rpartition(".")[2]])
        elif name == "events":
            at = located(parse_qs(query).get("at", [""])[0])
            self._events(at or ("", ""))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _events(self, at: tuple[str, str]) -> None:
        """The state of a page, now and whenever it changes, until the page is left."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        if self.command == "HEAD":
            return
        workshop, version, sent, silent = self.server.workshop, -1, "", time.monotonic()
        while not workshop.closed and not _left(self.connection):
            now = workshop.news(version, 1.0)
            if now != version:
                version, state = now, workshop.page(*at).state
                if state != sent:
                    self.wfile.write(f"data: {state}\n\n".encode())
                    sent, silent = state, time.monotonic()
            if time.monotonic() - silent > _LIFE:
                self.wfile.write(b": \n\n")
                silent = time.monotonic()


def _left(connection: socket.socket) -> bool:
    """Whether the other side has gone away, or sends what nobody asked for."""
    return bool(select.select([connection], [], [], 0)[0])

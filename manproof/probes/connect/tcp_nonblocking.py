"""TCP and MPTCP: nonblocking sockets, whose connections are made while nobody waits."""

from __future__ import annotations

from manproof.lab import Lab, condition
from manproof.lab.constants import SHUT_RD, SHUT_RDWR, SHUT_WR

BOTH = ("ipv4", "ipv6")
STREAMS = ("tcp", "mptcp")
HOW = {"read": SHUT_RD, "write": SHUT_WR, "both": SHUT_RDWR}


@condition("{protocol}.refused-nonblocking.{family}", protocol=STREAMS, family=BOTH, plain=True)
def refused_nonblocking(lab: Lab, protocol: str, family: str) -> None:
    """Nobody listens at the port, and the socket is nonblocking.

    On loopback the reset is there before connect() returns, but __inet_stream_connect() does not
    look.
    """
    listener = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), listener.address))
    sock = lab.inet_socket(protocol, family, nonblocking=True)
    lab.observe(lab.connect(sock, lab.closed_port(protocol, family)))


@condition("{protocol}.refused-nonblocking-then-writable", protocol=STREAMS, plain=True)
def refused_nonblocking_then_writable(lab: Lab, protocol: str) -> None:
    """Nobody listens at the port, the socket is nonblocking, and it has become writable.

    SO_ERROR holds the reason, once.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connect(sock, lab.closed_port(protocol))
    lab.observe(lab.so_error(sock))


@condition("{protocol}.refused-nonblocking-again", protocol=STREAMS, plain=True)
def refused_nonblocking_again(lab: Lab, protocol: str) -> None:
    """A nonblocking connect() was refused, and is called again.

    The pending error is reported by the second connect() as well (sock_error() in
    __inet_stream_connect()).
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connect(sock, closed := lab.closed_port(protocol))
    lab.wait_writable(sock)
    lab.observe(lab.connect(sock, closed))


@condition("{protocol}.refused-then-so-error-then-again", protocol=STREAMS, plain=True)
def refused_then_so_error_then_again(lab: Lab, protocol: str) -> None:
    """A nonblocking connect() was refused, SO_ERROR was read, and a live listener is tried.

    Reading SO_ERROR takes the error away, but not the state of the attempt.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connect(sock, lab.closed_port(protocol))
    lab.so_error(sock)
    lab.observe(lab.connect(sock, listener.address))


@condition("{protocol}.nonblocking.live.{family}", protocol=STREAMS, family=BOTH, plain=True)
def nonblocking(lab: Lab, protocol: str, family: str) -> None:
    """A nonblocking socket connects to a live listener.

    __inet_stream_connect() never waits for a nonblocking socket, however near the listener is.
    """
    listener = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), listener.address))
    lab.observe(lab.connect(lab.inet_socket(protocol, family, nonblocking=True), listener.address))


@condition("{protocol}.nonblocking.full.{family}", protocol=STREAMS, family=BOTH, plain=True)
def nonblocking_full(lab: Lab, protocol: str, family: str) -> None:
    """A nonblocking socket connects to a listener whose accept queue is full.

    The SYN is dropped without an answer (tcp_conn_request()).
    """
    full = lab.full_listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), lab.listener(protocol, family).address))
    lab.observe(lab.connect(lab.inet_socket(protocol, family, nonblocking=True), full.address))


@condition("{protocol}.nonblocking-again.{family}", protocol=STREAMS, family=BOTH, plain=True)
def nonblocking_again(lab: Lab, protocol: str, family: str) -> None:
    """A nonblocking socket whose connection is still being made connects again.

    SS_CONNECTING in __inet_stream_connect().
    """
    full = lab.full_listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), lab.listener(protocol, family).address))
    sock = lab.inet_socket(protocol, family, nonblocking=True)
    lab.connecting(sock, full.address)
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.connecting-other-address", protocol=STREAMS, plain=True)
def connecting_other_address(lab: Lab, protocol: str) -> None:
    """A nonblocking socket that is still connecting connects to another, live listener.

    __inet_stream_connect() does not even look at the second address.
    """
    full, other = lab.full_listener(protocol), lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), other.address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connecting(sock, full.address)
    lab.observe(lab.connect(sock, other.address))


@condition(
    "{protocol}.connecting-{length}-address",
    protocol=STREAMS,
    length={"short": "short", "no": 0},
    plain=True,
)
def connecting_bad_address(lab: Lab, protocol: str, length: int | str) -> None:
    """A nonblocking socket that is still connecting connects again, with a wrong length.

    Which of two mistakes is reported.
    """
    full = lab.full_listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connecting(sock, full.address)
    lab.observe(lab.connect(sock, lab.sized(full.address, length)))


@condition("{protocol}.nonblocking-then-writable", protocol=STREAMS, plain=True)
def nonblocking_then_writable(lab: Lab, protocol: str) -> None:
    """A nonblocking socket has become writable after a live listener took the connection.

    SO_ERROR tells how the attempt ended.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connect(sock, listener.address)
    lab.observe(lab.so_error(sock))


@condition("{protocol}.nonblocking-then-again", protocol=STREAMS, plain=True)
def nonblocking_then_again(lab: Lab, protocol: str) -> None:
    """A nonblocking connection has been made, and connect() is called once more.

    The first connect() after the end of the handshake tells that it is done: SS_CONNECTING ends
    there.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connect(sock, listener.address)
    lab.wait_writable(sock)
    lab.observe(lab.connect(sock, listener.address))


@condition("{protocol}.nonblocking-then-twice", protocol=STREAMS, plain=True)
def nonblocking_then_twice(lab: Lab, protocol: str) -> None:
    """A nonblocking connection has been made, and connect() is called twice more.

    SS_CONNECTED in __inet_stream_connect().
    """
    listener = lab.listener(protocol)
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connect(sock, listener.address)
    lab.wait_writable(sock)
    lab.control(lab.connect(sock, listener.address))
    lab.observe(lab.connect(sock, listener.address))

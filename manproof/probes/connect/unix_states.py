"""UNIX domain: the state of this socket."""

from __future__ import annotations

from manproof.lab import Lab, condition
from manproof.lab.constants import SHUT_RD, SHUT_RDWR, SHUT_WR, SO_PASSCRED, SOL_SOCKET

CONNECTED = ("stream", "seqpacket")
ALL_TYPES = ("stream", "dgram", "seqpacket")
HOW = {"read": SHUT_RD, "write": SHUT_WR, "both": SHUT_RDWR}
# The socket's type, and the type of the one it tries to reach.
MIXED = {
    "dgram-to-stream": ("dgram", "stream"),
    "stream-to-dgram": ("stream", "dgram"),
    "seqpacket-to-stream": ("seqpacket", "stream"),
    "stream-to-seqpacket": ("stream", "seqpacket"),
    "dgram-to-seqpacket": ("dgram", "seqpacket"),
    "seqpacket-to-dgram": ("seqpacket", "dgram"),
}


@condition("unix.shut-down-before.{how}.{type}", how=HOW, type=ALL_TYPES, plain=True)
def shut_down_before(lab: Lab, how: int, type: str) -> None:
    """The socket itself was shut down before it was ever connected.

    unix_shutdown() marks it, whatever its state.
    """
    peer = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), peer.address))
    sock = lab.unix_socket(type)
    lab.shutdown(sock, how)
    lab.observe(lab.connect(sock, peer.address))


@condition("unix.connected-again.{type}", type=CONNECTED, plain=True)
def connected_again(lab: Lab, type: str) -> None:
    """The socket is connected already.

    unix_stream_connect() accepts only sockets that are closed, so to speak: neither connected nor
    listening.
    """
    listener = lab.unix_listener(type)
    sock = lab.unix_socket(type)
    lab.control(lab.connect(sock, listener.address))
    lab.observe(lab.connect(sock, listener.address))


@condition("unix.peer-gone-connected-again", plain=True)
def peer_gone_connected_again(lab: Lab) -> None:
    """The socket was connected, and the peer has closed its end.

    The socket stays in the state TCP_ESTABLISHED.
    """
    listener = lab.unix_listener()
    sock = lab.unix_socket()
    lab.control(lab.connect(sock, listener.address))
    lab.close(lab.accept(listener.socket))
    lab.observe(lab.connect(sock, listener.address))


@condition("unix.listening.{type}", type=CONNECTED, plain=True)
def listening(lab: Lab, type: str) -> None:
    """The socket itself listens.

    unix_stream_connect() knows no way from TCP_LISTEN to a connection.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    other = lab.unix_listener(type, "other")
    lab.observe(lab.connect(other.socket, listener.address))


@condition("unix.to-itself.{type}", type=ALL_TYPES, plain=True)
def to_itself(lab: Lab, type: str) -> None:
    """The socket connects to its own address.

    A listening one fails like any listening socket; a datagram socket may be its own peer.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.observe(lab.connect(listener.socket, listener.address))


@condition("unix.socketpair-end.{type}", type=ALL_TYPES, plain=True)
def socketpair_end(lab: Lab, type: str) -> None:
    """The socket came from socketpair(): it has a peer from birth.

    unix_socketpair() marks both ends connected.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.observe(lab.connect(lab.pair_end(type), listener.address))


@condition("unix.dgram-reconnect", plain=True)
def dgram_reconnect(lab: Lab) -> None:
    """A datagram socket that has a peer is given another one.

    unix_dgram_connect() replaces the peer.
    """
    sock = lab.unix_socket("dgram")
    lab.control(lab.connect(sock, lab.unix_listener("dgram").address))
    lab.observe(lab.connect(sock, lab.unix_listener("dgram", "other").address))


@condition("unix.passcred.{type}", type=ALL_TYPES, plain=True)
def passcred(lab: Lab, type: str) -> None:
    """The socket has SO_PASSCRED set, so that connect() gives it a name of its own first.

    unix_autobind() chooses an abstract name.
    """
    peer = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), peer.address))
    sock = lab.unix_socket(type)
    lab.setsockopt(sock, SOL_SOCKET, SO_PASSCRED, 1)
    lab.observe(lab.connect(sock, peer.address))

"""UNIX domain: the socket at the other end, and the state of this one."""

from __future__ import annotations

from manproof.lab import Lab, anything, condition, unix
from manproof.lab.constants import AF_UNIX, SHUT_RD, SHUT_RDWR, SHUT_WR

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


@condition("unix.live.{type}", type=ALL_TYPES, plain=True)
def live(lab: Lab, type: str) -> None:
    """A socket of the same type is bound to the path, and listens if it is of a kind that listens.

    The plain case, unix_stream_connect() and unix_dgram_connect().
    """
    lab.no_control("it is the control of the others")
    listener = lab.unix_listener(type)
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.stale.{type}", type=ALL_TYPES, plain=True)
def stale(lab: Lab, type: str) -> None:
    """The file of a socket that its owner has closed is still there.

    No socket is bound to the inode any more (unix_find_socket_byinode()).
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.close(listener.socket)
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.bound-not-listening.{type}", type=CONNECTED, plain=True)
def bound_not_listening(lab: Lab, type: str) -> None:
    """The peer is bound to the path, but has not called listen().

    unix_stream_connect() asks for the state TCP_LISTEN.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    peer = lab.unix_bound(type, unix("other"))
    lab.observe(lab.connect(lab.unix_socket(type), peer.address))


@condition("unix.peer-connected.{type}", type=CONNECTED, plain=True)
def peer_connected(lab: Lab, type: str) -> None:
    """The socket at the path is itself a connected one: it was bound, then it called connect().

    Only a listening socket takes connections (unix_stream_connect()).
    """
    listener = lab.unix_listener(type)
    peer = lab.unix_bound(type, unix("other"))
    lab.control(lab.connect(peer.socket, listener.address))
    lab.observe(lab.connect(lab.unix_socket(type), peer.address))


@condition("unix.listener-shut-down.{how}.{type}", how=HOW, type=CONNECTED, plain=True)
def listener_shut_down(lab: Lab, how: int, type: str) -> None:
    """The listening socket has been shut down, for reading, for writing or for both.

    unix_stream_connect() looks at RCV_SHUTDOWN of the listener.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.shutdown(listener.socket, how)
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.dgram-peer-shut-down.{how}", how=HOW, plain=True)
def dgram_peer_shut_down(lab: Lab, how: int) -> None:
    """The datagram socket at the path has been shut down.

    unix_dgram_connect() does not ask for it; a later send does.
    """
    peer = lab.unix_listener("dgram")
    lab.control(lab.connect(lab.unix_socket("dgram"), peer.address))
    lab.shutdown(peer.socket, how)
    lab.observe(lab.connect(lab.unix_socket("dgram"), peer.address))


@condition("unix.abstract.{type}", type=ALL_TYPES, plain=True)
def abstract_live(lab: Lab, type: str) -> None:
    """The peer is bound to a name of the abstract namespace.

    unix_find_abstract() compares all bytes of the name; no file is involved.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    other = lab.abstract_listener(type)
    lab.observe(lab.connect(lab.unix_socket(type), other.address))


@condition("unix.abstract-unbound.{type}", type=ALL_TYPES, plain=True)
def abstract_unbound(lab: Lab, type: str) -> None:
    """No socket is bound to the name of the abstract namespace.

    unix_find_abstract() finds nothing; there is no file that could be missing.
    """
    listener = lab.abstract_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.close(listener.socket)
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.abstract-longer-name", plain=True)
def abstract_longer_name(lab: Lab) -> None:
    """The abstract name is right, but the length counts one null byte more.

    Every byte that the length covers belongs to an abstract name, null bytes too.
    """
    listener = lab.abstract_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.observe(lab.connect(lab.unix_socket(), lab.sized(listener.address, int(listener.address.length) + 1)))


@condition("unix.abstract-type-mismatch", plain=True)
def abstract_type_mismatch(lab: Lab) -> None:
    """A datagram socket is bound to the abstract name, and a stream socket connects.

    unix_find_abstract() compares types after it has found the name.
    """
    listener = lab.abstract_listener("dgram")
    lab.control(lab.connect(lab.unix_socket("dgram"), listener.address))
    lab.observe(lab.connect(lab.unix_socket("stream"), listener.address))


@condition("unix.empty-path.{type}", type=ALL_TYPES, plain=True)
def empty_path(lab: Lab, type: str) -> None:
    """The address holds only the family: the path is empty.

    unix_validate_addr() demands more than the family.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.observe(lab.connect(lab.unix_socket(type), anything(AF_UNIX, b"")))


@condition("unix.nul-path.{type}", type=ALL_TYPES, plain=True)
def nul_path(lab: Lab, type: str) -> None:
    """The path is an empty string, and the length that of the whole structure.

    A first null byte makes it an abstract name of 107 more null bytes.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.observe(lab.connect(lab.unix_socket(type), unix("")))


@condition("unix.{mixed}", mixed=MIXED, plain=True)
def wrong_type(lab: Lab, mixed: tuple[str, str]) -> None:
    """The socket at the path is of another type.

    unix_find_bsd() compares types once it has found the socket.
    """
    mine, theirs = mixed
    listener = lab.unix_listener(theirs)
    lab.control(lab.connect(lab.unix_socket(theirs), listener.address))
    lab.observe(lab.connect(lab.unix_socket(mine), listener.address))


@condition("unix.raw-to-dgram", plain=True)
def raw_to_dgram(lab: Lab) -> None:
    """A socket made as SOCK_RAW connects to a datagram socket.

    unix_create() changes the type for compatibility with BSD.
    """
    listener = lab.unix_listener("dgram")
    lab.control(lab.connect(lab.unix_socket("dgram"), listener.address))
    lab.observe(lab.connect(lab.unix_socket("raw"), listener.address))


@condition("unix.dgram-peer-has-other-peer", plain=True)
def dgram_peer_has_other_peer(lab: Lab) -> None:
    """The datagram socket at the path is connected to a third one.

    A connected datagram socket receives from its peer only; unix_may_send() is asked in
    unix_dgram_connect().
    """
    peer = lab.unix_listener("dgram")
    lab.control(lab.connect(lab.unix_socket("dgram"), peer.address))
    lab.reach(peer.socket, lab.unix_listener("dgram", "third").address)
    lab.observe(lab.connect(lab.unix_socket("dgram"), peer.address))

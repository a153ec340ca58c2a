"""Dissolving the association: connect() with AF_UNSPEC, and what is left afterwards."""

from __future__ import annotations

from manproof.lab import Lab, by_kind, condition

KINDS = (
    "tcp.ipv4",
    "tcp.ipv6",
    "udp.ipv4",
    "udp.ipv6",
    "mptcp.ipv4",
    "raw.ipv4",
    "ping.ipv4",
    "unix.stream",
    "unix.dgram",
    "unix.seqpacket",
    "netlink",
)
STREAMS = ("tcp", "mptcp")
SOME = ("udp.ipv4", "udp.ipv6", "raw.ipv4", "netlink", "unix.dgram", "tcp.ipv4")


@condition("{kind}", kind=by_kind("unspec", KINDS), plain=True)
def connected(lab: Lab, kind: str) -> None:
    """A connected socket is connected to an address of the family AF_UNSPEC.

    For TCP __inet_stream_connect() calls disconnect(), for other Internet sockets
    inet_dgram_connect() does; the UNIX domain and netlink have code of their own.
    """
    peer = lab.live(kind)
    sock = lab.fresh(kind)
    lab.control(lab.connect(sock, peer.address))
    lab.observe(lab.connect(sock, lab.unspec()))


@condition("fresh.unspec.{kind}", kind=KINDS, plain=True)
def fresh(lab: Lab, kind: str) -> None:
    """A socket that was never connected is connected to an address of the family AF_UNSPEC.

    There is nothing to dissolve.
    """
    peer = lab.live(kind)
    lab.control(lab.connect(lab.fresh(kind), peer.address))
    lab.observe(lab.connect(lab.fresh(kind), lab.unspec()))


@condition("{kind}", kind=by_kind("unspec-one-byte", KINDS, 1), plain=True)
@condition("{kind}", kind=by_kind("unspec-two-bytes", KINDS, 2), plain=True)
@condition("{kind}", kind=by_kind("unspec-too-long", KINDS, 129), plain=True)
def with_length(lab: Lab, kind: tuple[str, int]) -> None:
    """The address of family AF_UNSPEC has an unusual length.

    sizeof(sa_family_t) bytes are enough where AF_UNSPEC means something.
    """
    word, length = kind
    peer = lab.live(word)
    sock = lab.fresh(word)
    lab.control(lab.connect(sock, peer.address))
    lab.observe(lab.connect(sock, lab.sized(lab.unspec(), length)))


@condition("{kind}", kind=by_kind("unspec-then-connect", KINDS), plain=True)
def then_connect(lab: Lab, kind: str) -> None:
    """After AF_UNSPEC, whatever it answered, the socket is connected again.

    A dissolved association leaves a socket that is as good as new.
    """
    peer = lab.live(kind)
    sock = lab.fresh(kind)
    lab.control(lab.connect(sock, peer.address))
    lab.connect(sock, lab.unspec())
    lab.observe(lab.connect(sock, peer.address))


@condition("{kind}", kind=by_kind("unspec-then-getpeername", KINDS), plain=True)
def then_getpeername(lab: Lab, kind: str) -> None:
    """After AF_UNSPEC, whatever it answered, the socket is asked for its peer.

    getpeername() fails if there is none.
    """
    peer = lab.live(kind)
    sock = lab.fresh(kind)
    lab.control(lab.connect(sock, peer.address))
    lab.connect(sock, lab.unspec())
    lab.observe(lab.getpeername(sock))


@condition("{protocol}.unspec-connecting", protocol=STREAMS, plain=True)
def connecting(lab: Lab, protocol: str) -> None:
    """A nonblocking socket whose connection is still being made is connected to AF_UNSPEC.

    The attempt is given up.
    """
    full = lab.full_listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connecting(sock, full.address)
    lab.observe(lab.connect(sock, lab.unspec()))


@condition("{protocol}.unspec-connecting-then-connect", protocol=STREAMS, plain=True)
def connecting_then_connect(lab: Lab, protocol: str) -> None:
    """An attempt that was given up with AF_UNSPEC is followed by a connection to a live listener.

    The socket is blocking again, and as good as new.
    """
    full, listener = lab.full_listener(protocol), lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol)
    lab.send_timeout(sock)
    lab.connect(sock, full.address)
    lab.connect(sock, lab.unspec())
    lab.observe(lab.connect(sock, listener.address))


@condition("{protocol}.unspec-listening", protocol=STREAMS, plain=True)
def listening(lab: Lab, protocol: str) -> None:
    """A listening socket is connected to AF_UNSPEC.

    tcp_disconnect() ends the listening.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    lab.observe(lab.connect(listener.socket, lab.unspec()))


@condition("tcp.unspec-listening-then-refused", plain=True)
def listening_then_refused(lab: Lab) -> None:
    """A listening socket was connected to AF_UNSPEC; now somebody connects to its port.

    It does not listen any more.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.reach(listener.socket, lab.unspec())
    lab.observe(lab.connect(lab.inet_socket("tcp"), listener.address))


@condition("{kind}", kind=by_kind("null-address", SOME), plain=True)
def null_address(lab: Lab, kind: str) -> None:
    """A connected socket is connected to a null pointer of length zero.

    Nothing can be read from it, not even a family.
    """
    peer = lab.live(kind)
    sock = lab.fresh(kind)
    lab.control(lab.connect(sock, peer.address))
    lab.observe(lab.connect(sock, lab.pointer(0), 0))


@condition("{kind}", kind=by_kind("null-address-then-getpeername", SOME), plain=True)
def null_address_then_getpeername(lab: Lab, kind: str) -> None:
    """After connect() with a null pointer of length zero the socket is asked for its peer.

    Is the old peer still there?
    """
    peer = lab.live(kind)
    sock = lab.fresh(kind)
    lab.control(lab.connect(sock, peer.address))
    lab.connect(sock, lab.pointer(0), 0)
    lab.observe(lab.getpeername(sock))


@condition("{kind}", kind=by_kind("invalid-family", SOME), plain=True)
def invalid_family(lab: Lab, kind: str) -> None:
    """A connected socket is connected to an address of a family that does not exist.

    Some systems dissolve an association so.
    """
    peer = lab.live(kind)
    sock = lab.fresh(kind)
    lab.control(lab.connect(sock, peer.address))
    lab.observe(lab.connect(sock, lab.unknown()))


@condition("{kind}", kind=by_kind("invalid-family-then-getpeername", SOME), plain=True)
def invalid_family_then_getpeername(lab: Lab, kind: str) -> None:
    """After connect() with a family that does not exist the socket is asked for its peer.

    Is the old peer still there?
    """
    peer = lab.live(kind)
    sock = lab.fresh(kind)
    lab.control(lab.connect(sock, peer.address))
    lab.connect(sock, lab.unknown())
    lab.observe(lab.getpeername(sock))


@condition("udp.all-zero-address.{family}", family=("ipv4", "ipv6"), plain=True)
def all_zero_address(lab: Lab, family: str) -> None:
    """A connected datagram socket is connected to the wildcard address and port 0.

    This is how some systems dissolve an association; Linux takes the wildcard for the host itself.
    """
    peer = lab.listener("udp", family)
    sock = lab.inet_socket("udp", family)
    lab.control(lab.connect(sock, peer.address))
    lab.observe(lab.connect(sock, lab.inet(family, lab.any[family], 0)))


@condition("udp.all-zero-address-then-getpeername.{family}", family=("ipv4", "ipv6"), plain=True)
def all_zero_address_then_getpeername(lab: Lab, family: str) -> None:
    """After connect() to the wildcard address and port 0 the datagram socket is asked for its peer.

    A peer with port 0 counts as none (inet_getname()).
    """
    peer = lab.listener("udp", family)
    sock = lab.inet_socket("udp", family)
    lab.control(lab.connect(sock, peer.address))
    lab.reach(sock, lab.inet(family, lab.any[family], 0))
    lab.observe(lab.getpeername(sock))

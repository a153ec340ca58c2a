"""The address argument: where it points, how long it says it is."""

from __future__ import annotations

from manproof.lab import Lab, condition

# One kind of each sort of protocol that checks the length in a function of its own.
KINDS = (
    "tcp.ipv4",
    "tcp.ipv6",
    "udp.ipv4",
    "udp.ipv6",
    "raw.ipv4",
    "ping.ipv4",
    "mptcp.ipv4",
    "unix.stream",
    "unix.dgram",
    "unix.seqpacket",
    "netlink",
)
POINTERS = {"bad-pointer": 1, "null": 0, "kernel-pointer": -4096}
LENGTHS = {
    "zero": 0,
    "one": 1,
    "family-only": 2,
    "negative": -1,
    "short": "short",
    "long": 128,
    "too-long": 129,
}


@condition("addr.{pointer}", pointer=POINTERS, plain=True)
def pointer(lab: Lab, pointer: int) -> None:
    """The address points to no memory of the process.

    move_addr_to_kernel() in net/socket.c copies it before any protocol sees it.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.observe(lab.connect(lab.inet_socket("tcp"), lab.pointer(pointer), 16))


@condition("addr.straddles-mapping", plain=True)
def straddles(lab: Lab) -> None:
    """The last byte of the address lies beyond the end of readable memory.

    move_addr_to_kernel() in net/socket.c copies all of it or fails.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.observe(lab.connect(lab.inet_socket("tcp"), lab.in_memory(listener.address, "straddling"), 16))


@condition("addr.read-only-mapping", plain=True)
def read_only(lab: Lab) -> None:
    """The address lies in memory that may only be read.

    connect() never writes to it.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.observe(lab.connect(lab.inet_socket("tcp"), lab.in_memory(listener.address, "read_only"), 16))


@condition("addr.bad-pointer-zero-length", plain=True)
def bad_pointer_zero_length(lab: Lab) -> None:
    """The address points nowhere, but its length is zero, so that nothing is read.

    move_addr_to_kernel() in net/socket.c copies nothing; the protocol then judges the length.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.observe(lab.connect(lab.inet_socket("tcp"), lab.pointer(1), 0))


@condition("len.{length}.{kind}", length=LENGTHS, kind=KINDS, plain=True)
def length(lab: Lab, length: int | str, kind: str) -> None:
    """The length of the address is not what its family asks for.

    Negative ones and those over sizeof(struct sockaddr_storage) fail in move_addr_to_kernel()
    (net/socket.c); the others are judged by each protocol's connect function.
    """
    peer = lab.live(kind)
    lab.control(lab.connect(lab.fresh(kind), peer.address))
    sock = lab.fresh(kind)
    lab.observe(lab.connect(sock, lab.sized(peer.address, length)))


@condition("len.rfc2133.{kind}", kind=("tcp.ipv6", "udp.ipv6"), plain=True)
def rfc2133(lab: Lab, kind: str) -> None:
    """An IPv6 address of 24 bytes, without the scope id, as old programs pass it (RFC 2133).

    SIN6_LEN_RFC2133 is the least that tcp_v6_connect() and ip6_datagram_connect() accept.
    """
    peer = lab.live(kind)
    lab.control(lab.connect(lab.fresh(kind), peer.address))
    sock = lab.fresh(kind)
    lab.observe(lab.connect(sock, lab.sized(peer.address, 24)))

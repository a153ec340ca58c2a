"""UDP and other datagram sockets of the Internet domain: connect() only sets the peer."""

from __future__ import annotations

from manproof.lab import Lab, condition
from manproof.lab.constants import (
    IP_RECVERR,
    IPPROTO_IP,
    SHUT_RD,
    SHUT_RDWR,
    SHUT_WR,
    SO_BROADCAST,
    SOL_SOCKET,
)

BOTH = ("ipv4", "ipv6")
DATAGRAMS = ("udp", "udplite", "raw", "ping")
HOW = {"read": SHUT_RD, "write": SHUT_WR, "both": SHUT_RDWR}
FLAG = {"no-flag": 0, "with-flag": 1}


@condition("{protocol}.live.{family}", protocol=DATAGRAMS, family=BOTH, plain=True)
def live(lab: Lab, protocol: str, family: str) -> None:
    """A datagram socket connects to an address of this machine.

    Nothing is sent: __ip4_datagram_connect() and __ip6_datagram_connect() look up a route and note
    the peer.
    """
    lab.no_control("it is the control of the others")
    peer = lab.listener("udp", family)
    lab.observe(lab.connect(lab.inet_socket(protocol, family), peer.address))


@condition("udp.nobody.{family}", family=BOTH, plain=True)
def nobody(lab: Lab, family: str) -> None:
    """No socket is bound to the peer's port.

    connect() sends nothing, so nobody can say no.
    """
    peer = lab.listener("udp", family)
    lab.control(lab.connect(lab.inet_socket("udp", family), peer.address))
    lab.observe(lab.connect(lab.inet_socket("udp", family), lab.closed_port("udp", family)))


@condition("{protocol}.broadcast-{flag}", protocol=DATAGRAMS, flag=FLAG, plain=True)
def broadcast(lab: Lab, protocol: str, flag: int) -> None:
    """A datagram socket connects to the broadcast address of a network.

    __ip4_datagram_connect() asks for the flag if the route is marked broadcast. The network is
    loopback's.
    """
    peer = lab.everywhere("udp")
    lab.control(lab.connect(lab.inet_socket(protocol), lab.inet("ipv4", "127.0.0.1", peer.port)))
    sock = lab.inet_socket(protocol)
    lab.setsockopt(sock, SOL_SOCKET, SO_BROADCAST, flag)
    lab.observe(lab.connect(sock, lab.inet("ipv4", "127.255.255.255", peer.port)))


@condition("udp.limited-broadcast-{flag}", flag=FLAG)
def limited_broadcast(lab: Lab, flag: int) -> None:
    """A datagram socket connects to 255.255.255.255.

    The route of that address is always marked broadcast.
    """
    peer = lab.everywhere("udp")
    lab.control(lab.connect(lab.inet_socket("udp"), lab.inet("ipv4", "127.0.0.1", peer.port)))
    lab.ip("route add default dev lo")
    sock = lab.inet_socket("udp")
    lab.setsockopt(sock, SOL_SOCKET, SO_BROADCAST, flag)
    lab.observe(lab.connect(sock, lab.inet("ipv4", "255.255.255.255", peer.port)))


@condition("udp.multicast.{family}", family={"ipv4": ("ipv4", "224.0.0.1"), "ipv6": ("ipv6", "ff05::1")})
def multicast(lab: Lab, family: tuple[str, str]) -> None:
    """A datagram socket connects to a multicast address.

    Unlike for TCP, such a peer is allowed.
    """
    version, host = family
    peer = lab.listener("udp", version)
    lab.control(lab.connect(lab.inet_socket("udp", version), peer.address))
    lab.ip("route add 224.0.0.0/4 dev lo")
    lab.ip("-6 route add multicast ff05::/16 dev lo table local")
    lab.observe(lab.connect(lab.inet_socket("udp", version), lab.inet(version, host, peer.port)))


@condition("{protocol}.reconnect.{family}", protocol=DATAGRAMS, family=BOTH, plain=True)
def reconnect(lab: Lab, protocol: str, family: str) -> None:
    """A datagram socket that has a peer is given another one.

    The new peer replaces the old one.
    """
    one, other = lab.listener("udp", family), lab.listener("udp", family)
    sock = lab.inet_socket(protocol, family)
    lab.control(lab.connect(sock, one.address))
    lab.observe(lab.connect(sock, other.address))


@condition("udp.reconnect-bound", plain=True)
def reconnect_bound(lab: Lab) -> None:
    """A datagram socket that is bound to an address and has a peer is given another one.

    A bound address stays.
    """
    one, other, sock = lab.listener("udp"), lab.listener("udp"), lab.bound("udp")
    lab.control(lab.connect(sock.socket, one.address))
    lab.observe(lab.connect(sock.socket, other.address))


@condition("udp.shut-down-before.{how}", how=HOW, plain=True)
def shut_down_before(lab: Lab, how: int) -> None:
    """A connected datagram socket was shut down, and is connected anew.

    shutdown() of a datagram socket needs a peer, and does not end the association.
    """
    one, other = lab.listener("udp"), lab.listener("udp")
    sock = lab.inet_socket("udp")
    lab.control(lab.connect(sock, one.address))
    lab.shutdown(sock, how)
    lab.observe(lab.connect(sock, other.address))


@condition("udp.refused-then-reconnect.{recverr}", recverr={"plain": 0, "recverr": 1}, plain=True)
def refused_then_reconnect(lab: Lab, recverr: int) -> None:
    """An ICMP error for an earlier datagram is pending, and the socket is connected anew.

    The error waits in the socket for the next call that asks for it.
    """
    peer = lab.listener("udp")
    sock = lab.inet_socket("udp")
    lab.setsockopt(sock, IPPROTO_IP, IP_RECVERR, recverr)
    lab.control(lab.connect(sock, peer.address))
    lab.reach(sock, lab.closed_port("udp"))
    lab.send(sock)
    lab.wait_failed(sock)
    lab.observe(lab.connect(sock, peer.address))


@condition("udp.refused-then-so-error", plain=True)
def refused_then_so_error(lab: Lab) -> None:
    """An ICMP error was pending, the socket was connected anew, and SO_ERROR is read.

    Whether connect() takes the pending ICMP error away.
    """
    peer = lab.listener("udp")
    sock = lab.inet_socket("udp")
    lab.control(lab.connect(sock, peer.address))
    lab.reach(sock, lab.closed_port("udp"))
    lab.send(sock)
    lab.wait_failed(sock)
    lab.reach(sock, peer.address)
    lab.observe(lab.so_error(sock))

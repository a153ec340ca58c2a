"""TCP and UDP: ports, four-tuples, and addresses of a special kind."""

from __future__ import annotations

from manproof.lab import Lab, Number, condition
from manproof.lab.constants import (
    IP_LOCAL_PORT_RANGE,
    IPPROTO_IP,
    SO_BROADCAST,
    SO_REUSEADDR,
    SO_REUSEPORT,
    SOL_SOCKET,
)

BOTH = ("ipv4", "ipv6")
REUSE = {"address": SO_REUSEADDR, "port": SO_REUSEPORT}


@condition(
    "{protocol}.same-four-tuple.{reuse}.{family}",
    protocol=("tcp", "udp", "mptcp"),
    reuse=REUSE,
    family=BOTH,
    plain=True,
)
def same_four_tuple(lab: Lab, protocol: str, reuse: Number, family: str) -> None:
    """Two sockets that share a local address and port connect to the same peer.

    For TCP the four numbers identify a connection (__inet_check_established()); datagram sockets
    share them.
    """
    listener = lab.listener(protocol, family)
    first = lab.sharing(protocol, family, reuse)
    second = lab.sharing(protocol, family, reuse, port=first.port)
    lab.control(lab.connect(first.socket, listener.address))
    lab.observe(lab.connect(second.socket, listener.address))


@condition("tcp.same-four-tuple.wildcard.{family}", family=BOTH, plain=True)
def same_four_tuple_wildcard(lab: Lab, family: str) -> None:
    """The same, with the first socket bound to all addresses and the second to one.

    The source address that the route gives the first one makes the four-tuples equal.
    """
    listener = lab.listener("tcp", family)
    first = lab.sharing("tcp", family, SO_REUSEADDR, everywhere=True)
    second = lab.sharing("tcp", family, SO_REUSEADDR, port=first.port)
    lab.control(lab.connect(first.socket, listener.address))
    lab.observe(lab.connect(second.socket, listener.address))


@condition("tcp.same-port-other-peer", plain=True)
def same_port_other_peer(lab: Lab) -> None:
    """Two sockets share a local address by SO_REUSEADDR, and connect to different peers.

    The four-tuples differ.
    """
    one, other = lab.listener(), lab.listener()
    first = lab.sharing("tcp", "ipv4", SO_REUSEADDR)
    second = lab.sharing("tcp", "ipv4", SO_REUSEADDR, port=first.port)
    lab.control(lab.connect(first.socket, one.address))
    lab.observe(lab.connect(second.socket, other.address))


@condition("tcp.four-tuple-in-time-wait.{timestamps}", timestamps={"timestamps": 1, "no-timestamps": 0})
def four_tuple_in_time_wait(lab: Lab, timestamps: int) -> None:
    """The four-tuple was that of a connection in TIME_WAIT; the port was chosen with bind().

    With timestamps (RFC 7323) tcp_twsk_unique() lets a bound socket have it at once, whatever
    net.ipv4.tcp_tw_reuse says; without them never.
    """
    lab.sysctl("ipv4/tcp_tw_reuse", 0)
    lab.sysctl("ipv4/tcp_timestamps", timestamps)
    listener = lab.listener()
    first = lab.sharing("tcp", "ipv4", SO_REUSEADDR)
    lab.control(lab.connect(first.socket, listener.address))
    lab.leave_in_time_wait(first, listener)
    second = lab.sharing("tcp", "ipv4", SO_REUSEADDR, port=first.port)
    lab.observe(lab.connect(second.socket, listener.address))


@condition("tcp.no-ephemeral-port.time-wait")
def ephemeral_port_in_time_wait(lab: Lab) -> None:
    """The only ephemeral port was that of a connection to the same peer in TIME_WAIT.

    For a port that the kernel chooses, net.ipv4.tcp_tw_reuse counts; here it is 0.
    """
    lab.sysctl("ipv4/tcp_tw_reuse", 0)
    listener = lab.listener()
    lab.sysctl("ipv4/ip_local_port_range", "20000 20000")
    sock = lab.inet_socket("tcp")
    lab.control(lab.connect(sock, listener.address))
    lab.leave_in_time_wait(lab.named(sock), listener)
    lab.observe(lab.connect(lab.inet_socket("tcp"), listener.address))


@condition("{protocol}.no-ephemeral-port.namespace.{family}", protocol=("tcp", "udp", "mptcp"), family=BOTH)
def no_ephemeral_port(lab: Lab, protocol: str, family: str) -> None:
    """All ports of the namespace's ephemeral range are in use for the same peer.

    net.ipv4.ip_local_port_range leaves a single port, and one connection to that peer has it
    (__inet_hash_connect(); for UDP udp_lib_get_port()). It is none that the listener can have got.
    """
    listener = lab.listener(protocol, family)
    lab.sysctl("ipv4/ip_local_port_range", "20000 20000")
    lab.control(lab.connect(lab.inet_socket(protocol, family), listener.address))
    lab.observe(lab.connect(lab.inet_socket(protocol, family), listener.address))


@condition("tcp.ephemeral-port-other-peer")
def ephemeral_port_other_peer(lab: Lab) -> None:
    """All ephemeral ports are in use, but for another peer.

    A port may serve many connections, as long as their peers differ.
    """
    one, other = lab.listener(), lab.listener()
    lab.sysctl("ipv4/ip_local_port_range", "20000 20000")
    lab.control(lab.connect(lab.inet_socket("tcp"), one.address))
    lab.observe(lab.connect(lab.inet_socket("tcp"), other.address))


@condition("{protocol}.no-ephemeral-port.reserved", protocol=("tcp", "udp"))
def ephemeral_ports_reserved(lab: Lab, protocol: str) -> None:
    """All ports of the ephemeral range are reserved by net.ipv4.ip_local_reserved_ports.

    inet_is_local_reserved_port() leaves none to choose from.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    lab.sysctl("ipv4/ip_local_port_range", "20000 20003")
    lab.sysctl("ipv4/ip_local_reserved_ports", "20000-20003")
    lab.observe(lab.connect(lab.inet_socket(protocol), listener.address))


@condition("{protocol}.no-ephemeral-port.socket", protocol=("tcp", "udp"), plain=True)
def no_port_in_socket_range(lab: Lab, protocol: str) -> None:
    """All ports of the socket's own range (IP_LOCAL_PORT_RANGE) are in use.

    Since Linux 6.3 a socket may narrow the range (inet_sk_get_local_port_range()).
    """
    listener = lab.listener(protocol)
    taken = lab.bound(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol)
    lab.setsockopt(sock, IPPROTO_IP, IP_LOCAL_PORT_RANGE, lab.port_range(taken.port))
    lab.observe(lab.connect(sock, listener.address))


@condition(
    "{protocol}.broadcast.{flag}",
    protocol=("tcp", "mptcp"),
    flag={"no-flag": 0, "with-flag": 1},
    plain=True,
)
def broadcast(lab: Lab, protocol: str, flag: int) -> None:
    """A stream socket connects to a broadcast address.

    tcp_v4_connect() rejects routes marked broadcast. The address is that of the loopback network.
    """
    listener = lab.everywhere(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.inet("ipv4", "127.0.0.1", listener.port)))
    sock = lab.inet_socket(protocol)
    lab.setsockopt(sock, SOL_SOCKET, SO_BROADCAST, flag)
    lab.observe(lab.connect(sock, lab.inet("ipv4", "127.255.255.255", listener.port)))


@condition("tcp.limited-broadcast")
def limited_broadcast(lab: Lab) -> None:
    """A stream socket connects to 255.255.255.255.

    No route is needed for that address, but tcp_v4_connect() rejects it.
    """
    listener = lab.everywhere()
    lab.control(lab.connect(lab.inet_socket("tcp"), lab.inet("ipv4", "127.0.0.1", listener.port)))
    lab.ip("route add default dev lo")
    lab.observe(lab.connect(lab.inet_socket("tcp"), lab.inet("ipv4", "255.255.255.255", listener.port)))


@condition("tcp.multicast.{family}", family={"ipv4": ("ipv4", "224.0.0.1"), "ipv6": ("ipv6", "ff02::1")})
def multicast(lab: Lab, family: tuple[str, str]) -> None:
    """A stream socket connects to a multicast address.

    tcp_v4_connect() and tcp_v6_connect() reject it.
    """
    version, host = family
    listener = lab.listener("tcp", version)
    lab.control(lab.connect(lab.inet_socket("tcp", version), listener.address))
    lab.ip("route add 224.0.0.0/4 dev lo")
    lab.observe(lab.connect(lab.inet_socket("tcp", version), lab.inet(version, host, listener.port)))


@condition(
    "{protocol}.any-address.{family}",
    protocol=("tcp", "mptcp", "udp"),
    family={"ipv4": ("ipv4", "0.0.0.0"), "ipv6": ("ipv6", "::")},
    plain=True,
)
def any_address(lab: Lab, protocol: str, family: tuple[str, str]) -> None:
    """The peer's address is the wildcard, 0.0.0.0 or ::, with a live listener at the port.

    Linux takes it for the host itself, as BSD does (ip_route_connect(), tcp_v6_connect()).
    """
    version, host = family
    listener = lab.listener(protocol, version)
    lab.control(lab.connect(lab.inet_socket(protocol, version), listener.address))
    lab.observe(lab.connect(lab.inet_socket(protocol, version), lab.inet(version, host, listener.port)))


@condition("{protocol}.port-zero.{family}", protocol=("tcp", "mptcp", "udp"), family=BOTH, plain=True)
def port_zero(lab: Lab, protocol: str, family: str) -> None:
    """The port of the peer is 0.

    No socket listens there, but the number is not checked.
    """
    listener = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), listener.address))
    lab.observe(lab.connect(lab.inet_socket(protocol, family), lab.inet(family, lab.loopback[family], 0)))


@condition("{protocol}.to-itself", protocol=("tcp", "mptcp", "udp"), plain=True)
def to_itself(lab: Lab, protocol: str) -> None:
    """A bound socket connects to its own address.

    A TCP socket meets itself in a simultaneous open (RFC 9293, section 3.5).
    """
    listener, sock = lab.listener(protocol), lab.bound(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    lab.observe(lab.connect(sock.socket, sock.address))

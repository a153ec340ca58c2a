"""The family of the address: it need not be the socket's."""

from __future__ import annotations

from manproof.lab import Lab, anything, condition
from manproof.lab.constants import AF_INET, AF_INET6, AF_UNIX, AF_UNKNOWN, IPPROTO_IPV6, IPV6_V6ONLY

INTERNET = (
    "tcp.ipv4",
    "tcp.ipv6",
    "udp.ipv4",
    "udp.ipv6",
    "raw.ipv4",
    "ping.ipv4",
    "ping.ipv6",
    "mptcp.ipv4",
)
KINDS = (*INTERNET, "unix.stream", "unix.dgram", "unix.seqpacket")


@condition("family.unknown.{kind}", kind=KINDS, plain=True)
def unknown(lab: Lab, kind: str) -> None:
    """The address has a family that the kernel has never heard of.

    Each protocol compares the family in its own connect function; the address is long enough for
    all of them.
    """
    peer = lab.live(kind)
    lab.control(lab.connect(lab.fresh(kind), peer.address))
    lab.observe(lab.connect(lab.fresh(kind), anything(AF_UNKNOWN, bytes(26))))


@condition("family.unknown-on-netlink", plain=True)
def unknown_on_netlink(lab: Lab) -> None:
    """The address has a family that the kernel does not know, and the socket is one of netlink.

    netlink_connect() in net/netlink/af_netlink.c compares the family after the length.
    """
    peer = lab.live("netlink")
    lab.control(lab.connect(lab.fresh("netlink"), peer.address))
    lab.observe(lab.connect(lab.fresh("netlink"), anything(AF_UNKNOWN, bytes(26))))


@condition("family.inet6-on-inet.{protocol}", protocol=("tcp", "udp", "mptcp", "raw", "ping"), plain=True)
def inet6_on_inet(lab: Lab, protocol: str) -> None:
    """An IPv6 address for a socket of IPv4.

    tcp_v4_connect() and __ip4_datagram_connect() compare sin_family.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    lab.observe(lab.connect(lab.inet_socket(protocol), lab.inet("ipv6", "::1", listener.port)))


@condition("family.inet-on-inet6.{protocol}", protocol=("tcp", "udp", "mptcp"), plain=True)
def inet_on_inet6(lab: Lab, protocol: str) -> None:
    """An IPv4 address, in a struct sockaddr_in, for a socket of IPv6.

    tcp_v6_connect() looks at the length before the family, __ip6_datagram_connect() takes AF_INET
    as it is; an IPv6 socket reaches IPv4 by the mapped address ::ffff:127.0.0.1, which is the
    control.
    """
    listener = lab.listener(protocol)
    mapped = lab.inet("ipv6", "::ffff:127.0.0.1", listener.port)
    lab.control(lab.connect(lab.inet_socket(protocol, "ipv6"), mapped))
    lab.observe(lab.connect(lab.inet_socket(protocol, "ipv6"), listener.address))


@condition("family.inet-on-inet6-long.{protocol}", protocol=("tcp", "udp"), plain=True)
def inet_on_inet6_long(lab: Lab, protocol: str) -> None:
    """An IPv4 address for a socket of IPv6, announced with the length of an IPv6 address.

    With enough bytes it is the family that decides: tcp_v6_connect(), __ip6_datagram_connect().
    """
    listener = lab.listener(protocol)
    mapped = lab.inet("ipv6", "::ffff:127.0.0.1", listener.port)
    lab.control(lab.connect(lab.inet_socket(protocol, "ipv6"), mapped))
    sock = lab.inet_socket(protocol, "ipv6")
    lab.observe(lab.connect(sock, lab.sized(listener.address, 28)))


@condition("family.inet-on-v6only.{protocol}", protocol=("tcp", "udp"), plain=True)
def inet_on_v6only(lab: Lab, protocol: str) -> None:
    """An IPv4 address for a socket of IPv6 with IPV6_V6ONLY.

    The option is checked for mapped addresses in tcp_v6_connect() and __ip6_datagram_connect(), and
    for struct sockaddr_in in the latter.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol, "ipv6")
    lab.setsockopt(sock, IPPROTO_IPV6, IPV6_V6ONLY, 1)
    lab.observe(lab.connect(sock, lab.sized(listener.address, 28)))


@condition("family.mapped-on-v6only.{protocol}", protocol=("tcp", "udp", "mptcp"), plain=True)
def mapped_on_v6only(lab: Lab, protocol: str) -> None:
    """An IPv4-mapped address for a socket of IPv6 with IPV6_V6ONLY.

    The same call without the option succeeds; ipv6_only_sock() is asked in tcp_v6_connect() and
    __ip6_datagram_connect().
    """
    listener = lab.listener(protocol)
    mapped = lab.inet("ipv6", "::ffff:127.0.0.1", listener.port)
    lab.control(lab.connect(lab.inet_socket(protocol, "ipv6"), mapped))
    sock = lab.inet_socket(protocol, "ipv6")
    lab.setsockopt(sock, IPPROTO_IPV6, IPV6_V6ONLY, 1)
    lab.observe(lab.connect(sock, mapped))


@condition("family.mapped-on-bound-inet6.{protocol}", protocol=("tcp", "udp"), plain=True)
def mapped_on_bound_inet6(lab: Lab, protocol: str) -> None:
    """An IPv4-mapped address for a socket that is bound to an IPv6 address.

    The source address cannot be mapped to IPv4 (tcp_v6_connect(), __ip6_datagram_connect()).
    """
    listener = lab.listener(protocol)
    mapped = lab.inet("ipv6", "::ffff:127.0.0.1", listener.port)
    lab.control(lab.connect(lab.inet_socket(protocol, "ipv6"), mapped))
    lab.observe(lab.connect(lab.bound(protocol, "ipv6").socket, mapped))


@condition("family.inet6-on-bound-mapped.{protocol}", protocol=("tcp", "udp"), plain=True)
def inet6_on_bound_mapped(lab: Lab, protocol: str) -> None:
    """An IPv6 address for a socket that is bound to an IPv4-mapped address.

    The route's source cannot be the mapped address (tcp_v6_connect(), ip6_datagram_dst_update()).
    """
    listener = lab.listener(protocol, "ipv6")
    lab.control(lab.connect(lab.inet_socket(protocol, "ipv6"), listener.address))
    bound = lab.bound(protocol, "ipv6", "::ffff:127.0.0.1")
    lab.observe(lab.connect(bound.socket, listener.address))


@condition("family.unix-on-inet.{kind}", kind=("tcp.ipv4", "tcp.ipv6", "udp.ipv4", "udp.ipv6"), plain=True)
def unix_on_inet(lab: Lab, kind: str) -> None:
    """An address of AF_UNIX for a socket of the Internet domain.

    Each protocol compares the family in its own connect function.
    """
    peer = lab.live(kind)
    lab.control(lab.connect(lab.fresh(kind), peer.address))
    lab.observe(lab.connect(lab.fresh(kind), anything(AF_UNIX, b"socket".ljust(108, b"\0"))))


@condition(
    "family.{family}-on-unix.{type}",
    family={"inet": AF_INET, "inet6": AF_INET6},
    type=("stream", "dgram", "seqpacket"),
    plain=True,
)
def inet_on_unix(lab: Lab, family: int, type: str) -> None:
    """An Internet address for a socket of AF_UNIX.

    unix_validate_addr() in net/unix/af_unix.c compares the family.
    """
    peer = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), peer.address))
    lab.observe(lab.connect(lab.unix_socket(type), anything(family, bytes(26))))

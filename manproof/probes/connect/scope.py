"""IPv6 only: scopes of link-local addresses, flow labels, routing headers."""

from __future__ import annotations

from manproof.lab import Lab, condition, ipv6
from manproof.lab.constants import IPPROTO_IPV6, IPV6_FLOWINFO_SEND

PROTOCOLS = ("tcp", "udp", "ping", "raw")
STREAM_DGRAM = ("tcp", "udp")


@condition("ipv6.link-local-no-scope.{protocol}", protocol=PROTOCOLS)
def no_scope(lab: Lab, protocol: str) -> None:
    """The peer's address is link-local, and nothing says on which link.

    tcp_v6_connect() and __ip6_datagram_connect() want a device.
    """
    lab.link_local_device()
    peer = lab.listener("udp", "ipv6")
    lab.control(
        lab.connect(lab.inet_socket("udp", "ipv6"), ipv6("fe80::2", peer.port, scope=lab.index("dev0")))
    )
    lab.observe(lab.connect(lab.inet_socket(protocol, "ipv6"), ipv6("fe80::2", peer.port)))


@condition("ipv6.scope-of-no-device.{protocol}", protocol=PROTOCOLS)
def scope_of_no_device(lab: Lab, protocol: str) -> None:
    """The peer's address is link-local, and sin6_scope_id is the index of no device.

    The lookup of the route finds nothing for it.
    """
    lab.link_local_device()
    peer = lab.listener("udp", "ipv6")
    lab.control(
        lab.connect(lab.inet_socket("udp", "ipv6"), ipv6("fe80::2", peer.port, scope=lab.index("dev0")))
    )
    lab.observe(lab.connect(lab.inet_socket(protocol, "ipv6"), ipv6("fe80::2", peer.port, scope=12345)))


@condition("ipv6.scope-conflict.{protocol}", protocol=PROTOCOLS)
def scope_conflict(lab: Lab, protocol: str) -> None:
    """The socket is bound to one device, and sin6_scope_id is the index of another.

    tcp_v6_connect() and __ip6_datagram_connect() compare the two.
    """
    lab.link_local_device()
    peer = lab.listener("udp", "ipv6")
    lab.control(
        lab.connect(lab.inet_socket("udp", "ipv6"), ipv6("fe80::2", peer.port, scope=lab.index("dev0")))
    )
    sock = lab.inet_socket(protocol, "ipv6")
    lab.bind_to_device(sock, "lo")
    lab.observe(lab.connect(sock, ipv6("fe80::2", peer.port, scope=lab.index("dev0"))))


@condition("ipv6.scope-on-global.{protocol}", protocol=STREAM_DGRAM, plain=True)
def scope_on_global(lab: Lab, protocol: str) -> None:
    """The peer's address is not link-local, and sin6_scope_id is set, to the index of no device.

    The scope is heeded for link-local addresses only.
    """
    peer = lab.listener(protocol, "ipv6")
    lab.control(lab.connect(lab.inet_socket(protocol, "ipv6"), peer.address))
    lab.observe(lab.connect(lab.inet_socket(protocol, "ipv6"), ipv6("::1", peer.port, scope=12345)))


@condition("ipv6.link-local-reconnect-other-scope")
def reconnect_other_scope(lab: Lab) -> None:
    """A datagram socket that has a link-local peer on one link is given one on another.

    The first connect() bound the socket to the device.
    """
    lab.link_local_device()
    peer = lab.listener("udp", "ipv6")
    sock = lab.inet_socket("udp", "ipv6")
    lab.control(lab.connect(sock, ipv6("fe80::2", peer.port, scope=lab.index("dev0"))))
    lab.observe(lab.connect(sock, ipv6("fe80::2", peer.port, scope=lab.index("far0"))))


@condition("ipv6.multicast-no-scope.{protocol}", protocol=STREAM_DGRAM)
def multicast_no_scope(lab: Lab, protocol: str) -> None:
    """The peer's address is a multicast address of the link, without a scope id.

    For datagrams the device of IPV6_MULTICAST_IF would do as well.
    """
    lab.link_local_device()
    peer = lab.listener("udp", "ipv6")
    lab.control(
        lab.connect(lab.inet_socket("udp", "ipv6"), ipv6("ff02::1", peer.port, scope=lab.index("dev0")))
    )
    lab.observe(lab.connect(lab.inet_socket(protocol, "ipv6"), ipv6("ff02::1", peer.port)))


@condition("ipv6.flow-label-unknown.{protocol}", protocol=STREAM_DGRAM)
def flow_label_unknown(lab: Lab, protocol: str) -> None:
    """sin6_flowinfo holds a label that is not the socket's, where labels are managed.

    IPV6_FLOWINFO_SEND is on. As soon as anybody in the network namespace has taken a label for
    himself alone (IPV6_FLOWLABEL_MGR), fl6_sock_lookup() wants every label to be taken
    (net/ipv6/ip6_flowlabel.c).
    """
    lab.exclusive_flow_label(lab.inet_socket("udp", "ipv6"))
    peer = lab.listener(protocol, "ipv6")
    lab.control(lab.connect(lab.inet_socket(protocol, "ipv6"), peer.address))
    sock = lab.inet_socket(protocol, "ipv6")
    lab.setsockopt(sock, IPPROTO_IPV6, IPV6_FLOWINFO_SEND, 1)
    lab.observe(lab.connect(sock, ipv6("::1", peer.port, flow=0x12345)))


@condition("ipv6.flow-label-unmanaged.{protocol}", protocol=STREAM_DGRAM, plain=True)
def flow_label_unmanaged(lab: Lab, protocol: str) -> None:
    """sin6_flowinfo holds a label that is not the socket's, and IPV6_FLOWINFO_SEND is on.

    Where nobody manages labels, any will do.
    """
    peer = lab.listener(protocol, "ipv6")
    lab.control(lab.connect(lab.inet_socket(protocol, "ipv6"), peer.address))
    sock = lab.inet_socket(protocol, "ipv6")
    lab.setsockopt(sock, IPPROTO_IPV6, IPV6_FLOWINFO_SEND, 1)
    lab.observe(lab.connect(sock, ipv6("::1", peer.port, flow=0x12345)))


@condition("ipv6.flow-label-ignored.{protocol}", protocol=STREAM_DGRAM, plain=True)
def flow_label_ignored(lab: Lab, protocol: str) -> None:
    """sin6_flowinfo holds a label that is not the socket's, and IPV6_FLOWINFO_SEND is off.

    Without the option the field is not looked at.
    """
    peer = lab.listener(protocol, "ipv6")
    lab.control(lab.connect(lab.inet_socket(protocol, "ipv6"), peer.address))
    lab.observe(lab.connect(lab.inet_socket(protocol, "ipv6"), ipv6("::1", peer.port, flow=0x12345)))


@condition("ipv6.absent-on-device.{protocol}", protocol=STREAM_DGRAM)
def absent_on_device(lab: Lab, protocol: str) -> None:
    """IPv6 is disabled on the device that the socket is bound to.

    net.ipv6.conf.*.disable_ipv6 takes the addresses and routes of the device away.
    """
    lab.silent_device()
    peer = lab.listener("udp", "ipv6")
    lab.control(lab.connect(lab.inet_socket("udp", "ipv6"), lab.inet("ipv6", lab.far["ipv6"], peer.port)))
    lab.sysctl("ipv6/conf/dev0/disable_ipv6", 1)
    sock = lab.inet_socket(protocol, "ipv6")
    lab.bind_to_device(sock, "dev0")
    lab.observe(lab.connect(sock, lab.inet("ipv6", lab.far["ipv6"], peer.port)))

"""Addresses that suit each other badly, sources and destinations."""

from __future__ import annotations

from manproof.lab import Lab, condition
from manproof.lab.constants import IP_FREEBIND, IP_TRANSPARENT, IPPROTO_IP, SO_BROADCAST, SOL_SOCKET

BOTH = ("ipv4", "ipv6")
PROTOCOLS = ("tcp", "udp")


@condition("source.loopback-to-outside.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def loopback_to_outside(lab: Lab, protocol: str, family: str) -> None:
    """The socket is bound to a loopback address, and the peer is on another machine.

    __mkroute_output() lets 127.0.0.0/8 leave by the loopback device only, unless route_localnet
    says otherwise.
    """
    lab.silent_device()
    lab.no_neighbour_patience()
    peer = lab.listener("udp", family)
    lab.control(lab.connect(lab.inet_socket("udp", family), lab.inet(family, lab.far[family], peer.port)))
    sock = lab.patient_socket(protocol, family)
    lab.bind(sock, lab.inet(family, lab.loopback[family], 0))
    lab.observe(lab.connect(sock, lab.inet(family, lab.far[family], peer.port)))


@condition("source.outside-to-loopback.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def outside_to_loopback(lab: Lab, protocol: str, family: str) -> None:
    """The socket is bound to an address of another device, and the peer is on loopback.

    Both belong to this machine, which is enough.
    """
    lab.silent_device()
    peer = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer.address))
    lab.observe(lab.connect(lab.patient_bound(protocol, family), peer.address))


@condition(
    "source.{option}.{protocol}",
    option={"freebind": IP_FREEBIND, "transparent": IP_TRANSPARENT},
    protocol=PROTOCOLS,
)
def foreign(lab: Lab, option: int, protocol: str) -> None:
    """The socket is bound to an address that is not the machine's.

    bind() allows it; ip_route_output_key_hash_rcu() asks again, except for transparent sockets.
    """
    peer = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), peer.address))
    sock = lab.patient_socket(protocol)
    lab.setsockopt(sock, IPPROTO_IP, option, 1)
    lab.bind(sock, lab.inet("ipv4", "203.0.113.1", 0))
    lab.observe(lab.connect(sock, peer.address))


@condition("source.multicast")
def multicast(lab: Lab) -> None:
    """A datagram socket is bound to a multicast address, then connected.

    Such a binding only selects what is received; the route chooses the source.
    """
    lab.ip("route add 224.0.0.0/4 dev lo")
    peer = lab.listener("udp")
    lab.control(lab.connect(lab.inet_socket("udp"), peer.address))
    lab.observe(lab.connect(lab.bound("udp", "ipv4", "224.0.0.1").socket, peer.address))


@condition("source.tentative.{protocol}", protocol=PROTOCOLS)
def tentative(lab: Lab, protocol: str) -> None:
    """The only IPv6 address that could be the source is still being checked for duplicates.

    ipv6_dev_get_saddr() passes tentative addresses over; dad_transmits makes the check long.
    """
    lab.silent_device()
    peer = lab.listener("udp", "ipv6")
    lab.control(lab.connect(lab.inet_socket("udp", "ipv6"), lab.inet("ipv6", lab.far["ipv6"], peer.port)))
    lab.ip("-6 address flush dev dev0")
    lab.ip("-6 address flush dev lo")
    lab.sysctl("ipv6/conf/dev0/dad_transmits", 100)
    lab.ip("address add 2001:db8::1/64 dev dev0")
    lab.observe(lab.connect(lab.inet_socket(protocol, "ipv6"), lab.inet("ipv6", lab.far["ipv6"], peer.port)))


@condition("route.zero-network.{protocol}", protocol=PROTOCOLS)
def zero_network(lab: Lab, protocol: str) -> None:
    """The peer's address is one of 0.0.0.0/8, other than 0.0.0.0.

    With a default route these are addresses as others are.
    """
    lab.silent_device()
    lab.no_neighbour_patience()
    lab.ip("route add default dev dev0")
    peer = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), peer.address))
    lab.observe(lab.connect(lab.patient_socket(protocol), lab.inet("ipv4", "0.1.2.3", peer.port)))


@condition("route.class-e.{protocol}", protocol=PROTOCOLS)
def class_e(lab: Lab, protocol: str) -> None:
    """The peer's address is one of 240.0.0.0/4, once reserved (RFC 1112).

    Linux treats these as ordinary addresses.
    """
    lab.silent_device()
    lab.no_neighbour_patience()
    lab.ip("route add default dev dev0")
    peer = lab.listener("udp")
    lab.control(lab.connect(lab.inet_socket("udp"), lab.inet("ipv4", lab.far["ipv4"], peer.port)))
    lab.observe(lab.connect(lab.patient_socket(protocol), lab.inet("ipv4", "240.0.0.1", peer.port)))


@condition("route.type-{type}.{protocol}", type=("broadcast", "multicast"), protocol=PROTOCOLS)
def route_type(lab: Lab, type: str, protocol: str) -> None:
    """The route to the peer is of the type broadcast or multicast, whatever the address looks like.

    It is the type of the route that tcp_v4_connect() and __ip4_datagram_connect() look at.
    """
    lab.silent_device()
    peer = lab.listener("udp")
    lab.control(lab.connect(lab.inet_socket("udp"), lab.inet("ipv4", lab.far["ipv4"], peer.port)))
    lab.ip(f"route add {type} 198.51.100.2 dev dev0")
    lab.observe(lab.connect(lab.inet_socket(protocol), lab.inet("ipv4", lab.far["ipv4"], peer.port)))


@condition("route.nexthop-blackhole.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def nexthop_blackhole(lab: Lab, protocol: str, family: str) -> None:
    """The route to the peer uses a next hop object that is a blackhole.

    The next hop behaves as a route of that type (net/ipv4/nexthop.c).
    """
    peer = lab.own_address(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer))
    lab.lose_address(family)
    lab.ip(f"{lab.version[family]} nexthop add id 1 blackhole")
    lab.ip(f"{lab.version[family]} route add {lab.far[family]} nhid 1")
    lab.observe(lab.connect(lab.inet_socket(protocol, family), peer))


@condition("route.gateway-silent.{family}", family=BOTH)
def gateway_silent(lab: Lab, family: str) -> None:
    """The peer lies behind a gateway whose link address nobody tells.

    The failure of the gateway is reported for the peer.
    """
    far = {"ipv4": "203.0.113.1", "ipv6": "2001:db8:1::1"}[family]
    lab.silent_device()
    lab.no_neighbour_patience()
    lab.ip(f"{lab.version[family]} route add {far} via {lab.far[family]}")
    listener = lab.everywhere("tcp", family)
    lab.control(
        lab.connect(lab.inet_socket("tcp", family), lab.inet(family, lab.near[family], listener.port))
    )
    lab.observe(lab.connect(lab.patient_socket("tcp", family), lab.inet(family, far, listener.port)))


@condition("device.bound-down.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def bound_to_down_device(lab: Lab, protocol: str, family: str) -> None:
    """The socket is bound by SO_BINDTODEVICE to a device that is down.

    ip_route_output_key_hash_rcu() looks at IFF_UP; IPv6 has no route left.
    """
    lab.silent_device()
    peer = lab.listener("udp", family)
    lab.control(lab.connect(lab.inet_socket("udp", family), lab.inet(family, lab.far[family], peer.port)))
    lab.ip("link set dev0 down")
    sock = lab.inet_socket(protocol, family)
    lab.bind_to_device(sock, "dev0")
    lab.observe(lab.connect(sock, lab.inet(family, lab.far[family], peer.port)))


@condition("device.mtu-too-small.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def mtu_too_small(lab: Lab, protocol: str, family: str) -> None:
    """The device's MTU is smaller than the family's least: 68 bytes for IPv4, 1280 for IPv6.

    The family is switched off on the device (inetdev_event(), addrconf_notify()).
    """
    size = {"ipv4": 67, "ipv6": 1279}[family]
    peer = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer.address))
    lab.ip(f"link set lo mtu {size}")
    lab.observe(lab.connect(lab.patient_socket(protocol, family), peer.address))


@condition("udp.broadcast-mapped.{flag}", flag={"no-flag": 0, "with-flag": 1}, plain=True)
def broadcast_mapped(lab: Lab, flag: int) -> None:
    """A datagram socket of IPv6 connects to an IPv4-mapped broadcast address.

    __ip6_datagram_connect() hands mapped addresses over to __ip4_datagram_connect().
    """
    peer = lab.everywhere("udp")
    lab.control(lab.connect(lab.inet_socket("udp", "ipv6"), lab.inet("ipv6", "::ffff:127.0.0.1", peer.port)))
    sock = lab.inet_socket("udp", "ipv6")
    lab.setsockopt(sock, SOL_SOCKET, SO_BROADCAST, flag)
    lab.observe(lab.connect(sock, lab.inet("ipv6", "::ffff:127.255.255.255", peer.port)))


@condition("tcp.broadcast-mapped", plain=True)
def tcp_broadcast_mapped(lab: Lab) -> None:
    """A stream socket of IPv6 connects to an IPv4-mapped broadcast address.

    tcp_v6_connect() hands mapped addresses over to tcp_v4_connect().
    """
    listener = lab.everywhere()
    lab.control(
        lab.connect(lab.inet_socket("tcp", "ipv6"), lab.inet("ipv6", "::ffff:127.0.0.1", listener.port))
    )
    sock = lab.inet_socket("tcp", "ipv6")
    lab.observe(lab.connect(sock, lab.inet("ipv6", "::ffff:127.255.255.255", listener.port)))


@condition("{protocol}.any-address-mapped", protocol=PROTOCOLS, plain=True)
def any_mapped(lab: Lab, protocol: str) -> None:
    """A socket of IPv6 connects to the mapped wildcard ::ffff:0.0.0.0.

    The wildcard is the host itself in this form too.
    """
    listener = lab.listener(protocol)
    lab.control(
        lab.connect(lab.inet_socket(protocol, "ipv6"), lab.inet("ipv6", "::ffff:127.0.0.1", listener.port))
    )
    sock = lab.inet_socket(protocol, "ipv6")
    lab.observe(lab.connect(sock, lab.inet("ipv6", "::ffff:0.0.0.0", listener.port)))

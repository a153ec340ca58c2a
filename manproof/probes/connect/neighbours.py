"""Neighbours, devices and source addresses: what else must be there besides a route."""

from __future__ import annotations

from manproof.lab import Lab, condition
from manproof.lab.constants import SO_DONTROUTE, SOL_SOCKET

BOTH = ("ipv4", "ipv6")
PROTOCOLS = ("tcp", "udp")
KINDS = ("unreachable", "prohibit", "blackhole", "throw")


@condition("neighbour.silent.{family}", family=BOTH)
def neighbour_silent(lab: Lab, family: str) -> None:
    """The peer should be on the same link, but nobody answers the question for its link address.

    arp_error_report() and ndisc_error_report() turn the failure into an ICMP error for the waiting
    SYN. The number of questions and the time between them are made small.
    """
    lab.silent_device()
    lab.no_neighbour_patience()
    listener = lab.everywhere("tcp", family)
    lab.control(
        lab.connect(lab.inet_socket("tcp", family), lab.inet(family, lab.near[family], listener.port))
    )
    lab.observe(
        lab.connect(lab.patient_socket("tcp", family), lab.inet(family, lab.far[family], listener.port))
    )


@condition("neighbour.silent-nonblocking.{family}", family=BOTH)
def neighbour_silent_nonblocking(lab: Lab, family: str) -> None:
    """Nobody answers the question for the peer's link address, and the socket is nonblocking.

    The failure comes later, as SO_ERROR.
    """
    lab.silent_device()
    lab.no_neighbour_patience()
    listener = lab.everywhere("tcp", family)
    lab.control(
        lab.connect(lab.inet_socket("tcp", family), lab.inet(family, lab.near[family], listener.port))
    )
    sock = lab.patient_socket("tcp", family, nonblocking=True)
    lab.connect(sock, lab.inet(family, lab.far[family], listener.port))
    lab.observe(lab.so_error(sock))


@condition("neighbour.udp.{family}", family=BOTH)
def neighbour_udp(lab: Lab, family: str) -> None:
    """Nobody answers the question for the peer's link address, but the socket is one of UDP.

    connect() sends nothing, so no question is asked.
    """
    lab.silent_device()
    peer = lab.everywhere("udp", family)
    lab.control(lab.connect(lab.inet_socket("udp", family), lab.inet(family, lab.near[family], peer.port)))
    lab.observe(lab.connect(lab.inet_socket("udp", family), lab.inet(family, lab.far[family], peer.port)))


@condition("route.cache-limit.{family}", family=("ipv6",))
def cache_limit(lab: Lab, family: str) -> None:
    """A single cached route is allowed for IPv6 (max_size), and several peers have one already.

    Up to Linux 6.2 the limit could run out (ip6_dst_gc()); there is none by default any more.
    """
    lab.silent_device()
    lab.sysctl("ipv6/route/max_size", 1)
    peer = lab.listener("udp", family)
    lab.control(lab.connect(lab.inet_socket("udp", family), lab.inet(family, "2001:db8::3", peer.port)))
    lab.reach(lab.inet_socket("udp", family), lab.inet(family, "2001:db8::4", peer.port))
    lab.reach(lab.inet_socket("udp", family), lab.inet(family, "2001:db8::5", peer.port))
    lab.observe(lab.connect(lab.inet_socket("udp", family), lab.inet(family, "2001:db8::6", peer.port)))


@condition("source.address-removed.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def address_removed(lab: Lab, protocol: str, family: str) -> None:
    """The local address that the socket is bound to has been taken from the machine.

    __ip_route_output_key_hash() wants a source address of its own; IPv6 asks
    ip6_route_output_flags().
    """
    lab.add_address(family, lab.near[family])
    peer = lab.listener(protocol, family)
    one, other = lab.bound(protocol, family, lab.near[family]), lab.patient_bound(protocol, family)
    lab.control(lab.connect(one.socket, peer.address))
    lab.ip(f"address del {lab.near[family]}/{lab.all_bits[family]} dev lo")
    lab.observe(lab.connect(other, peer.address))


@condition("source.no-ipv6-address.{protocol}", protocol=PROTOCOLS)
def no_ipv6_address(lab: Lab, protocol: str) -> None:
    """There is a route to the peer over IPv6, but no address that could be the source.

    ipv6_dev_get_saddr() finds none.
    """
    lab.silent_device()
    peer = lab.listener("udp", "ipv6")
    lab.control(lab.connect(lab.inet_socket("udp", "ipv6"), lab.inet("ipv6", lab.far["ipv6"], peer.port)))
    lab.ip("address flush dev dev0")
    lab.ip("-6 address flush dev lo")
    lab.ip("-6 route add 2001:db8::/64 dev dev0")
    lab.observe(lab.connect(lab.inet_socket(protocol, "ipv6"), lab.inet("ipv6", lab.far["ipv6"], peer.port)))


@condition("source.no-ipv4-address.{protocol}", protocol=PROTOCOLS)
def no_ipv4_address(lab: Lab, protocol: str) -> None:
    """There is a route to the peer over IPv4, but no address that could be the source.

    inet_select_addr() finds none, and the source becomes 0.0.0.0.
    """
    lab.silent_device()
    lab.no_neighbour_patience()
    peer = lab.listener("udp")
    lab.control(lab.connect(lab.inet_socket("udp"), lab.inet("ipv4", lab.far["ipv4"], peer.port)))
    lab.ip("address flush dev dev0")
    lab.ip("address flush dev lo")
    lab.ip("route add 198.51.100.0/24 dev dev0")
    lab.observe(lab.connect(lab.patient_socket(protocol), lab.inet("ipv4", lab.far["ipv4"], peer.port)))


@condition("ipv6.disabled.{protocol}", protocol=PROTOCOLS)
def ipv6_disabled(lab: Lab, protocol: str) -> None:
    """IPv6 is disabled on all devices by net.ipv6.conf.all.disable_ipv6.

    The devices lose their addresses and routes.
    """
    peer = lab.listener(protocol, "ipv6")
    lab.control(lab.connect(lab.inet_socket(protocol, "ipv6"), peer.address))
    lab.sysctl("ipv6/conf/all/disable_ipv6", 1)
    lab.observe(lab.connect(lab.inet_socket(protocol, "ipv6"), peer.address))


@condition("device.bound-to-other.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def bound_to_other_device(lab: Lab, protocol: str, family: str) -> None:
    """The socket is bound by SO_BINDTODEVICE to a device from which no route leads to the peer.

    The device restricts the lookup of the route.
    """
    lab.silent_device()
    peer = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer.address))
    lab.ip(f"{lab.version[family]} address flush dev dev0")
    sock = lab.patient_socket(protocol, family)
    lab.bind_to_device(sock, "dev0")
    lab.observe(lab.connect(sock, lab.inet(family, lab.loopback[family], peer.port)))


@condition("device.removed.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def device_removed(lab: Lab, protocol: str, family: str) -> None:
    """The socket is bound by SO_BINDTODEVICE to a device that has been removed since.

    The index of the device stays in the socket.
    """
    lab.silent_device()
    peer = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer.address))
    sock = lab.inet_socket(protocol, family)
    lab.bind_to_device(sock, "dev0")
    lab.ip("link del dev0")
    lab.observe(lab.connect(sock, lab.inet(family, lab.far[family], peer.port)))


@condition("route.dont-route.{protocol}", protocol=PROTOCOLS)
def dont_route(lab: Lab, protocol: str) -> None:
    """The peer lies behind a gateway, and the socket has SO_DONTROUTE.

    Only routes of the scope "link" are allowed (RT_SCOPE_LINK).
    """
    lab.silent_device()
    lab.ip("route add 203.0.113.0/24 via 198.51.100.2")
    peer = lab.listener("udp")
    lab.control(lab.connect(lab.inet_socket("udp"), lab.inet("ipv4", "203.0.113.1", peer.port)))
    sock = lab.inet_socket(protocol)
    lab.setsockopt(sock, SOL_SOCKET, SO_DONTROUTE, 1)
    lab.observe(lab.connect(sock, lab.inet("ipv4", "203.0.113.1", peer.port)))

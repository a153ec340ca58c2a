"""Routes, neighbours, devices: the way to the peer, looked for before anything is sent."""

from __future__ import annotations

from manproof.lab import Lab, condition

BOTH = ("ipv4", "ipv6")
PROTOCOLS = ("tcp", "udp")
KINDS = ("unreachable", "prohibit", "blackhole", "throw")


@condition("net.no-route.{protocol}.{family}", protocol=("tcp", "udp", "mptcp", "raw", "ping"), family=BOTH)
def no_route(lab: Lab, protocol: str, family: str) -> None:
    """No route leads to the peer.

    ip_route_output_flow() or ip6_dst_lookup_flow() finds nothing. For the control the address is
    one of this machine.
    """
    peer = lab.own_address(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer))
    lab.lose_address(family)
    lab.observe(lab.connect(lab.inet_socket(protocol, family), peer))


@condition("net.no-route-nonblocking.{family}", family=BOTH)
def no_route_nonblocking(lab: Lab, family: str) -> None:
    """No route leads to the peer, and the socket is nonblocking.

    The route is looked up before anything is in progress.
    """
    peer = lab.own_address("tcp", family)
    lab.control(lab.connect(lab.inet_socket("tcp", family), peer))
    lab.lose_address(family)
    lab.observe(lab.connect(lab.inet_socket("tcp", family, nonblocking=True), peer))


@condition("net.loopback-down.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def loopback_down(lab: Lab, protocol: str, family: str) -> None:
    """The peer is the host itself, and the loopback device has been set down.

    The addresses of IPv6 go with it; those of IPv4 stay, and what is sent there is lost.
    """
    peer = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer.address))
    lab.ip("link set lo down")
    lab.observe(lab.connect(lab.patient_socket(protocol, family), peer.address))


@condition("net.loopback-never-up.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def loopback_never_up(lab: Lab, protocol: str, family: str) -> None:
    """The peer is the host itself, in a network namespace whose loopback device was never set up.

    This is how every network namespace begins.
    """
    peer = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer.address))
    lab.new_network()
    lab.observe(lab.connect(lab.patient_socket(protocol, family), peer.address))


@condition("route.{kind}.{protocol}.{family}", kind=KINDS, protocol=PROTOCOLS, family=BOTH)
def route(lab: Lab, kind: str, protocol: str, family: str) -> None:
    """The route to the peer is of a type that leads nowhere.

    fib_props (net/ipv4/fib_semantics.c) and ip6_rt_init_dst_reject() (net/ipv6/route.c) give each
    type its error.
    """
    peer = lab.own_address(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer))
    lab.lose_address(family)
    lab.ip(f"{lab.version[family]} route add {kind} {lab.far[family]}")
    lab.observe(lab.connect(lab.inet_socket(protocol, family), peer))


@condition(
    "route.rule-{kind}.{protocol}.{family}",
    kind=("unreachable", "prohibit", "blackhole"),
    protocol=PROTOCOLS,
    family=BOTH,
)
def rule(lab: Lab, kind: str, protocol: str, family: str) -> None:
    """A rule of the routing policy forbids the way: unreachable, prohibit or blackhole.

    fib4_rule_action() and fib6_rule_action() answer before any table is looked into. (There is no
    rule "throw".)
    """
    peer = lab.own_address(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer))
    lab.lose_address(family)
    lab.ip(f"{lab.version[family]} rule add to {lab.far[family]} {kind}")
    lab.observe(lab.connect(lab.inet_socket(protocol, family), peer))


@condition("route.device-down.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def device_down(lab: Lab, protocol: str, family: str) -> None:
    """The device of the route has been set down.

    Its routes go with it (fib_disable_ip(), rt6_disable_ip()).
    """
    lab.silent_device()
    peer = lab.listener("udp", family)
    lab.control(lab.connect(lab.inet_socket("udp", family), lab.inet(family, lab.far[family], peer.port)))
    lab.ip("link set dev0 down")
    lab.observe(lab.connect(lab.inet_socket(protocol, family), lab.inet(family, lab.far[family], peer.port)))


@condition("route.no-carrier.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def no_carrier(lab: Lab, protocol: str, family: str) -> None:
    """The device of the route is up, but has no carrier.

    The routes stay, marked linkdown; without net.ipv4.conf.*.ignore_routes_with_linkdown they are
    used.
    """
    lab.silent_device()
    lab.no_neighbour_patience()
    peer = lab.listener("udp", family)
    lab.control(lab.connect(lab.inet_socket("udp", family), lab.inet(family, lab.far[family], peer.port)))
    lab.ip("link set far0 down")
    lab.until_linkdown(family)
    lab.observe(
        lab.connect(lab.patient_socket(protocol, family), lab.inet(family, lab.far[family], peer.port))
    )


@condition("route.ignored-linkdown.{protocol}.{family}", protocol=PROTOCOLS, family=BOTH)
def ignored_linkdown(lab: Lab, protocol: str, family: str) -> None:
    """The device of the route has no carrier, and such routes are to be ignored.

    net.ipv4.conf.*.ignore_routes_with_linkdown, and the same for IPv6.
    """
    lab.silent_device()
    lab.sysctl(f"{family}/conf/dev0/ignore_routes_with_linkdown", 1)
    peer = lab.listener("udp", family)
    lab.control(lab.connect(lab.inet_socket("udp", family), lab.inet(family, lab.far[family], peer.port)))
    lab.ip("link set far0 down")
    lab.until_linkdown(family)
    lab.observe(lab.connect(lab.inet_socket(protocol, family), lab.inet(family, lab.far[family], peer.port)))

"""Options of the socket that change what connect() does."""

from __future__ import annotations

from manproof.lab import Lab, condition
from manproof.lab.constants import (
    IP_BIND_ADDRESS_NO_PORT,
    IP_OPTIONS,
    IP_UNICAST_IF,
    IPPROTO_IP,
    IPPROTO_TCP,
    SO_REUSEADDR,
    SOL_SOCKET,
    TCP_DEFER_ACCEPT,
    TCP_FASTOPEN_CONNECT,
    TCP_REPAIR,
)

BOTH = ("ipv4", "ipv6")
# Loose and strict source routes over one gateway (RFC 791), padded to eight bytes.
ROUTES = {"loose": b"\x01\x83\x07\x04", "strict": b"\x01\x89\x07\x04"}


@condition("{protocol}.source-route-any-address.{strictness}", protocol=("tcp", "udp"), strictness=ROUTES)
def source_route_any_address(lab: Lab, protocol: str, strictness: bytes) -> None:
    """The socket has a source route (IP_OPTIONS), and the peer's address is 0.0.0.0.

    tcp_v4_connect() does not take the wildcard for the host itself then.
    """
    peer = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.inet("ipv4", "0.0.0.0", peer.port)))
    sock = lab.inet_socket(protocol)
    lab.set_bytes(sock, IPPROTO_IP, IP_OPTIONS, strictness + bytes([127, 0, 0, 1]))
    lab.observe(lab.connect(sock, lab.inet("ipv4", "0.0.0.0", peer.port)))


@condition("{protocol}.source-route-no-route.{strictness}", protocol=("tcp", "udp"), strictness=ROUTES)
def source_route_no_route(lab: Lab, protocol: str, strictness: bytes) -> None:
    """The socket has a source route (IP_OPTIONS) whose first gateway no route leads to.

    The route is looked up for the first gateway, not for the peer.
    """
    peer = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), peer.address))
    sock = lab.patient_socket(protocol)
    lab.set_bytes(sock, IPPROTO_IP, IP_OPTIONS, strictness + bytes([203, 0, 113, 1]))
    lab.observe(lab.connect(sock, peer.address))


@condition("{protocol}.strict-route-behind-gateway", protocol=("tcp", "udp"))
def strict_route_behind_gateway(lab: Lab, protocol: str) -> None:
    """The first gateway of the socket's strict source route is itself behind a gateway.

    __ip_queue_xmit() refuses to send (RFC 791); connect() of UDP sends nothing.
    """
    lab.silent_device()
    lab.ip("route add 203.0.113.0/24 via 198.51.100.2")
    peer = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), peer.address))
    sock = lab.patient_socket(protocol)
    lab.set_bytes(sock, IPPROTO_IP, IP_OPTIONS, ROUTES["strict"] + bytes([203, 0, 113, 1]))
    lab.observe(lab.connect(sock, peer.address))


@condition("{protocol}.unicast-if-removed", protocol=("tcp", "udp"))
def unicast_if_removed(lab: Lab, protocol: str) -> None:
    """The device that IP_UNICAST_IF names has been removed.

    The option counts for datagram sockets that are not bound to a device.
    """
    lab.silent_device()
    peer = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), peer.address))
    sock = lab.patient_socket(protocol)
    lab.setsockopt(sock, IPPROTO_IP, IP_UNICAST_IF, lab.network_order(lab.index("dev0")))
    lab.ip("link del dev0")
    lab.observe(lab.connect(sock, peer.address))


@condition("tcp.fastopen-connect.{who}", who=("live", "closed"))
def fastopen_connect(lab: Lab, who: str) -> None:
    """The socket has TCP_FASTOPEN_CONNECT, and no cookie is needed: nothing is sent yet.

    tcp_fastopen_defer_connect() puts it off until the first data are written, whether anybody
    listens or not (net.ipv4.tcp_fastopen has bit 0x4).
    """
    lab.sysctl("ipv4/tcp_fastopen", 5)
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    sock = lab.inet_socket("tcp")
    lab.setsockopt(sock, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1)
    lab.observe(lab.connect(sock, {"live": listener.address, "closed": lab.closed_port()}[who]))


@condition("tcp.fastopen-connect-again.{mode}", mode={"nonblocking": True, "send-timeout": False})
def fastopen_connect_again(lab: Lab, mode: bool) -> None:
    """A socket with TCP_FASTOPEN_CONNECT whose connection was put off is connected again.

    A blocking one waits for an answer to a SYN that was never sent, and would do so for ever;
    SO_SNDTIMEO ends the wait (__inet_stream_connect(), DEFER_CONNECT).
    """
    lab.sysctl("ipv4/tcp_fastopen", 5)
    listener = lab.listener()
    sock = lab.inet_socket("tcp", nonblocking=mode)
    lab.send_timeout(sock, 0.1)
    lab.setsockopt(sock, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1)
    lab.control(lab.connect(sock, listener.address))
    lab.observe(lab.connect(sock, listener.address))


@condition("tcp.fastopen-connect-again-interrupted")
def fastopen_connect_again_interrupted(lab: Lab) -> None:
    """A connection put off by TCP_FASTOPEN_CONNECT is asked for again, and a signal ends the wait.

    No SYN was sent, so that nothing else would end it.
    """
    lab.sysctl("ipv4/tcp_fastopen", 5)
    listener = lab.listener()
    sock = lab.inet_socket("tcp")
    lab.setsockopt(sock, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1)
    lab.control(lab.connect(sock, listener.address))
    lab.handler()
    lab.when_asleep((lab.ring,))
    lab.observe(lab.connect(sock, listener.address))


@condition("tcp.fastopen-connect-then-send")
def fastopen_connect_then_send(lab: Lab) -> None:
    """With TCP_FASTOPEN_CONNECT nobody listens at the port, and data are sent.

    The connection is made by the first write, and refused there.
    """
    lab.sysctl("ipv4/tcp_fastopen", 5)
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    sock = lab.inet_socket("tcp")
    lab.setsockopt(sock, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1)
    lab.reach(sock, lab.closed_port())
    lab.observe(lab.sending(sock))


@condition("tcp.repair.{who}", who=("live", "closed"))
def repair(lab: Lab, who: str) -> None:
    """The socket is in repair mode (TCP_REPAIR), in which it is connected without a packet.

    tcp_connect() goes straight to tcp_finish_connect().
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    sock = lab.inet_socket("tcp")
    lab.setsockopt(sock, IPPROTO_TCP, TCP_REPAIR, 1)
    lab.observe(lab.connect(sock, {"live": listener.address, "closed": lab.closed_port()}[who]))


@condition("tcp.defer-accept", plain=True)
def defer_accept(lab: Lab) -> None:
    """The listener has TCP_DEFER_ACCEPT: it takes connections only when data have come.

    The client sees a connection after the SYN-ACK as ever.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    other = lab.listener()
    lab.setsockopt(other.socket, IPPROTO_TCP, TCP_DEFER_ACCEPT, 5)
    lab.observe(lab.connect(lab.inet_socket("tcp"), other.address))


@condition("tcp.md5-only-here.{family}", family=BOTH, slow=True)
def md5_only_here(lab: Lab, family: str) -> None:
    """The socket signs its segments (TCP_MD5SIG, RFC 2385), and the listener knows no key.

    The listener drops the SYN without an answer (tcp_inbound_hash()).
    """
    listener = lab.listener("tcp", family)
    lab.control(lab.connect(lab.inet_socket("tcp", family), listener.address))
    sock = lab.patient_socket("tcp", family)
    lab.md5_key(sock, listener.address)
    lab.observe(lab.connect(sock, listener.address))


@condition("tcp.bind-address-no-port", plain=True)
def bind_address_no_port(lab: Lab) -> None:
    """The socket was bound with IP_BIND_ADDRESS_NO_PORT: to an address, but to no port yet.

    connect() chooses the port, as for a socket that is not bound.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    sock = lab.inet_socket("tcp")
    lab.setsockopt(sock, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
    lab.bind(sock, lab.inet("ipv4", "127.0.0.1", 0))
    lab.observe(lab.connect(sock, listener.address))


@condition("tcp.same-four-tuple.mapped", plain=True)
def same_four_tuple_mapped(lab: Lab) -> None:
    """An IPv4 socket is connected with the four-tuple that an IPv6 socket has by mapped addresses.

    A mapped address is the IPv4 address: the connections would be one.
    """
    listener = lab.listener()
    first = lab.sharing("tcp", "ipv4", SO_REUSEADDR)
    lab.control(lab.connect(first.socket, listener.address))
    sock = lab.inet_socket("tcp", "ipv6")
    lab.setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, 1)
    lab.bind(sock, lab.inet("ipv6", "::ffff:127.0.0.1", first.port))
    lab.observe(lab.connect(sock, lab.inet("ipv6", "::ffff:127.0.0.1", listener.port)))

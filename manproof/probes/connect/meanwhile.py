"""What an administrator can do to the network while connect() waits for a silent peer."""

from __future__ import annotations

from manproof.lab import Lab, condition

BOTH = ("ipv4", "ipv6")
CHANGES = {
    "device-removed": "link del dev0",
    "device-down": "link set dev0 down",
    "route-unreachable": "route add unreachable 198.51.100.2",
    "route-prohibit": "route add prohibit 198.51.100.2",
    "address-removed": "address flush dev dev0",
    "policy-blocks": "xfrm policy add dst 198.51.100.2 dir out action block",
}


@condition("meanwhile.{change}", change=CHANGES, slow=True)
def change(lab: Lab, change: str) -> None:
    """While connect() waits for a silent peer, the way to it is changed.

    The SYN is repeated every second, now over the new way; what fails then is kept as a soft error,
    and reported when time runs out (tcp_write_err()). TCP_USER_TIMEOUT is set after a repetition.
    """
    peer = lab.silent_peer()
    lab.control(lab.connect(lab.inet_socket("udp"), peer))
    sock = lab.inet_socket("tcp")
    lab.when_asleep((lab.ip, change), (lab.until_repeated, sock), (lab.patient, sock, 1))
    lab.observe(lab.connect(sock, peer))


@condition("meanwhile.destroyed")
def destroyed(lab: Lab) -> None:
    """While connect() waits for a silent peer, ss -K destroys the socket.

    tcp_abort() by SOCK_DESTROY of sock_diag(7), with CONFIG_INET_DIAG_DESTROY.
    """
    peer = lab.silent_peer()
    lab.control(lab.connect(lab.inet_socket("udp"), peer))
    sock = lab.patient_socket("tcp")
    lab.when_asleep((lab.shell, "ss -K -t dst 198.51.100.2"))
    lab.observe(lab.connect(sock, peer))


@condition("meanwhile.destroyed-nonblocking")
def destroyed_nonblocking(lab: Lab) -> None:
    """While a nonblocking connection is being made, ss -K destroys the socket.

    SO_ERROR tells the reason.
    """
    peer = lab.silent_peer()
    lab.control(lab.connect(lab.inet_socket("udp"), peer))
    sock = lab.patient_socket("tcp", nonblocking=True)
    lab.connecting(sock, peer)
    lab.shell("ss -K -t dst 198.51.100.2")
    lab.observe(lab.so_error(sock))


@condition("firewall.redirect-to-closed.{family}", family=BOTH)
def redirect_to_closed(lab: Lab, family: str) -> None:
    """A packet filter redirects the SYN to a port where nobody listens.

    Address translation happens below connect(): the peer that refuses is another one than was asked
    for.
    """
    listener = lab.listener("tcp", family)
    lab.control(lab.connect(lab.inet_socket("tcp", family), listener.address))
    lab.translate("redirect to :1")
    lab.observe(lab.connect(lab.patient_socket("tcp", family), listener.address))


@condition("firewall.translate-no-route", slow=True)
def translate_no_route(lab: Lab) -> None:
    """A packet filter changes the destination of the SYN to one that no route leads to.

    ip_route_me_harder() fails, and the SYN is dropped.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.translate("dnat ip to 203.0.113.1")
    lab.observe(lab.connect(lab.patient_socket("tcp"), listener.address))

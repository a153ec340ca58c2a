"""TCP and MPTCP: what another thread can do while connect() waits."""

from __future__ import annotations

from manproof.lab import Lab, condition
from manproof.lab.constants import SHUT_RD, SHUT_RDWR, SHUT_WR

BOTH = ("ipv4", "ipv6")
STREAMS = ("tcp", "mptcp")
HOW = {"read": SHUT_RD, "write": SHUT_WR, "both": SHUT_RDWR}


@condition("{protocol}.shut-down-meanwhile.{how}", protocol=STREAMS, how=HOW, plain=True)
def shut_down_meanwhile(lab: Lab, protocol: str, how: int) -> None:
    """While connect() waits, another thread shuts the socket down.

    inet_shutdown() disconnects a socket that is still connecting.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.send_timeout(sock, 5)
    lab.when_asleep((lab.shutdown, sock, how))
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.closed-meanwhile", protocol=STREAMS, plain=True)
def closed_meanwhile(lab: Lab, protocol: str) -> None:
    """While connect() waits, another thread closes the descriptor; then SO_SNDTIMEO runs out.

    The call keeps the file open until it returns: close() in another thread does not wake it.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.send_timeout(sock, 0.5)
    lab.when_asleep((lab.close, sock))
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.dissolved-meanwhile", protocol=STREAMS, plain=True)
def dissolved_meanwhile(lab: Lab, protocol: str) -> None:
    """While connect() waits, another thread calls connect() with AF_UNSPEC on the same socket.

    The attempt is given up under the feet of the one who waits.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.send_timeout(sock, 5)
    lab.when_asleep((lab.reach, sock, lab.unspec()))
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.listening-meanwhile", protocol=STREAMS, plain=True)
def listening_meanwhile(lab: Lab, protocol: str) -> None:
    """While connect() waits, another thread dissolves the attempt and makes the socket listen.

    When the wait ends the socket is in TCP_LISTEN.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.send_timeout(sock, 5)
    lab.when_asleep((lab.reach, sock, lab.unspec()), (lab.listen, sock))
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.connecting-meanwhile", protocol=STREAMS, plain=True)
def connecting_meanwhile(lab: Lab, protocol: str) -> None:
    """While one thread waits in connect(), another calls it too; then SO_SNDTIMEO runs out.

    Observed is the one that came first.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.send_timeout(sock, 0.5)
    lab.when_asleep((lab.connect, sock, full.address))
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.listener-closed-meanwhile", protocol=STREAMS, plain=True, slow=True)
def listener_closed_meanwhile(lab: Lab, protocol: str) -> None:
    """While connect() waits, the listener is closed; the repeated SYN finds nobody.

    The SYN is repeated after a second and answered with a reset.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.when_asleep((lab.close, full.socket))
    lab.observe(lab.connect(sock, full.address))

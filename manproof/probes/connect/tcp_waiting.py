"""TCP and MPTCP: what can happen while connect() waits for the peer."""

from __future__ import annotations

from manproof.lab import Lab, condition
from manproof.lab.constants import SHUT_RD, SHUT_RDWR, SHUT_WR

BOTH = ("ipv4", "ipv6")
STREAMS = ("tcp", "mptcp")
HOW = {"read": SHUT_RD, "write": SHUT_WR, "both": SHUT_RDWR}


@condition("{protocol}.send-timeout", protocol=STREAMS, plain=True)
def send_timeout(lab: Lab, protocol: str) -> None:
    """SO_SNDTIMEO runs out on a blocking socket before the peer has answered.

    inet_wait_for_connect() sleeps that long; the attempt goes on.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.send_timeout(sock)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.send-timeout-again", protocol=STREAMS, plain=True)
def send_timeout_again(lab: Lab, protocol: str) -> None:
    """After SO_SNDTIMEO has run out, connect() is called again, while the peer is still silent.

    The attempt goes on (SS_CONNECTING), and the second call waits anew.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.send_timeout(sock)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.connect(sock, full.address)
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.interrupted.no-restart", protocol=STREAMS, plain=True)
def interrupted(lab: Lab, protocol: str) -> None:
    """A signal without SA_RESTART arrives while connect() waits for the peer.

    sock_intr_errno() in __inet_stream_connect(); the attempt goes on.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.interrupts()
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.interrupted.restart", protocol=STREAMS, plain=True, slow=True)
def interrupted_restart(lab: Lab, protocol: str) -> None:
    """Signals with SA_RESTART arrive while connect() waits for the peer.

    The call begins again by itself and finds its own attempt. The listener has room after some
    signals, and the SYN is repeated after a second.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.when_interrupted((lab.accept, full.socket))
    lab.interrupts(restart=True)
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.interrupted.send-timeout", protocol=STREAMS, plain=True)
def interrupted_send_timeout(lab: Lab, protocol: str) -> None:
    """Signals with SA_RESTART arrive while a socket with SO_SNDTIMEO waits for the peer.

    With a limited time to wait, sock_intr_errno() never asks for a restart.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.send_timeout(sock, 5)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.interrupts(restart=True)
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.interrupted-again", protocol=STREAMS, plain=True)
def interrupted_again(lab: Lab, protocol: str) -> None:
    """After an interruption connect() is called again, while the peer is still silent.

    The attempt has gone on (SS_CONNECTING).
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.interrupts()
    lab.connect(sock, full.address)
    lab.quiet()
    lab.nonblocking(sock)
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.interrupted-then-writable", protocol=STREAMS, plain=True, slow=True)
def interrupted_then_writable(lab: Lab, protocol: str) -> None:
    """After an interruption the listener has room again, and the socket becomes writable.

    The attempt has gone on in the kernel; SO_ERROR tells how it ended.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.interrupts()
    lab.connect(sock, full.address)
    lab.quiet()
    lab.accept(full.socket)
    lab.observe(lab.so_error(sock))


@condition("{protocol}.interrupted-then-connected", protocol=STREAMS, plain=True, slow=True)
def interrupted_then_connected(lab: Lab, protocol: str) -> None:
    """After an interruption the listener has room again, and connect() is called once more.

    A blocking call waits for the attempt that has gone on.
    """
    full = lab.full_listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    lab.interrupts()
    lab.connect(sock, full.address)
    lab.quiet()
    lab.accept(full.socket)
    lab.observe(lab.connect(sock, full.address))


@condition("{protocol}.silent-peer.{family}", protocol=("tcp",), family=BOTH, plain=True, slow=True)
def silent_peer(lab: Lab, protocol: str, family: str) -> None:
    """Nobody answers, and the time that TCP_USER_TIMEOUT allows runs out.

    tcp_write_timeout(); by default it takes some two minutes. The first SYN is given a second in
    any case.
    """
    full = lab.full_listener(protocol, family)
    sock = lab.inet_socket(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), lab.listener(protocol, family).address))
    lab.patient(sock, 1)
    lab.observe(lab.connect(sock, full.address))


@condition("tcp.silent-peer-then-writable", plain=True, slow=True)
def silent_peer_then_writable(lab: Lab) -> None:
    """Nobody answers a nonblocking socket, and its time has run out.

    SO_ERROR tells how the attempt ended.
    """
    full = lab.full_listener()
    sock = lab.inet_socket("tcp", nonblocking=True)
    lab.control(lab.connect(lab.inet_socket("tcp"), lab.listener().address))
    lab.patient(sock, 1)
    lab.connecting(sock, full.address)
    lab.observe(lab.so_error(sock))


@condition("tcp.silent-peer-then-live", plain=True, slow=True)
def silent_peer_then_live(lab: Lab) -> None:
    """After a timeout the same socket connects to a live listener.

    __inet_stream_connect() calls the protocol's disconnect() after a failure.
    """
    full, listener = lab.full_listener(), lab.listener()
    sock = lab.inet_socket("tcp")
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.patient(sock, 1)
    lab.connect(sock, full.address)
    lab.observe(lab.connect(sock, listener.address))

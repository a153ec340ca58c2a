"""TCP and MPTCP: who answers, and what state the socket is in."""

from __future__ import annotations

from manproof.lab import Lab, condition
from manproof.lab.constants import SHUT_RD, SHUT_RDWR, SHUT_WR

BOTH = ("ipv4", "ipv6")
STREAMS = ("tcp", "mptcp")
HOW = {"read": SHUT_RD, "write": SHUT_WR, "both": SHUT_RDWR}


@condition("{protocol}.live.{family}", protocol=STREAMS, family=BOTH, plain=True)
def live(lab: Lab, protocol: str, family: str) -> None:
    """A listener at the address takes the connection.

    The plain case: tcp_v4_connect() or tcp_v6_connect(), then inet_wait_for_connect() until the
    handshake is done.
    """
    lab.no_control("it is the control of the others")
    listener = lab.listener(protocol, family)
    lab.observe(lab.connect(lab.inet_socket(protocol, family), listener.address))


@condition("{protocol}.refused.closed-port.{family}", protocol=STREAMS, family=BOTH, plain=True)
def refused(lab: Lab, protocol: str, family: str) -> None:
    """Nobody listens at the port.

    The SYN is answered with a reset (tcp_rcv_synsent_state_process(), RFC 9293).
    """
    listener = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), listener.address))
    lab.observe(lab.connect(lab.inet_socket(protocol, family), lab.closed_port(protocol, family)))


@condition("{protocol}.refused.bound.{family}", protocol=STREAMS, family=BOTH, plain=True)
def refused_bound(lab: Lab, protocol: str, family: str) -> None:
    """A socket is bound to the port, but has not called listen().

    Only listening sockets are looked up for a SYN; it is answered with a reset.
    """
    listener = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), listener.address))
    peer = lab.bound(protocol, family)
    lab.observe(lab.connect(lab.inet_socket(protocol, family), peer.address))


@condition("{protocol}.listener-shut-down.{how}", protocol=STREAMS, how=HOW, plain=True)
def listener_shut_down(lab: Lab, protocol: str, how: int) -> None:
    """The listening socket has been shut down.

    inet_shutdown() takes a listener out of the table of listeners, if it is shut down for reading.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    lab.shutdown(listener.socket, how)
    lab.observe(lab.connect(lab.inet_socket(protocol), listener.address))


@condition("{protocol}.connected-again.{family}", protocol=STREAMS, family=BOTH, plain=True)
def connected_again(lab: Lab, protocol: str, family: str) -> None:
    """The socket is connected already.

    SS_CONNECTED in __inet_stream_connect().
    """
    listener = lab.listener(protocol, family)
    sock = lab.inet_socket(protocol, family)
    lab.control(lab.connect(sock, listener.address))
    lab.observe(lab.connect(sock, listener.address))


@condition("{protocol}.accepted-again", protocol=STREAMS, plain=True)
def accepted_again(lab: Lab, protocol: str) -> None:
    """The socket came from accept().

    Such a socket is connected from birth.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    lab.observe(lab.connect(lab.accept(listener.socket), listener.address))


@condition("{protocol}.listening", protocol=STREAMS, plain=True)
def listening(lab: Lab, protocol: str) -> None:
    """The socket itself listens.

    __inet_stream_connect() starts only from TCP_CLOSE.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    lab.observe(lab.connect(lab.listener(protocol).socket, listener.address))


@condition("{protocol}.after-refusal.{family}", protocol=STREAMS, family=BOTH, plain=True)
def after_refusal(lab: Lab, protocol: str, family: str) -> None:
    """A socket that has been refused once connects to a live listener.

    __inet_stream_connect() calls the protocol's disconnect() after a failure, so that the socket is
    as new.
    """
    listener = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), listener.address))
    sock = lab.inet_socket(protocol, family)
    lab.connect(sock, lab.closed_port(protocol, family))
    lab.observe(lab.connect(sock, listener.address))


@condition("{protocol}.after-shutdown.{how}", protocol=STREAMS, how=HOW, plain=True)
def after_shutdown(lab: Lab, protocol: str, how: int) -> None:
    """A connected socket that has been shut down connects again.

    shutdown() ends the transfer of data, not the association.
    """
    listener = lab.listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(sock, listener.address))
    lab.shutdown(sock, how)
    lab.observe(lab.connect(sock, listener.address))


@condition("{protocol}.listener-turned-client", protocol=STREAMS, plain=True)
def listener_turned_client(lab: Lab, protocol: str) -> None:
    """A listening socket is shut down, which ends the listening, and then connects.

    inet_shutdown() brings a listener back to TCP_CLOSE.
    """
    listener, sock = lab.listener(protocol), lab.listener(protocol).socket
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    lab.shutdown(sock, SHUT_RD)
    lab.observe(lab.connect(sock, listener.address))


@condition("{protocol}.peer-closed", protocol=STREAMS, plain=True)
def peer_closed(lab: Lab, protocol: str) -> None:
    """The socket was connected, the peer has closed its end, and connect() is called again.

    The socket is in CLOSE_WAIT, which is still connected.
    """
    listener = lab.listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(sock, listener.address))
    lab.close(lab.accept(listener.socket))
    lab.wait_readable(sock)
    lab.observe(lab.connect(sock, listener.address))


@condition("{protocol}.peer-reset", protocol=STREAMS, plain=True)
def peer_reset(lab: Lab, protocol: str) -> None:
    """The socket was connected, the peer has reset the connection, and connect() is called again.

    The state of the socket is TCP_CLOSE, but its SS_CONNECTED stays.
    """
    listener = lab.listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(sock, listener.address))
    lab.reset(lab.accept(listener.socket))
    lab.wait_readable(sock)
    lab.observe(lab.connect(sock, listener.address))

"""What a socket is like after connect(): follow-ups in which another call answers."""

from __future__ import annotations

from manproof.lab import Lab, condition

STREAMS = ("tcp", "mptcp")


@condition("{protocol}.refused-then-so-error", protocol=STREAMS, plain=True)
def refused_then_so_error(lab: Lab, protocol: str) -> None:
    """A blocking connect() was refused; SO_ERROR is read.

    connect() took the error with it.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol)
    lab.connect(sock, lab.closed_port(protocol))
    lab.observe(lab.so_error(sock))


@condition("{protocol}.so-error-twice", protocol=STREAMS, plain=True)
def so_error_twice(lab: Lab, protocol: str) -> None:
    """A nonblocking connect() was refused, SO_ERROR was read once, and is read again.

    Reading SO_ERROR clears it.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connect(sock, lab.closed_port(protocol))
    lab.so_error(sock)
    lab.observe(lab.so_error(sock))


@condition("{protocol}.refused-then-getpeername", protocol=STREAMS, plain=True)
def refused_then_getpeername(lab: Lab, protocol: str) -> None:
    """connect() was refused; the socket is asked for its peer.

    getpeername() wants a connection.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    sock = lab.inet_socket(protocol)
    lab.connect(sock, lab.closed_port(protocol))
    lab.observe(lab.getpeername(sock))


@condition("{protocol}.connecting-then-getpeername", protocol=STREAMS, plain=True)
def connecting_then_getpeername(lab: Lab, protocol: str) -> None:
    """While a connection is being made, the socket is asked for its peer.

    There is none before the handshake is done.
    """
    full = lab.full_listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connecting(sock, full.address)
    lab.observe(lab.getpeername(sock))


@condition("{protocol}.connecting-then-send", protocol=STREAMS, plain=True)
def connecting_then_send(lab: Lab, protocol: str) -> None:
    """While a connection is being made, data are sent on the nonblocking socket.

    tcp_sendmsg_locked() waits for the connection, unless it may not wait.
    """
    full = lab.full_listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), lab.listener(protocol).address))
    sock = lab.inet_socket(protocol, nonblocking=True)
    lab.connecting(sock, full.address)
    lab.observe(lab.sending(sock))


@condition("{protocol}.refused-then-listen", protocol=STREAMS, plain=True)
def refused_then_listen(lab: Lab, protocol: str) -> None:
    """connect() was refused; the same socket then listens, and another one connects to it.

    After a failure the socket may be used for something else.
    """
    listener = lab.listener(protocol)
    lab.control(lab.connect(lab.inet_socket(protocol), listener.address))
    own = lab.bound(protocol)
    lab.connect(own.socket, lab.closed_port(protocol))
    lab.listen(own.socket)
    lab.observe(lab.connect(lab.inet_socket(protocol), own.address))


@condition("{protocol}.connected-then-listen", protocol=STREAMS, plain=True)
def connected_then_listen(lab: Lab, protocol: str) -> None:
    """A connected socket is asked to listen.

    inet_listen() wants a socket that is not connected.
    """
    listener = lab.listener(protocol)
    sock = lab.inet_socket(protocol)
    lab.control(lab.connect(sock, listener.address))
    lab.observe(lab.listening(sock))


@condition("udp.nobody-then-receive", plain=True)
def nobody_then_receive(lab: Lab) -> None:
    """A datagram was sent to a peer whose port nobody is bound to; then one is to be received.

    The ICMP answer reaches a connected socket only (udp_err()).
    """
    peer = lab.listener("udp")
    sock = lab.inet_socket("udp", nonblocking=True)
    lab.control(lab.connect(sock, peer.address))
    lab.reach(sock, lab.closed_port("udp"))
    lab.send(sock)
    lab.wait_failed(sock)
    lab.observe(lab.receiving(sock))


@condition("unix.dgram-peer-closed-then-send", plain=True)
def dgram_peer_closed_then_send(lab: Lab) -> None:
    """A datagram socket of AF_UNIX has a peer, which is closed; then a datagram is sent.

    unix_dgram_sendmsg() finds the peer dead.
    """
    peer = lab.unix_listener("dgram")
    sock = lab.unix_socket("dgram")
    lab.control(lab.connect(sock, peer.address))
    lab.close(peer.socket)
    lab.observe(lab.sending(sock))

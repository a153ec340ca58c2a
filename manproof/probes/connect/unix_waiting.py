"""UNIX domain: the listener's queue is full, and connect() waits, or does not."""

from __future__ import annotations

from manproof.lab import Lab, condition, unix
from manproof.lab.constants import SHUT_RDWR

CONNECTED = ("stream", "seqpacket")


@condition("unix.nonblocking.{type}", type=CONNECTED, plain=True)
def nonblocking(lab: Lab, type: str) -> None:
    """A nonblocking socket connects to a listener that has room in its queue.

    Connections of AF_UNIX are made at once; nothing is ever in progress.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.observe(lab.connect(lab.unix_socket(type, nonblocking=True), listener.address))


@condition("unix.nonblocking-backlog-full.{type}", type=CONNECTED, plain=True)
def nonblocking_backlog_full(lab: Lab, type: str) -> None:
    """A nonblocking socket connects to a listener whose queue is full.

    unix_stream_connect() may not wait; it was the connection that fills the queue that serves as
    the control.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type, nonblocking=True), listener.address))
    lab.observe(lab.connect(lab.unix_socket(type, nonblocking=True), listener.address))


@condition("unix.backlog-full-send-timeout.{type}", type=CONNECTED, plain=True)
def backlog_full_send_timeout(lab: Lab, type: str) -> None:
    """SO_SNDTIMEO runs out while connect() waits for room in the listener's queue.

    unix_wait_for_peer() sleeps that long.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    sock = lab.unix_socket(type)
    lab.send_timeout(sock)
    lab.observe(lab.connect(sock, listener.address))


@condition("unix.backlog-full-interrupted.no-restart.{type}", type=CONNECTED, plain=True)
def backlog_full_interrupted(lab: Lab, type: str) -> None:
    """A signal without SA_RESTART arrives while connect() waits for room in the queue.

    sock_intr_errno() in unix_stream_connect().
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    sock = lab.unix_socket(type)
    lab.interrupts()
    lab.observe(lab.connect(sock, listener.address))


@condition("unix.backlog-full-interrupted.restart.{type}", type=CONNECTED, plain=True)
def backlog_full_interrupted_restart(lab: Lab, type: str) -> None:
    """Signals with SA_RESTART arrive while connect() waits for room in the queue.

    The call begins again by itself; after some signals another thread makes room.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    sock = lab.unix_socket(type)
    lab.when_interrupted((lab.accept, listener.socket))
    lab.interrupts(restart=True)
    lab.observe(lab.connect(sock, listener.address))


@condition("unix.backlog-full-interrupted.send-timeout.{type}", type=CONNECTED, plain=True)
def backlog_full_send_timeout_interrupted(lab: Lab, type: str) -> None:
    """Signals with SA_RESTART arrive while a socket with SO_SNDTIMEO waits for room.

    With a limited time to wait, sock_intr_errno() never asks for a restart.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    sock = lab.unix_socket(type)
    lab.send_timeout(sock, 5)
    lab.interrupts(restart=True)
    lab.observe(lab.connect(sock, listener.address))


@condition("unix.backlog-full-then-accepted.{type}", type=CONNECTED, plain=True)
def backlog_full_then_accepted(lab: Lab, type: str) -> None:
    """While connect() waits for room in the queue, another thread accepts a connection.

    unix_wait_for_peer() is woken and finds room.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.when_asleep((lab.accept, listener.socket))
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.backlog-full-listener-closed.{type}", type=CONNECTED, plain=True)
def backlog_full_listener_closed(lab: Lab, type: str) -> None:
    """While connect() waits for room in the queue, the listener is closed.

    unix_release_sock() wakes those who wait, and unix_stream_connect() looks for the listener
    again.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.when_asleep((lab.close, listener.socket))
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.backlog-full-listener-shut-down.{type}", type=CONNECTED, plain=True)
def backlog_full_listener_shut_down(lab: Lab, type: str) -> None:
    """While connect() waits for room in the queue, the listener is shut down.

    unix_shutdown() itself wakes nobody who waits for room, hence the accept();
    unix_stream_connect() then looks at the listener again.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.when_asleep((lab.shutdown, listener.socket, SHUT_RDWR), (lab.accept, listener.socket))
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.backlog-full-listener-shut-down-timeout.{type}", type=CONNECTED, plain=True, slow=True)
def backlog_full_listener_shut_down_timeout(lab: Lab, type: str) -> None:
    """While connect() waits for room, the listener is shut down; then SO_SNDTIMEO runs out.

    unix_shutdown() does not wake those who wait for room; after the time unix_stream_connect()
    looks again.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    sock = lab.unix_socket(type)
    lab.send_timeout(sock, 1)
    lab.when_asleep((lab.shutdown, listener.socket, SHUT_RDWR))
    lab.observe(lab.connect(sock, listener.address))


@condition("unix.backlog-full-listener-shut-down-interrupted.{type}", type=CONNECTED, plain=True)
def backlog_full_listener_shut_down_interrupted(lab: Lab, type: str) -> None:
    """While connect() waits for room, the listener is shut down; in the end a signal comes.

    unix_shutdown() does not wake those who wait for room. Nothing else would end the wait.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.handler()
    lab.when_asleep((lab.shutdown, listener.socket, SHUT_RDWR), (lab.ring,))
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.backlog-full-file-removed.{type}", type=CONNECTED, plain=True)
def backlog_full_file_removed(lab: Lab, type: str) -> None:
    """While connect() waits for room, the socket's file is removed.

    unix_stream_connect() walks the path again after each wait.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.when_asleep((lab.unlink, "socket"), (lab.accept, listener.socket))
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.backlog-full-write-forbidden.{type}", type=CONNECTED, plain=True)
def backlog_full_write_forbidden(lab: Lab, type: str) -> None:
    """While connect() waits for room, the right to write to the file is withdrawn.

    unix_stream_connect() asks for the permission again after each wait.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.drop_capabilities()
    lab.when_asleep((lab.chmod, "socket", 0), (lab.accept, listener.socket))
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.backlog-full-socket-connected.{type}", type=CONNECTED, plain=True)
def backlog_full_socket_connected(lab: Lab, type: str) -> None:
    """While connect() waits for room, another thread connects the socket elsewhere.

    unix_stream_connect() looks at its own state again after each wait.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    other = lab.unix_listener(type, "other")
    sock = lab.unix_socket(type)
    lab.when_asleep((lab.reach, sock, other.address), (lab.accept, listener.socket))
    lab.observe(lab.connect(sock, listener.address))


@condition("unix.backlog-full-socket-listening.{type}", type=CONNECTED, plain=True)
def backlog_full_socket_listening(lab: Lab, type: str) -> None:
    """While connect() waits for room, another thread makes the socket listen.

    unix_stream_connect() looks at its own state again after each wait.
    """
    listener = lab.unix_listener(type, backlog=0)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    sock = lab.unix_bound(type, unix("mine")).socket
    lab.when_asleep((lab.listen, sock), (lab.accept, listener.socket))
    lab.observe(lab.connect(sock, listener.address))

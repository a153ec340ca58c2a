"""Words of the lab for sockets in a state: listening, full, connecting, connected, in TIME_WAIT."""

from __future__ import annotations

import select
import struct
import time
from dataclasses import dataclass
from pathlib import Path

from manproof.lab import constants as c
from manproof.lab.calls import getsockopt, tcp_repeats, tcp_state
from manproof.lab.errors import Broken, errno_name
from manproof.lab.options import Options
from manproof.lab.recorder import Answer
from manproof.lab.sockets import ADDRESS, ANY, LINGER_ZERO, LOOPBACK, PATIENCE, ZERO
from manproof.lab.spelled import Address, Number, anything, unix

NETLINK_KERNEL = "{sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}"


@dataclass(frozen=True, kw_only=True)
class Listener:
    """A socket that others connect to, and its address."""

    socket: Number
    address: Address
    port: Number = ZERO


class States(Options):
    """What a socket must have been through before the call that is observed."""

    def bound(self, protocol: str = "tcp", family: str = "ipv4", host: str = "", port: int = 0) -> Listener:
        """A bound socket that does not listen."""
        sock = self.inet_socket(protocol, family)
        host = host or LOOPBACK[family]
        self.bind(sock, ADDRESS[family](host, port))
        given = self.port_of(sock)
        return Listener(socket=sock, address=ADDRESS[family](host, given), port=given)

    def listener(
        self, protocol: str = "tcp", family: str = "ipv4", host: str = "", backlog: int = 128
    ) -> Listener:
        """A live listener of TCP or MPTCP, or for datagrams simply a bound socket."""
        made = self.bound(protocol, family, host)
        if protocol in ("tcp", "mptcp"):
            self.listen(made.socket, backlog)
        return made

    def everywhere(self, protocol: str = "tcp", family: str = "ipv4") -> Listener:
        """The same on all addresses of the machine."""
        return self.listener(protocol, family, ANY[family])

    def sharing(
        self, protocol: str, family: str, option: Number, port: int = 0, *, everywhere: bool = False
    ) -> Listener:
        """A socket bound to a local address that others may be bound to as well, by SO_REUSEADDR or
        SO_REUSEPORT.
        """
        sock = self.inet_socket(protocol, family)
        self.setsockopt(sock, c.SOL_SOCKET, option, 1)
        host = (ANY if everywhere else LOOPBACK)[family]
        self.bind(sock, ADDRESS[family](host, port))
        given = port if isinstance(port, Number) else self.port_of(sock)
        return Listener(socket=sock, address=ADDRESS[family](host, given), port=given)

    def named(self, sock: Number, family: str = "ipv4") -> Listener:
        """A socket together with the address on loopback that it has by now."""
        given = self.port_of(sock)
        return Listener(socket=sock, address=ADDRESS[family](LOOPBACK[family], given), port=given)

    def closed_port(self, protocol: str = "tcp", family: str = "ipv4") -> Address:
        """The address of a port that was just given back: nobody is there."""
        made = self.bound(protocol, family)
        self.close(made.socket)
        return made.address

    def full_listener(self, protocol: str = "tcp", family: str = "ipv4") -> Listener:
        """A listener whose accept queue is full: it leaves every further SYN unanswered."""
        made = self.listener(protocol, family, backlog=0)
        self.connected(f"{protocol}.{family}", made)
        self.wait_readable(made.socket)
        return made

    def reach(self, sock: Number, address: Address) -> None:
        """A connect() of the set-up: it must succeed."""
        answer = self.connect(sock, address)
        if answer.errno:
            raise Broken(f"{self.steps[answer.index].call} = {answer.errno}")

    def connecting(self, sock: Number, address: Address) -> None:
        """Start a connection on a nonblocking socket; it must then be waiting for the peer."""
        self.connect(sock, address)
        self.wait_state(sock, "SYN_SENT")

    def fresh(self, kind: str, *, nonblocking: bool = False) -> Number:
        """A fresh socket of a kind: tcp.ipv4, udp.ipv6, unix.stream, netlink, ..."""
        if kind == "netlink":
            return self.socket(c.AF_NETLINK, c.SOCK_RAW, ZERO, nonblocking=nonblocking)
        protocol, _, variant = kind.partition(".")
        if protocol == "unix":
            return self.socket(c.AF_UNIX, variant, nonblocking=nonblocking)
        return self.inet_socket(protocol, variant, nonblocking=nonblocking)

    def live(self, kind: str) -> Listener:
        """Something of that kind that connect() reaches."""
        if kind == "netlink":
            return Listener(socket=ZERO, address=anything(c.AF_NETLINK, bytes(10), NETLINK_KERNEL))
        protocol, _, variant = kind.partition(".")
        return self.unix_listener(variant) if protocol == "unix" else self.listener(protocol, variant)

    def unix_listener(self, kind: str = "stream", path: str = "socket", backlog: int = 128) -> Listener:
        """Something of AF_UNIX to connect to: it listens, unless it is for datagrams."""
        return self.unix_ready(kind, unix(path), backlog)

    def unix_ready(self, kind: str, address: Address, backlog: int = 128) -> Listener:
        """The same at any address."""
        sock = self.socket(c.AF_UNIX, kind)
        self.bind(sock, address)
        if kind not in ("dgram", "raw"):
            self.listen(sock, backlog)
        return Listener(socket=sock, address=address)

    def connected(self, kind: str, listener: Listener) -> Number:
        """A fresh socket, connected to the listener."""
        sock = self.fresh(kind)
        self.reach(sock, listener.address)
        return sock

    def wait_state(self, sock: Number, state: str) -> None:
        """Wait until TCP is in that state (tcpi_state of TCP_INFO)."""
        wanted, deadline = c.STATES[state], time.monotonic() + PATIENCE
        seen = tcp_state(sock)
        while seen != wanted and time.monotonic() < deadline:
            time.sleep(0.0002)
            seen = tcp_state(sock)
        if seen != wanted:
            raise Broken(f"the socket did not become {state}, it is {seen}")
        self.note(
            "wait",
            f"until tcpi_state of {int(sock)} == TCP_{state}",
            f"until_state({sock.code}, {wanted.code})",
        )

    def until_repeated(self, sock: Number) -> None:
        """Wait until TCP has repeated its SYN once more (tcpi_retransmits of TCP_INFO)."""
        before, deadline = tcp_repeats(sock), time.monotonic() + PATIENCE
        while tcp_repeats(sock) == before:
            if time.monotonic() > deadline:
                raise Broken("the SYN was not repeated")
            time.sleep(0.005)
        text = f"until tcpi_retransmits of {int(sock)} has grown"
        self.note("wait", text, f"until_repeated({sock.code})")

    def wait_writable(self, sock: Number) -> None:
        """Wait until the socket can be written to, or has failed."""
        self._poll(sock, select.POLLOUT, "POLLOUT")

    def wait_failed(self, sock: Number) -> None:
        """Wait until an error is pending on the socket."""
        self._poll(sock, select.POLLERR, "POLLERR")

    def reset(self, sock: Number) -> None:
        """Close a connection with a reset (SO_LINGER of zero seconds)."""
        self.setsockopt(sock, c.SOL_SOCKET, c.SO_LINGER, LINGER_ZERO, 8)
        self.close(sock)

    def leave_in_time_wait(self, first: Listener, listener: Listener) -> None:
        """Close the connection of ``first`` from its own side, then from the listener's."""
        accepted = self.accept(listener.socket)
        self.close(first.socket)
        self.close(accepted)
        deadline = time.monotonic() + PATIENCE
        wanted = f":{int(first.port):04X} "
        while not any(
            wanted in line and line.split()[3] == "06"
            for line in Path("/proc/net/tcp").read_text().split("\n")
        ):
            if time.monotonic() > deadline:
                raise Broken("the connection did not come to TIME_WAIT")
            time.sleep(0.001)
        self.note(
            "wait",
            f"until the connection of port {int(first.port)} is in TIME_WAIT",
            f"until_time_wait({first.port.code})",
        )

    def wait_readable(self, sock: Number) -> None:
        """Wait until there is something to read or to accept."""
        self._poll(sock, select.POLLIN, "POLLIN")

    def so_error(self, sock: Number) -> Answer:
        """Wait until the socket is writable, then ask for SO_ERROR: the answer of a connect() that
        went on.
        """
        self._poll(sock, select.POLLOUT, "POLLOUT")
        value = struct.unpack("=i", getsockopt(sock, c.SOL_SOCKET, c.SO_ERROR, 4))[0]
        shown = errno_name(value) if value else "0"
        answer = self.note(
            "call",
            f"getsockopt({int(sock)}, SOL_SOCKET, SO_ERROR, [{shown}], [4])",
            f"so_error({sock.code})",
            answer=0,
        )
        return Answer(
            origin="so_error",
            value=0,
            errno=errno_name(value) if value else None,
            index=answer.index,
        )

    def _poll(self, sock: Number, events: int, name: str) -> None:
        poller = select.poll()
        poller.register(int(sock), events)
        if not poller.poll(PATIENCE * 1000):
            raise Broken(f"descriptor {int(sock)} did not become ready ({name})")
        self.note(
            "wait",
            f"poll([{{fd={int(sock)}, events={name}}}], 1, {PATIENCE * 1000:.0f})",
            f"until_ready({sock.code}, {name})",
            answer=1,
        )

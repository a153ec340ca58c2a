"""Words of the lab for sockets: making them, naming them, and bringing them into a state."""

from __future__ import annotations

import select
import struct
import time
from dataclasses import dataclass

from manproof.lab import constants as c
from manproof.lab.calls import getsockname, getsockopt, tcp_state
from manproof.lab.errors import Broken, Unsupported, errno_name
from manproof.lab.recorder import Answer, Recorder
from manproof.lab.spelled import NULL, Address, Argument, Number, integer, ipv4, ipv6, symbol

FAMILIES = {"ipv4": c.AF_INET, "ipv6": c.AF_INET6}
LOOPBACK = {"ipv4": "127.0.0.1", "ipv6": "::1"}
ADDRESS = {"ipv4": ipv4, "ipv6": ipv6}
ZERO = Number(0, "0")
PROTOCOLS = {
    ("tcp", "ipv4"): (c.SOCK_STREAM, ZERO),
    ("udp", "ipv4"): (c.SOCK_DGRAM, ZERO),
    ("mptcp", "ipv4"): (c.SOCK_STREAM, c.IPPROTO_MPTCP),
    ("udplite", "ipv4"): (c.SOCK_DGRAM, c.IPPROTO_UDPLITE),
    ("ping", "ipv4"): (c.SOCK_DGRAM, c.IPPROTO_ICMP),
    ("raw", "ipv4"): (c.SOCK_RAW, c.IPPROTO_UDP),
    ("ping", "ipv6"): (c.SOCK_DGRAM, c.IPPROTO_ICMPV6),
}
PATIENCE = 8.0  # seconds; longer than any wait here takes, shorter than a condition's deadline


@dataclass(frozen=True, kw_only=True)
class Listener:
    """A socket that others connect to, and its address."""

    socket: Number
    address: Address


class Sockets(Recorder):
    """Sockets in the states that conditions ask for."""

    def socket(self, family: int, kind: int | str, protocol: int = ZERO, *, nonblocking: bool = False) -> Number:
        """A fresh socket; ``kind`` is a SOCK_ constant or its word: stream, dgram, seqpacket, raw."""
        number = c.TYPES[kind] if isinstance(kind, str) else kind
        number = number | c.SOCK_NONBLOCK if nonblocking else number
        return self.made(self.call("socket", family, number, protocol, makes="s"))

    def inet_socket(self, protocol: str, family: str = "ipv4", *, nonblocking: bool = False) -> Number:
        """A fresh socket of the Internet domain, by words: tcp, udp, mptcp, udplite, ping, raw; ipv4, ipv6."""
        kind, number = PROTOCOLS.get((protocol, family)) or PROTOCOLS[protocol, "ipv4"]
        return self.socket(FAMILIES[family], kind, number, nonblocking=nonblocking)

    def inet(self, family: str, host: str, port: int) -> Address:
        """The address of a host and port, in either family."""
        return ADDRESS[family](host, port)

    def connect(self, sock: int, address: Address | Argument, length: int | None = None) -> Answer:
        """Call connect() once, whatever it answers."""
        size = length if length is not None else address.length if isinstance(address, Address) else ZERO
        return self.call("connect", sock, address, size, needed=False)

    def bind(self, sock: int, address: Address) -> None:
        """Give the socket a name. An address of IPv6 that this machine lacks makes the condition unsupported."""
        answer = self.call("bind", sock, address, address.length, needed=False)
        if answer.errno == "EADDRNOTAVAIL" and address.code.startswith("ipv6"):
            raise Unsupported("IPv6 is switched off here", "enable it: sysctl net.ipv6.conf.all.disable_ipv6=0")
        if answer.errno:
            raise Broken(f"bind() = {answer.errno}")

    def listen(self, sock: int, backlog: int = 128) -> None:
        """Make the socket accept connections."""
        self.call("listen", sock, backlog)

    def accept(self, sock: int) -> Number:
        """Take the first connection out of the queue."""
        return self.made(self.call("accept", sock, NULL, NULL, makes="a"))

    def close(self, sock: int) -> None:
        """Close a descriptor."""
        self.call("close", sock)

    def shutdown(self, sock: int, how: int) -> None:
        """Shut down a part of a connection."""
        self.call("shutdown", sock, how)

    def setsockopt(self, sock: int, level: int, option: int, value: int | Argument, size: int = 4) -> None:
        """Set an option of a socket, to an int or to other bytes."""
        argument = integer(value) if isinstance(value, int) else value
        self.call("setsockopt", sock, level, option, argument, size)

    def name_of(self, sock: Number, family: str = "ipv4", host: str = "") -> Address:
        """The address a socket of the Internet domain is bound to; its port becomes a symbol."""
        data = getsockname(sock)
        port = struct.unpack_from("!H", data, 2)[0]
        address = ADDRESS[family](host or LOOPBACK[family], symbol(port, self.name("port")))
        name = f"port{self._made['port']}"
        self.note("call", f"getsockname({int(sock)}, {address.text}, [{len(data)}])", f"port_of({sock.code})",
                  name, 0)
        return address

    def bound(self, protocol: str = "tcp", family: str = "ipv4", host: str = "") -> Listener:
        """A bound socket that does not listen."""
        sock = self.inet_socket(protocol, family)
        self.bind(sock, ADDRESS[family](host or LOOPBACK[family], 0))
        return Listener(socket=sock, address=self.name_of(sock, family, host))

    def listener(self, protocol: str = "tcp", family: str = "ipv4", host: str = "", backlog: int = 128) -> Listener:
        """A live listener of TCP or MPTCP, or for datagrams simply a bound socket."""
        made = self.bound(protocol, family, host)
        if protocol in ("tcp", "mptcp"):
            self.listen(made.socket, backlog)
        return made

    def closed_port(self, protocol: str = "tcp", family: str = "ipv4") -> Address:
        """The address of a port that was just given back: nobody is there."""
        made = self.bound(protocol, family)
        self.close(made.socket)
        return made.address

    def full_listener(self, protocol: str = "tcp", family: str = "ipv4") -> Listener:
        """A listener whose accept queue is full: it leaves every further SYN unanswered."""
        made = self.listener(protocol, family, backlog=0)
        self.need(self.connect(self.inet_socket(protocol, family), made.address))
        self.wait_readable(made.socket)
        return made

    def need(self, answer: Answer) -> None:
        """A set-up connect() that must succeed."""
        if answer.errno:
            raise Broken(f"{self.steps[answer.index].call} = {answer.errno}")

    def connecting(self, sock: Number, address: Address) -> None:
        """Start a connection on a nonblocking socket; it must then be waiting for the peer."""
        self.connect(sock, address)
        self.wait_state(sock, "SYN_SENT")

    def connected(self, protocol: str, family: str, listener: Listener) -> Number:
        """A fresh socket, connected to the listener."""
        sock = self.inet_socket(protocol, family)
        self.need(self.connect(sock, listener.address))
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
        self.note("wait", f"until tcpi_state of {int(sock)} == TCP_{state}", f"until_state({sock.code}, {wanted.code})")

    def wait_readable(self, sock: Number) -> None:
        """Wait until there is something to read or to accept."""
        self._poll(sock, select.POLLIN, "POLLIN")

    def so_error(self, sock: Number) -> Answer:
        """Wait until the socket is writable, then ask for SO_ERROR: the answer of a connect() that went on."""
        self._poll(sock, select.POLLOUT, "POLLOUT")
        value = struct.unpack("=i", getsockopt(sock, c.SOL_SOCKET, c.SO_ERROR, 4))[0]
        shown = errno_name(value) if value else "0"
        answer = self.note("call", f"getsockopt({int(sock)}, SOL_SOCKET, SO_ERROR, [{shown}], [4])",
                           f"so_error({sock.code})", answer=0)
        return Answer(origin="so_error", value=0, errno=errno_name(value) if value else None,
                      index=answer.index)

    def _poll(self, sock: Number, events: int, name: str) -> None:
        poller = select.poll()
        poller.register(int(sock), events)
        if not poller.poll(PATIENCE * 1000):
            raise Broken(f"descriptor {int(sock)} did not become ready ({name})")
        self.note("wait", f"poll([{{fd={int(sock)}, events={name}}}], 1, {PATIENCE * 1000:.0f})",
                  f"until_ready({sock.code}, {name})", answer=1)

"""Words of the lab for sockets: making them, naming them, and bringing them into a state."""

from __future__ import annotations

import ctypes
import select
import socket
import struct
import time
from dataclasses import dataclass
from pathlib import Path

from manproof.lab import constants as c
from manproof.lab.calls import getsockname, getsockopt, tcp_state
from manproof.lab.errors import Broken, Unsupported, errno_name
from manproof.lab.recorder import Answer, Recorder
from manproof.lab.spelled import (
    NULL,
    Address,
    Argument,
    Number,
    anything,
    integer,
    interval,
    ipv4,
    ipv6,
    symbol,
    unix,
)

FAMILIES = {"ipv4": c.AF_INET, "ipv6": c.AF_INET6}
ANY = {"ipv4": "0.0.0.0", "ipv6": "::"}
LOOPBACK = {"ipv4": "127.0.0.1", "ipv6": "::1"}
ADDRESS = {"ipv4": ipv4, "ipv6": ipv6}
ZERO = Number(0, "0")
LINGER_ZERO = Argument(raw=ctypes.create_string_buffer(struct.pack("=ii", 1, 0), 8), text="{l_onoff=1, l_linger=0}",
                       code="&(struct linger){1, 0}")
PROTOCOLS = {
    ("tcp", "ipv4"): (c.SOCK_STREAM, ZERO),
    ("udp", "ipv4"): (c.SOCK_DGRAM, ZERO),
    ("mptcp", "ipv4"): (c.SOCK_STREAM, c.IPPROTO_MPTCP),
    ("udplite", "ipv4"): (c.SOCK_DGRAM, c.IPPROTO_UDPLITE),
    ("ping", "ipv4"): (c.SOCK_DGRAM, c.IPPROTO_ICMP),
    ("raw", "ipv4"): (c.SOCK_RAW, c.IPPROTO_UDP),
    ("ping", "ipv6"): (c.SOCK_DGRAM, c.IPPROTO_ICMPV6),
}
SOCKET_REMEDIES = {"EPERM": "run as root, or where user namespaces are allowed (CAP_NET_RAW)",
                   "EACCES": "put the group into net.ipv4.ping_group_range, or run where user namespaces are allowed"}
# The least length that a protocol takes, by how the usual one is written.
LEAST = {"sizeof(struct sockaddr_in)": 16, "sizeof(struct sockaddr_in6)": 24, "sizeof(struct sockaddr_un)": 3, "12": 12}
NETLINK_KERNEL = "{sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}"
PATIENCE = 8.0  # seconds; longer than any wait here takes, shorter than a condition's deadline


@dataclass(frozen=True, kw_only=True)
class Listener:
    """A socket that others connect to, and its address."""

    socket: Number
    address: Address
    port: Number = ZERO


class Sockets(Recorder):
    """Sockets in the states that conditions ask for."""

    loopback = LOOPBACK
    any = ANY

    def socket(self, family: int, kind: int | str, protocol: int = ZERO, *, nonblocking: bool = False) -> Number:
        """A fresh socket; ``kind`` is a SOCK_ constant or its word: stream, dgram, seqpacket, raw."""
        number = c.TYPES[kind] if isinstance(kind, str) else kind
        number = number | c.SOCK_NONBLOCK if nonblocking else number
        answer = self.call("socket", family, number, protocol, makes="s", needed=False)
        if answer.errno:
            raise Unsupported(f"{self.steps[answer.index].call} = {answer.errno}",
                              SOCKET_REMEDIES.get(answer.errno, "build the kernel with this kind of socket"))
        return self.made(answer)

    def inet_socket(self, protocol: str, family: str = "ipv4", *, nonblocking: bool = False) -> Number:
        """A fresh socket of the Internet domain, by words: tcp, udp, mptcp, udplite, ping, raw; ipv4, ipv6."""
        kind, number = PROTOCOLS.get((protocol, family)) or PROTOCOLS[protocol, "ipv4"]
        return self.socket(FAMILIES[family], kind, number, nonblocking=nonblocking)

    def inet(self, family: str, host: str, port: int) -> Address:
        """The address of a host and port, in either family."""
        return ADDRESS[family](host, port)

    def sized(self, address: Address, length: int | str) -> Address:
        """The same address with another length; ``short`` is one byte less than it needs."""
        return address.sized(LEAST[address.length.code] - 1 if isinstance(length, str) else length)

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

    def port_of(self, sock: Number) -> Number:
        """The port that a socket of the Internet domain is bound to."""
        data = getsockname(sock)
        name, port = self.name("port"), struct.unpack_from("!H", data, 2)[0]
        family = {2: "ipv4", 10: "ipv6"}[data[0] + data[1]]
        host = socket.inet_ntop(FAMILIES[family], data[4:8] if family == "ipv4" else data[8:24])
        text = ADDRESS[family](host, port).text
        self.note("call", f"getsockname({int(sock)}, {text}, [{len(data)}])", f"port_of({sock.code})", name, 0)
        return symbol(port, name)

    def bound(self, protocol: str = "tcp", family: str = "ipv4", host: str = "", port: int = 0) -> Listener:
        """A bound socket that does not listen."""
        sock = self.inet_socket(protocol, family)
        host = host or LOOPBACK[family]
        self.bind(sock, ADDRESS[family](host, port))
        given = self.port_of(sock)
        return Listener(socket=sock, address=ADDRESS[family](host, given), port=given)

    def listener(self, protocol: str = "tcp", family: str = "ipv4", host: str = "", backlog: int = 128) -> Listener:
        """A live listener of TCP or MPTCP, or for datagrams simply a bound socket."""
        made = self.bound(protocol, family, host)
        if protocol in ("tcp", "mptcp"):
            self.listen(made.socket, backlog)
        return made

    def everywhere(self, protocol: str = "tcp", family: str = "ipv4") -> Listener:
        """The same on all addresses of the machine."""
        return self.listener(protocol, family, ANY[family])

    def sharing(self, protocol: str, family: str, option: Number, port: int = 0, *,
                everywhere: bool = False) -> Listener:
        """A socket bound to a local address that others may be bound to as well, by SO_REUSEADDR or SO_REUSEPORT."""
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

    def port_range(self, port: Number) -> Number:
        """The range of that single port, as IP_LOCAL_PORT_RANGE takes it."""
        both = int(port) << 16 | int(port)
        return Number(both, f"{port.code} << 16 | {port.code}", str(both))

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

    def send_timeout(self, sock: Number, seconds: float = 0.03) -> None:
        """Let the socket wait that long at most (SO_SNDTIMEO); connect() heeds it too."""
        self.setsockopt(sock, c.SOL_SOCKET, c.SO_SNDTIMEO, interval(seconds), 16)

    def patient(self, sock: Number, milliseconds: int = 1500) -> None:
        """Let TCP give up after that time (TCP_USER_TIMEOUT) instead of some two minutes."""
        self.setsockopt(sock, c.IPPROTO_TCP, c.TCP_USER_TIMEOUT, milliseconds)

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

    def unix_listener(self, type: str = "stream", path: str = "socket", backlog: int = 128) -> Listener:
        """Something of AF_UNIX that others may connect to: it listens, unless it is for datagrams."""
        return self.unix_ready(type, unix(path), backlog)

    def unix_ready(self, type: str, address: Address, backlog: int = 128) -> Listener:
        """The same at any address."""
        sock = self.socket(c.AF_UNIX, type)
        self.bind(sock, address)
        if type not in ("dgram", "raw"):
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
        self.note("wait", f"until tcpi_state of {int(sock)} == TCP_{state}", f"until_state({sock.code}, {wanted.code})")

    def wait_writable(self, sock: Number) -> None:
        """Wait until the socket can be written to, or has failed."""
        self._poll(sock, select.POLLOUT, "POLLOUT")

    def nonblocking(self, sock: Number) -> None:
        """Make the socket nonblocking."""
        self.call("fcntl", sock, c.F_SETFL, c.O_NONBLOCK)

    def sending(self, sock: Number) -> Answer:
        """Send one byte, whatever comes of it; no SIGPIPE."""
        return self.call("send", sock, "x", 1, c.MSG_NOSIGNAL, needed=False)

    def send(self, sock: Number) -> None:
        """Send one byte."""
        self.call("send", sock, "x", 1, c.MSG_NOSIGNAL)

    def receiving(self, sock: Number) -> Answer:
        """Receive one byte, whatever comes of it."""
        buffer = Argument(raw=ctypes.create_string_buffer(1), text="[...]", code="(char[1]){0}")
        return self.call("recv", sock, buffer, 1, ZERO, needed=False)

    def listening(self, sock: Number) -> Answer:
        """listen(), whatever comes of it."""
        return self.call("listen", sock, 128, needed=False)

    def getpeername(self, sock: Number) -> Answer:
        """Ask who the peer is."""
        room = Argument(raw=ctypes.create_string_buffer(128), text="[...]", code="&(struct sockaddr_storage){0}")
        size = Argument(raw=ctypes.byref(ctypes.c_int(128)), text="[128]", code="&(socklen_t){128}")
        return self.call("getpeername", sock, room, size, needed=False,
                         code=f"getpeername({sock.code}, (void *){room.code}, {size.code})")

    def unknown(self) -> Address:
        """An address of a family that does not exist."""
        return anything(c.AF_UNKNOWN, bytes(26))

    def wait_failed(self, sock: Number) -> None:
        """Wait until an error is pending on the socket."""
        self._poll(sock, select.POLLERR, "POLLERR")

    def reset(self, sock: Number) -> None:
        """Close a connection with a reset (SO_LINGER of zero seconds)."""
        self.setsockopt(sock, c.SOL_SOCKET, c.SO_LINGER, LINGER_ZERO, 8)
        self.close(sock)

    def unspec(self, length: int = 16) -> Address:
        """An address whose family is AF_UNSPEC."""
        return anything(c.AF_UNSPEC, bytes(length - 2))

    def leave_in_time_wait(self, first: Listener, listener: Listener) -> None:
        """Close the connection of ``first`` from its own side, then from the listener's."""
        accepted = self.accept(listener.socket)
        self.close(first.socket)
        self.close(accepted)
        deadline = time.monotonic() + PATIENCE
        wanted = f":{int(first.port):04X} "
        while not any(wanted in line and line.split()[3] == "06" for line in Path("/proc/net/tcp").read_text().split("\n")):
            if time.monotonic() > deadline:
                raise Broken("the connection did not come to TIME_WAIT")
            time.sleep(0.001)
        self.note("wait", f"until the connection of port {int(first.port)} is in TIME_WAIT",
                  f"until_time_wait({first.port.code})")

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

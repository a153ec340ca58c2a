"""Words of the lab for sockets: making them, naming them, and bringing them into a state."""

from __future__ import annotations

import ctypes
import socket
import struct

from manproof.lab import constants as c
from manproof.lab.calls import getsockname
from manproof.lab.errors import Unsupported
from manproof.lab.recorder import Answer, Recorder, refusal
from manproof.lab.spelled import (
    NULL,
    Address,
    Argument,
    Number,
    anything,
    integer,
    ipv4,
    ipv6,
    symbol,
)

FAMILIES = {"ipv4": c.AF_INET, "ipv6": c.AF_INET6}
ANY = {"ipv4": "0.0.0.0", "ipv6": "::"}
LOOPBACK = {"ipv4": "127.0.0.1", "ipv6": "::1"}
ADDRESS = {"ipv4": ipv4, "ipv6": ipv6}
ZERO = Number(0, "0")
LINGER_ZERO = Argument(
    raw=ctypes.create_string_buffer(struct.pack("=ii", 1, 0), 8),
    text="{l_onoff=1, l_linger=0}",
    code="&(struct linger){1, 0}",
)
PROTOCOLS = {
    ("tcp", "ipv4"): (c.SOCK_STREAM, ZERO),
    ("udp", "ipv4"): (c.SOCK_DGRAM, ZERO),
    ("mptcp", "ipv4"): (c.SOCK_STREAM, c.IPPROTO_MPTCP),
    ("udplite", "ipv4"): (c.SOCK_DGRAM, c.IPPROTO_UDPLITE),
    ("ping", "ipv4"): (c.SOCK_DGRAM, c.IPPROTO_ICMP),
    ("raw", "ipv4"): (c.SOCK_RAW, c.IPPROTO_UDP),
    ("ping", "ipv6"): (c.SOCK_DGRAM, c.IPPROTO_ICMPV6),
}
SOCKET_REMEDIES = {
    "EPERM": "run as root, or where user namespaces are allowed (CAP_NET_RAW)",
    "EACCES": "put the group into net.ipv4.ping_group_range, or allow user namespaces",
}
# The least length that a protocol takes, by the usual one: of sockaddr_in, _in6, _un, _nl.
LEAST = {16: 16, 28: 24, 110: 3, 12: 12}
NETLINK_KERNEL = "{sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}"
PATIENCE = 40.0  # seconds; longer than any wait takes on a busy machine, shorter than the deadline


class Sockets(Recorder):
    """Sockets in the states that conditions ask for."""

    loopback = LOOPBACK
    any = ANY

    def socket(
        self, family: int, kind: int | str, protocol: int = ZERO, *, nonblocking: bool = False
    ) -> Number:
        """A fresh socket; ``kind`` is a constant or its word: stream, dgram, seqpacket, raw."""
        number = c.TYPES[kind] if isinstance(kind, str) else kind
        number = number | c.SOCK_NONBLOCK if nonblocking else number
        answer = self.call("socket", family, number, protocol, makes="s", needed=False)
        if answer.errno:
            raise Unsupported(
                f"{self.steps[answer.index].call} = {answer.errno}",
                SOCKET_REMEDIES.get(answer.errno, "build the kernel with this kind of socket"),
            )
        return self.made(answer)

    def inet_socket(self, protocol: str, family: str = "ipv4", *, nonblocking: bool = False) -> Number:
        """A fresh socket of the Internet domain, by words: tcp, udp, mptcp, udplite, ping, raw;
        ipv4, ipv6.
        """
        kind, number = PROTOCOLS.get((protocol, family)) or PROTOCOLS[protocol, "ipv4"]
        return self.socket(FAMILIES[family], kind, number, nonblocking=nonblocking)

    def inet(self, family: str, host: str, port: int) -> Address:
        """The address of a host and port, in either family."""
        return ADDRESS[family](host, port)

    def sized(self, address: Address, length: int | str) -> Address:
        """The same address with another length; ``short`` is one byte less than it needs."""
        return address.sized(LEAST[address.length] - 1 if isinstance(length, str) else length)

    def connect(self, sock: int, address: Address | Argument, length: int | None = None) -> Answer:
        """Call connect() once, whatever it answers."""
        size = length if length is not None else address.length if isinstance(address, Address) else ZERO
        return self.call("connect", sock, address, size, needed=False)

    def bind(self, sock: int, address: Address) -> None:
        """Give the socket a name. An address of IPv6 that this machine lacks makes the condition
        unsupported.
        """
        answer = self.call("bind", sock, address, address.length, needed=False)
        if answer.errno == "EADDRNOTAVAIL" and address.code.startswith("ipv6"):
            raise Unsupported(
                "IPv6 is switched off here", "enable it: sysctl net.ipv6.conf.all.disable_ipv6=0"
            )
        if answer.errno:
            raise refusal(self.steps[answer.index].call, answer.errno)

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
        self.note(
            "call",
            f"getsockname({int(sock)}, {text}, [{len(data)}])",
            f"port_of({sock.code})",
            name,
            0,
        )
        return symbol(port, name)

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
        room = Argument(
            raw=ctypes.create_string_buffer(128), text="[...]", code="&(struct sockaddr_storage){0}"
        )
        size = Argument(raw=ctypes.byref(ctypes.c_int(128)), text="[128]", code="&(socklen_t){128}")
        return self.call(
            "getpeername",
            sock,
            room,
            size,
            needed=False,
            code=f"getpeername({sock.code}, (void *){room.code}, {size.code})",
        )

    def unknown(self) -> Address:
        """An address of a family that does not exist."""
        return anything(c.AF_UNKNOWN, bytes(26))

    def unspec(self, length: int = 16) -> Address:
        """An address whose family is AF_UNSPEC."""
        return anything(c.AF_UNSPEC, bytes(length - 2))

"""Words of the lab for options that are no plain numbers, and for addresses of other families."""

from __future__ import annotations

import ctypes
import socket
import struct

from manproof.lab import constants as c
from manproof.lab.sockets import Sockets
from manproof.lab.spelled import Address, Argument, Number, anything, escaped, interval


class Options(Sockets):
    """Options and addresses that need a structure of their own."""

    def set_bytes(self, sock: int, level: int, option: int, data: bytes) -> None:
        """Set an option of a socket to bytes."""
        shown = f'"{escaped(data)}"'
        value = Argument(raw=ctypes.create_string_buffer(data, len(data)), text=shown, code=shown)
        self.setsockopt(sock, level, option, value, len(data))

    def md5_key(self, sock: Number, peer: Address) -> None:
        """Give the socket a key for that peer (struct tcp_md5sig of linux/tcp.h)."""
        data = peer.data.ljust(128, b"\0") + struct.pack("=BBHi80s", 0, 0, 3, 0, b"key")
        value = Argument(
            raw=ctypes.create_string_buffer(data, len(data)),
            text='{tcpm_keylen=3, tcpm_key="key"}',
            code="",
        )
        self.call(
            "setsockopt",
            sock,
            c.IPPROTO_TCP,
            c.TCP_MD5SIG,
            value,
            len(data),
            code=f"md5_key({sock.code}, {peer.code}, {peer.length.code})",
        )

    def exclusive_flow_label(self, sock: Number) -> None:
        """Take a flow label for this socket alone (struct in6_flowlabel_req of linux/in6.h)."""
        request = (
            socket.inet_pton(socket.AF_INET6, "::1")
            + struct.pack("!I", 0x54321)
            + struct.pack("=BBHHHI", 0, 1, 1, 0, 0, 0)
        )
        self.set_bytes(sock, c.IPPROTO_IPV6, c.IPV6_FLOWLABEL_MGR, request)

    def netlink(self, port: int, groups: int) -> Address:
        """An address of AF_NETLINK."""
        text = f"{{sa_family=AF_NETLINK, nl_pid={port}, nl_groups={groups:08x}}}"
        return anything(c.AF_NETLINK, struct.pack("=HII", 0, port, groups), text)

    def index(self, device: str) -> Number:
        """The index of a network device."""
        named = f'if_nametoindex("{device}")'
        return Number(socket.if_nametoindex(device), named)

    def network_order(self, number: Number) -> Number:
        """A number in network byte order, as IP_UNICAST_IF takes it."""
        return Number(socket.htonl(int(number)), f"htonl({number.code})", f"htonl({number.text})")

    def port_range(self, port: Number) -> Number:
        """The range of that single port, as IP_LOCAL_PORT_RANGE takes it."""
        both = int(port) << 16 | int(port)
        return Number(both, f"{port.code} << 16 | {port.code}", str(both))

    def send_timeout(self, sock: Number, seconds: float = 0.03) -> None:
        """Let the socket wait that long at most (SO_SNDTIMEO); connect() heeds it too."""
        self.setsockopt(sock, c.SOL_SOCKET, c.SO_SNDTIMEO, interval(seconds), 16)

    def patient(self, sock: Number, milliseconds: int = 2200) -> None:
        """Let TCP give up after that time (TCP_USER_TIMEOUT) instead of some two minutes."""
        self.setsockopt(sock, c.IPPROTO_TCP, c.TCP_USER_TIMEOUT, milliseconds)

    def nonblocking(self, sock: Number) -> None:
        """Make the socket nonblocking."""
        self.call("fcntl", sock, c.F_SETFL, c.O_NONBLOCK)

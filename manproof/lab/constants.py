"""Constants of the C headers, each with its name.

The values are those of asm-generic: x86, ARM, RISC-V, LoongArch, s390.
"""

from __future__ import annotations

import socket

from manproof.lab.spelled import Number


def _std(name: str) -> Number:
    """A constant that Python knows, and that may differ between architectures."""
    return Number(getattr(socket, name), name)


def _new(name: str, value: int) -> Number:
    """A constant that the installed headers may not have: C gets its value, and its name as a
    comment.
    """
    return Number(value, f"{value} /* {name} */", name)


AF_UNSPEC = Number(0, "AF_UNSPEC")
AF_UNIX = Number(1, "AF_UNIX")
AF_INET = Number(2, "AF_INET")
AF_INET6 = Number(10, "AF_INET6")
AF_NETLINK = Number(16, "AF_NETLINK")
AF_PACKET = Number(17, "AF_PACKET")
AF_VSOCK = Number(40, "AF_VSOCK")
AF_XDP = Number(44, "AF_XDP")
AF_UNKNOWN = Number(200, "200", "0xc8 /* AF_??? */")

SOCK_STREAM = Number(1, "SOCK_STREAM")
SOCK_DGRAM = Number(2, "SOCK_DGRAM")
SOCK_RAW = Number(3, "SOCK_RAW")
SOCK_SEQPACKET = Number(5, "SOCK_SEQPACKET")
SOCK_NONBLOCK = Number(0o4000, "SOCK_NONBLOCK")

IPPROTO_IP = Number(0, "IPPROTO_IP")
IPPROTO_ICMP = Number(1, "IPPROTO_ICMP")
IPPROTO_TCP = Number(6, "IPPROTO_TCP")
IPPROTO_UDP = Number(17, "IPPROTO_UDP")
IPPROTO_IPV6 = Number(41, "IPPROTO_IPV6")
IPPROTO_ICMPV6 = Number(58, "IPPROTO_ICMPV6")
IPPROTO_UDPLITE = Number(136, "IPPROTO_UDPLITE")
IPPROTO_RAW = Number(255, "IPPROTO_RAW")
IPPROTO_MPTCP = Number(262, "IPPROTO_MPTCP")

SOL_SOCKET = _std("SOL_SOCKET")
SO_REUSEADDR = _std("SO_REUSEADDR")
SO_ERROR = _std("SO_ERROR")
SO_DONTROUTE = _std("SO_DONTROUTE")
SO_BROADCAST = _std("SO_BROADCAST")
SO_SNDBUF = _std("SO_SNDBUF")
SO_LINGER = _std("SO_LINGER")
SO_PASSCRED = _std("SO_PASSCRED")
SO_REUSEPORT = _std("SO_REUSEPORT")
SO_SNDTIMEO = _std("SO_SNDTIMEO")
SO_BINDTODEVICE = _std("SO_BINDTODEVICE")
SO_MARK = _std("SO_MARK")
SO_ATTACH_FILTER = Number(26, "SO_ATTACH_FILTER")

IP_OPTIONS = Number(4, "IP_OPTIONS")
IP_MTU_DISCOVER = Number(10, "IP_MTU_DISCOVER")
IP_RECVERR = Number(11, "IP_RECVERR")
IP_FREEBIND = Number(15, "IP_FREEBIND")
IP_XFRM_POLICY = Number(17, "IP_XFRM_POLICY")
IP_TRANSPARENT = Number(19, "IP_TRANSPARENT")
IP_BIND_ADDRESS_NO_PORT = Number(24, "IP_BIND_ADDRESS_NO_PORT")
IP_MULTICAST_IF = Number(32, "IP_MULTICAST_IF")
IP_UNICAST_IF = Number(50, "IP_UNICAST_IF")
IP_LOCAL_PORT_RANGE = _new("IP_LOCAL_PORT_RANGE", 51)
IPV6_UNICAST_HOPS = Number(16, "IPV6_UNICAST_HOPS")
IPV6_RECVERR = Number(25, "IPV6_RECVERR")
IPV6_V6ONLY = Number(26, "IPV6_V6ONLY")
IPV6_FLOWLABEL_MGR = _new("IPV6_FLOWLABEL_MGR", 32)
IPV6_FLOWINFO_SEND = _new("IPV6_FLOWINFO_SEND", 33)
IPV6_AUTOFLOWLABEL = Number(70, "IPV6_AUTOFLOWLABEL")

TCP_SYNCNT = Number(7, "TCP_SYNCNT")
TCP_DEFER_ACCEPT = Number(9, "TCP_DEFER_ACCEPT")
TCP_INFO = Number(11, "TCP_INFO")
TCP_MD5SIG = Number(14, "TCP_MD5SIG")
TCP_USER_TIMEOUT = Number(18, "TCP_USER_TIMEOUT")
TCP_REPAIR = Number(19, "TCP_REPAIR")
TCP_FASTOPEN = Number(23, "TCP_FASTOPEN")
TCP_FASTOPEN_CONNECT = Number(30, "TCP_FASTOPEN_CONNECT")
TCP_ULP = Number(31, "TCP_ULP")

MSG_NOSIGNAL = Number(0x4000, "MSG_NOSIGNAL")
CLONE_NEWNET = Number(0x40000000, "CLONE_NEWNET")
F_SETFL = Number(4, "F_SETFL")

SHUT_RD = Number(0, "SHUT_RD")
SHUT_WR = Number(1, "SHUT_WR")
SHUT_RDWR = Number(2, "SHUT_RDWR")

O_RDONLY = Number(0, "O_RDONLY")
O_RDWR = Number(2, "O_RDWR")
O_CREAT = Number(0o100, "O_CREAT")
O_PATH = Number(0o10000000, "O_PATH")
O_NONBLOCK = Number(0o4000, "O_NONBLOCK")

TYPES = {"stream": SOCK_STREAM, "dgram": SOCK_DGRAM, "seqpacket": SOCK_SEQPACKET, "raw": SOCK_RAW}

# States of a TCP socket, as tcpi_state tells them (include/net/tcp_states.h).
STATES = {
    name: Number(value, f"TCP_{name}")
    for value, name in enumerate(
        (
            "ESTABLISHED",
            "SYN_SENT",
            "SYN_RECV",
            "FIN_WAIT1",
            "FIN_WAIT2",
            "TIME_WAIT",
            "CLOSE",
            "CLOSE_WAIT",
            "LAST_ACK",
            "LISTEN",
            "CLOSING",
        ),
        start=1,
    )
}

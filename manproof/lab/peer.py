"""Words of the lab for a peer that the probe itself plays, at the far end of a TUN device."""

from __future__ import annotations

import fcntl
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass

from manproof.lab.errors import Unsupported
from manproof.lab.links import Links
from manproof.lab.spelled import Number, symbol
from manproof.lab.threads import started

_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 1, 0x1000
FIN, SYN, RST, ACK = 1, 2, 4, 16


def checksum(data: bytes) -> int:
    """The Internet checksum (RFC 1071)."""
    total = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return int(~total & 0xFFFF)


@dataclass(frozen=True, kw_only=True)
class Packet:
    """A packet in its parts: addresses, protocol, payload."""

    version: int
    source: bytes
    target: bytes
    protocol: int
    payload: bytes
    whole: bytes

    @classmethod
    def read(cls, data: bytes) -> Packet:
        if data[0] >> 4 == 4:
            start = (data[0] & 15) * 4
            return cls(
                version=4,
                source=data[12:16],
                target=data[16:20],
                protocol=data[9],
                payload=data[start:],
                whole=data,
            )
        return cls(
            version=6,
            source=data[8:24],
            target=data[24:40],
            protocol=data[6],
            payload=data[40:],
            whole=data,
        )

    @property
    def asks(self) -> bool:
        """A SYN, a datagram or an echo request: what a peer answers."""
        return self.protocol == 17 or (self.protocol == 6 and self.payload[13] & (SYN | ACK) == SYN)

    def reply(self, protocol: int, payload: bytes, place: int | None) -> bytes:
        """A packet back to the sender; ``place`` is where the payload keeps its checksum, pseudo
        header included.
        """
        if place is not None:
            pseudo = self.target + self.source + struct.pack("!HH", protocol, len(payload))
            summed = checksum(pseudo + payload if protocol != 1 else payload)
            payload = payload[:place] + struct.pack("!H", summed) + payload[place + 2 :]
        if self.version == 6:
            head = struct.pack("!IHBB", 6 << 28, len(payload), protocol, 64) + self.target + self.source
            return head + payload
        head = (
            struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0, 64, protocol, 0)
            + self.target
            + self.source
        )
        return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + payload

    def tcp(self, flags: int, wrong: int = 0) -> bytes:
        """A segment without data in answer to this one; ``wrong`` is added to the number that it
        acknowledges.
        """
        source, target, number = struct.unpack_from("!HHI", self.payload)
        acknowledged = (number + 1 + wrong) & 0xFFFFFFFF if flags & ACK else 0
        segment = struct.pack("!HHIIBBHHH", target, source, 7000, acknowledged, 0x50, flags, 65535, 0, 0)
        return self.reply(6, segment, 16)

    def icmp(self, kind: int, code: int, rest: int = 0) -> bytes:
        """An error message about this packet; ``rest`` is its second word: an MTU, or a pointer."""
        quoted = self.whole[:48] if self.version == 4 else self.whole
        return self.reply(
            1 if self.version == 4 else 58, struct.pack("!BBHI", kind, code, 0, rest) + quoted, 2
        )


class Peer(Links):
    """Whoever is at 198.51.100.2 or 2001:db8::2 is the probe itself (RFC 5737, RFC 3849)."""

    def tun(self, family: str = "ipv4") -> Number:
        """A TUN device, and the documentation network of that family behind it."""
        if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
            raise Unsupported(
                "/dev/net/tun cannot be opened", "modprobe tun, or give the container the device"
            )
        descriptor = os.open("/dev/net/tun", os.O_RDWR)
        try:
            fcntl.ioctl(descriptor, _TUNSETIFF, struct.pack("16sH22x", b"tun0", _IFF_TUN | _IFF_NO_PI))
        except OSError as failure:
            raise Unsupported(
                f"TUNSETIFF: {failure.strerror}", "run where user namespaces are allowed"
            ) from None
        name = self.name("tun")
        self.note("call", 'open("/dev/net/tun", O_RDWR), TUNSETIFF "tun0"', "open_tun()", name, descriptor)
        near = f"{self.near[family]}/{self.bits[family]}"
        self.ip_lines(f"address add {near} dev tun0{self.nodad[family]}", "link set tun0 up")
        self.until_usable(family, self.near[family])
        return symbol(descriptor, name)

    def answer_tcp(self, tun: Number, flags: str, wrong: int = 0) -> None:
        """From now on another thread answers every SYN with one segment: SA, R, RA, A."""
        bits = sum({"F": FIN, "S": SYN, "R": RST, "A": ACK}[flag] for flag in flags)
        self._answer(
            tun,
            f"TCP flags {flags}" + (f", acknowledgement off by {wrong}" if wrong else ""),
            f"answer_tcp({tun.code}, {bits}, {wrong})",
            lambda packet: packet.tcp(bits, wrong),
        )

    def answer_icmp(self, tun: Number, kind: int, code: int, rest: int = 0) -> None:
        """The same with an ICMP error (ICMPv6 if the packet is IPv6)."""
        self._answer(
            tun,
            f"ICMP type {kind} code {code}" + (f" rest {rest}" if rest else ""),
            f"answer_icmp({tun.code}, {kind}, {code}, {rest})",
            lambda packet: packet.icmp(kind, code, rest),
        )

    def answer_with(self, tun: Number, how: str, *numbers: int) -> None:
        """Either of them: ``tcp`` is a reset."""
        if how == "tcp":
            self.answer_tcp(tun, "RA")
        else:
            self.answer_icmp(tun, *numbers)

    def _answer(self, tun: Number, text: str, code: str, build: Callable[[Packet], bytes]) -> None:
        self.note("packet", f"the peer answers from now on: {text}", code)
        if not self._playing:
            started(self._play, int(tun))
        self._playing = build

    def _play(self, tun: int) -> None:
        while True:
            packet = Packet.read(os.read(tun, 2048))
            if packet.asks and self._playing:
                os.write(tun, self._playing(packet))

    _playing: Callable[[Packet], bytes] | None = None

"""Values that know how they are written: in a trace (``text``) and in C (``code``)."""

from __future__ import annotations

import ctypes
import socket
import struct
from dataclasses import dataclass, replace
from typing import Protocol


class Spelled(Protocol):
    """Anything that can stand as an argument of a recorded call."""

    @property
    def text(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def raw(self) -> object: ...


class Number(int):
    """A number with a name: a constant of the C headers, or the symbol of an earlier result."""

    text: str
    code: str

    def __new__(cls, value: int, code: str, text: str = "") -> Number:
        self = super().__new__(cls, value)
        self.code = code
        self.text = text or code
        return self

    @property
    def raw(self) -> int:
        return int(self)

    def __or__(self, other: int) -> Number:
        right = spelled(other)
        return Number(int(self) | int(other), f"{self.code}|{right.code}", f"{self.text}|{right.text}")


def symbol(value: int, name: str) -> Number:
    """The result of an earlier step: a trace shows its value, C its name."""
    return Number(value, name, str(value))


@dataclass(frozen=True, kw_only=True)
class Argument:
    """An argument that is no plain number: bytes in memory, or an address that nothing is at."""

    raw: object
    text: str
    code: str


def string(value: str) -> Argument:
    """A C string."""
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return Argument(raw=ctypes.c_char_p(value.encode()), text=quoted, code=quoted)


def integer(value: int) -> Argument:
    """A pointer to an int, as setsockopt(2) wants it."""
    name = spelled(value)
    return Argument(
        raw=ctypes.byref(ctypes.c_int(value)), text=f"[{name.text}]", code=f"&(int){{{name.code}}}"
    )


def interval(seconds: float) -> Argument:
    """A pointer to a struct timeval."""
    micro = round(seconds * 1e6)
    whole, rest = divmod(micro, 1_000_000)
    buffer = ctypes.create_string_buffer(struct.pack("@ll", whole, rest), struct.calcsize("@ll"))
    return Argument(
        raw=buffer,
        text=f"{{tv_sec={whole}, tv_usec={rest}}}",
        code=f"&(struct timeval){{{whole}, {rest}}}",
    )


def escaped(data: bytes) -> str:
    """Bytes in the octal escapes of C, printable ASCII left as it is."""
    plain = {34: '\\"', 92: "\\\\", 10: "\\n", 9: "\\t", 13: "\\r", 11: "\\v", 12: "\\f"}
    out = []
    for place, byte in enumerate(data):
        digit_follows = place + 1 < len(data) and 48 <= data[place + 1] < 58
        octal = f"\\{byte:03o}" if digit_follows else f"\\{byte:o}"
        out.append(plain.get(byte) or (chr(byte) if 32 <= byte < 127 else octal))
    return "".join(out)


NULL = Argument(raw=None, text="NULL", code="NULL")


def spelled(value: object) -> Spelled:
    """``value`` with its spellings; plain ints are written in digits."""
    if isinstance(value, Number | Argument | Address):
        return value
    if isinstance(value, int):
        return Number(value, str(int(value)))
    if isinstance(value, str):
        return string(value)
    raise TypeError(f"no spelling for {value!r}")


@dataclass(frozen=True, kw_only=True)
class Address:
    """A socket address: its bytes, its two spellings, and how its length is written in C."""

    data: bytes
    text: str
    code: str
    length: Number

    buffer: object = None

    @property
    def raw(self) -> object:
        return self.buffer or ctypes.create_string_buffer(self.data, max(len(self.data), 1))

    def sized(self, length: int) -> Address:
        """The same bytes, announced with another length, and shown as strace then shows them."""
        buffer = ctypes.create_string_buffer(self.data, max(len(self.data), 1))
        number = length if isinstance(length, Number) else Number(length, str(length))
        text = self._shown(length) or f"{ctypes.addressof(buffer):#x}"
        return replace(self, length=number, text=text, buffer=buffer)

    def _shown(self, length: int) -> str:
        """What strace makes of so many bytes; nothing if it only prints the pointer."""
        family = self.text.partition("=")[2].partition(",")[0].rstrip("}")
        if 3 <= length < int(self.length):
            return f'{{sa_family={family}, sa_data="{escaped(self.data[2:length])}"}}'
        if length == 2:
            return f"{{sa_family={family}}}"
        return self.text if 3 <= length <= 128 else ""


def _length(size: int) -> Number:
    return Number(size, str(size))


def ipv4(host: str, port: int) -> Address:
    """An address of AF_INET."""
    name = spelled(port)
    return Address(
        data=struct.pack("=H", socket.AF_INET) + struct.pack("!H", port) + socket.inet_aton(host) + bytes(8),
        text=f'{{sa_family=AF_INET, sin_port=htons({int(port)}), sin_addr=inet_addr("{host}")}}',
        code=f'ipv4("{host}", {name.code})',
        length=_length(16),
    )


def ipv6(host: str, port: int, *, flow: int = 0, scope: int = 0) -> Address:
    """An address of AF_INET6; ``flow`` is the flow label, ``scope`` an interface's index."""
    name, scope_name = spelled(port), spelled(scope)
    in6 = f'inet_pton(AF_INET6, "{host}", &sin6_addr)'
    scope_text = str(int(scope)) if not scope or not host.startswith("fe80") else scope_name.text
    return Address(
        data=struct.pack("=H", socket.AF_INET6)
        + struct.pack("!HI", port, flow)
        + socket.inet_pton(socket.AF_INET6, host)
        + struct.pack("=I", scope),
        text=f"{{sa_family=AF_INET6, sin6_port=htons({int(port)}), "
        f"sin6_flowinfo=htonl({flow}), {in6}, "
        f"sin6_scope_id={scope_text}}}",
        code=f'ipv6("{host}", {name.code}, {flow:#x}, {scope_name.code})'
        if flow or scope
        else f'ipv6("{host}", {name.code}, 0, 0)',
        length=_length(28),
    )


def unix(path: str) -> Address:
    """A pathname of AF_UNIX, with the length of the whole structure, as most programs pass it."""
    data = path.encode()
    shown = f'"{escaped(data)}"' if path else f'@"{escaped(bytes(107))}"'
    return Address(
        data=(struct.pack("=H", socket.AF_UNIX) + data).ljust(110, b"\0"),
        text=f"{{sa_family=AF_UNIX, sun_path={shown}}}",
        code=f'local("{escaped(data)}")',
        length=_length(110),
    )


def abstract(name: str) -> Address:
    """A name of the abstract namespace of AF_UNIX: a null byte first, and a length that counts."""
    data = struct.pack("=H", socket.AF_UNIX) + b"\0" + name.encode()
    return Address(
        data=data,
        text=f'{{sa_family=AF_UNIX, sun_path=@"{name}"}}',
        code=f'abstract("{name}")',
        length=_length(len(data)),
    )


def anything(family: int, data: bytes, text: str = "") -> Address:
    """An address of any family, given as the bytes after the family."""
    name = spelled(family)
    whole = struct.pack("=H", family) + data
    return Address(
        data=whole,
        text=text or f'{{sa_family={name.text}, sa_data="{escaped(data)}"}}',
        code=f'bytes({name.code}, "{escaped(data)}")',
        length=_length(len(whole)),
    )

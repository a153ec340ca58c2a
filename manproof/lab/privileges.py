"""Words of the lab that take something away from the process: capabilities, rights, its root."""

from __future__ import annotations

import ctypes
import resource
import struct
from pathlib import Path

from manproof.lab.calls import perform
from manproof.lab.errors import Broken, Unsupported, errno_name
from manproof.lab.files import Files
from manproof.lab.spelled import Argument, spelled

# linux/capability.h
CAPABILITIES = {
    "CAP_DAC_OVERRIDE": 1,
    "CAP_DAC_READ_SEARCH": 2,
    "CAP_NET_BIND_SERVICE": 10,
    "CAP_NET_ADMIN": 12,
    "CAP_NET_RAW": 13,
}
_VERSION_3 = 0x20080522


def effective() -> int:
    """The capabilities in effect, as a bit set."""
    header = ctypes.create_string_buffer(struct.pack("=Ii", _VERSION_3, 0), 8)
    data = ctypes.create_string_buffer(24)
    perform("capget", (_pointer(header), _pointer(data)))
    low, _, _, high, _, _ = struct.unpack("=6I", data.raw)
    return int(low | high << 32)


class Privileges(Files):
    """What is dropped stays dropped: each condition has a process of its own."""

    def drop_capabilities(self, *names: str) -> None:
        """Give capabilities up. Without names, those that override file permissions: a mapped root
        has them too.
        """
        wanted = names or ("CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH")
        bits = sum(1 << CAPABILITIES[name] for name in wanted)
        left = effective() & ~bits
        header = ctypes.create_string_buffer(struct.pack("=Ii", _VERSION_3, 0), 8)
        low, high = left & 0xFFFFFFFF, left >> 32
        data = ctypes.create_string_buffer(struct.pack("=6I", low, low, 0, high, high, 0), 24)
        value, number = perform("capset", (_pointer(header), _pointer(data)))
        if value < 0:
            raise Broken(f"capset() = {errno_name(number)}")
        self.note(
            "call",
            f"capset(... without {', '.join(wanted)})",
            f"drop({' | '.join(f'1 << {name}' for name in wanted)})",
            answer=0,
        )

    def need_capability(self, name: str) -> None:
        """The condition is about having a capability: without it there is nothing to see."""
        if not effective() >> CAPABILITIES[name] & 1:
            raise Unsupported(
                f"the process lacks {name}", "run as root, or where user namespaces are allowed"
            )

    def become(self, user: int) -> None:
        """Become another user for good; the capabilities go with it."""
        self.call("setresuid", user, user, user)

    def give_link(self, path: str, user: int) -> None:
        """Give a symbolic link to another user."""
        self.call("lchown", path, user, user)

    def need_protected_symlinks(self) -> None:
        """The condition is about fs.protected_symlinks, which concerns the whole machine."""
        if Path("/proc/sys/fs/protected_symlinks").read_text(encoding="ascii").strip() == "0":
            raise Unsupported("fs.protected_symlinks is 0", "sysctl fs.protected_symlinks=1")

    def limit(self, name: str, value: int) -> None:
        """Set a resource limit of the process, soft and hard."""
        resource.setrlimit(getattr(resource, name), (value, value))
        self.note(
            "call",
            f"setrlimit({name}, {{rlim_cur={value}, rlim_max={value}}})",
            f"limit({name}, {value})",
            answer=0,
        )

    def chroot(self, path: str) -> None:
        """Change the root directory; the working directory stays outside of it."""
        self.call("chroot", path)

    def landlock(self, *, ports: bool = False, scoped: bool = False) -> None:
        """Restrict the process: no outgoing TCP connection, or no abstract socket from outside."""
        network, scope = (2 if ports else 0), (1 if scoped else 0)
        attributes = ctypes.create_string_buffer(struct.pack("=QQQ", 0, network, scope), 24)
        value, number = perform("landlock_create_ruleset", (_pointer(attributes), spelled(24), spelled(0)))
        if value < 0:
            raise Unsupported(
                f"landlock_create_ruleset() = {errno_name(number)}",
                "use a kernel that runs Landlock, since 6.7 for TCP, since 6.12 for scopes",
            )
        perform("prctl", tuple(spelled(n) for n in (38, 1, 0, 0, 0)))
        restricted, number = perform("landlock_restrict_self", (spelled(value), spelled(0)))
        perform("close", (spelled(value),))
        if restricted < 0:
            raise Broken(f"landlock_restrict_self() = {errno_name(number)}")
        self.note(
            "call",
            f"landlock_restrict_self({{handled_access_net={network}, scoped={scope}}})",
            f"landlock({network}, {scope})",
            answer=0,
        )


def _pointer(buffer: object) -> Argument:
    return Argument(raw=buffer, text="", code="")

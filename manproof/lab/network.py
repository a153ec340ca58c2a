"""Words of the lab for the network of a namespace: routes, devices, packet filters, sysctls."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import ClassVar

from manproof.lab import constants as c
from manproof.lab.errors import Broken, Unsupported
from manproof.lab.spelled import Address, Number, string
from manproof.lab.threads import Threads

_PACKAGES = {"ip": "iproute2", "tc": "iproute2", "nft": "nftables"}
_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin", "/usr/bin", "/bin"))
# What a tool says of a kernel that was built without a feature, or of a tool that is older than it.
_LACKING = ("not supported", "Unknown device type", "Protocol not available", "is unknown", "is invalid",
            "No such file or directory", "What is", "Garbage", "syntax error")


class Network(Threads):
    """Nothing here can reach outside: the network namespace has no device but those made in it."""

    def inet_socket(self, protocol: str, family: str = "ipv4", *, nonblocking: bool = False) -> Number:
        """As for all sockets; a ping socket is allowed first, where that changes nothing but the namespace."""
        if protocol == "ping" and not self.token:
            self.sysctl("ipv4/ping_group_range", "0 0")
        return super().inet_socket(protocol, family, nonblocking=nonblocking)

    def ip(self, arguments: str) -> None:
        """One line of ip(8)."""
        self.shell(f"ip {arguments}")

    def tc(self, arguments: str) -> None:
        """One line of tc(8)."""
        self.shell(f"tc {arguments}")

    def nft(self, arguments: str) -> None:
        """One line of nft(8)."""
        self.shell(f"nft '{arguments}'")

    def sysctl(self, name: str, value: object) -> None:
        """Set a sysctl of the network namespace."""
        path = f"/proc/sys/net/{name}"
        line = f"echo {value} > {path}" if " " not in str(value) else f"echo '{value}' > {path}"
        self.note("shell", line, line, answer=0)
        try:
            Path(path).write_text(f"{value}\n", encoding="ascii")
        except OSError as failure:
            raise Unsupported(f"{line}: {failure.strerror}", "use a kernel with this sysctl in user namespaces") from None

    def shell(self, line: str) -> None:
        """Run a tool. One that is not installed, or a kernel that lacks what it asks for, is no failure of the probe."""
        words = shlex.split(line)
        program = shutil.which(words[0], path=_PATH)
        if not program:
            raise Unsupported(f"{words[0]} is not installed", f"install {_PACKAGES[words[0]]}")
        self._doing(line)
        done = subprocess.run([program, *words[1:]], capture_output=True, text=True, check=False, timeout=8)
        if done.returncode:
            complaint = " ".join(done.stderr.split())
            if any(phrase in complaint for phrase in _LACKING):
                raise Unsupported(f"{line}: {complaint}", "use a kernel and a tool that know it")
            raise Broken(f"{line}: {complaint}")
        self.note("shell", line, line, answer=0)

    def filter(self, hook: str, what: str, verdict: str) -> None:
        """A packet filter with one rule: a SYN (``tcp``), a datagram (``udp``), a SYN-ACK (``syn-ack``)."""
        match = {"tcp": "tcp flags & (syn|ack) == syn", "udp": "meta l4proto udp",
                 "syn-ack": "tcp flags & (syn|ack) == (syn|ack)"}[what]
        self.nft("add table inet lab")
        self.nft(f"add chain inet lab {hook} {{ type filter hook {hook} priority 0; }}")
        self.nft(f"add rule inet lab {hook} {match} {verdict}")

    def silent_device(self) -> None:
        """A device dev0 with an address of both documentation networks; its other end hears nothing."""
        self.ip("link add dev0 type veth peer name far0")
        self.ip("link set far0 up")
        self.ip("link set dev0 up")
        for family, address in self.near.items():
            self.ip(f"address add {address}/{self.bits[family]} dev dev0{self.nodad[family]}")

    def no_neighbour_patience(self) -> None:
        """Ask for a link address once, and wait for a millisecond only."""
        for family in self.near:
            self.sysctl(f"{family}/neigh/dev0/mcast_solicit", 1)
            self.sysctl(f"{family}/neigh/dev0/ucast_solicit", 0)
            self.sysctl(f"{family}/neigh/dev0/retrans_time_ms", 1)

    def patient_socket(self, protocol: str, family: str = "ipv4", *, nonblocking: bool = False) -> Number:
        """A fresh socket; one of TCP gives up after 1.5 s."""
        sock = self.inet_socket(protocol, family, nonblocking=nonblocking)
        if protocol == "tcp":
            self.patient(sock)
        return sock

    def patient_bound(self, protocol: str, family: str) -> Number:
        """The same, bound to the near address."""
        sock = self.patient_socket(protocol, family)
        self.bind(sock, self.inet(family, self.near[family], 0))
        return sock

    def new_network(self) -> None:
        """Go into another network namespace, a fresh one in which not even loopback is up."""
        self.call("unshare", c.CLONE_NEWNET)

    def own_address(self, protocol: str, family: str) -> Address:
        """The far address, which for a while belongs to this machine, and something live there."""
        self.ip(f"address add {self.far[family]} dev lo{self.nodad[family]}")
        made = self.everywhere(protocol if protocol in ("tcp", "mptcp") else "udp", family)
        return self.inet(family, self.far[family], made.port)

    def lose_address(self, family: str) -> None:
        """Take it away: the machine has no route there any more."""
        self.ip(f"address del {self.far[family]}/{self.all_bits[family]} dev lo")

    def bind_to_device(self, sock: Number, name: str) -> None:
        """Let the socket use only that device."""
        self.setsockopt(sock, c.SOL_SOCKET, c.SO_BINDTODEVICE, string(name), len(name))

    near: ClassVar = {"ipv4": "198.51.100.1", "ipv6": "2001:db8::1"}
    far: ClassVar = {"ipv4": "198.51.100.2", "ipv6": "2001:db8::2"}
    bits: ClassVar = {"ipv4": 24, "ipv6": 64}
    all_bits: ClassVar = {"ipv4": 32, "ipv6": 128}
    nodad: ClassVar = {"ipv4": "", "ipv6": " nodad"}
    version: ClassVar = {"ipv4": "-4", "ipv6": "-6"}

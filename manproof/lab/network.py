"""Words of the lab for the network of a namespace: routes, devices, packet filters, sysctls."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from manproof.lab import constants as c
from manproof.lab.errors import Broken, Unsupported
from manproof.lab.sockets import PATIENCE
from manproof.lab.spelled import Address, Number, string
from manproof.lab.threads import Threads

_PACKAGES = {
    "ip": "iproute2",
    "tc": "iproute2",
    "nft": "nftables",
    "ss": "iproute2",
    "mount": "mount",
}
_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin", "/usr/bin", "/bin"))
# What a tool says of a kernel that was built without a feature, or of a tool that is older than it.
_LACKING = (
    "not supported",
    "Unknown device type",
    "Protocol not available",
    "is unknown",
    "is invalid",
    "No such file or directory",
    "What is",
    "Garbage",
    "syntax error",
)


class Network(Threads):
    """Nothing here can reach outside: the network namespace has no device but those made in it."""

    def inet_socket(
        self, protocol: str, family: str = "ipv4", *, nonblocking: bool = False
    ) -> Number:
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
            raise Unsupported(
                f"{line}: {failure.strerror}", "use a kernel with this sysctl in user namespaces"
            ) from None

    def ip_lines(self, *lines: str) -> None:
        """Several lines of ip(8), recorded one by one but given to one process: starting it takes longer than they do."""
        self._run("; ".join(lines), "ip", ["-batch", "-"], "".join(f"{line}\n" for line in lines))
        for line in lines:
            self.note("shell", f"ip {line}", f"ip {line}", answer=0)

    def shell(self, line: str) -> None:
        """Run a tool, and record the line."""
        program, *arguments = shlex.split(line)
        self._run(line, program, arguments)
        self.note("shell", line, line, answer=0)

    def _run(self, line: str, name: str, arguments: list[str], text: str = "") -> None:
        """A tool that is not installed, or a kernel that lacks what it asks for, is no failure of the probe."""
        program = shutil.which(name, path=_PATH)
        if not program:
            raise Unsupported(f"{name} is not installed", f"install {_PACKAGES[name]}")
        self._doing(line)
        done = subprocess.run(
            [program, *arguments],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=8,
        )
        if done.returncode:
            complaint = f"{line}: {' '.join(done.stderr.split())}"
            if any(phrase in complaint for phrase in _LACKING):
                raise Unsupported(complaint, "use a kernel and a tool that know it")
            raise Broken(complaint)

    def _output(self, line: str) -> str:
        program, *arguments = shlex.split(line)
        path = shutil.which(program, path=_PATH) or program
        return subprocess.run(
            [path, *arguments], capture_output=True, text=True, check=False, timeout=8
        ).stdout

    def filter(self, hook: str, what: str, verdict: str) -> None:
        """A packet filter with one rule: a SYN (``tcp``), a datagram (``udp``), a SYN-ACK (``syn-ack``)."""
        match = {
            "tcp": "tcp flags & (syn|ack) == syn",
            "udp": "meta l4proto udp",
            "syn-ack": "tcp flags & (syn|ack) == (syn|ack)",
        }[what]
        self.nft(
            f"add table inet lab; add chain inet lab {hook} {{ type filter hook {hook} priority 0; }}; "
            f"add rule inet lab {hook} {match} {verdict}"
        )

    def until_local(self, host: str) -> None:
        """Wait until an address of IPv6 has its route: the kernel puts it in a moment after ip(8) has returned."""
        digits = socket.inet_pton(socket.AF_INET6, host).hex()
        line = f"until grep -q '^{digits} 80 .* 8[0-9a-f]* ' /proc/net/ipv6_route; do :; done"
        wanted = re.compile(rf"^{digits} 80 .* 8[0-9a-f]{{7}} ", re.MULTILINE)
        self._until(
            line,
            lambda: bool(wanted.search(Path("/proc/net/ipv6_route").read_text(encoding="ascii"))),
        )

    def until_linkdown(self, family: str) -> None:
        """Wait until the routes over dev0 are marked: the kernel notices a lost carrier a moment later."""
        command = f"ip {self.version[family]} route show dev dev0"
        line = f"until {command} | grep -q linkdown; do :; done"
        self._until(line, lambda: "linkdown" in self._output(command))

    def _until(self, line: str, happened: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not happened():
            if time.monotonic() > deadline:
                raise Broken(f"in vain: {line}")
            time.sleep(0.001)
        self.note("shell", line, line, answer=0)

    def silent_device(self) -> None:
        """A device dev0 with an address of both documentation networks; its other end hears nothing."""
        addresses = [
            f"address add {address}/{self.bits[family]} dev dev0{self.nodad[family]}"
            for family, address in self.near.items()
        ]
        self.ip_lines(
            "link add dev0 type veth peer name far0",
            "link set far0 up",
            "link set dev0 up",
            *addresses,
        )
        self.until_local(self.near["ipv6"])

    def link_local_device(self) -> None:
        """The same devices, both with link-local addresses that can be used at once."""
        self.ip_lines(
            "link add dev0 type veth peer name far0",
            "link set dev0 addrgenmode none",
            "link set far0 addrgenmode none",
            "link set far0 up",
            "link set dev0 up",
            "address add fe80::1/64 dev dev0 nodad",
            "address add fe80::3/64 dev far0 nodad",
        )
        self.until_local("fe80::1")

    def silent_peer(self) -> Address:
        """The address of a host on the link of dev0 that never answers, although its link address is known."""
        self.silent_device()
        self.ip("neighbour add 198.51.100.2 lladdr 02:00:00:00:00:02 dev dev0")
        return self.inet("ipv4", self.far["ipv4"], 80)

    def translate(self, statement: str) -> None:
        """A packet filter that changes where a SYN of this machine goes."""
        self.nft(
            "add table inet lab; add chain inet lab output { type nat hook output priority -100; }; "
            f"add rule inet lab output tcp flags syn {statement}"
        )

    def remount(self, options: str) -> None:
        """Mount the file system of the working directory again, with other options."""
        self.shell(f"mount -o remount,bind,{options} {os.getcwd()}")  # noqa: PTH109

    def need_selinux(self) -> None:
        """Raises, for the lab cannot write a policy."""
        enforcing = Path("/sys/fs/selinux/enforce")
        state = (
            "enforces no policy that a probe could rely on"
            if enforcing.exists()
            else "does not run SELinux"
        )
        raise Unsupported(
            f"this kernel {state}",
            "boot with security=selinux enforcing=1 and a policy that denies name_connect",
        )

    def no_neighbour_patience(self) -> None:
        """Ask for a link address once, and wait for a millisecond only."""
        for family in self.near:
            self.sysctl(f"{family}/neigh/dev0/mcast_solicit", 1)
            self.sysctl(f"{family}/neigh/dev0/ucast_solicit", 0)
            self.sysctl(f"{family}/neigh/dev0/retrans_time_ms", 1)

    def patient_socket(
        self, protocol: str, family: str = "ipv4", *, nonblocking: bool = False
    ) -> Number:
        """A fresh socket; one of TCP gives up after 2.2 s."""
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
        self.add_address(family, self.far[family])
        made = self.everywhere(protocol if protocol in ("tcp", "mptcp") else "udp", family)
        return self.inet(family, self.far[family], made.port)

    def add_address(self, family: str, host: str) -> None:
        """Give loopback another address, which can be used at once."""
        self.ip(f"address add {host}/{self.all_bits[family]} dev lo{self.nodad[family]}")
        if family == "ipv6":
            self.until_local(host)

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

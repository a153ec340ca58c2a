"""Words of the lab for the network of a namespace: routes, devices, packet filters, sysctls."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from manproof.lab.errors import Broken, Unsupported
from manproof.lab.sockets import PATIENCE
from manproof.lab.spelled import Number
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

    def inet_socket(self, protocol: str, family: str = "ipv4", *, nonblocking: bool = False) -> Number:
        """As for all sockets; a ping socket is allowed first, where that changes nothing but the
        namespace.
        """
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
        """Several lines of ip(8), recorded one by one but given to one process: starting it takes
        longer than they do.
        """
        self._run("; ".join(lines), "ip", ["-batch", "-"], "".join(f"{line}\n" for line in lines))
        for line in lines:
            self.note("shell", f"ip {line}", f"ip {line}", answer=0)

    def shell(self, line: str) -> None:
        """Run a tool, and record the line."""
        program, *arguments = shlex.split(line)
        self._run(line, program, arguments)
        self.note("shell", line, line, answer=0)

    def _run(self, line: str, name: str, arguments: list[str], text: str = "") -> None:
        """A tool that is not installed, or a kernel that lacks what it asks for, is no failure of
        the probe.
        """
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
            timeout=PATIENCE,
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
            [path, *arguments], capture_output=True, text=True, check=False, timeout=PATIENCE
        ).stdout

    def filter(self, hook: str, what: str, verdict: str) -> None:
        """A packet filter with one rule: a SYN (``tcp``), a datagram (``udp``), a SYN-ACK
        (``syn-ack``).
        """
        match = {
            "tcp": "tcp flags & (syn|ack) == syn",
            "udp": "meta l4proto udp",
            "syn-ack": "tcp flags & (syn|ack) == (syn|ack)",
        }[what]
        self.nft(
            f"add table inet lab; "
            f"add chain inet lab {hook} {{ type filter hook {hook} priority 0; }}; "
            f"add rule inet lab {hook} {match} {verdict}"
        )

    def translate(self, statement: str) -> None:
        """A packet filter that changes where a SYN of this machine goes."""
        self.nft(
            "add table inet lab; "
            "add chain inet lab output { type nat hook output priority -100; }; "
            f"add rule inet lab output tcp flags syn {statement}"
        )

    def file_system(self, path: str) -> None:
        """A new, empty file system in a new directory."""
        self.mkdir(path)
        self.shell(f"mount -t tmpfs manproof {path}")

    def remount(self, path: str, option: str) -> None:
        """Mount it again, with another option."""
        self.shell(f"mount -o remount,bind,{option} {path}")

    def need_selinux(self) -> None:
        """Raises, for the lab cannot write a policy."""
        enforcing = Path("/sys/fs/selinux/enforce")
        state = (
            "enforces no policy that a probe could rely on" if enforcing.exists() else "does not run SELinux"
        )
        raise Unsupported(
            f"this kernel {state}",
            "boot with security=selinux enforcing=1 and a policy that denies name_connect",
        )

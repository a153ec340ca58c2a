"""Words of the lab for devices and addresses: a silent link, an address of one's own."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from manproof.lab import constants as c
from manproof.lab.errors import Broken
from manproof.lab.network import Network
from manproof.lab.sockets import PATIENCE
from manproof.lab.spelled import Address, Number, string


class Links(Network):
    """Devices of the namespace, and what can be said of them."""

    def until_local(self, host: str) -> None:
        """Wait until an address of IPv6 has its route: the kernel puts it in a moment after ip(8)
        has returned.
        """
        digits = socket.inet_pton(socket.AF_INET6, host).hex()
        line = f"until grep -q '^{digits} 80 .* 8[0-9a-f]* ' /proc/net/ipv6_route; do :; done"
        wanted = re.compile(rf"^{digits} 80 .* 8[0-9a-f]{{7}} ", re.MULTILINE)
        self._until(
            line,
            lambda: bool(wanted.search(Path("/proc/net/ipv6_route").read_text(encoding="ascii"))),
        )

    def until_usable(self, family: str, host: str) -> None:
        """The same for an address of either family; one of IPv4 can be used at once."""
        if family == "ipv6":
            self.until_local(host)

    def until_linkdown(self, family: str) -> None:
        """Wait until the routes over dev0 are marked: the kernel notices a lost carrier a moment
        later.
        """
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
        """A device dev0 with an address of both documentation networks; its other end hears
        nothing.
        """
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
        """The address of a host behind dev0, which swallows all that is sent.

        It does so at once: to the other end of a veth a packet may have to wait for a processor, and
        TCP repeats nothing that is still on its way out of the machine (skb_still_in_host_queue()).
        """
        self.ip_lines(
            "link add dev0 type veth peer name far0",
            "link set far0 up",
            "link set dev0 up",
            "address add 198.51.100.1/24 dev dev0",
            "neighbour add 198.51.100.2 lladdr 02:00:00:00:00:02 dev dev0",
        )
        self.tc("qdisc add dev dev0 root blackhole")
        return self.inet("ipv4", self.far["ipv4"], 80)

    def no_neighbour_patience(self) -> None:
        """Ask for a link address once, and wait for a millisecond only."""
        for family in self.near:
            self.sysctl(f"{family}/neigh/dev0/mcast_solicit", 1)
            self.sysctl(f"{family}/neigh/dev0/ucast_solicit", 0)
            self.sysctl(f"{family}/neigh/dev0/retrans_time_ms", 1)

    def patient_socket(self, protocol: str, family: str = "ipv4", *, nonblocking: bool = False) -> Number:
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
        self.until_usable(family, host)

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

"""The conditions of connect(), a module a theme."""

from manproof.probes.connect import (
    argument,
    descriptor,
    family,
    tcp,
    tcp_ports,
    tcp_waiting,
    unix_files,
    unix_peers,
    unix_waiting,
)

__all__ = [
    "argument",
    "descriptor",
    "family",
    "tcp",
    "tcp_ports",
    "tcp_waiting",
    "unix_files",
    "unix_peers",
    "unix_waiting",
]

"""The conditions of connect(), a module a theme."""

import importlib

THEMES = (
    "argument",
    "descriptor",
    "family",
    "unix_files",
    "unix_peers",
    "unix_waiting",
    "tcp",
    "tcp_waiting",
    "tcp_ports",
    "udp",
    "unspec",
    "after",
    "routes",
    "firewall",
    "peer",
)

for theme in THEMES:
    importlib.import_module(f"{__name__}.{theme}")

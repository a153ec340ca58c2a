"""The conditions of connect(), a module a theme."""

import importlib

THEMES = (
    "argument",
    "descriptor",
    "family",
    "unix_permissions",
    "unix_files",
    "unix_states",
    "unix_peers",
    "unix_waiting",
    "tcp",
    "tcp_nonblocking",
    "tcp_threads",
    "tcp_waiting",
    "tcp_ports",
    "udp",
    "unspec",
    "after",
    "routes",
    "neighbours",
    "firewall",
    "peer",
    "sources",
    "scope",
    "options",
    "security",
    "others",
    "meanwhile",
    "unix_places",
)

for theme in THEMES:
    importlib.import_module(f"{__name__}.{theme}")

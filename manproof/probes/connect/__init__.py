"""The conditions of connect(), a module a theme."""

from manproof.probes.connect import spike

__all__ = ["spike"]

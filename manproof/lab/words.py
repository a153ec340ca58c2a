"""The lab as probes see it: all words in one object."""

from __future__ import annotations

from manproof.lab.peer import Peer


class Lab(Peer):
    """A fresh place to try a system call in, and the record of what was done there.

    Its words come from the modules of this package, each theme a class: sockets, files, privileges,
    threads, network, peer. A word that cannot be had raises ``Unsupported``; one that goes wrong,
    ``Broken``.
    """

"""Words of the lab for files: sockets with pathnames, and what can be wrong on the way to them."""

from __future__ import annotations

from manproof.lab import constants as c
from manproof.lab.sockets import Listener, Sockets
from manproof.lab.spelled import Address, Number, abstract, spelled, symbol, unix

_MODES = {0o400: "0400", 0o600: "0600", 0o700: "0700", 0: "0"}


def mode(bits: int) -> Number:
    """A file mode, written in octal."""
    return Number(bits, f"0{bits:o}" if bits else "0")


class Files(Sockets):
    """The working directory is empty and private at the start of every condition."""

    def unix_socket(self, type: str = "stream", *, nonblocking: bool = False) -> Number:
        """A fresh socket of AF_UNIX."""
        return self.socket(c.AF_UNIX, type, nonblocking=nonblocking)

    def unix_bound(self, type: str, address: Address) -> Listener:
        """A bound socket of AF_UNIX that does not listen."""
        sock = self.unix_socket(type)
        self.bind(sock, address)
        return Listener(socket=sock, address=address)

    def unix_listener(self, type: str = "stream", path: str = "socket", backlog: int = 128) -> Listener:
        """A live socket of AF_UNIX that others may connect to; datagram sockets are only bound."""
        return self.unix_ready(type, unix(path), backlog)

    def abstract_listener(self, type: str = "stream", name: str = "manproof", backlog: int = 128) -> Listener:
        """The same, with a name of the abstract namespace."""
        return self.unix_ready(type, abstract(self.own(name)), backlog)

    def unix_ready(self, type: str, address: Address, backlog: int = 128) -> Listener:
        """A bound socket of AF_UNIX that listens, unless it is for datagrams."""
        made = self.unix_bound(type, address)
        if type != "dgram":
            self.listen(made.socket, backlog)
        return made

    def unix_full(self, type: str = "stream") -> Listener:
        """A listener of AF_UNIX whose queue holds as many connections as it may."""
        made = self.unix_listener(type, backlog=0)
        self.need(self.connect(self.unix_socket(type), made.address))
        return made

    def own(self, name: str) -> str:
        """A name for the abstract namespace that no other run on this machine uses."""
        return f"{name}-{self.token}" if self.token else name

    def chmod(self, path: str, bits: int) -> None:
        """Change who may do what with a file."""
        self.call("chmod", path, mode(bits))

    def mkdir(self, path: str, bits: int = 0o700) -> None:
        """Make a directory."""
        self.call("mkdir", path, mode(bits))

    def symlink(self, target: str, path: str) -> None:
        """Make a symbolic link."""
        self.call("symlink", target, path)

    def unlink(self, path: str) -> None:
        """Remove a file."""
        self.call("unlink", path)

    def rename(self, old: str, new: str) -> None:
        """Give a file another name."""
        self.call("rename", old, new)

    def mkfifo(self, path: str) -> None:
        """Make a FIFO."""
        self.call("mkfifo", path, mode(0o600))

    def open(self, path: str, flags: int = c.O_RDONLY, bits: int | None = None) -> Number:
        """Open a file."""
        rest = () if bits is None else (mode(bits),)
        return self.made(self.call("open", path, flags, *rest, makes="fd"))

    def file(self, path: str, bits: int = 0o600) -> Number:
        """A new regular file, open."""
        return self.open(path, c.O_RDWR | c.O_CREAT, bits)

    def dup(self, descriptor: int) -> Number:
        """A second descriptor of the same file."""
        return self.made(self.call("dup", descriptor, makes="fd"))

    def calls_into(self, name: str, *arguments: object) -> Number:
        """Any call whose result is a descriptor."""
        return self.made(self.call(name, *[spelled(a) for a in arguments], makes="fd"))

    token = ""


__all__ = ["Files", "mode", "symbol"]

"""Words of the lab for files: sockets with pathnames, and what can be wrong on the way to them."""

from __future__ import annotations

import ctypes
import mmap
import os
from collections.abc import Callable

from manproof.lab import constants as c
from manproof.lab.calls import map_pages, perform, protect
from manproof.lab.spelled import Address, Argument, Number, abstract, symbol, unix
from manproof.lab.states import Listener, States


def mode(bits: int) -> Number:
    """A file mode, written in octal."""
    return Number(bits, f"0{bits:o}" if bits else "0")


class Files(States):
    """The working directory is empty and private at the start of every condition."""

    def unix_socket(self, kind: str = "stream", *, nonblocking: bool = False) -> Number:
        """A fresh socket of AF_UNIX."""
        return self.socket(c.AF_UNIX, kind, nonblocking=nonblocking)

    def unix_bound(self, kind: str, address: Address) -> Listener:
        """A bound socket of AF_UNIX that does not listen."""
        sock = self.unix_socket(kind)
        self.bind(sock, address)
        return Listener(socket=sock, address=address)

    def abstract_listener(self, kind: str = "stream", name: str = "manproof", backlog: int = 128) -> Listener:
        """The same, with a name of the abstract namespace."""
        return self.unix_ready(kind, abstract(self.own(name)), backlog)

    def unix_full(self, kind: str = "stream") -> Listener:
        """A listener of AF_UNIX whose queue holds as many connections as it may."""
        made = self.unix_listener(kind, backlog=0)
        self.connected(f"unix.{kind}", made)
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

    def link(self, old: str, new: str) -> None:
        """Make a hard link."""
        self.call("link", old, new)

    def chdir(self, path: str) -> None:
        """Change the working directory."""
        self.call("chdir", path)

    def rmdir(self, path: str) -> None:
        """Remove a directory."""
        self.call("rmdir", path)

    def something(self, what: str) -> str:
        """The path of something that is no socket: a file, a directory, a fifo, a device."""
        makers: dict[str, Callable[[], object]] = {
            "file": lambda: self.file("what"),
            "directory": lambda: self.mkdir("what"),
            "fifo": lambda: self.mkfifo("what"),
            "device": lambda: None,
        }
        makers[what]()
        return "/dev/null" if what == "device" else "what"

    def proc_path(self, descriptor: Number) -> Address:
        """The path under /proc/self/fd of an open file."""
        return unix(f"/proc/self/fd/{int(descriptor)}")

    def descriptor(self, name: str, *arguments: object) -> Number:
        """What a call makes: a descriptor of any kind."""
        return self.made(self.call(name, *arguments, makes="fd"))

    def pointer(self, value: int) -> Argument:
        """An address of nothing at all."""
        shown = f"{value % 2**64:#x}" if value else "NULL"
        return Argument(raw=ctypes.c_void_p(value), text=shown, code=f"(void *){shown}" if value else shown)

    def pipe_end(self) -> Number:
        """The reading end of a new pipe."""
        return self.kept("pipe([...])", "pipe_end()", os.pipe()[0])

    def pair_end(self, kind: str = "stream") -> Number:
        """One end of a new pair of connected sockets of AF_UNIX; the other stays open."""
        ends = (ctypes.c_int * 2)()
        number = c.TYPES[kind]
        perform("socketpair", (c.AF_UNIX, number, Number(0, "0"), Argument(raw=ends, text="", code="")))
        return self.kept(
            f"socketpair(AF_UNIX, {number.text}, 0, [{ends[0]}, {ends[1]}])",
            f"pair_end({number.code})",
            ends[0],
        )

    def kept(self, call: str, code: str, descriptor: int) -> Number:
        """Record a descriptor that was made in a way of its own."""
        name = self.name("fd")
        self.note("call", call, code, name, 0)
        return symbol(descriptor, name)

    def in_memory(self, address: Address, how: str) -> Argument:
        """The address in a page that is ``read_only``, or so that its last byte is ``straddling``
        into nothing.
        """
        size, page = len(address.data), mmap.PAGESIZE
        start = map_pages(2 * page)
        place = start if how == "read_only" else start + page - size + 1
        ctypes.memmove(place, address.data, size if how == "read_only" else size - 1)
        protect(start, 1) if how == "read_only" else protect(start + page, 0)
        self.note(
            "call",
            f"mprotect({start + (0 if how == 'read_only' else page):#x}, {page}, "
            f"{'PROT_READ' if how == 'read_only' else 'PROT_NONE'})",
            "",
            answer=0,
        )
        text = address.text if how == "read_only" else f"{place:#x}"
        return Argument(raw=ctypes.c_void_p(place), text=text, code=f"{how}({address.code}, {size})")

    token = ""

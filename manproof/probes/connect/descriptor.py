"""The descriptor: what is no socket, and what is no descriptor."""

from __future__ import annotations

from typing import Any

from manproof.lab import Lab, condition
from manproof.lab.constants import O_PATH, O_RDONLY, O_RDWR

# Descriptors that are no sockets, by how they are opened.
OPENED = {
    "regular-file": ("open", "file", O_RDONLY),
    "directory": ("open", ".", O_RDONLY),
    "device": ("open", "/dev/null", O_RDWR),
    "eventfd": ("eventfd", 0, 0),
    "epoll": ("epoll_create1", 0),
    "memfd": ("memfd_create", "memory", 0),
}


@condition("fd.never-opened", plain=True)
def never_opened(lab: Lab) -> None:
    """The descriptor was never opened.

    The descriptor table of the process has no file at that number (fdget() in net/socket.c,
    __sys_connect()).
    """
    address = lab.listener().address
    lab.control(lab.connect(lab.inet_socket("tcp"), address))
    lab.observe(lab.connect(500, address))


@condition("fd.minus-one", plain=True)
def minus_one(lab: Lab) -> None:
    """The descriptor is -1, as a failed socket() returns it.

    Same place as for any number that is not open (__sys_connect() in net/socket.c).
    """
    address = lab.listener().address
    lab.control(lab.connect(lab.inet_socket("tcp"), address))
    lab.observe(lab.connect(-1, address))


@condition("fd.closed", plain=True)
def closed(lab: Lab) -> None:
    """The descriptor was a socket and has been closed.

    The control uses the same descriptor before close() frees it.
    """
    listener = lab.live("udp.ipv4")
    sock = lab.inet_socket("udp")
    lab.control(lab.connect(sock, listener.address))
    lab.close(sock)
    lab.observe(lab.connect(sock, listener.address))


@condition("fd.o-path", plain=True)
def o_path(lab: Lab) -> None:
    """The descriptor was opened with O_PATH.

    Such a descriptor names a file without opening it; fdget() passes it over (FMODE_PATH in
    fs/file.c).
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.observe(lab.connect(lab.open("socket", O_PATH), listener.address))


@condition("fd.{kind}", kind=OPENED, plain=True)
def no_socket(lab: Lab, kind: tuple[Any, ...]) -> None:
    """The descriptor is open, but it is not a socket.

    sock_from_file() in net/socket.c compares the file's operations with those of sockets.
    """
    address = lab.listener().address
    lab.control(lab.connect(lab.inet_socket("tcp"), address))
    lab.file("file")
    lab.observe(lab.connect(lab.descriptor(*kind), address))


@condition("fd.pipe", plain=True)
def pipe(lab: Lab) -> None:
    """The descriptor is an end of a pipe.

    sock_from_file() in net/socket.c compares the file's operations with those of sockets.
    """
    address = lab.listener().address
    lab.control(lab.connect(lab.inet_socket("tcp"), address))
    lab.observe(lab.connect(lab.pipe_end(), address))


@condition("fd.before-address.{address}", address={"bad-pointer": 1, "null": 0}, plain=True)
def before_address(lab: Lab, address: int) -> None:
    """The descriptor is not open, and the address cannot be read either.

    Which of two mistakes is reported: __sys_connect() in net/socket.c looks at the descriptor
    first.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.observe(lab.connect(-1, lab.pointer(address), 16))


@condition("fd.not-socket-before-address", plain=True)
def not_socket_before_address(lab: Lab) -> None:
    """The descriptor is no socket, and the address cannot be read either.

    Which of two mistakes is reported: __sys_connect() copies the address before it asks whether the
    file is a socket.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.observe(lab.connect(lab.pipe_end(), lab.pointer(1), 16))

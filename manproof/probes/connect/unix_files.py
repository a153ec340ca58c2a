"""UNIX domain: the way to the socket's file, and what lies at its end."""

from __future__ import annotations

from manproof.lab import Lab, anything, condition, unix
from manproof.lab.constants import AF_UNIX, O_PATH

TYPES = ("stream", "dgram")
ALL_TYPES = ("stream", "dgram", "seqpacket")


@condition("unix.missing.{type}", type=ALL_TYPES, plain=True)
def missing(lab: Lab, type: str) -> None:
    """There is no file at the path.

    kern_path() in unix_find_bsd() finds nothing.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.unlink("socket")
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.prefix-missing", plain=True)
def prefix_missing(lab: Lab) -> None:
    """A directory on the way to the socket's file does not exist.

    kern_path() in unix_find_bsd() stops at the missing component.
    """
    lab.mkdir("way")
    listener = lab.unix_listener("stream", "way/socket")
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.rename("way", "other")
    lab.observe(lab.connect(lab.unix_socket(), listener.address))


@condition("unix.directory-removed", plain=True)
def directory_removed(lab: Lab) -> None:
    """The working directory has been removed, and the path leads out of it by "..".

    The dead directory still knows its parent (fs/namei.c).
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.mkdir("gone")
    lab.chdir("gone")
    lab.rmdir("../gone")
    lab.observe(lab.connect(lab.unix_socket(), unix("../socket")))


@condition("unix.dangling-symlink", plain=True)
def dangling_symlink(lab: Lab) -> None:
    """The path is a symbolic link to something that does not exist.

    The walk follows links at the end of the path as well (LOOKUP_FOLLOW in unix_find_bsd()).
    """
    lab.unix_listener()
    lab.symlink("socket", "link")
    lab.control(lab.connect(lab.unix_socket(), unix("link")))
    lab.unlink("socket")
    lab.observe(lab.connect(lab.unix_socket(), unix("link")))


@condition("unix.symlink", plain=True)
def symlink(lab: Lab) -> None:
    """The path is a symbolic link to a live socket's file.

    The walk follows links at the end of the path as well (LOOKUP_FOLLOW in unix_find_bsd()).
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.symlink("socket", "link")
    lab.observe(lab.connect(lab.unix_socket(), unix("link")))


@condition("unix.prefix-not-directory", plain=True)
def prefix_not_directory(lab: Lab) -> None:
    """A component on the way to the socket's file is not a directory.

    Here it is the socket itself, followed by a slash and a name.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.observe(lab.connect(lab.unix_socket(), unix("socket/name")))


@condition("unix.trailing-slash", plain=True)
def trailing_slash(lab: Lab) -> None:
    """The path of a live socket is followed by a slash.

    A trailing slash demands a directory (fs/namei.c).
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.observe(lab.connect(lab.unix_socket(), unix("socket/")))


@condition("unix.symlink-loop", plain=True)
def symlink_loop(lab: Lab) -> None:
    """Symbolic links on the way lead in a circle.

    The walk gives up after 40 links (MAXSYMLINKS in include/linux/namei.h).
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.symlink("two", "one")
    lab.symlink("one", "two")
    lab.observe(lab.connect(lab.unix_socket(), unix("one")))


@condition("unix.name-too-long", plain=True)
def name_too_long(lab: Lab) -> None:
    """The path is longer than sun_path, and so is the length that is passed.

    unix_validate_addr() in net/unix/af_unix.c accepts at most sizeof(struct sockaddr_un) bytes.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.observe(lab.connect(lab.unix_socket(), anything(AF_UNIX, b"n" * 120)))


@condition("unix.path-fills-address", plain=True)
def path_fills_address(lab: Lab) -> None:
    """The path takes all 108 bytes of sun_path, without a null byte at its end.

    unix_mkname_bsd() adds the null byte itself, so that such a path is whole.
    """
    path = "/".join(["."] * 51) + "/socket"
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.observe(lab.connect(lab.unix_socket(), unix(path)))


@condition("unix.symlink-to-long-name", plain=True)
def symlink_to_long_name(lab: Lab) -> None:
    """The path is a symbolic link to a name longer than a file system allows.

    sun_path cannot hold such a name, but the target of a link can (256 bytes; NAME_MAX is 255).
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.symlink("n" * 256, "link")
    lab.observe(lab.connect(lab.unix_socket(), unix("link")))


@condition("unix.component-too-long", plain=True)
def component_too_long(lab: Lab) -> None:
    """A path of one component that fills sun_path and does not exist.

    108 bytes are a legal name, so nothing but its absence is wrong.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.observe(lab.connect(lab.unix_socket(), unix("n" * 108)))


@condition("unix.path-is-{what}", what=("file", "directory", "fifo", "device"), plain=True)
def path_is(lab: Lab, what: str) -> None:
    """The path names something that exists, may be written, and is no socket.

    unix_find_bsd() asks S_ISSOCK() after the permission.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    path = lab.something(what)
    lab.observe(lab.connect(lab.unix_socket(), unix(path)))


@condition("unix.through-o-path", plain=True)
def through_o_path(lab: Lab) -> None:
    """The path is that of an O_PATH descriptor of the socket's file, under /proc/self/fd.

    This is how programs get around the 108 bytes of sun_path: the magic link leads to the file
    itself.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    descriptor = lab.open("socket", O_PATH)
    lab.observe(lab.connect(lab.unix_socket(), lab.proc_path(descriptor)))


@condition("unix.through-descriptor", plain=True)
def through_descriptor(lab: Lab) -> None:
    """The path is that of the listening socket's own descriptor, under /proc/self/fd.

    The magic link leads to the socket's inode in sockfs, and no socket is bound to that one.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.observe(lab.connect(lab.unix_socket(), lab.proc_path(listener.socket)))

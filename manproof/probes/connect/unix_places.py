"""UNIX domain: other places - mounts, namespaces, links, files that are gone."""

from __future__ import annotations

from manproof.lab import Lab, condition, unix
from manproof.lab.constants import O_PATH

TYPES = ("stream", "dgram", "seqpacket")


@condition("unix.symlink-on-nosymfollow-mount")
def nosymfollow(lab: Lab) -> None:
    """The path is a symbolic link on a file system that is mounted with nosymfollow.

    The walk treats every link there as a loop (MNT_NOSYMFOLLOW, fs/namei.c).
    """
    lab.file_system("fs")
    lab.unix_listener("stream", "fs/socket")
    lab.symlink("socket", "fs/link")
    lab.control(lab.connect(lab.unix_socket(), unix("fs/link")))
    lab.remount("fs", "nosymfollow")
    lab.observe(lab.connect(lab.unix_socket(), unix("fs/link")))


@condition("unix.read-only-mount.{type}", type=TYPES)
def read_only_mount(lab: Lab, type: str) -> None:
    """The socket's file is on a file system that is mounted read-only.

    Writing to a socket changes nothing of the file system (sb_permission(), fs/namei.c).
    """
    lab.file_system("fs")
    listener = lab.unix_listener(type, "fs/socket")
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.remount("fs", "ro")
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.write-denied-other-user.{type}", type=TYPES, root=True)
def other_user(lab: Lab, type: str) -> None:
    """The socket's file belongs to another user, and its mode lets nobody else write.

    The usual case: mode 0755, as bind() leaves it with the usual umask; the caller has become the
    user 65534.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.chmod(".", 0o755)
    lab.chmod("socket", 0o755)
    lab.become(65534)
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.symlink-protected", root=True)
def protected_symlink(lab: Lab) -> None:
    """The path is a symbolic link of another user in a sticky directory that all may write to.

    fs.protected_symlinks lets such a link be followed by its owner only, or if the directory is its
    owner's (may_follow_link(), fs/namei.c).
    """
    lab.need_protected_symlinks()
    lab.unix_listener()
    lab.mkdir("all")
    lab.chmod("socket", 0o777)
    lab.chmod(".", 0o755)
    lab.symlink("../socket", "all/link")
    lab.control(lab.connect(lab.unix_socket(), unix("all/link")))
    lab.chmod("all", 0o1777)
    lab.give_link("all/link", 1000)
    lab.become(65534)
    lab.observe(lab.connect(lab.unix_socket(), unix("all/link")))


@condition("unix.other-network-namespace.pathname.{type}", type=TYPES)
def other_namespace_pathname(lab: Lab, type: str) -> None:
    """The socket with a pathname belongs to another network namespace.

    A path is looked up in the file system, which the two share.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.new_network()
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.other-network-namespace.abstract.{type}", type=TYPES)
def other_namespace_abstract(lab: Lab, type: str) -> None:
    """The socket with an abstract name belongs to another network namespace.

    Each network namespace has abstract names of its own (unix_find_abstract()).
    """
    listener = lab.abstract_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.new_network()
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.unlinked-through-o-path", plain=True)
def unlinked(lab: Lab) -> None:
    """The socket's file has been removed, but a descriptor of it is still open with O_PATH.

    /proc/self/fd leads to the inode, to which the socket is still bound.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    descriptor = lab.open("socket", O_PATH)
    lab.unlink("socket")
    lab.observe(lab.connect(lab.unix_socket(), lab.proc_path(descriptor)))


@condition("unix.renamed", plain=True)
def renamed(lab: Lab) -> None:
    """The socket's file has been renamed, and the new name is used.

    The socket is bound to the inode, not to the name.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.rename("socket", "other")
    lab.observe(lab.connect(lab.unix_socket(), unix("other")))


@condition("unix.hard-link", plain=True)
def hard_link(lab: Lab) -> None:
    """The path is a hard link to the socket's file.

    The socket is bound to the inode, not to the name.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.link("socket", "other")
    lab.observe(lab.connect(lab.unix_socket(), unix("other")))


@condition("unix.replaced", plain=True)
def replaced(lab: Lab) -> None:
    """Another file has taken the name of a live socket's file.

    The name leads to the new file, which is no socket.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.file("file")
    lab.rename("file", "socket")
    lab.observe(lab.connect(lab.unix_socket(), listener.address))


@condition("unix.root-changed")
def root_changed(lab: Lab) -> None:
    """The process has changed its root directory, so that an absolute path means another place.

    The walk of an absolute path begins at the root of the process.
    """
    lab.unix_listener()
    lab.mkdir("root")
    lab.chroot(".")
    lab.control(lab.connect(lab.unix_socket(), unix("/socket")))
    lab.chroot("root")
    lab.observe(lab.connect(lab.unix_socket(), unix("/socket")))

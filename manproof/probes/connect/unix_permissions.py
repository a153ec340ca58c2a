"""UNIX domain: the rights to the socket's file, and to the directories on the way."""

from __future__ import annotations

from manproof.lab import Lab, condition, unix

TYPES = ("stream", "dgram")
ALL_TYPES = ("stream", "dgram", "seqpacket")


@condition("unix.write-denied.{type}", type=TYPES, plain=True)
def write_denied(lab: Lab, type: str) -> None:
    """The caller may not write to the socket's file.

    unix_find_bsd() in net/unix/af_unix.c asks path_permission() for the right to write. Nobody has
    it, and the capabilities that override file permissions are given up first.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.chmod("socket", 0)
    lab.drop_capabilities()
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.only-write-granted.{type}", type=TYPES, plain=True)
def only_write_granted(lab: Lab, type: str) -> None:
    """The caller may write to the socket's file, but neither read nor execute it.

    unix_find_bsd() asks for the right to write, and for no other.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.chmod("socket", 0o200)
    lab.drop_capabilities()
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.write-denied-overridden.{type}", type=TYPES, plain=True)
def write_denied_overridden(lab: Lab, type: str) -> None:
    """The file's permissions forbid writing, but the caller has CAP_DAC_OVERRIDE.

    The capability counts in the user namespace that owns the file system (generic_permission() in
    fs/namei.c).
    """
    lab.need_capability("CAP_DAC_OVERRIDE")
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.chmod("socket", 0)
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.search-denied.{type}", type=TYPES, plain=True)
def search_denied(lab: Lab, type: str) -> None:
    """The caller may not search a directory on the way to the socket's file.

    The path walk of kern_path() stops at the directory (may_lookup() in fs/namei.c).
    """
    lab.mkdir("closed")
    listener = lab.unix_listener(type, "closed/socket")
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.chmod("closed", 0o600)
    lab.drop_capabilities()
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.search-denied-overridden.{type}", type=TYPES, plain=True)
def search_denied_overridden(lab: Lab, type: str) -> None:
    """A directory on the way forbids searching, but the caller has CAP_DAC_OVERRIDE.

    The capability overrides the permission of a directory as well (generic_permission() in
    fs/namei.c).
    """
    lab.need_capability("CAP_DAC_OVERRIDE")
    lab.mkdir("closed")
    listener = lab.unix_listener(type, "closed/socket")
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.chmod("closed", 0o600)
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("unix.file-not-writable", plain=True)
def file_not_writable(lab: Lab) -> None:
    """The path names a regular file that the caller may not write.

    Two things are wrong; unix_find_bsd() asks for the permission first.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.file("file", 0o400)
    lab.drop_capabilities()
    lab.observe(lab.connect(lab.unix_socket(), unix("file")))

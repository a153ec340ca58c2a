"""Families other than UNIX and Internet: netlink, packet, XDP, VSOCK."""

from __future__ import annotations

from manproof.lab import Lab, anything, condition
from manproof.lab.constants import (
    AF_NETLINK,
    AF_PACKET,
    AF_UNKNOWN,
    AF_UNSPEC,
    AF_VSOCK,
    AF_XDP,
    SOCK_DGRAM,
    SOCK_RAW,
    SOCK_STREAM,
)

NOT_CONNECTABLE = {
    "packet": (AF_PACKET, SOCK_RAW),
    "packet-dgram": (AF_PACKET, SOCK_DGRAM),
    "xdp": (AF_XDP, SOCK_RAW),
}


@condition("netlink.kernel", plain=True)
def netlink_kernel(lab: Lab) -> None:
    """A netlink socket connects to the kernel, which has port 0.

    netlink_connect() notes the destination and binds the socket, if it is not bound.
    """
    lab.no_control("it is the control of the others")
    lab.observe(lab.connect(lab.fresh("netlink"), lab.live("netlink").address))


@condition("netlink.{what}", what={"port": (1, 0), "group": (0, 1)}, plain=True)
def netlink_other(lab: Lab, what: tuple[int, int]) -> None:
    """A netlink socket connects to a port or to a multicast group, without CAP_NET_ADMIN.

    netlink_allowed() with NL_CFG_F_NONROOT_SEND in netlink_connect().
    """
    lab.control(lab.connect(lab.fresh("netlink"), lab.live("netlink").address))
    lab.drop_capabilities("CAP_NET_ADMIN")
    lab.observe(lab.connect(lab.fresh("netlink"), lab.netlink(*what)))


@condition("netlink.{what}-privileged", what={"port": (1, 0), "group": (0, 1)})
def netlink_other_privileged(lab: Lab, what: tuple[int, int]) -> None:
    """A netlink socket connects to a port or to a multicast group, with CAP_NET_ADMIN.

    The capability counts in the user namespace of the network namespace; nobody need have the port.
    """
    lab.control(lab.connect(lab.fresh("netlink"), lab.live("netlink").address))
    lab.observe(lab.connect(lab.fresh("netlink"), lab.netlink(*what)))


@condition("family.not-connectable.{kind}", kind=NOT_CONNECTABLE)
def not_connectable(lab: Lab, kind: tuple[int, int]) -> None:
    """The family knows no connect() at all.

    sock_no_connect() in net/core/sock.c.
    """
    lab.no_control("no address can be right")
    family, number = kind
    lab.observe(lab.connect(lab.socket(family, number), anything(family, bytes(18))))


@condition("vsock.short-address")
def vsock_short(lab: Lab) -> None:
    """The address for a socket of AF_VSOCK is one byte too short.

    vsock_addr_cast() in net/vmw_vsock/vsock_addr.c.
    """
    lab.no_control("a right address would be answered outside of this machine")
    sock = lab.socket(AF_VSOCK, SOCK_STREAM)
    lab.observe(lab.connect(sock, anything(AF_VSOCK, bytes(13))))


@condition(
    "vsock.{family}",
    family={"unspec": AF_UNSPEC, "wrong-family": AF_UNKNOWN, "netlink": AF_NETLINK},
)
def vsock_family(lab: Lab, family: int) -> None:
    """The address for a socket of AF_VSOCK has another family.

    vsock_addr_cast() in net/vmw_vsock/vsock_addr.c; AF_UNSPEC means nothing here.
    """
    lab.no_control("a right address would be answered outside of this machine")
    sock = lab.socket(AF_VSOCK, SOCK_STREAM)
    lab.observe(lab.connect(sock, anything(family, bytes(14))))

"""Policies: Landlock, IPsec, SELinux."""

from __future__ import annotations

from manproof.lab import Lab, condition

BOTH = ("ipv4", "ipv6")


@condition("landlock.{protocol}.{family}", protocol=("tcp", "mptcp", "udp"), family=BOTH, plain=True)
def landlock(lab: Lab, protocol: str, family: str) -> None:
    """Landlock forbids the process to connect to TCP ports.

    hook_socket_connect() in security/landlock/net.c (since Linux 6.7) looks at sockets of TCP.
    """
    peer = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer.address))
    lab.landlock(ports=True)
    lab.observe(lab.connect(lab.inet_socket(protocol, family), peer.address))


@condition("landlock.unspec.{state}", state=("fresh", "connected"), plain=True)
def landlock_unspec(lab: Lab, state: str) -> None:
    """Landlock forbids the process to connect to TCP ports, and it dissolves an association.

    AF_UNSPEC is let through: it connects to nothing.
    """
    listener = lab.listener()
    socks = {"fresh": lab.inet_socket("tcp"), "connected": lab.connected("tcp.ipv4", listener)}
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.landlock(ports=True)
    lab.observe(lab.connect(socks[state], lab.unspec()))


@condition("landlock.short-address", plain=True)
def landlock_short_address(lab: Lab) -> None:
    """Landlock forbids the process to connect to TCP ports, and the address is too short.

    Which of two reasons is reported.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.landlock(ports=True)
    lab.observe(lab.connect(lab.inet_socket("tcp"), lab.sized(listener.address, "short")))


@condition("landlock.wrong-family", plain=True)
def landlock_wrong_family(lab: Lab) -> None:
    """Landlock forbids the process to connect to TCP ports, and the family is a wrong one.

    Which of two reasons is reported.
    """
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.landlock(ports=True)
    lab.observe(lab.connect(lab.inet_socket("tcp"), lab.inet("ipv6", "::1", listener.port)))


@condition("landlock.abstract.{type}", type=("stream", "dgram", "seqpacket"), plain=True)
def landlock_abstract(lab: Lab, type: str) -> None:
    """A Landlock scope separates the process from the abstract socket.

    LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET (since Linux 6.12), hook_unix_stream_connect() and
    hook_unix_may_send() in security/landlock/task.c. The socket was made before the process
    restricted itself.
    """
    listener = lab.abstract_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.landlock(scoped=True)
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))


@condition("landlock.pathname", plain=True)
def landlock_pathname(lab: Lab) -> None:
    """A Landlock scope separates the process from a socket with a pathname.

    The scope is about abstract names only.
    """
    listener = lab.unix_listener()
    lab.control(lab.connect(lab.unix_socket(), listener.address))
    lab.landlock(scoped=True)
    lab.observe(lab.connect(lab.unix_socket(), listener.address))


@condition("policy.xfrm-block.{protocol}.{family}", protocol=("tcp", "udp", "mptcp"), family=BOTH)
def xfrm_block(lab: Lab, protocol: str, family: str) -> None:
    """An IPsec policy blocks what goes to the peer.

    xfrm_lookup_with_ifid() in net/xfrm/xfrm_policy.c, when the route is looked up.
    """
    lab.silent_device()
    peer = lab.listener("udp", family)
    lab.control(lab.connect(lab.inet_socket("udp", family), lab.inet(family, lab.far[family], peer.port)))
    lab.ip(f"xfrm policy add dst {lab.far[family]} dir out action block")
    lab.observe(lab.connect(lab.inet_socket(protocol, family), lab.inet(family, lab.far[family], peer.port)))


@condition("policy.xfrm-block-own-address.{family}", family=BOTH)
def xfrm_block_own_address(lab: Lab, family: str) -> None:
    """An IPsec policy blocks an address that is the machine's own.

    net.ipv4.conf.lo.disable_xfrm takes loopback out of the policies of IPv4; IPv6 has no such
    switch.
    """
    peer = lab.own_address("tcp", family)
    lab.control(lab.connect(lab.inet_socket("tcp", family), peer))
    lab.ip(f"xfrm policy add dst {lab.far[family]} dir out action block")
    lab.observe(lab.connect(lab.inet_socket("tcp", family), peer))


@condition("policy.xfrm-no-state.{protocol}.{family}", protocol=("tcp", "udp"), family=BOTH)
def xfrm_no_state(lab: Lab, protocol: str, family: str) -> None:
    """An IPsec policy demands ESP for what goes to the peer, and there is no security association.

    xfrm_state_find() asks the key managers; nobody answers.
    """
    lab.silent_device()
    lab.no_neighbour_patience()
    peer = lab.listener("udp", family)
    lab.control(lab.connect(lab.inet_socket("udp", family), lab.inet(family, lab.far[family], peer.port)))
    lab.ip(f"xfrm policy add dst {lab.far[family]} dir out tmpl proto esp mode transport")
    lab.observe(
        lab.connect(lab.patient_socket(protocol, family), lab.inet(family, lab.far[family], peer.port))
    )


@condition("policy.selinux", plain=True)
def selinux(lab: Lab) -> None:
    """A policy of SELinux forbids the connection.

    selinux_socket_connect() in security/selinux/hooks.c. Needs a kernel that enforces such a
    policy, and one that denies this very call.
    """
    lab.no_control("a policy cannot be set up by a probe")
    lab.need_selinux()

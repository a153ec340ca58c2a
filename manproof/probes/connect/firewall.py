"""Packet filters of the machine itself: what they drop, and what they reject with which answer."""

from __future__ import annotations

from manproof.lab import Lab, condition

BOTH = ("ipv4", "ipv6")
HOOKS = ("output", "input")
PROTOCOLS = ("tcp", "udp")
# The answers that nft knows, by the name of the condition: the family, and nft's words.
ICMP = {
    f"icmp-{code}": ("ipv4", f"reject with icmp type {code}")
    for code in (
        "net-unreachable",
        "host-unreachable",
        "prot-unreachable",
        "port-unreachable",
        "net-prohibited",
        "host-prohibited",
        "admin-prohibited",
    )
}
ICMPV6 = {
    f"icmpv6-{code}": ("ipv6", f"reject with icmpv6 type {code}")
    for code in (
        "no-route",
        "admin-prohibited",
        "addr-unreachable",
        "port-unreachable",
        "policy-fail",
        "reject-route",
    )
}
RESETS = {
    "tcp-reset.ipv4": ("ipv4", "reject with tcp reset"),
    "tcp-reset.ipv6": ("ipv6", "reject with tcp reset"),
}
ANSWERS = {**ICMP, **ICMPV6, **RESETS}


@condition(
    "firewall.{hook}-drop.{protocol}.{family}",
    hook=HOOKS,
    protocol=PROTOCOLS,
    family=BOTH,
    slow=True,
)
def drop(lab: Lab, hook: str, protocol: str, family: str) -> None:
    """A packet filter of this machine drops the packets to the peer.

    On the way out nf_hook_slow() gives an error, which tcp_connect() passes over: the SYN is
    repeated until time runs out. connect() of UDP sends nothing.
    """
    peer = lab.listener(protocol, family)
    lab.control(lab.connect(lab.inet_socket(protocol, family), peer.address))
    lab.filter(hook, protocol, "drop")
    lab.observe(lab.connect(lab.patient_socket(protocol, family), peer.address))


@condition("firewall.{hook}-drop-nonblocking.{family}", hook=HOOKS, family=BOTH)
def drop_nonblocking(lab: Lab, hook: str, family: str) -> None:
    """A packet filter drops the SYN, and the socket is nonblocking.

    An error on the way out is not connect()'s.
    """
    peer = lab.listener("tcp", family)
    lab.control(lab.connect(lab.inet_socket("tcp", family), peer.address))
    lab.filter(hook, "tcp", "drop")
    lab.observe(lab.connect(lab.inet_socket("tcp", family, nonblocking=True), peer.address))


@condition("firewall.{hook}-reject.{answer}", hook=HOOKS, answer=ANSWERS, slow=True)
def reject(lab: Lab, hook: str, answer: tuple[str, str]) -> None:
    """A packet filter of this machine rejects the SYN with an ICMP error or a reset.

    The error comes while connect() holds the socket, and is kept as a soft one; the one for the SYN
    that is repeated after a second counts (tcp_v4_err(), tcp_v6_err()). A reset counts at once.
    """
    family, verdict = answer
    peer = lab.listener("tcp", family)
    lab.control(lab.connect(lab.inet_socket("tcp", family), peer.address))
    lab.filter(hook, "tcp", verdict)
    lab.observe(lab.connect(lab.patient_socket("tcp", family), peer.address))


@condition(
    "firewall.output-reject-nonblocking.{answer}",
    answer={
        "icmp": ANSWERS["icmp-admin-prohibited"],
        "icmpv6": ANSWERS["icmpv6-admin-prohibited"],
        "tcp-reset": ANSWERS["tcp-reset.ipv4"],
    },
    slow=True,
)
def reject_nonblocking(lab: Lab, answer: tuple[str, str]) -> None:
    """A packet filter rejects the SYN of a nonblocking socket.

    SO_ERROR tells the reason later.
    """
    family, verdict = answer
    peer = lab.listener("tcp", family)
    lab.control(lab.connect(lab.inet_socket("tcp", family), peer.address))
    lab.filter("output", "tcp", verdict)
    sock = lab.patient_socket("tcp", family, nonblocking=True)
    lab.connect(sock, peer.address)
    lab.observe(lab.so_error(sock))


@condition(
    "firewall.output-reject-mptcp.{answer}",
    answer={"icmp": ANSWERS["icmp-admin-prohibited"], "tcp-reset": ANSWERS["tcp-reset.ipv4"]},
    slow=True,
)
def reject_mptcp(lab: Lab, answer: tuple[str, str]) -> None:
    """A packet filter rejects the SYN of a socket of MPTCP.

    The error of the first subflow is the connection's.
    """
    family, verdict = answer
    peer = lab.listener("mptcp", family)
    lab.control(lab.connect(lab.inet_socket("mptcp", family), peer.address))
    lab.filter("output", "tcp", verdict)
    sock = lab.inet_socket("mptcp", family)
    lab.send_timeout(sock, 20)
    lab.observe(lab.connect(sock, peer.address))


@condition("firewall.answer-drop.{family}", family=BOTH, slow=True)
def answer_drop(lab: Lab, family: str) -> None:
    """A packet filter drops the peer's answer, the SYN-ACK.

    For the one who waits this is as if the peer were silent.
    """
    peer = lab.listener("tcp", family)
    lab.control(lab.connect(lab.inet_socket("tcp", family), peer.address))
    lab.filter("input", "syn-ack", "drop")
    sock = lab.inet_socket("tcp", family)
    lab.patient(sock, 1)
    lab.observe(lab.connect(sock, peer.address))

"""What the packets of the peer or of a router can do to a connection that is being made.

The probe plays the peer at the far end of a TUN device. TCP gives up after 2.2 s, so that answers
which the kernel passes over end in a timeout that is soon.
"""

from __future__ import annotations

from manproof.lab import Lab, condition

BOTH = ("ipv4", "ipv6")
# Unreachable has codes 0 to 15 (RFC 792, 1122, 1812), time exceeded two, parameter problem three.
ICMP = {
    f"{kind}-{code}": (kind, code)
    for kind, codes in (
        (3, range(16)),
        (4, range(1)),
        (5, range(1)),
        (11, range(2)),
        (12, range(3)),
    )
    for code in codes
}
# RFC 4443: unreachable, codes 0 to 7, packet too big, time exceeded, parameter problem.
ICMPV6 = {
    f"{kind}-{code}": (kind, code)
    for kind, codes in ((1, range(8)), (2, range(1)), (3, range(2)), (4, range(4)))
    for code in codes
}
SEGMENTS = {
    "rst": ("RA", 0),
    "rst-without-ack": ("R", 0),
    "rst-wrong-ack": ("RA", 1000),
    "ack-wrong": ("A", 1000),
    "ack-right": ("A", 0),
    "fin": ("FA", 0),
    "syn-ack-wrong": ("SA", 1000),
    "syn": ("S", 0),
    "syn-rst": ("SRA", 0),
    "none": ("", 0),
}


@condition("peer.{segment}.{family}", segment=SEGMENTS, family=BOTH, slow=True)
def segment(lab: Lab, segment: tuple[str, int], family: str) -> None:
    """The peer answers the SYN with a segment that is no SYN-ACK.

    tcp_rcv_synsent_state_process() judges it (RFC 9293, section 3.10.7.3). In the control the peer
    answers SYN-ACK.
    """
    flags, wrong = segment
    tun = lab.tun(family)
    peer = lab.inet(family, lab.far[family], 80)
    lab.answer_tcp(tun, "SA")
    lab.control(lab.connect(lab.inet_socket("tcp", family), peer))
    lab.answer_tcp(tun, flags, wrong)
    lab.observe(lab.connect(lab.patient_socket("tcp", family), peer))


@condition("peer.icmp-{message}", message=ICMP, slow=True)
def icmp(lab: Lab, message: tuple[int, int]) -> None:
    """The SYN is answered with an ICMP error of a type and a code.

    icmp_err_convert[] in net/ipv4/icmp.c translates the codes of type 3; tcp_v4_err() decides what
    counts.
    """
    kind, code = message
    tun = lab.tun()
    peer = lab.inet("ipv4", lab.far["ipv4"], 80)
    lab.answer_tcp(tun, "SA")
    lab.control(lab.connect(lab.inet_socket("tcp"), peer))
    lab.answer_icmp(tun, kind, code)
    lab.observe(lab.connect(lab.patient_socket("tcp"), peer))


@condition("peer.icmpv6-{message}", message=ICMPV6, slow=True)
def icmpv6(lab: Lab, message: tuple[int, int]) -> None:
    """The SYN is answered with an ICMPv6 error of a type and a code.

    tab_unreach[] and icmpv6_err_convert() in net/ipv6/icmp.c translate them; tcp_v6_err() decides
    what counts.
    """
    kind, code = message
    tun = lab.tun("ipv6")
    peer = lab.inet("ipv6", lab.far["ipv6"], 80)
    lab.answer_tcp(tun, "SA")
    lab.control(lab.connect(lab.inet_socket("tcp", "ipv6"), peer))
    lab.answer_icmp(tun, kind, code, 1280)
    lab.observe(lab.connect(lab.patient_socket("tcp", "ipv6"), peer))


@condition("peer.nonblocking-{what}", what={"rst": ("tcp", 0, 0), "icmp-3-1": ("icmp", 3, 1)}, slow=True)
def nonblocking(lab: Lab, what: tuple[str, int, int]) -> None:
    """The SYN of a nonblocking socket is answered with a reset or an ICMP error.

    SO_ERROR tells the reason later.
    """
    tun = lab.tun()
    peer = lab.inet("ipv4", lab.far["ipv4"], 80)
    lab.answer_tcp(tun, "SA")
    lab.control(lab.connect(lab.inet_socket("tcp"), peer))
    lab.answer_with(tun, *what)
    sock = lab.patient_socket("tcp", nonblocking=True)
    lab.connect(sock, peer)
    lab.observe(lab.so_error(sock))


@condition("tcp.silent-peer.tun.{family}", family=BOTH)
def silent(lab: Lab, family: str) -> None:
    """The peer's answers to the SYN acknowledge a wrong number, and TCP_USER_TIMEOUT is short.

    The shortest way to a timeout: the strange answer makes the kernel repeat the SYN at once
    (tcp_rcv_synsent_state_process()), and TCP_USER_TIMEOUT is one millisecond.
    """
    tun = lab.tun(family)
    peer = lab.inet(family, lab.far[family], 80)
    lab.answer_tcp(tun, "SA")
    lab.control(lab.connect(lab.inet_socket("tcp", family), peer))
    lab.answer_tcp(tun, "A", 1000)
    sock = lab.inet_socket("tcp", family)
    lab.patient(sock, 1)
    lab.observe(lab.connect(sock, peer))


@condition("peer.then-rst-again.{family}", family=BOTH)
def reset_again(lab: Lab, family: str) -> None:
    """The peer has reset a first attempt; the same socket tries again, and the peer accepts.

    After a failure the socket is as good as new.
    """
    tun = lab.tun(family)
    peer = lab.inet(family, lab.far[family], 80)
    lab.answer_tcp(tun, "SA")
    lab.control(lab.connect(lab.inet_socket("tcp", family), peer))
    lab.answer_tcp(tun, "RA")
    sock = lab.patient_socket("tcp", family)
    lab.connect(sock, peer)
    lab.answer_tcp(tun, "SA")
    lab.observe(lab.connect(sock, peer))

"""Five hard ones."""
from manproof.lab import *
from manproof.lab import condition, Lab, AF_UNIX, SHUT_RDWR

@condition("unix.write-denied.{type}", type=("stream", "dgram"), plain=True)
def write_denied(lab, type):
    """The caller may not write to the socket's file.

    More.
    """
    listener = lab.unix_listener(type)
    lab.control(lab.connect(lab.unix_socket(type), listener.address))
    lab.chmod("socket", 0)
    lab.drop_capabilities()
    lab.observe(lab.connect(lab.unix_socket(type), listener.address))

@condition("tcp.interrupted", plain=True)
def interrupted(lab):
    """A signal."""
    lab.control(lab.connect(lab.inet_socket("tcp"), lab.listener().address))
    full = lab.full_listener()
    sock = lab.inet_socket("tcp")
    lab.interrupts()
    lab.observe(lab.connect(sock, full.address))

@condition("tcp.silent.tun")
def silent(lab):
    """Silent."""
    tun = lab.tun()
    peer = lab.inet("ipv4", "198.51.100.2", 80)
    lab.answer_tcp(tun, "SA")
    lab.control(lab.connect(lab.inet_socket("tcp"), peer))
    lab.answer_tcp(tun, "A", 1000)
    sock = lab.inet_socket("tcp")
    lab.setsockopt(sock, IPPROTO_TCP, TCP_USER_TIMEOUT, 1)
    lab.observe(lab.connect(sock, peer))

@condition("tcp.other-thread-shuts", plain=True)
def shut(lab):
    """Other thread."""
    lab.control(lab.connect(lab.inet_socket("tcp"), lab.listener().address))
    full = lab.full_listener()
    sock = lab.inet_socket("tcp")
    lab.when_asleep(lab.shutdown, sock, SHUT_RDWR)
    lab.observe(lab.connect(sock, full.address))

@condition("firewall.reject")
def reject(lab):
    """Filter."""
    listener = lab.listener()
    lab.control(lab.connect(lab.inet_socket("tcp"), listener.address))
    lab.output_filter("tcp flags syn", "reject with icmp type admin-prohibited")
    lab.observe(lab.connect(lab.inet_socket("tcp"), listener.address))

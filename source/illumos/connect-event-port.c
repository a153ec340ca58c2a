/* For illumos: connects over TCP, and waits with an event port. */

#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <port.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reads an address; one of IPv4 becomes an IPv4-mapped one. */
static int
read_address(const char *text, struct in6_addr *address)
{
    struct in_addr v4;
    int found = inet_pton(AF_INET6, text, address);

    if (found == 0) {
        found = inet_pton(AF_INET, text, &v4);
        memset(address, 0, sizeof (*address));
        memset(&address->s6_addr[10], 0xff, 2);
        memcpy(&address->s6_addr[12], &v4, sizeof (v4));
    }
    if (found == -1)
        perror("inet_pton");
    else if (found == 0)
        fprintf(stderr, "%s: no IPv4 or IPv6 address\n", text);
    return (found == 1 ? 0 : -1);
}

/* Reads the number of a port, in decimal. */
static int
read_port(const char *text, in_port_t *port)
{
    char *end;
    long number;

    errno = 0;
    number = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' ||
        number < 1 || number > UINT16_MAX) {
        fprintf(stderr, "%s: no port\n", text);
        return (-1);
    }
    *port = htons((uint16_t)number);
    return (0);
}

/* Waits for the end of an attempt; returns 0, or why it failed. */
static int
outcome(int eport, int sock)
{
    port_event_t event;
    int error;
    socklen_t size = sizeof (error);

    if (port_associate(eport, PORT_SOURCE_FD, (uintptr_t)sock,
        POLLOUT, NULL) == -1)
        return (errno);
    while (port_get(eport, &event, NULL) == -1) {
        if (errno != EINTR)
            return (errno);
    }
    assert(event.portev_source == PORT_SOURCE_FD);
    assert(event.portev_object == (uintptr_t)sock);
    if (getsockopt(sock, SOL_SOCKET, SO_ERROR, &error, &size) == -1)
        return (errno);
    return (error);
}

int
main(int argc, char *argv[])
{
    struct sockaddr_in6 peer;
    struct sockaddr *name = (struct sockaddr *)&peer;
    int eport, sock, error = 0;

    if (argc != 3) {
        fprintf(stderr, "usage: %s address port\n", argv[0]);
        return (1);
    }
    memset(&peer, 0, sizeof (peer));
    peer.sin6_family = AF_INET6;
    if (read_address(argv[1], &peer.sin6_addr) == -1 ||
        read_port(argv[2], &peer.sin6_port) == -1)
        return (1);
    sock = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (sock == -1) {
        perror("socket");
        return (1);
    }
    eport = port_create();
    if (eport == -1) {
        perror("port_create");
        close(sock);
        return (1);
    }
    if (connect(sock, name, sizeof (peer)) == -1) {
        error = errno;
        if (error == EINPROGRESS || error == EINTR)
            error = outcome(eport, sock);
    }
    if (error == 0)
        puts("connected");      /* sock can be used here */
    else
        fprintf(stderr, "connect: %s\n", strerror(error));
    close(eport);
    close(sock);
    return (error != 0);
}

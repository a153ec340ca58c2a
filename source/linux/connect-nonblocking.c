/* Connects to a TCP server, waiting up to 5 s for each address. */

#include <err.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* Waits for the end of an attempt; returns 0, or why it failed. */
static int outcome(int fd, int milliseconds)
{
    int ready, error;
    socklen_t size = sizeof(error);
    struct pollfd pfd = { .fd = fd, .events = POLLOUT };

    do
        ready = poll(&pfd, 1, milliseconds);
    while (ready == -1 && errno == EINTR);
    if (ready == 0)
        return ETIMEDOUT;
    if (ready == 1)
        ready = getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return ready == -1 ? errno : error;
}

int main(int argc, char *argv[])
{
    int fd, error;
    struct addrinfo *list, *ai;
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM };

    if (argc != 3)
        errx(EXIT_FAILURE, "usage: %s host port", argv[0]);
    error = getaddrinfo(argv[1], argv[2], &hints, &list);
    if (error != 0)
        errx(EXIT_FAILURE, "%s: %s", argv[1], gai_strerror(error));
    for (ai = list; ai != NULL; ai = ai->ai_next) {
        fd = socket(ai->ai_family, SOCK_STREAM | SOCK_NONBLOCK, 0);
        if (fd == -1)
            err(EXIT_FAILURE, "socket");
        error = 0;
        if (connect(fd, ai->ai_addr, ai->ai_addrlen) == -1)
            error = errno == EINPROGRESS ? outcome(fd, 5000) : errno;
        if (error == 0)
            break;
        close(fd);          /* a new attempt needs a new socket */
    }
    errno = error;
    if (error != 0)
        err(EXIT_FAILURE, "%s", argv[1]);
    puts("connected");      /* fd is nonblocking still */
}

/* Connects to a TCP server, waiting up to 5 s for each address. */

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Waits for the end of an attempt; returns 0, or why it failed. */
static int
outcome(int fd, int milliseconds)
{
    int            ready, error;
    socklen_t      size = sizeof(error);
    struct pollfd  pfd = { .fd = fd, .events = POLLOUT };

    do
        ready = poll(&pfd, 1, milliseconds);
    while (ready == -1 && errno == EINTR);

    if (ready == 0)
        return ETIMEDOUT;
    if (ready == -1)
        return errno;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == -1)
        return errno;
    return error;
}

/* Returns a connected socket, or -1 and errno. */
static int
connect_to(const struct addrinfo *ai, int milliseconds)
{
    int  fd, error = 0;

    fd = socket(ai->ai_family, ai->ai_socktype | SOCK_NONBLOCK,
                ai->ai_protocol);
    if (fd == -1)
        return -1;

    if (connect(fd, ai->ai_addr, ai->ai_addrlen) == -1)
        error = errno;
    if (error == EINPROGRESS)
        error = outcome(fd, milliseconds);
    if (error == 0)
        return fd;

    close(fd);                  /* a new attempt needs a new socket */
    errno = error;
    return -1;
}

int
main(int argc, char *argv[])
{
    int              fd = -1, problem;
    struct addrinfo  *list, *ai, hints = { .ai_socktype = SOCK_STREAM };

    if (argc != 3) {
        fprintf(stderr, "usage: %s host port\n", argv[0]);
        exit(EXIT_FAILURE);
    }
    problem = getaddrinfo(argv[1], argv[2], &hints, &list);
    if (problem != 0) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(problem));
        exit(EXIT_FAILURE);
    }
    for (ai = list; ai != NULL && fd == -1; ai = ai->ai_next)
        fd = connect_to(ai, 5000);
    if (fd == -1) {
        fprintf(stderr, "%s: %s\n", argv[1], strerror(errno));
        exit(EXIT_FAILURE);
    }
    freeaddrinfo(list);
    puts("connected");          /* fd is nonblocking still */
    close(fd);
}

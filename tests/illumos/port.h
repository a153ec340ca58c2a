/*
 * Stands in for <port.h> of illumos, with the names that our example uses and epoll(7) below them,
 * so that the program can be compiled and run here; see port_create(3C) and port_associate(3C).
 */
#ifndef PORT_H
#define PORT_H

#include <stdint.h>
#include <sys/epoll.h>
#include <time.h>

#define PORT_SOURCE_FD 4

typedef struct port_event {
    int portev_events;
    uint16_t portev_source;
    uint16_t portev_pad;
    uintptr_t portev_object;
    void *portev_user;
} port_event_t;

static inline int port_create(void)
{
    return epoll_create1(0);
}

/* An association serves for one event, as EPOLLONESHOT does. */
static inline int port_associate(int port, int source, uintptr_t object, int events, void *user)
{
    struct epoll_event wanted = { .events = (uint32_t)events | EPOLLONESHOT, .data.u64 = object };

    (void)user;
    return source == PORT_SOURCE_FD ? epoll_ctl(port, EPOLL_CTL_ADD, (int)object, &wanted) : -1;
}

static inline int port_get(int port, port_event_t *event, struct timespec *timeout)
{
    struct epoll_event found;
    int number = epoll_wait(port, &found, 1, timeout ? (int)(timeout->tv_sec * 1000) : -1);

    if (number != 1)
        return -1;
    *event = (port_event_t){ .portev_events = (int)found.events, .portev_source = PORT_SOURCE_FD,
        .portev_object = (uintptr_t)found.data.u64 };
    return 0;
}

#endif

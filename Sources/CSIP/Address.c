#include "CSIP.h"

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static bool write_figures(const struct sockaddr *address, socklen_t length, char *text, size_t size)
{
    return !getnameinfo(address, length, text, size, NULL, 0, NI_NUMERICHOST);
}

// The kernel chooses the source by its routes; nothing is sent.
static int source_towards(const struct addrinfo *target, char *local, size_t size)
{
    int descriptor = socket(target->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return errno;
    struct sockaddr_storage source;
    socklen_t length = sizeof(source);
    int failure = 0;
    if (connect(descriptor, target->ai_addr, target->ai_addrlen)
        || getsockname(descriptor, (struct sockaddr *)&source, &length))
        failure = errno;
    else if (!write_figures((struct sockaddr *)&source, length, local, size))
        failure = EAFNOSUPPORT;
    close(descriptor);
    return failure;
}

int kk_sip_look_up(
    const char *host, uint16_t port, char *remote, char *local, size_t size)
{
    struct addrinfo hints = {.ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    char service[6];
    snprintf(service, sizeof(service), "%u", port);
    if (getaddrinfo(host, service, &hints, &found)) return ENOENT;
    int failure = ENETUNREACH;
    for (const struct addrinfo *one = found; one && failure; one = one->ai_next) {
        failure = source_towards(one, local, size);
        if (!failure && !write_figures(one->ai_addr, one->ai_addrlen, remote, size))
            failure = EAFNOSUPPORT;
    }
    freeaddrinfo(found);
    return failure;
}

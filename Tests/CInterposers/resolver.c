// A name look-up that hangs for as long as a test wants, as one does when a DNS server is out of reach.

#define _GNU_SOURCE
#include "CInterposers.h"

#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>

static const char held_domain[] = ".held.invalid";
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t released = PTHREAD_COND_INITIALIZER;
static int holds;

void hold_lookups(void) {
    pthread_mutex_lock(&mutex);
    holds++;
    pthread_mutex_unlock(&mutex);
}

void release_lookups(void) {
    pthread_mutex_lock(&mutex);
    holds--;
    pthread_cond_broadcast(&released);
    pthread_mutex_unlock(&mutex);
}

static int is_held(const char *name) {
    size_t length = name ? strlen(name) : 0;
    size_t suffix = sizeof(held_domain) - 1;
    return length >= suffix && strcmp(name + length - suffix, held_domain) == 0;
}

// libcurl calls this one: the program's symbols come before those of the libraries it loads.
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    if (is_held(name)) {
        pthread_mutex_lock(&mutex);
        while (holds > 0) pthread_cond_wait(&released, &mutex);
        pthread_mutex_unlock(&mutex);
        return EAI_NONAME;
    }
    typedef int lookup(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    lookup *next = (lookup *)dlsym(RTLD_NEXT, "getaddrinfo");
    return next ? next(name, service, hints, result) : EAI_FAIL;
}

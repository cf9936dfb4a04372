// Name look-ups as tests want them: one that hangs, as it does when a DNS server is out of reach, and names whose addresses
// change.

#define _GNU_SOURCE
#include "CInterposers.h"

#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
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

struct name {
    char name[64];
    char addresses[64];
};
static struct name names[16];
static int name_count;

void set_addresses(const char *name, const char *addresses) {
    pthread_mutex_lock(&mutex);
    int place = 0;
    while (place < name_count && strcmp(names[place].name, name) != 0) place++;
    if (place < 16) {
        if (place == name_count) name_count++;
        snprintf(names[place].name, sizeof(names[place].name), "%s", name);
        snprintf(names[place].addresses, sizeof(names[place].addresses), "%s", addresses);
    }
    pthread_mutex_unlock(&mutex);
}

typedef int lookup(const char *, const char *, const struct addrinfo *, struct addrinfo **);

// The look-ups of the addresses of a name that a test set, joined to one list.
static int look_up_all(lookup *next, const char *addresses, const char *service, const struct addrinfo *hints,
                       struct addrinfo **result) {
    char copy[64];
    snprintf(copy, sizeof(copy), "%s", addresses);
    struct addrinfo *first = NULL, **end = &first;
    char *rest = NULL;
    for (char *address = strtok_r(copy, ",", &rest); address; address = strtok_r(NULL, ",", &rest)) {
        int failure = next(address, service, hints, end);
        if (failure) {
            if (first) freeaddrinfo(first);
            return failure;
        }
        while (*end) end = &(*end)->ai_next;
    }
    *result = first;
    return first ? 0 : EAI_NONAME;
}

// libcurl calls this one: the program's symbols come before those of the libraries it loads.
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    if (is_held(name)) {
        pthread_mutex_lock(&mutex);
        while (holds > 0) pthread_cond_wait(&released, &mutex);
        pthread_mutex_unlock(&mutex);
        return EAI_NONAME;
    }
    lookup *next = (lookup *)dlsym(RTLD_NEXT, "getaddrinfo");
    if (!next) return EAI_FAIL;
    char addresses[64] = "";
    pthread_mutex_lock(&mutex);
    for (int place = 0; name && place < name_count; place++) {
        if (strcmp(names[place].name, name) == 0) memcpy(addresses, names[place].addresses, sizeof(addresses));
    }
    pthread_mutex_unlock(&mutex);
    return addresses[0] ? look_up_all(next, addresses, service, hints, result) : next(name, service, hints, result);
}

/* The clocks of a process, moved as a file says, which may change at any time: preload this library and name the file in
   MOVED_CLOCK_FILE.

   - scripts/proofs/crash_test.py lets the wall clock jump: the file's first number is added to it.
   - scripts/lib/virtual_clock.py lets the wall clock and the machine's uptime go faster, so that days pass in a minute. Sleeps
     that are timed by the uptime, as Dispatch's are, then are as much shorter. CLOCK_MONOTONIC stays as it is.

   libfaketime does more, and sets an environment variable at its start: after that a Swift program finds no arguments. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { paces = 64, files = 65536, second = 1000000000 };

/* From the uptime `since` on, when the uptime was `ahead` already, `rate` moved seconds pass in a real one, until it is
   ahead by `most`; then the pace is the real one. */
struct pace {
    int64_t since, ahead, rate, most; /* nanoseconds */
};

static const volatile struct {
    int64_t wall; /* milliseconds */
    int64_t current; /* 0: the real pace; else the pace with that number. A pace is written before it is current. */
    struct pace paces[paces];
} *moved;

/* Whether a file is a timer by the uptime. */
static volatile char timers[files];

__attribute__((constructor)) static void open_file(void) {
    const char *path = getenv("MOVED_CLOCK_FILE");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, sizeof *moved, PROT_READ, MAP_SHARED, file, 0);
    if (page != MAP_FAILED) moved = page;
    close(file);
}

static int64_t nanoseconds(struct timespec time) { return time.tv_sec * (int64_t)second + time.tv_nsec; }

static struct timespec timespec(int64_t nanoseconds) {
    int64_t rest = (nanoseconds % second + second) % second;
    return (struct timespec){.tv_sec = (nanoseconds - rest) / second, .tv_nsec = rest};
}

static int64_t real(clockid_t clock) {
    struct timespec time = {0};
    syscall(SYS_clock_gettime, clock, &time);
    return nanoseconds(time);
}

static struct pace current_pace(void) {
    int64_t current = moved ? moved->current : 0;
    struct pace normal = {.since = 0, .ahead = 0, .rate = 1, .most = 0};
    return current > 0 && current <= paces ? moved->paces[current - 1] : normal;
}

static int64_t ahead(struct pace pace, int64_t uptime) {
    int64_t ahead = pace.ahead + (uptime - pace.since) * (pace.rate - 1);
    return ahead < pace.most ? ahead : pace.most;
}

/* What of a wait is left in real time: the first part passes at the pace, what is beyond its end in real time. Without the
   second part a process would wake hundreds of times a second once the pace has ended. */
static int64_t real_wait(struct pace pace, int64_t uptime, int64_t wait) {
    if (wait <= 0) return 0;
    if (pace.rate <= 1) return wait;
    int64_t fast = (pace.most - ahead(pace, uptime)) / (pace.rate - 1);
    return wait / pace.rate < fast ? wait / pace.rate : wait - fast * (pace.rate - 1);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    if (result != 0 || !moved) return result;
    int isWall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    if (!isWall && clock != CLOCK_BOOTTIME) return result;
    struct pace pace = current_pace();
    int64_t now = nanoseconds(*time) + (isWall ? moved->wall * 1000000 : 0);
    if (pace.since) now += ahead(pace, real(CLOCK_BOOTTIME));
    *time = timespec(now);
    return result;
}

int timerfd_create(int clock, int flags) {
    int file = (int)syscall(SYS_timerfd_create, clock, flags);
    if (file >= 0 && file < files) timers[file] = clock == CLOCK_BOOTTIME;
    return file;
}

int timerfd_settime(int file, int flags, const struct itimerspec *new, struct itimerspec *old) {
    struct itimerspec until = *new;
    struct pace pace = current_pace();
    if (pace.since && file >= 0 && file < files && timers[file] && (flags & TFD_TIMER_ABSTIME)
        && nanoseconds(until.it_value) > 0) {
        int64_t now = real(CLOCK_BOOTTIME);
        int64_t wait = nanoseconds(until.it_value) - now - ahead(pace, now);
        until.it_value = timespec(now + real_wait(pace, now, wait));
    }
    return (int)syscall(SYS_timerfd_settime, file, flags, &until, old);
}

int gettimeofday(struct timeval *restrict value, void *restrict zone) {
    struct timespec time;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &time);
    value->tv_sec = time.tv_sec;
    value->tv_usec = time.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}

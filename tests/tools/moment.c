/* Moves the clock of every process that has this library in LD_PRELOAD, by MOVED_BY seconds, or by
 * what stands in the file that MOVED_IN names (eight bytes), which may change while it runs.
 *
 * What tells the time of day is moved, and so are the times of files, which are compared with it.
 * What measures how long something takes (the monotonic clocks) is left alone: servers must wait,
 * and time out, as they always do. libfaketime moves both or stumbles over Python's sleep.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>

static time_t moved_by(void)
{
    static time_t seconds;
    static volatile const long long *shared;
    static int known;
    if (!known) {
        const char *said = getenv("MOVED_BY"), *in = getenv("MOVED_IN");
        int file = in ? open(in, O_RDONLY | O_CLOEXEC) : -1;
        void *there = file < 0 ? MAP_FAILED : mmap(0, 8, PROT_READ, MAP_SHARED, file, 0);
        if (there != MAP_FAILED) shared = there;
        seconds = said ? atoll(said) : 0;
        known = 1;
    }
    return shared ? (time_t)*shared : seconds;
}

/* The function that this one stands in front of. */
#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static int tells_the_day(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    REAL(clock_gettime);
    int fault = real(clock, now);
    if (!fault && tells_the_day(clock)) now->tv_sec += moved_by();
    return fault;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    REAL(gettimeofday);
    int fault = real(now, zone);
    if (!fault && now) now->tv_sec += moved_by();
    return fault;
}

time_t time(time_t *kept)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (kept) *kept = now.tv_sec;
    return now.tv_sec;
}

int timespec_get(struct timespec *now, int base)
{
    return clock_gettime(CLOCK_REALTIME, now) ? 0 : base;
}

/* Sleeping and waiting until a time of day is until the real one. */
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *until, struct timespec *left)
{
    REAL(clock_nanosleep);
    struct timespec when = *until;
    if ((flags & TIMER_ABSTIME) && tells_the_day(clock)) when.tv_sec -= moved_by();
    return real(clock, flags, &when, left);
}

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until)
{
    REAL(sem_timedwait);
    struct timespec when = *until;
    when.tv_sec -= moved_by();
    return real(semaphore, &when);
}

#define MOVED(found) \
    if (!fault) { \
        found->st_atim.tv_sec += moved_by(); \
        found->st_mtim.tv_sec += moved_by(); \
        found->st_ctim.tv_sec += moved_by(); \
    } \
    return fault

#define BY_NAME(name, kind) \
    int name(const char *restrict path, struct kind *restrict found) \
    { REAL(name); int fault = real(path, found); MOVED(found); }
#define BY_NUMBER(name, kind) \
    int name(int file, struct kind *found) \
    { REAL(name); int fault = real(file, found); MOVED(found); }
#define BELOW(name, kind) \
    int name(int folder, const char *restrict path, struct kind *restrict found, int flags) \
    { REAL(name); int fault = real(folder, path, found, flags); MOVED(found); }

BY_NAME(stat, stat)
BY_NAME(lstat, stat)
BY_NUMBER(fstat, stat)
BELOW(fstatat, stat)
BY_NAME(stat64, stat64)
BY_NAME(lstat64, stat64)
BY_NUMBER(fstat64, stat64)
BELOW(fstatat64, stat64)

/* What is written into a file's times is moved back, so that it is read as it was written. */
int utimensat(int folder, const char *path, const struct timespec times[2], int flags)
{
    REAL(utimensat);
    if (!times) return real(folder, path, times, flags);
    struct timespec back[2] = {times[0], times[1]};
    for (int n = 0; n < 2; n++)
        if (back[n].tv_nsec != UTIME_NOW && back[n].tv_nsec != UTIME_OMIT)
            back[n].tv_sec -= moved_by();
    return real(folder, path, back, flags);
}

int futimens(int file, const struct timespec times[2])
{
    REAL(futimens);
    if (!times) return real(file, times);
    struct timespec back[2] = {times[0], times[1]};
    for (int n = 0; n < 2; n++)
        if (back[n].tv_nsec != UTIME_NOW && back[n].tv_nsec != UTIME_OMIT)
            back[n].tv_sec -= moved_by();
    return real(file, back);
}

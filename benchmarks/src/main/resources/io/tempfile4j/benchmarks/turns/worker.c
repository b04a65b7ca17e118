/*
 * The yardstick: what the works take in C. See Worker.java for what it is told and what it answers.
 *
 *   cc -O2 -pthread -o worker worker.c && ./worker fewest|same|rm
 *
 * fewest  the fewest system calls that do it: by path, with nothing checked
 * same    the calls of tempfile4j: what was made; what is there to be removed
 * rm      removes trees, by starting rm -rf
 * Names come from the system's random bytes, 512 at a time for each thread, as those of tempfile4j.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MASK (STATX_TYPE | STATX_MODE | STATX_INO | STATX_SIZE | STATX_BTIME)
#define TARGET "target-of-c"

extern char **environ;
static const char content[4096];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void random_name(char *name) {
    static __thread unsigned char pool[512];
    static __thread size_t used = sizeof pool;
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    memcpy(name, "tmp", 3);
    for (int i = 3; i < 15; i++) {
        unsigned char byte;
        do {
            if (used == sizeof pool) {
                if (getrandom(pool, sizeof pool, 0) != (ssize_t) sizeof pool) fail("getrandom");
                used = 0;
            }
            byte = pool[used++];
        } while (byte >= 252);
        name[i] = alphabet[byte % 36];
    }
    name[15] = 0;
}

static void nameless(const char *directory, int at, int look) {
    (void) at;
    struct statx status;
    int fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) fail("open");
    if (look && statx(fd, "", AT_EMPTY_PATH, MASK, &status) != 0) fail("statx");
    if (close(fd) != 0) fail("close");
}

static void named(const char *directory) {
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/", directory);
    random_name(path + length);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) fail("open");
    if (close(fd) != 0) fail("close");
    if (unlink(path) != 0) fail("unlink");
}

static void named_same(const char *directory, int at) {
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/", directory);
    const char *name = path + length;
    struct statx status;
    random_name(path + length);
    int fd = openat(AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) fail("openat");
    if (statx(fd, "", AT_EMPTY_PATH, MASK, &status) != 0) fail("statx");
    if (statx(at, name, AT_SYMLINK_NOFOLLOW, MASK, &status) != 0) fail("statx");
    if (unlinkat(at, name, 0) != 0) fail("unlinkat");
    if (close(fd) != 0) fail("close");
}

static void persist(const char *directory) {
    char path[4096], target[4096];
    int length = snprintf(path, sizeof path, "%s/", directory);
    snprintf(target, sizeof target, "%s/" TARGET, directory);
    random_name(path + length);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) fail("open");
    if (write(fd, content, sizeof content) != sizeof content) fail("write");
    if (fchmod(fd, 0644) != 0) fail("fchmod");
    if (rename(path, target) != 0) fail("rename");
    if (close(fd) != 0) fail("close");
}

static void persist_same(const char *directory, int at) {
    char target[4096], source[4096], name[16];
    struct statx status;
    random_name(name);
    snprintf(target, sizeof target, "%s/" TARGET, directory);
    snprintf(source, sizeof source, "%s/%s", directory, name);
    int fd = openat(AT_FDCWD, source, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) fail("openat");
    if (statx(fd, "", AT_EMPTY_PATH, MASK, &status) != 0) fail("statx");
    if (write(fd, content, sizeof content) != sizeof content) fail("write");
    if (statx(AT_FDCWD, target, AT_SYMLINK_NOFOLLOW, STATX_ALL, &status) != 0 && errno != ENOENT) fail("statx");
    if (statx(AT_FDCWD, source, AT_SYMLINK_NOFOLLOW, STATX_ALL, &status) != 0) fail("statx");
    if (fchmod(fd, 0644) != 0) fail("fchmod");
    if (statx(at, name, AT_SYMLINK_NOFOLLOW, MASK, &status) != 0) fail("statx");
    if (renameat(at, name, AT_FDCWD, target) != 0) fail("renameat");
    if (close(fd) != 0) fail("close");
}

static void directory_fewest(const char *directory) {
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/", directory);
    random_name(path + length);
    if (mkdir(path, 0700) != 0) fail("mkdir");
    if (rmdir(path) != 0) fail("rmdir");
}

static void directory_same(const char *directory, int at) {
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/", directory);
    const char *name = path + length;
    struct statx status;
    random_name(path + length);
    if (mkdirat(AT_FDCWD, path, 0700) != 0) fail("mkdirat");
    if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, MASK, &status) != 0) fail("statx");
    if (statx(at, name, AT_SYMLINK_NOFOLLOW, MASK, &status) != 0) fail("statx");
    if (unlinkat(at, name, AT_REMOVEDIR) != 0) fail("unlinkat");
}

/* What is there to be replaced, and the modes of a new file, are all that is looked at in both. */
static void replace(const char *directory) {
    char path[4096], target[4096];
    int length = snprintf(path, sizeof path, "%s/", directory);
    snprintf(target, sizeof target, "%s/" TARGET, directory);
    random_name(path + length);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (fd < 0) fail("open");
    if (write(fd, content, sizeof content) != sizeof content) fail("write");
    if (fsync(fd) != 0) fail("fsync");
    if (rename(path, target) != 0) fail("rename");
    if (close(fd) != 0) fail("close");
    int parent = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent < 0 || fsync(parent) != 0 || close(parent) != 0) fail("fsync");
}

static void rm(const char *tree) {
    char *arguments[] = {"rm", "-rf", (char *) tree, NULL};
    pid_t pid;
    int status;
    if (posix_spawnp(&pid, "rm", NULL, NULL, arguments, environ) != 0) fail("rm");
    if (waitpid(pid, &status, 0) != pid || status != 0) fail("rm");
}

static int same;

struct job {
    const char *work, *directory;
    int at;
    long operations;
};

static int knows(const char *mode, const char *work) {
    if (strcmp(mode, "rm") == 0) return strcmp(work, "remove") == 0;
    if (strcmp(work, "replace") == 0) return !same;
    return strcmp(work, "nameless") == 0 || strcmp(work, "named") == 0 || strcmp(work, "directory") == 0
            || strcmp(work, "persist") == 0;
}

static void *run(void *argument) {
    const struct job *job = argument;
    const char *work = job->work, *directory = job->directory;
    for (long i = 0; i < job->operations; i++) {
        if (strcmp(work, "nameless") == 0) nameless(directory, job->at, same);
        else if (strcmp(work, "remove") == 0) rm(directory);
        else if (strcmp(work, "replace") == 0) replace(directory);
        else if (strcmp(work, "named") == 0) same ? named_same(directory, job->at) : named(directory);
        else if (strcmp(work, "persist") == 0) same ? persist_same(directory, job->at) : persist(directory);
        else same ? directory_same(directory, job->at) : directory_fewest(directory);
    }
    return NULL;
}

int main(int count, char **arguments) {
    static char work[64], directory[4096], target[4200];
    pthread_t started[64];
    int threads;
    struct job job = {work, directory, -1, 0};
    if (count != 2) {
        fprintf(stderr, "usage: worker fewest|same|rm\n");
        return 2;
    }
    same = strcmp(arguments[1], "same") == 0;
    while (scanf("%63s %4095s %d %ld", work, directory, &threads, &job.operations) == 4) {
        if (!knows(arguments[1], work) || threads > 64) {
            puts("?");
            fflush(stdout);
            continue;
        }
        job.at = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (job.at < 0) fail(directory);
        struct timespec from, to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        if (threads == 1) {
            run(&job);
        } else {
            for (int i = 0; i < threads; i++)
                if (pthread_create(&started[i], NULL, run, &job) != 0) fail("pthread_create");
            for (int i = 0; i < threads; i++) pthread_join(started[i], NULL);
        }
        clock_gettime(CLOCK_MONOTONIC, &to);
        close(job.at);
        snprintf(target, sizeof target, "%s/" TARGET, directory);
        unlink(target);
        printf("%.0f\n", (to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec));
        fflush(stdout);
    }
    return 0;
}

/*
 * What tempfile4j does to make and remove a file, in C: the yardstick of PairedCreate, which compiles and runs it.
 *
 *   cc -O2 -o create create.c && ./create KIND DIRECTORY OPERATIONS
 *
 * Prints the nanoseconds of one operation, mean. KIND is one of
 *   nameless        open(O_TMPFILE), close
 *   nameless-same   the same with the statx that sees what the umask took
 *   named           open(O_CREAT | O_EXCL), close, unlink: what nobody checks
 *   named-same      the calls of tempfile4j: the directory is still the one at the path; what was made; what is removed
 *   persist         open(O_CREAT | O_EXCL), fchmod to the mode of any new file, rename over the target, close
 *   persist-same    the calls of tempfile4j: also what is at the target, what the file is now, whether it is what was made
 * Names come from the system's random bytes, 512 at a time, as those of tempfile4j.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MASK (STATX_TYPE | STATX_MODE | STATX_INO | STATX_SIZE | STATX_BTIME)

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void random_name(char *name) {
    static unsigned char pool[512];
    static size_t used = sizeof pool;
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

static void nameless(const char *directory, int look) {
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
    char name[16];
    struct statx status;
    random_name(name);
    if (statx(AT_FDCWD, directory, 0, MASK, &status) != 0) fail("statx");
    int fd = openat(at, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) fail("openat");
    if (statx(fd, "", AT_EMPTY_PATH, MASK, &status) != 0) fail("statx");
    if (statx(at, name, AT_SYMLINK_NOFOLLOW, MASK, &status) != 0) fail("statx");
    if (unlinkat(at, name, 0) != 0) fail("unlinkat");
    if (close(fd) != 0) fail("close");
}

static void persist(const char *directory) {
    char path[4096], target[4096];
    int length = snprintf(path, sizeof path, "%s/", directory);
    snprintf(target, sizeof target, "%s/target", directory);
    random_name(path + length);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) fail("open");
    if (fchmod(fd, 0644) != 0) fail("fchmod");
    if (rename(path, target) != 0) fail("rename");
    if (close(fd) != 0) fail("close");
}

static void persist_same(const char *directory, int at) {
    char target[4096], source[4096], name[16];
    struct statx status;
    random_name(name);
    snprintf(target, sizeof target, "%s/target", directory);
    snprintf(source, sizeof source, "%s/%s", directory, name);
    if (statx(AT_FDCWD, directory, 0, MASK, &status) != 0) fail("statx");
    int fd = openat(at, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) fail("openat");
    if (statx(fd, "", AT_EMPTY_PATH, MASK, &status) != 0) fail("statx");
    if (statx(AT_FDCWD, target, AT_SYMLINK_NOFOLLOW, STATX_ALL, &status) != 0 && errno != ENOENT) fail("statx");
    if (statx(AT_FDCWD, source, AT_SYMLINK_NOFOLLOW, STATX_ALL, &status) != 0) fail("statx");
    if (fchmod(fd, 0644) != 0) fail("fchmod");
    if (statx(AT_FDCWD, directory, 0, MASK, &status) != 0) fail("statx");
    if (statx(AT_FDCWD, directory, 0, MASK, &status) != 0) fail("statx");
    if (statx(at, name, AT_SYMLINK_NOFOLLOW, MASK, &status) != 0) fail("statx");
    if (renameat(at, name, at, "target") != 0) fail("renameat");
    if (close(fd) != 0) fail("close");
}

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "usage: create KIND DIRECTORY OPERATIONS\n");
        return 2;
    }
    const char *kind = arguments[1], *directory = arguments[2];
    long operations = atol(arguments[3]);
    int at = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (at < 0) fail(directory);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (long i = 0; i < operations; i++) {
        if (strcmp(kind, "nameless") == 0) nameless(directory, 0);
        else if (strcmp(kind, "nameless-same") == 0) nameless(directory, 1);
        else if (strcmp(kind, "named") == 0) named(directory);
        else if (strcmp(kind, "persist") == 0) persist(directory);
        else if (strcmp(kind, "persist-same") == 0) persist_same(directory, at);
        else named_same(directory, at);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.1f\n", ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / operations);
    return 0;
}

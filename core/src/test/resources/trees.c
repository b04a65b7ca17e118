/*
 * What tests of removal need and Java cannot do: trees beyond PATH_MAX, names that are no text, an attacker who is
 * quick. Compiled by the tests where there is a C compiler.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Not every C library has it. */
#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE 2
#endif

static void die(const char *what) {
    perror(what);
    exit(1);
}

/* A chain of so many directories, each with a name of so many letters, a file in every hundredth of them. */
static void deep(const char *root, long levels, int length) {
    char name[256] = {0};
    memset(name, 'd', (size_t) length);
    if (chdir(root)) die(root);
    for (long i = 0; i < levels; i++) {
        if (mkdir(name, 0700) || chdir(name)) die("deep");
        if (i % 100 == 0) close(creat("file", 0600));
    }
}

/* So many empty files. */
static void flat(const char *root, long files) {
    char name[32];
    if (chdir(root)) die(root);
    for (long i = 0; i < files; i++) {
        snprintf(name, sizeof name, "entry-%ld", i);
        int fd = creat(name, 0600);
        if (fd < 0) die("flat");
        close(fd);
    }
}

static volatile sig_atomic_t stopped;

static void stop(int signal) {
    (void) signal;
    stopped = 1;
}

/*
 * Swaps each of the directories for a link to the victim, all the time, for as long as it is there; says how often it
 * could. Within one parent: a directory of others cannot leave its own. By a handle of the parent: where that is swapped
 * itself, the attacker would change the victim.
 */
static void attack(const char *victim, int count, char **targets) {
    char parent[4096], link[4096];
    long swaps = 0;
    signal(SIGTERM, stop);
    puts("ready");
    fflush(stdout);
    for (long i = 0; !stopped; i++) {
        const char *target = targets[i % count];
        const char *name = strrchr(target, '/') + 1;
        snprintf(parent, sizeof parent, "%.*s", (int) (name - target - 1), target);
        snprintf(link, sizeof link, "%s-link", name);
        int in = open(parent, O_PATH | O_DIRECTORY | O_NOFOLLOW);
        if (in < 0) continue;
        struct stat found;
        if (!fstatat(in, name, &found, AT_SYMLINK_NOFOLLOW) && S_ISDIR(found.st_mode)
                && (!symlinkat(victim, in, link) || errno == EEXIST)
                && !syscall(SYS_renameat2, in, link, in, name, RENAME_EXCHANGE)) {
            swaps++;
        }
        close(in);
    }
    printf("%ld\n", swaps);
}

int main(int argc, char **argv) {
    const char *what = argc > 1 ? argv[1] : "";
    if (argc == 5 && !strcmp(what, "deep")) {
        deep(argv[2], atol(argv[3]), atoi(argv[4]));
    } else if (argc == 4 && !strcmp(what, "flat")) {
        flat(argv[2], atol(argv[3]));
    } else if (argc > 3 && !strcmp(what, "attack")) {
        attack(argv[2], argc - 3, argv + 3);
    } else {
        return 2;
    }
    return 0;
}

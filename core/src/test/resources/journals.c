/*
 * Another user who waits for what root creates in a directory of theirs, and exchanges it at once. Compiled by
 * JournalAttackTest.
 *
 *   journals exchange DIRECTORY DECOY    exchanges each new entry for the decoy
 *   journals link DIRECTORY VICTIM       puts a symbolic link to the victim in place of each new entry
 *
 * Prints "ready", and a line for each entry that it saw.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef RENAME_EXCHANGE
#define RENAME_EXCHANGE 2
#endif

int main(int argc, char **argv) {
    if (argc != 4 || chdir(argv[2])) return 1;
    int events = inotify_init1(IN_CLOEXEC);
    if (events < 0 || inotify_add_watch(events, ".", IN_CREATE) < 0) return 1;
    puts("ready");
    fflush(stdout);
    char buffer[64 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
    ssize_t size;
    while ((size = read(events, buffer, sizeof buffer)) > 0) {
        for (char *at = buffer; at < buffer + size;) {
            struct inotify_event *event = (struct inotify_event *) at;
            at += sizeof *event + event->len;
            if (!event->len || strstr(event->name, "-mine")) continue;
            if (!strcmp(argv[1], "exchange")) {
                syscall(SYS_renameat2, AT_FDCWD, event->name, AT_FDCWD, argv[3], RENAME_EXCHANGE);
            } else {
                char moved[NAME_MAX + 8];
                snprintf(moved, sizeof moved, "%s-mine", event->name);
                rename(event->name, moved);
                if (symlink(argv[3], event->name)) continue;
            }
            printf("saw %s\n", event->name);
            fflush(stdout);
        }
    }
    return 0;
}

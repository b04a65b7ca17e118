/*
 * The protocol of decision 11 as a model for Spin: journal, lock, creation, removal and reaping. `.ci/model` checks it.
 *
 * Two owners and two reapers run at the same time. Each may be killed before any of its steps. A step is one system call,
 * or one store into the mapped journal. A killed reaper starts again as another process: any number of reapers is tried,
 * two at a time. In the end one more reaper runs alone, with all directories visible, and the model looks at what is left.
 *
 * Checked:
 *   - nothing live is removed: no reaper removes an entry or a journal of a process that is alive;
 *   - no journal is deleted while it records an entry that exists;
 *   - nothing dead is forgotten: the last reaper leaves no entry, but one that nobody can recognize and that stays on record;
 *   - no deadlock.
 *
 * The model takes for granted what the system promises:
 *   - the lock of a file is lost with its process, and when the process closes any descriptor of the file;
 *   - a descriptor stays with its inode when the name is gone;
 *   - a store into a mapping outlives its process; the state of a record is stored last, so that a record is whole or free;
 *   - no two journals, and no two entries with a random name, get the same name.
 * An owner works through an open handle of the directory of its entries, whatever is mounted over its path.
 *
 * Options:
 *   -DSHARED_PROCESS   the first reaper runs in the process of the first owner, as it does in a JVM
 *   -DJOURNALS=4       both owners try a second name for their journal, not only the first: four times as large
 *   -DMUTATE_NAME      a mistake on purpose, of which Spin must find the consequence
 */

#ifdef MUTATE_OPEN_CREATES
#define GENERATIONS 2
#else
#define GENERATIONS 1
#endif

/* How many names an owner tries for its journal. */
#define NAMES 2

/* The second owner has fewer names: 3 instead of 4 make the model a quarter as large. */
#ifndef JOURNALS
#define JOURNALS 3
#endif
#define INODES (JOURNALS * GENERATIONS)

/* Processes: 0 and 1 own, 2 and 3 reap, 4 is the last reaper. */
#define OWNERS 2
#define LAST 4
#define PROCESSES 5
#define NOBODY 7

/* State of a record. */
#define FREE 0
#define REGISTERED 1
#define LIVE 2

#define NONE 15

bool alive[PROCESSES] = true;

/* The private directory of the journals. */
bool directory;

/* Which inode a journal's path leads to. */
byte at[JOURNALS] = NONE;

/* Inodes of journals. */
/* Scratch of atomic blocks; 0 outside them. */
byte scratch;

byte lockedBy[INODES] = NOBODY;
bool written[INODES];           /* has a header; an empty file otherwise */
byte state[INODES];             /* of the one record */
byte opened[INODES];            /* how many descriptors */
bool shortName[INODES];         /* what it records: the entry with the short name, which others may use, too */

/* Which inode an owner relies on; a journal is its own from then on. */
byte journalOf[OWNERS] = NONE;

/* Entries: one for each owner with a random name, and one with a short name that both use. */
bool exists[OWNERS];
byte shortNameIsOf = NOBODY;

/* How many have ended: owners, and reapers that nobody started again. */
byte ended;

#define ownerOf(journal) ((journal) / NAMES)
#define inodeJournal(inode) ((inode) % JOURNALS)

#define entryExists(inode) \
    ((!shortName[inode] && exists[ownerOf(inodeJournal(inode))]) \
     || (shortName[inode] && shortNameIsOf == ownerOf(inodeJournal(inode))))

/* An inode without name and descriptor is gone. */
inline forget(inode) {
    if
    :: opened[inode] == 0 && at[inodeJournal(inode)] != inode ->
        written[inode] = false;
        state[inode] = FREE;
        shortName[inode] = false
    :: else
    fi
}

inline open(fd, inode) {
    fd = inode;
    opened[fd]++
}

/* Closing any descriptor of a file gives back the process's lock of it. A killed process closes all. */
inline close(process, fd) {
    if
    :: fd != NONE ->
        if
        :: lockedBy[fd] == process -> lockedBy[fd] = NOBODY
        :: else
        fi;
        opened[fd]--;
        forget(fd);
        fd = NONE
    :: else
    fi
}

inline unlink(journal) {
    if
    :: at[journal] != NONE ->
        /* No journal is deleted that records an entry that exists. */
        assert(!(written[at[journal]] && state[at[journal]] != FREE && entryExists(at[journal])));
        scratch = at[journal];
        at[journal] = NONE;
        forget(scratch);
        scratch = 0
    :: else
    fi
}

#if JOURNALS == 4
#define NO_JOURNAL (at[0] == NONE && at[1] == NONE && at[2] == NONE && at[3] == NONE)
#else
#define NO_JOURNAL (at[0] == NONE && at[1] == NONE && at[2] == NONE)
#endif

inline removeDirectoryIfEmpty() {
    if
    :: NO_JOURNAL -> directory = false
    :: else
    fi
}

/* One step of a process that is alive; or it is killed instead. */
#define STEP(operation) \
    if \
    :: atomic { alive[me] -> operation } \
    :: atomic { me != LAST -> goto killed } \
    fi

proctype Owner(byte me) {
    byte name;
    byte fd = NONE;

#define JOURNAL (me * NAMES + name)

    /* JournalFile.createIn, tryToCreate */
makeDirectory:
    STEP(directory = true);
    STEP(
        if
        :: directory -> at[JOURNAL] = JOURNAL
        :: else -> goto makeDirectory       /* the last process has just removed it */
        fi
    );
    STEP(
        if
        :: at[JOURNAL] != NONE -> open(fd, at[JOURNAL])
#ifdef MUTATE_OPEN_CREATES
        :: at[JOURNAL] == NONE && directory -> at[JOURNAL] = JOURNAL + JOURNALS; open(fd, at[JOURNAL])
        :: at[JOURNAL] == NONE && !directory -> goto nextName
#else
        :: else -> goto nextName            /* a reaper has deleted it */
#endif
        fi
    );
    STEP(
        if
        :: lockedBy[fd] == NOBODY -> lockedBy[fd] = me
        :: else -> goto nextName
        fi
    );
    STEP(
        if
#ifdef MUTATE_NO_CHECK_AFTER_LOCK
        :: true
#else
        :: at[JOURNAL] != NONE
        :: else -> goto nextName
#endif
        fi
    );
    STEP(
        written[fd] = true;
        journalOf[me] = fd
    );

work:
    /* LivingEntry: planned, create, made, remove, clear */
    STEP(
        if
        :: goto endOfProgram
        :: shortName[fd] = false
        :: shortName[fd] = true
        fi;
#ifndef MUTATE_RECORDED_AFTER_CREATION
        state[fd] = REGISTERED
#endif
    );
    STEP(
        if
        :: !shortName[fd] -> exists[me] = true
        :: shortName[fd] && shortNameIsOf == NOBODY -> shortNameIsOf = me
        :: goto clear                       /* the name is taken, the disk is full, ... */
        fi
    );
    STEP(state[fd] = LIVE);
#ifdef MUTATE_CLEARED_BEFORE_REMOVAL
    STEP(state[fd] = FREE);
#endif
#ifdef MUTATE_OWNER_UNLOCKS_FIRST
    STEP(lockedBy[fd] = NOBODY);
#endif
    STEP(
        if
        :: !shortName[fd] -> exists[me] = false
        :: shortName[fd] && shortNameIsOf == me -> shortNameIsOf = NOBODY
        :: else
        fi
    );
clear:
    STEP(
        state[fd] = FREE;
        shortName[fd] = false;
        goto work
    );

nextName:
    STEP(
        close(me, fd);
        name++;
        if
        :: name < NAMES && JOURNAL < JOURNALS -> goto makeDirectory
        :: else -> goto done                /* without a journal nothing is promised */
        fi
    );

endOfProgram:
    /* JournalFile.delete */
    STEP(
        unlink(JOURNAL);
        journalOf[me] = NONE
    );
    STEP(close(me, fd));
    STEP(removeDirectoryIfEmpty());

done:
killed:
    atomic {
        alive[me] = false;
        close(me, fd);
        journalOf[me] = NONE;
        name = 0;
        ended++
    }
}

/*
 * The directory of the entries is unmounted and mounted, or renamed and renamed back, at any time until the last reaper runs.
 * Only single steps of reapers look at its path, so each of them may find it or not.
 */
#define VISIBLE true
#define HIDDEN me != LAST

proctype Reaper(byte me) {
    byte journal;
    byte fd = NONE;

    /* Reaper.reapIn: what the directory lists, in any order, any number of times; the last reaper looks at each once. */
next:
    if
    :: atomic {
        alive[me] && journal < JOURNALS ->
        if
        :: me == LAST
        :: me != LAST -> journal = 0
        :: me != LAST -> journal = 1
        :: me != LAST -> journal = 2
#if JOURNALS == 4
        :: me != LAST -> journal = 3
#endif
        fi;
        if
        :: at[journal] == NONE -> goto nextJournal
#ifdef MUTATE_OWN_JOURNAL_KNOWN_LATE
        :: at[journal] != NONE && me < OWNERS && journalOf[me % OWNERS] == at[journal] -> goto nextJournal
#else
#ifndef MUTATE_OWN_JOURNAL_OPENED
        /* OwnJournals.contain: known before the file is created */
        :: at[journal] != NONE && ownerOf(journal) == me -> goto nextJournal
#endif
#endif
        :: else -> open(fd, at[journal])
        fi
    }
    :: atomic { alive[me] && me != LAST && directory -> removeDirectoryIfEmpty(); goto next }
    :: atomic { me != LAST || journal == JOURNALS -> goto done }
    fi;
    STEP(
        if
#ifdef MUTATE_NO_LOCK
        :: true
#else
        :: lockedBy[fd] == NOBODY -> lockedBy[fd] = me
#ifdef MUTATE_OWN_JOURNAL_KNOWN_LATE
        /* OwnJournals.keepOpen: what the process has locked is never closed */
        :: lockedBy[fd] == me -> opened[fd]--; fd = NONE; goto nextJournal
#endif
        :: else -> goto closeJournal
#endif
        fi
    );
    STEP(
        if
        :: at[journal] != NONE
        :: else -> goto closeJournal
        fi
    );
    /* reapDead */
    STEP(
        if
        :: written[fd] && state[fd] != FREE
        :: else -> goto deleteJournal
        fi
    );
#ifdef MUTATE_JOURNAL_DELETED_FIRST
    STEP(at[journal] = NONE);
#endif

    /* One entry: its directory is opened, and is the one recorded; then the name is looked up in what was opened. */
#if !defined(MUTATE_NO_PARENT_CHECK) && !defined(MUTATE_PARENT_CHECKED_BY_PATH)
    STEP(
        if
        :: VISIBLE
        :: HIDDEN -> goto closeJournal      /* stays on record */
        fi
    );
#endif
    STEP(
        if
        :: state[fd] == REGISTERED && shortName[fd] && shortNameIsOf != NOBODY ->
            /* Killed before it recorded what it had created: nobody can tell whose it is. */
#ifdef MUTATE_DOUBT_IS_DROPPED
            goto deleteJournal
#else
            goto closeJournal               /* stays on record */
#endif
#ifdef MUTATE_NO_IDENTITY
        :: state[fd] == LIVE && shortName[fd] && shortNameIsOf != NOBODY
#endif
        :: entryExists(fd)
#ifdef MUTATE_NO_PARENT_CHECK
        :: HIDDEN -> goto deleteJournal
#endif
#ifdef MUTATE_PARENT_CHECKED_BY_PATH
        :: HIDDEN -> goto checkParent
        :: else -> goto checkParent
#else
        :: else -> goto deleteJournal       /* gone, or something else is there */
#endif
        fi
    );
    STEP(
        scratch = ownerOf(inodeJournal(fd));
        if
        :: shortName[fd] ->
            assert(shortNameIsOf == NOBODY || !alive[shortNameIsOf]);
            shortNameIsOf = NOBODY
        :: else ->
            assert(!alive[scratch]);
            exists[scratch] = false
        fi;
        scratch = 0
    );
    goto deleteJournal;

#ifdef MUTATE_PARENT_CHECKED_BY_PATH
checkParent:
    STEP(
        if
        :: VISIBLE -> goto deleteJournal
        :: HIDDEN -> goto closeJournal
        fi
    );
#endif

deleteJournal:
#ifdef MUTATE_REAPER_UNLOCKS_FIRST
    STEP(lockedBy[fd] = NOBODY);
#endif
    STEP(
        /* No reaper deletes the journal of an owner that is alive. */
        assert(at[journal] == NONE
            || !alive[ownerOf(journal)] || journalOf[ownerOf(journal)] != at[journal]);
        unlink(journal)
    );
closeJournal:
    STEP(
        close(me, fd);
        goto nextJournal
    );

killed:
    atomic {
        alive[me] = false;
        close(me, fd);
        if
        :: me >= OWNERS -> alive[me] = true
        :: else
        fi;
        goto nextJournal
    };

nextJournal:
    atomic {
        if
        :: me == LAST -> journal++
        :: else -> journal = 0
        fi;
        goto next
    };

done:
    atomic {
        if
        :: me == LAST ->
            assert(!exists[0] && !exists[1]);
            /* What nobody can recognize is still on record. */
            journal = 0;
            do
            :: shortNameIsOf == NOBODY -> break
            :: shortNameIsOf != NOBODY ->
                if
                :: ownerOf(journal) != shortNameIsOf || at[journal] == NONE -> journal++
                :: else -> assert(shortName[at[journal]] && state[at[journal]] == REGISTERED); break
                fi;
                assert(journal < JOURNALS)
            od
        :: else -> ended++
        fi
    }
}

init {
    atomic {
        run Owner(0);
        run Owner(1);
#ifdef SHARED_PROCESS
        run Reaper(0);
#else
        run Reaper(2);
#endif
        run Reaper(3)
    };
    ended == 4;
    run Reaper(LAST)
}

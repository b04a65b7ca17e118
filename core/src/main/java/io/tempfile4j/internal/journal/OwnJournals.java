package io.tempfile4j.internal.journal;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The journals whose locks this process holds: its own, and those of other copies of this library, in other class loaders.
 * To close any descriptor of one gives back the lock by which others know that this process is alive.
 *
 * <p>A journal is registered before it is created: a reaper in this process that opened it in between would close it again.
 * All copies see that, since each journal is a system property of its own.
 */
final class OwnJournals {

    private static final String PROPERTY = "io.tempfile4j.journal.";

    /** Those of other copies that were not registered. */
    private static final Set<Path> COPIES = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("UnusedVariable") // is there to be referred to
    private static final Set<FileChannel> NEVER_CLOSED = ConcurrentHashMap.newKeySet();

    private OwnJournals() {}

    /** Registers a journal that is about to be created; its name is random, and no other journal's. */
    static void register(Path journal) {
        System.setProperty(property(journal), "");
    }

    /** Called when the journal could not be created, or is closed for good. */
    static void unregister(Path journal) {
        System.clearProperty(property(journal));
    }

    private static String property(Path journal) {
        return PROPERTY + journal.getFileName();
    }

    /** Whether it is one of them, which must not be opened. */
    static boolean contain(Path journal) {
        if (System.getProperty(property(journal)) != null) {
            return true;
        }
        for (JournalFile own : JournalFile.own()) {
            if (own.path().equals(journal)) {
                return true;
            }
        }
        return COPIES.contains(journal);
    }

    /** Takes over what was opened before it turned out that another copy has locked it. */
    static void keepOpen(Path journal, FileChannel ofCopy) {
        COPIES.add(journal);
        NEVER_CLOSED.add(ofCopy);
    }
}

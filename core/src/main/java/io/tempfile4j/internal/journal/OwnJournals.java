package io.tempfile4j.internal.journal;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The journals whose locks this process holds: its own, and those of other copies of this library, in other class loaders.
 * To close any descriptor of one gives back the lock by which others know that this process is alive.
 */
final class OwnJournals {

    /** Those of other copies. */
    private static final Set<Path> COPIES = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("UnusedVariable") // is there to be referred to
    private static final Set<FileChannel> NEVER_CLOSED = ConcurrentHashMap.newKeySet();

    private OwnJournals() {}

    /** Whether it is one of them, which must not be opened. */
    static boolean contain(Path journal) {
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

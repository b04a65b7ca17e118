package io.tempfile4j;

import io.tempfile4j.internal.journal.Orphans;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What dead processes had left behind, and what became of it. Long lists are cut after a thousand entries, the counts are
 * not.
 *
 * @param removed what was removed
 * @param removedCount how much that was
 * @param remaining what could not be removed, and why; the next process tries again
 * @param remainingCount how much that is
 * @param undecided entries that cannot be seen from here, and why: their file system is not mounted, their directory was
 *     renamed, this process must not look at them, or cannot decode their names; they stay on record for a process that can
 * @param undecidedCount how many that are
 * @param skipped journals that could not be read, and why: damaged ones, those of a later version of this library, and
 *     directories that ought to be this user's but are not
 * @see TempSpace#reapOrphans()
 */
public record ReapReport(
        List<Path> removed,
        long removedCount,
        Map<Path, IOException> remaining,
        long remainingCount,
        Map<Path, IOException> undecided,
        long undecidedCount,
        Map<Path, IOException> skipped) {

    /** Copies the collections. */
    public ReapReport {
        removed = List.copyOf(removed);
        remaining = Map.copyOf(remaining);
        undecided = Map.copyOf(undecided);
        skipped = Map.copyOf(skipped);
    }

    static ReapReport of(Orphans orphans) {
        return new ReapReport(
                orphans.removed(),
                orphans.removedCount(),
                byPath(orphans.remaining()),
                orphans.remainingCount(),
                byPath(orphans.undecided()),
                orphans.undecidedCount(),
                byPath(orphans.unreadable()));
    }

    private static Map<Path, IOException> byPath(List<Orphans.Remaining> list) {
        Map<Path, IOException> byPath = new LinkedHashMap<>();
        list.forEach(remaining -> byPath.putIfAbsent(remaining.path(), remaining.cause()));
        return byPath;
    }
}

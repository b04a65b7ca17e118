package io.tempfile4j;

import io.tempfile4j.internal.journal.Reaper;
import io.tempfile4j.internal.lifetime.Counters;
import io.tempfile4j.internal.lifetime.Kind;
import io.tempfile4j.internal.lifetime.Registry;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is alive in a space, and what has happened in it.
 *
 * @param temporaryFiles alive files without a name
 * @param namedTemporaryFiles alive named files
 * @param spooledTemporaryFiles alive spooled files, in memory or not
 * @param temporaryDirectories alive directories
 * @param temporaryPaths alive paths
 * @param knownBytes size of those alive that are open files or in memory; what is in directories, or closed, is not looked
 *     for
 * @param created things made so far
 * @param removed things removed so far, by whatever way
 * @param leaked things that nobody closed, so far, and that were removed because they were garbage
 * @param reaped what dead processes had left and this process has removed; the same for all spaces
 * @param failed removals that failed so far; one thing may have failed several times
 * @param undecided entries of dead processes that the last search of this process for them left on record, because they
 *     cannot be seen from here or nothing tells whose they are; the same for all spaces
 * @see TempSpace#stats()
 */
public record Stats(
        long temporaryFiles,
        long namedTemporaryFiles,
        long spooledTemporaryFiles,
        long temporaryDirectories,
        long temporaryPaths,
        long knownBytes,
        long created,
        long removed,
        long leaked,
        long reaped,
        long failed,
        long undecided) {

    static Stats of(Registry registry) {
        Map<Kind, Long> alive = new EnumMap<>(Kind.class);
        long[] bytes = new long[1];
        registry.forEachAlive(resource -> {
            alive.merge(resource.kind(), 1L, Long::sum);
            bytes[0] += resource.knownSize();
        });
        Counters counters = registry.counters();
        return new Stats(
                alive.getOrDefault(Kind.TEMPORARY_FILE, 0L),
                alive.getOrDefault(Kind.NAMED_TEMPORARY_FILE, 0L),
                alive.getOrDefault(Kind.SPOOLED_TEMPORARY_FILE, 0L),
                alive.getOrDefault(Kind.TEMPORARY_DIRECTORY, 0L),
                alive.getOrDefault(Kind.TEMPORARY_PATH, 0L),
                bytes[0],
                counters.created(),
                counters.removed(),
                counters.leaked(),
                Reaper.reaped(),
                counters.failed(),
                Reaper.undecided());
    }

    /**
     * How much is alive.
     *
     * @return the sum of all kinds
     */
    public long alive() {
        return temporaryFiles + namedTemporaryFiles + spooledTemporaryFiles + temporaryDirectories + temporaryPaths;
    }
}

package io.tempfile4j.internal.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a reaper found; long lists are cut, the counts are not. */
public final class Orphans {

    private static final int LISTED = 1_000;

    private final List<Path> removed = new ArrayList<>();
    private final List<Remaining> remaining = new ArrayList<>();
    private final List<Remaining> undecided = new ArrayList<>();
    private final List<Remaining> forgotten = new ArrayList<>();
    private final List<Remaining> unreadable = new ArrayList<>();
    private long removedCount;
    private long remainingCount;
    private long undecidedCount;
    private long forgottenCount;

    Orphans() {}

    void removed(Path path) {
        removedCount++;
        if (removed.size() < LISTED) {
            removed.add(path);
        }
    }

    void remains(Path path, IOException cause) {
        remainingCount++;
        add(remaining, path, cause);
    }

    void undecided(Path path, IOException cause) {
        undecidedCount++;
        add(undecided, path, cause);
    }

    void forgotten(Path path, IOException cause) {
        forgottenCount++;
        add(forgotten, path, cause);
    }

    void unreadable(Path journal, IOException cause) {
        add(unreadable, journal, cause);
    }

    private static void add(List<Remaining> list, Path path, IOException cause) {
        if (list.size() < LISTED) {
            list.add(new Remaining(path, cause));
        }
    }

    /** What was removed. */
    public List<Path> removed() {
        return List.copyOf(removed);
    }

    /** What could not be removed. */
    public List<Remaining> remaining() {
        return List.copyOf(remaining);
    }

    /** Entries that cannot be seen from here, so that nothing tells whether they are gone; they stay on record. */
    public List<Remaining> undecided() {
        return List.copyOf(undecided);
    }

    /** Entries that were taken off the record on request, although nothing tells whether they are gone. */
    public List<Remaining> forgotten() {
        return List.copyOf(forgotten);
    }

    /** Journals that are damaged, or of a later version. */
    public List<Remaining> unreadable() {
        return List.copyOf(unreadable);
    }

    public long removedCount() {
        return removedCount;
    }

    public long remainingCount() {
        return remainingCount;
    }

    public long undecidedCount() {
        return undecidedCount;
    }

    public long forgottenCount() {
        return forgottenCount;
    }

    /** What is still there, and why. */
    public record Remaining(Path path, IOException cause) {}
}

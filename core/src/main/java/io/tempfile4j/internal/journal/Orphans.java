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
    private final List<Remaining> unreadable = new ArrayList<>();
    private long removedCount;
    private long remainingCount;

    Orphans() {}

    void removed(Path path) {
        removedCount++;
        if (removed.size() < LISTED) {
            removed.add(path);
        }
    }

    void remains(Path path, IOException cause) {
        remainingCount++;
        if (remaining.size() < LISTED) {
            remaining.add(new Remaining(path, cause));
        }
    }

    void unreadable(Path journal, IOException cause) {
        if (unreadable.size() < LISTED) {
            unreadable.add(new Remaining(journal, cause));
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

    /** What is still there, and why. */
    public record Remaining(Path path, IOException cause) {}
}

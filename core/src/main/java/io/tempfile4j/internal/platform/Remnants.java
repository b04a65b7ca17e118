package io.tempfile4j.internal.platform;

import io.tempfile4j.internal.platform.TreeRemovalException.Remnant;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what the removal of one tree has to leave; of a great many only the first and their number. */
final class Remnants {

    private static final int LISTED = 100;

    private final Path root;
    private final List<Remnant> listed = new ArrayList<>();
    private long count;

    Remnants(Path root) {
        this.root = root;
    }

    void add(Path path, IOException cause) {
        count++;
        if (listed.size() < LISTED) {
            listed.add(new Remnant(path, cause));
        }
    }

    /** Why a directory is left that others go on filling. */
    static DirectoryNotEmptyException refilled(Path directory) {
        return new DirectoryNotEmptyException(directory + " (entries were added as fast as they were removed)");
    }

    long count() {
        return count;
    }

    void throwIfAny() throws TreeRemovalException {
        if (count > 0) {
            throw new TreeRemovalException(root, listed, count);
        }
    }
}

package io.tempfile4j;

import io.tempfile4j.internal.lifetime.LivingEntry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Something at a path that the caller made, removed when it is closed: a socket, a pipe, a database. No handle is held.
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "path"}
 *
 * <p>Removal and pitfall are those of {@link NamedTemporaryFile}; when a directory was made, those of {@link
 * TemporaryDirectory}. Rust: {@code TempPath}. Safe for use by many threads.
 *
 * @see TempSpace#temporaryPath(String, String, PathMaker)
 */
public final class TemporaryPath implements Closeable {

    private final LivingEntry entry;

    TemporaryPath(LivingEntry entry) {
        this.entry = entry;
    }

    /**
     * Where it is, or was.
     *
     * @return absolute
     */
    public Path path() {
        return entry.path();
    }

    /**
     * Nothing removes it from now on.
     *
     * @return its path
     * @throws IllegalStateException if it was removed
     */
    public Path keep() {
        if (!entry.keep()) {
            throw new IllegalStateException("it was removed: " + path());
        }
        return path();
    }

    /** Removes what is at the path, if it is what was made; does nothing when that was done, or it was kept. */
    @Override
    public void close() throws IOException {
        try {
            entry.end();
        } catch (IOException failure) {
            throw entry.isTree() ? CleanupException.of(path(), failure) : failure;
        }
    }

    /** Says where it is, for messages. */
    @Override
    public String toString() {
        return "TemporaryPath[" + entry + "]";
    }
}

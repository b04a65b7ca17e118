package io.tempfile4j;

import io.tempfile4j.internal.journal.Journal;
import io.tempfile4j.internal.journal.JournalStart;
import io.tempfile4j.internal.lifetime.Kind;
import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.lifetime.Registry;
import io.tempfile4j.internal.platform.Location;
import io.tempfile4j.internal.platform.Platform;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A private directory, removed with all that is in it.
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "directory"}
 *
 * <p><b>Removal.</b> By {@link #close()}, or when this object is garbage, at the end of its space or of the program. No
 * symbolic link is followed: what it points to stays as it is. A directory that is gone already is no error. When
 * something else is at the path by then, it is left alone, and said.
 *
 * <p><b>The early-drop pitfall.</b> A {@link #path()} does not keep the directory: as soon as nothing refers to this
 * object, the directory may be removed. Hold the object for as long as the path is used.
 *
 * <p>Python: {@code tempfile.TemporaryDirectory}; Rust: {@code TempDir}. Safe for use by many threads.
 */
public final class TemporaryDirectory implements Closeable {

    private final LivingEntry entry;

    TemporaryDirectory(LivingEntry entry) {
        this.entry = entry;
    }

    /**
     * Makes one in {@link TempSpace#system()}.
     *
     * @return a new, empty directory
     * @throws IOException if it cannot be made
     */
    public static TemporaryDirectory create() throws IOException {
        JournalStart.now();
        return TempSpace.system().temporaryDirectory();
    }

    /**
     * Makes one in {@link TempSpace#system()}.
     *
     * @param prefix what the name begins with; may be empty
     * @param suffix what it ends with; may be empty
     * @return a new, empty directory
     * @throws IllegalArgumentException if a part holds a separator, NUL, or what the file system does not allow
     * @throws IOException if it cannot be made
     */
    public static TemporaryDirectory create(String prefix, String suffix) throws IOException {
        JournalStart.now();
        return TempSpace.system().temporaryDirectory(prefix, suffix);
    }

    /**
     * Takes over a directory that is there already: from now on it is removed, with all that is in it, as if it had been
     * made here, and {@link #keep()} gives it back. Its permissions stay as they are. Only what is at the path now is
     * removed; something else that is put there later is not. When the process is killed it stays: the next one may use
     * the same path again.
     *
     * {@snippet class = "io.tempfile4j.SnippetsTest" region = "adopt"}
     *
     * @param existing a directory on any file system; a symbolic link to one is refused
     * @return the directory
     * @throws IllegalArgumentException if it is the root of a file system
     * @throws java.nio.file.NoSuchFileException if there is nothing
     * @throws java.nio.file.NotDirectoryException if it is not a directory, or a link
     * @throws IllegalStateException if the program is ending
     * @throws IOException if it cannot be looked at
     */
    public static TemporaryDirectory adopt(Path existing) throws IOException {
        Path path = Location.absoluteEntry(Objects.requireNonNull(existing, "existing"));
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("the root of a file system is not adopted: " + path);
        }
        LivingEntry entry = new LivingEntry(
                Registry.process(),
                Kind.TEMPORARY_DIRECTORY,
                Platform.current().open(parent),
                false,
                // Its name is not unguessable: who comes after the crash may use the same directory again.
                Journal.off());
        try {
            entry.plan();
            entry.adopt(path.getFileName().toString());
            TemporaryDirectory directory = new TemporaryDirectory(entry);
            entry.watch(directory);
            return directory;
        } catch (Throwable failure) {
            entry.creationFailed = true;
            entry.abandon(failure);
            throw failure;
        }
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
     * A path in it; nothing is made there.
     *
     * @param other relative to the directory
     * @return absolute
     */
    public Path resolve(String other) {
        return path().resolve(Objects.requireNonNull(other, "other"));
    }

    /**
     * Removes it with all that is in it; does nothing when that was done, or it was kept.
     *
     * @throws CleanupException naming what could not be removed; all the rest is, and this may be called again
     * @throws IOException if the directory it is in cannot be read
     */
    public void cleanup() throws IOException {
        try {
            entry.end();
        } catch (IOException failure) {
            throw CleanupException.of(path(), failure);
        }
    }

    /**
     * As {@link #cleanup()}.
     *
     * @throws CleanupException as there
     * @throws IOException as there
     */
    @Override
    public void close() throws IOException {
        cleanup();
    }

    /**
     * Makes it a directory like any other: nothing removes it.
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

    /** Says where it is, for messages. */
    @Override
    public String toString() {
        return "TemporaryDirectory[" + entry + "]";
    }
}

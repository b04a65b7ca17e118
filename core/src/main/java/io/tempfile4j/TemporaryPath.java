package io.tempfile4j;

import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.lifetime.LivingResource;
import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.FrameLock;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    private final TempSpace space;

    /** Keeps close and persist apart. */
    private final FrameLock lock = new FrameLock();

    private volatile LivingEntry entry;

    TemporaryPath(TempSpace space, LivingEntry entry) {
        this.space = space;
        this.entry = entry;
    }

    /**
     * Where it is, or was: after {@link #persist} the target.
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
        boolean acquired = lock.acquire();
        try {
            if (!entry.keep()) {
                throw new IllegalStateException("it was removed: " + path());
            }
            return path();
        } finally {
            if (acquired) {
                lock.owner = null;
            }
            lock.wake();
        }
    }

    /**
     * Atomically gives it another path, and keeps it; replaces what is there, as rename(2) does. It keeps its
     * permissions, unless it is a file and {@link PersistOption#KEEP_TARGET_ATTRIBUTES} is asked for. Can be done again,
     * also after {@link #keep()}.
     *
     * <p>To another file system only a file can be persisted: it is copied next to the target first. What belongs to it
     * under other names, as the log of a database, stays where it is.
     *
     * @param target where; a directory goes where there is nothing or an empty directory, anything else where there is
     *     nothing, a regular file or a symbolic link
     * @param options any
     * @return the target, absolute
     * @throws PersistException if that cannot be done: the target is as it was, and this still temporary. The cause is
     *     as of {@link FileObject#persist}
     * @throws IllegalStateException if it was removed
     * @throws IOException if it is persisted, but cannot be made {@linkplain PersistOption#DURABLE durable}
     */
    public Path persist(Path target, PersistOption... options) throws IOException {
        boolean acquired = lock.acquire();
        try {
            return Persistence.persist(space, new Persisted(), target, options);
        } finally {
            if (acquired) {
                lock.owner = null;
            }
            lock.wake();
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Removes what is at the path, if it is what was made; does nothing when that was done, or it was kept.
     *
     * @throws CleanupException of a directory, naming what could not be removed; all the rest is, and this may be called
     *     again
     * @throws IOException if it cannot be removed; this may be called again
     */
    @Override
    public void close() throws IOException {
        boolean acquired = lock.acquire();
        try {
            entry.end();
        } catch (IOException failure) {
            throw entry.isTree() ? CleanupException.of(path(), failure) : failure;
        } finally {
            if (acquired) {
                lock.owner = null;
            }
            lock.wake();
        }
    }

    private final class Persisted implements Persistence.Source {
        @Override
        public LivingResource resource() {
            return entry;
        }

        @Override
        public IOException ended() {
            throw new IllegalStateException("it was removed: " + path());
        }

        /** Who made it has decided about its permissions. */
        @Override
        public boolean isFresh() {
            return false;
        }

        @Override
        public void flush() {}

        @Override
        public @Nullable FileHandle unnamed() {
            return null;
        }

        @Override
        public void copyTo(FileHandle copy) throws IOException {
            try (FileChannel source = entry.open(Set.of(StandardOpenOption.READ))) {
                ContentCopy.copy(source::read, copy);
            }
        }

        @Override
        public void become(LivingEntry persisted, boolean copy) {
            entry = persisted;
            entry.watch(TemporaryPath.this);
            try {
                entry.closeHandle();
            } catch (IOException written) {
                // All was written, and forced if that was asked for.
            }
        }
    }

    /** Says where it is, for messages. */
    @Override
    public String toString() {
        return "TemporaryPath[" + entry + "]";
    }
}

package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.FrameLock;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A file without a name, or one that is still in memory: giving back its handle is all there is to do. */
public final class LivingHandle extends LivingResource {

    private final Path directory;
    private final FrameLock opening = new FrameLock();
    private volatile @Nullable FileHandle handle;
    private volatile @Nullable LongSupplier memory;

    /** Whether the JVM ends, and a file that had a name for a moment would stay. */
    private volatile boolean ending;

    public LivingHandle(Registry registry, Kind kind, Path directory) {
        super(registry, kind);
        this.directory = directory;
    }

    /** Says by which handle it is open, before it is alive. */
    public void opened(FileHandle opened) {
        handle = opened;
    }

    /**
     * Opens the handle of one that is alive already; its end waits for that, so that a file which has a name for a
     * moment is not left when the program ends just then.
     *
     * @throws ClosedChannelException if it has ended
     * @throws IOException if the JVM is ending, or {@code opener} throws it
     */
    public FileHandle open(Opener opener) throws IOException {
        boolean acquired = opening.acquire();
        try {
            if (!isLive()) {
                throw new ClosedChannelException();
            }
            if (ending) {
                throw new IOException("cannot roll over to a file in " + directory + ": the JVM is shutting down");
            }
            FileHandle stale = handle;
            if (stale != null) {
                // Of an attempt that an Error has ended.
                stale.close();
            }
            FileHandle opened = opener.open();
            handle = opened;
            return opened;
        } finally {
            if (acquired) {
                opening.owner = null;
            }
            opening.wake();
        }
    }

    /** Says how to learn how much of it is in memory; null if nothing is. */
    public void inMemory(@Nullable LongSupplier bytes) {
        memory = bytes;
    }

    @Override
    public long knownSize() {
        LongSupplier bytes = memory;
        return handle == null && bytes != null ? bytes.getAsLong() : sizeOf(handle);
    }

    static long sizeOf(@Nullable FileHandle handle) {
        try {
            return handle != null && handle.isOpen() ? handle.size() : 0;
        } catch (IOException closedMeanwhile) {
            return 0;
        }
    }

    /** The handle by which it is open, if it is. */
    public @Nullable FileHandle handle() {
        return handle;
    }

    /** Leaves the handle to another resource. */
    public void disown() {
        handle = null;
    }

    @Override
    protected void remove(boolean kept) throws IOException {
        boolean acquired = opening.acquire();
        try {
            FileHandle open = handle;
            if (open != null) {
                open.close();
            }
        } finally {
            if (acquired) {
                opening.owner = null;
            }
            opening.wake();
        }
    }

    @Override
    protected boolean removeName() {
        // Either a thread that opens the handle sees this, or this sees that thread.
        ending = true;
        return opening.owner == null;
    }

    /** Opens a file. */
    @FunctionalInterface
    public interface Opener {
        FileHandle open() throws IOException;
    }

    @Override
    public String toString() {
        return kind() + " in " + directory;
    }
}

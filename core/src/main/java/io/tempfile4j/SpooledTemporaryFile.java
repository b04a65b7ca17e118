package io.tempfile4j;

import io.tempfile4j.internal.bytes.BufferedBytes;
import io.tempfile4j.internal.bytes.Bytes;
import io.tempfile4j.internal.bytes.MemoryBytes;
import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.lifetime.LivingHandle;
import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.Undo;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Objects;

/**
 * A temporary file in memory, which moves to disk when a write would make it larger than a limit.
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "spooled"}
 *
 * <p><b>Rolling over.</b> A write or {@link #setSize} beyond {@code maxSize}, {@link #rollover()} and {@link #channel()}
 * move the content to a file without a name, as a {@link TemporaryFile} is one. Position, content and open views are
 * the same afterwards. When that fails, for a full disk say, nothing of the write is done, all is still in memory, and
 * it may be tried again.
 *
 * <p>The directory is looked at only then. Memory grows in pieces of 64 KiB.
 *
 * <p>Python: {@code tempfile.SpooledTemporaryFile}. Threads: see {@link FileObject}.
 */
public final class SpooledTemporaryFile extends BufferedFile implements FileObject {

    private final TempSpace space;

    /** What it began as; {@link #resource()} is another one once it was persisted. */
    private final LivingHandle living;

    private final long maxSize;
    private volatile boolean rolled;

    SpooledTemporaryFile(TempSpace space, LivingHandle resource, long maxSize) {
        this(space, resource, maxSize, new MemoryBytes());
    }

    private SpooledTemporaryFile(TempSpace space, LivingHandle resource, long maxSize, MemoryBytes memory) {
        super(space, resource, memory);
        resource.inMemory(memory::size);
        this.space = space;
        this.living = resource;
        this.maxSize = maxSize;
    }

    /**
     * Makes one of {@link TempSpace#system()}.
     *
     * @param maxSize how many bytes may be in memory; 0: any number, it rolls over only when asked to
     * @return a new, empty file, open for reading and writing
     * @throws IllegalArgumentException if {@code maxSize} is negative
     * @throws IOException if there is no usable directory for temporary files
     */
    public static SpooledTemporaryFile create(long maxSize) throws IOException {
        return TempSpace.system().spooledTemporaryFile(maxSize);
    }

    /**
     * Moves the content to a file now; does nothing when it is in one.
     *
     * @throws IOException if no file can be made or filled; the content is in memory then, and this may be tried again
     */
    public void rollover() throws IOException {
        boolean entered = enter();
        try {
            rollOverNow();
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    /**
     * Whether the content is in a file.
     *
     * @return false while it is in memory
     */
    public boolean rolled() {
        return rolled || resource() instanceof LivingEntry;
    }

    @Override
    void reach(long end) throws IOException {
        if (maxSize > 0 && end > maxSize) {
            rollOverNow();
        }
    }

    private FileHandle rollOverNow() throws IOException {
        Bytes bytes = bytes();
        if (!(bytes instanceof MemoryBytes memory)) {
            return Objects.requireNonNull(bytes.file());
        }
        FileHandle file = living.open(space::createUnnamed);
        try {
            memory.copyTo(file);
            exchange(new BufferedBytes(file));
            rolled = true;
        } catch (Throwable failure) {
            Undo.close(failure, file);
            throw failure;
        }
        living.inMemory(null);
        return file;
    }

    @Override
    FileChannel openUnnamedChannel() throws IOException {
        return rollOverNow().channel();
    }

    /** Says what this is, for messages. */
    @Override
    public String toString() {
        return "SpooledTemporaryFile[" + describe() + "]";
    }
}

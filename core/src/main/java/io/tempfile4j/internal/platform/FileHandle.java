package io.tempfile4j.internal.platform;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * One open file, read and written at explicit positions.
 *
 * <p>Interrupting the calling thread neither closes it nor stops a transfer. Safe for use by many threads; a transfer
 * that {@link #close()} overtakes fails with {@link java.nio.channels.ClosedChannelException} or its subclass
 * {@link java.nio.channels.AsynchronousCloseException}. Every other failure names the file and the operation.
 */
public interface FileHandle extends Closeable {

    /** Reads some bytes; the number read, or -1 when the position is at or past the end. Short reads happen. */
    int read(ByteBuffer target, long position) throws IOException;

    /** Writes some bytes; the number written. Short writes happen. A gap before the position reads as zeros. */
    int write(ByteBuffer source, long position) throws IOException;

    long size() throws IOException;

    /** Cuts the file to the size; does nothing when it is not larger. */
    void truncate(long size) throws IOException;

    /** Forces content (and metadata) to the device, as {@link FileChannel#force(boolean)}. */
    void force(boolean metaData) throws IOException;

    /**
     * Gives a file without a name this name, exclusively ({@link FileAlreadyExistsException}); false, and nothing was
     * done, when the platform or the file system cannot.
     */
    default boolean link(Directory directory, String name) throws IOException {
        return false;
    }

    /**
     * Sets the permissions of this file, whatever is at its path; of a file with a name as long as it has that name.
     * Does nothing where there are no POSIX permissions.
     */
    void setPermissions(Set<PosixFilePermission> permissions) throws IOException;

    boolean isOpen();

    /**
     * Opens a {@link FileChannel} on the same file, with a position of its own: an interrupt closes it, as the JDK says,
     * but not this handle. Of a file without a name, where none can be opened by now, it is always the same one, which is
     * closed with this handle.
     */
    FileChannel channel() throws IOException;

    /** Idempotent. */
    @Override
    void close() throws IOException;
}

package io.tempfile4j.internal.bytes;

import io.tempfile4j.internal.platform.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes at positions, as many as there are; what lies between the end and a position that is written reads as zeros.
 * Has no position of its own. Not safe for threads: the lock of the file object guards it.
 */
public abstract class Bytes {

    /** The byte at the position, or -1 past the end. */
    public abstract int get(long position) throws IOException;

    public abstract void put(long position, byte value) throws IOException;

    /** Reads until the target is full or the end is reached; the number read, or -1 at or past the end. */
    public abstract int read(long position, ByteBuffer target) throws IOException;

    /** Writes all of the source; after a failure the source's position tells how much was taken. */
    public abstract void write(long position, ByteBuffer source) throws IOException;

    /** Some bytes from the position, at least one, without a copy; empty at the end. Valid until the next call. */
    public abstract ByteBuffer peek(long position) throws IOException;

    public abstract long size() throws IOException;

    /** Cuts, or extends with zeros. */
    public abstract void setSize(long size) throws IOException;

    /** Makes the file, if there is one, and these bytes agree, both ways. */
    public abstract void flush() throws IOException;

    /** The file that holds the bytes after {@link #flush()}; null while they are in memory. */
    public abstract @Nullable FileHandle file();
}

package io.tempfile4j.internal.bytes;

import io.tempfile4j.internal.platform.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in memory, in chunks, so that growing never copies a large array. Only the first chunk grows by copying, for
 * the sake of the many that stay small; chunks that were never written are not there, and read as zeros.
 */
public final class MemoryBytes extends Bytes {

    private static final int SHIFT = 16;
    private static final int CHUNK = 1 << SHIFT;
    private static final int FIRST = 512;

    /** The table of chunks has then 4 MiB of references, and a sparse write costs no more. */
    private static final long MAX_SIZE = 1L << 36;

    private byte[] @Nullable [] chunks = new byte[1][];
    private long size;

    @Override
    public int get(long position) {
        if (position >= size) {
            return -1;
        }
        byte[] chunk = chunks[index(position)];
        int offset = offset(position);
        return chunk == null || offset >= chunk.length ? 0 : chunk[offset] & 0xff;
    }

    @Override
    public void put(long position, byte value) throws IOException {
        int offset = offset(position);
        byte[] chunk = chunkFor(position, 1);
        // Nothing is called from here on: what lies behind the size stays zero, whatever Error ends this.
        chunk[offset] = value;
        if (size <= position) {
            size = position + 1;
        }
    }

    @Override
    public int read(long position, ByteBuffer target) {
        if (!target.hasRemaining()) {
            return 0;
        }
        if (position >= size) {
            return -1;
        }
        int before = target.position();
        long at = position;
        while (target.hasRemaining() && at < size) {
            ByteBuffer some = peek(at);
            int length = Math.min(some.remaining(), target.remaining());
            target.put(some.limit(length));
            at += length;
        }
        return target.position() - before;
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            int offset = offset(at);
            int length = Math.min(CHUNK - offset, source.remaining());
            byte[] chunk = chunkFor(at, length);
            try {
                source.get(chunk, offset, length);
            } catch (Throwable failure) {
                // Perhaps after some was copied: what lies behind the size stays zero.
                for (int i = offset; i < offset + length; i++) {
                    if (at + (i - offset) >= size) {
                        chunk[i] = 0;
                    }
                }
                throw failure;
            }
            at += length;
            if (size < at) {
                size = at;
            }
        }
    }

    @Override
    public ByteBuffer peek(long position) {
        if (position >= size) {
            return ByteBuffer.allocate(0);
        }
        byte[] chunk = chunks[index(position)];
        int offset = offset(position);
        int length = (int) Math.min(CHUNK - offset, size - position);
        if (chunk == null || offset >= chunk.length) {
            return ByteBuffer.allocate(length);
        }
        return ByteBuffer.wrap(chunk, offset, Math.min(length, chunk.length - offset))
                .slice();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void setSize(long newSize) throws IOException {
        if (newSize < size) {
            cut(newSize);
        } else {
            growTable(newSize);
        }
        size = newSize;
    }

    /** Zeroes what is cut off, since it must read as zeros when the bytes grow again. */
    private void cut(long newSize) {
        int last = index(newSize);
        for (int i = last + 1; i < chunks.length; i++) {
            chunks[i] = null;
        }
        byte[] chunk = last < chunks.length ? chunks[last] : null;
        if (chunk != null && offset(newSize) < chunk.length) {
            Arrays.fill(chunk, offset(newSize), chunk.length, (byte) 0);
        }
    }

    @Override
    public void flush() {}

    @Override
    public @Nullable FileHandle file() {
        return null;
    }

    /** Copies all into an empty file. */
    public void copyTo(FileHandle file) throws IOException {
        for (int i = 0; i < chunks.length; i++) {
            byte[] chunk = chunks[i];
            long start = (long) i << SHIFT;
            if (chunk != null && start < size) {
                writeAll(file, start, ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, size - start)));
            }
        }
        if (file.size() < size) {
            writeAll(file, size - 1, ByteBuffer.allocate(1));
        }
    }

    private static void writeAll(FileHandle file, long position, ByteBuffer source) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += file.write(source, at);
        }
    }

    /** The chunk of the position, with room for that many bytes from it on. */
    private byte[] chunkFor(long position, int length) throws IOException {
        int index = index(position);
        growTable(position + length);
        byte[] chunk = chunks[index];
        int needed = offset(position) + length;
        if (chunk == null) {
            chunk = new byte[index == 0 ? firstLength(0, needed) : CHUNK];
        } else if (chunk.length < needed) {
            chunk = Arrays.copyOf(chunk, firstLength(chunk.length, needed));
        }
        chunks[index] = chunk;
        return chunk;
    }

    private static int firstLength(int now, int needed) {
        return Math.min(CHUNK, Math.max(needed, Math.max(FIRST, now * 2)));
    }

    private void growTable(long end) throws IOException {
        if (end > MAX_SIZE) {
            throw new IOException("cannot hold " + end + " bytes in memory, the limit is " + MAX_SIZE);
        }
        int needed = index(Math.max(0, end - 1)) + 1;
        if (needed > chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(needed, chunks.length * 2));
        }
    }

    private static int index(long position) {
        return (int) (position >>> SHIFT);
    }

    private static int offset(long position) {
        return (int) (position & (CHUNK - 1));
    }
}

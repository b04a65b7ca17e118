package io.tempfile4j.internal.bytes;

import io.tempfile4j.internal.platform.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a file, seen through one window: small reads and writes touch only the window, large ones pass it by.
 *
 * <p>A part of the window may be dirty, that is, newer than the file. It is always written before the window moves, and
 * never more of it than was written to it, so that a second handle on the file can write elsewhere meanwhile.
 *
 * <p>An Error may end an operation at any call. So the fields that belong together are changed by stores that follow each
 * other, and the window is read and written by its array, whatever the position and limit of its buffer are.
 */
public final class BufferedBytes extends Bytes {

    private static final int CAPACITY = 8192;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final FileHandle file;

    /** The window: bytes {@code start} to {@code start + count} of the file; allocated when first needed. */
    private ByteBuffer window = NONE;

    /** The array of the window: single bytes are faster without the buffer's checks. */
    private byte[] array = NONE.array();

    private long start;
    private int count;
    private int dirtyFrom;
    private int dirtyTo;

    public BufferedBytes(FileHandle file) {
        this.file = file;
    }

    @Override
    public int get(long position) throws IOException {
        long offset = position - start;
        if (offset >= 0 && offset < count) {
            return array[(int) offset] & 0xff;
        }
        return fill(position) ? array[0] & 0xff : -1;
    }

    @Override
    public void put(long position, byte value) throws IOException {
        int offset = dirtyTo;
        if (position - start != offset || dirtyFrom == offset || offset == CAPACITY) {
            offset = makeRoom(position);
        }
        // First: after it nothing can fail.
        wrote(offset, offset + 1);
        array[offset] = value;
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        int before = target.position();
        long at = position;
        while (target.hasRemaining()) {
            int read = readSome(at, target);
            if (read < 0) {
                break;
            }
            at += read;
        }
        return at == position ? -1 : target.position() - before;
    }

    private int readSome(long position, ByteBuffer target) throws IOException {
        long offset = position - start;
        boolean inWindow = offset >= 0 && offset < count;
        if (!inWindow) {
            if (target.remaining() >= CAPACITY) {
                writeDirty();
                return file.read(target, position);
            }
            if (!fill(position)) {
                return -1;
            }
            offset = 0;
        }
        int length = Math.min(count - (int) offset, target.remaining());
        target.put(target.position(), array, (int) offset, length);
        target.position(target.position() + length);
        return length;
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        long at = position;
        if (source.remaining() >= CAPACITY) {
            writeDirty();
            dropIfTouched(position, source.remaining());
            while (source.hasRemaining()) {
                at += written(file.write(source, at));
            }
            return;
        }
        while (source.hasRemaining()) {
            int offset = makeRoom(at);
            int length = Math.min(CAPACITY - offset, source.remaining());
            try {
                source.get(source.position(), array, offset, length);
                wrote(offset, offset + length);
            } catch (Throwable failure) {
                // Of the window only what is dirty is known now.
                count = dirtyFrom < dirtyTo ? dirtyTo : 0;
                throw failure;
            }
            source.position(source.position() + length);
            at += length;
        }
    }

    @Override
    public ByteBuffer peek(long position) throws IOException {
        long offset = position - start;
        if (offset < 0 || offset >= count) {
            if (!fill(position)) {
                return NONE;
            }
            offset = 0;
        }
        return ByteBuffer.wrap(array, (int) offset, count - (int) offset).slice();
    }

    @Override
    public long size() throws IOException {
        long size = file.size();
        return dirtyFrom < dirtyTo ? Math.max(size, start + dirtyTo) : size;
    }

    @Override
    public void setSize(long size) throws IOException {
        flush();
        long now = file.size();
        if (size < now) {
            file.truncate(size);
        } else if (size > now) {
            written(file.write(ByteBuffer.allocate(1), size - 1));
        }
    }

    @Override
    public void flush() throws IOException {
        writeDirty();
        count = 0;
    }

    @Override
    public FileHandle file() {
        return file;
    }

    /** Moves the window to the position and reads it; false at the end of the file. */
    private boolean fill(long position) throws IOException {
        writeDirty();
        moveTo(position);
        window.clear();
        count = Math.max(0, file.read(window, position));
        return count > 0;
    }

    /** Sees to it that the byte at the position can be put into the window, next to what is dirty; its offset. */
    private int makeRoom(long position) throws IOException {
        long offset = position - start;
        if (offset < 0 || offset > count || offset >= window.capacity()) {
            writeDirty();
            moveTo(position);
            return 0;
        }
        if (dirtyFrom < dirtyTo && (offset > dirtyTo || offset < dirtyFrom)) {
            writeDirty();
        }
        return (int) offset;
    }

    private void moveTo(long position) {
        if (window.capacity() == 0) {
            ByteBuffer allocated = ByteBuffer.allocate(CAPACITY);
            byte[] content = allocated.array();
            array = content;
            window = allocated;
        }
        start = position;
        count = 0;
    }

    private void wrote(int from, int to) {
        boolean clean = dirtyFrom == dirtyTo;
        int newFrom = clean ? from : Math.min(dirtyFrom, from);
        int newTo = clean ? to : Math.max(dirtyTo, to);
        int newCount = Math.max(count, to);
        dirtyFrom = newFrom;
        dirtyTo = newTo;
        count = newCount;
    }

    private void writeDirty() throws IOException {
        while (dirtyFrom < dirtyTo) {
            window.limit(dirtyTo).position(dirtyFrom);
            try {
                dirtyFrom += written(file.write(window, start + dirtyFrom));
            } finally {
                window.clear();
            }
        }
        dirtyFrom = 0;
        dirtyTo = 0;
    }

    private void dropIfTouched(long position, int length) {
        if (position < start + count && position + length > start) {
            count = 0;
        }
    }

    private static int written(int bytes) throws IOException {
        if (bytes <= 0) {
            throw new IOException("the file system took no byte and named no reason");
        }
        return bytes;
    }
}

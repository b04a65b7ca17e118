package io.tempfile4j;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Reads at a position of its own, past the buffer of the file object, which belongs to the shared position. */
final class IndependentInputStream extends InputStream {

    private static final int CAPACITY = 8192;

    private final BufferedFile file;
    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY).limit(0);

    /** Of the byte behind the buffer. */
    private long next;

    private long mark;
    private boolean closed;

    private IndependentInputStream(BufferedFile file) {
        this.file = file;
    }

    /** Declared as what it is to others: so nobody who only makes a file has this class loaded to see that it is one. */
    static InputStream on(BufferedFile file) {
        return new IndependentInputStream(file);
    }

    @Override
    public int read() throws IOException {
        requireOpen();
        return buffer.hasRemaining() || fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        requireOpen();
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining()) {
            if (length >= CAPACITY) {
                int read = file.readDirectly(next, ByteBuffer.wrap(target, offset, length));
                next += Math.max(0, read);
                return read;
            }
            if (!fill()) {
                return -1;
            }
        }
        int taken = Math.min(length, buffer.remaining());
        buffer.get(target, offset, taken);
        return taken;
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int read = -1;
        try {
            read = file.readDirectly(next, buffer);
        } finally {
            buffer.position(0).limit(Math.max(0, read));
        }
        next += buffer.limit();
        return read > 0;
    }

    @Override
    public long skip(long count) throws IOException {
        requireOpen();
        long position = next - buffer.remaining();
        long skipped = Math.max(0, Math.min(count, file.size() - position));
        moveTo(position + skipped);
        return skipped;
    }

    @Override
    public int available() throws IOException {
        requireOpen();
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, file.size() - (next - buffer.remaining())));
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public void mark(int readLimit) {
        mark = next - buffer.remaining();
    }

    @Override
    public void reset() throws IOException {
        requireOpen();
        moveTo(mark);
    }

    private void moveTo(long position) {
        next = position;
        buffer.position(0).limit(0);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("this stream on " + file.describe() + " is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}

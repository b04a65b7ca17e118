package io.tempfile4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Reads at the position of the file object; {@code mark} and {@code skip} cost nothing, since they only move it. */
final class SharedInputStream extends InputStream {

    private final BufferedFile file;
    private long mark;

    private SharedInputStream(BufferedFile file) {
        this.file = file;
    }

    /** Declared as what it is to others: so nobody who only makes a file has this class loaded to see that it is one. */
    static InputStream on(BufferedFile file) {
        return new SharedInputStream(file);
    }

    @Override
    public int read() throws IOException {
        return file.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        return file.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public byte[] readAllBytes() throws IOException {
        return file.readAllBytes();
    }

    @Override
    public long skip(long count) throws IOException {
        boolean entered = file.enter();
        try {
            long position = file.positionNow();
            long skipped = Math.max(0, Math.min(count, file.bytes().size() - position));
            file.moveTo(position + skipped);
            return skipped;
        } finally {
            if (entered) {
                file.lock.owner = null;
            }
            file.left();
        }
    }

    @Override
    public int available() throws IOException {
        boolean entered = file.enter();
        try {
            return (int) Math.max(0, Math.min(Integer.MAX_VALUE, file.bytes().size() - file.positionNow()));
        } finally {
            if (entered) {
                file.lock.owner = null;
            }
            file.left();
        }
    }

    @Override
    public long transferTo(OutputStream target) throws IOException {
        Objects.requireNonNull(target, "target");
        byte[] piece = new byte[64 * 1024];
        long transferred = 0;
        for (int read = read(piece); read >= 0; read = read(piece)) {
            target.write(piece, 0, read);
            transferred += read;
        }
        return transferred;
    }

    @Override
    public boolean markSupported() {
        return true;
    }

    /** The mark never lapses: nothing is kept for it. A stream that is closed marks nothing. */
    @Override
    public void mark(int readLimit) {
        if (file.isOpen()) {
            try {
                mark = file.position();
            } catch (IOException closedMeanwhile) {
                return;
            }
        }
    }

    @Override
    public void reset() throws IOException {
        file.seek(mark);
    }

    /** Leaves the file open; it ends with its file object. */
    @Override
    public void close() {}
}

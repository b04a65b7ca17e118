package io.tempfile4j;

import java.io.IOException;
import java.io.OutputStream;

/** Writes at the position of the file object. */
final class SharedOutputStream extends OutputStream {

    private final BufferedFile file;

    private SharedOutputStream(BufferedFile file) {
        this.file = file;
    }

    /** Declared as what it is to others: so nobody who only makes a file has this class loaded to see that it is one. */
    static OutputStream on(BufferedFile file) {
        return new SharedOutputStream(file);
    }

    @Override
    public void write(int b) throws IOException {
        file.write(b);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        file.write(source, offset, length);
    }

    @Override
    public void flush() throws IOException {
        file.flush();
    }

    /** Leaves the file open, and what was written visible to all who read it; closing it late is no error. */
    @Override
    public void close() throws IOException {
        if (file.isOpen()) {
            file.flush();
        }
    }
}

package io.tempfile4j;

import java.io.IOException;
import java.io.Reader;
import java.util.Objects;

/** Reads at the position of a text file, with its line ends translated. */
final class TextFileReader extends Reader {

    private final TextFile text;

    TextFileReader(TextFile text) {
        this.text = text;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        return text.read(target, offset, length);
    }

    @Override
    public boolean ready() throws IOException {
        return text.hasNext();
    }

    /** Leaves the file open; it ends with its file object. */
    @Override
    public void close() {}
}

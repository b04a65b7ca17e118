package io.tempfile4j;

import java.io.IOException;
import java.io.Writer;

/** Writes at the position of a text file, with line ends translated. */
final class TextFileWriter extends Writer {

    private final TextFile text;

    TextFileWriter(TextFile text) {
        this.text = text;
    }

    @Override
    public void write(char[] source, int offset, int length) throws IOException {
        text.write(String.valueOf(source, offset, length));
    }

    @Override
    public void write(String source, int offset, int length) throws IOException {
        text.write(source.substring(offset, offset + length));
    }

    @Override
    public void flush() throws IOException {
        text.flush();
    }

    /** Leaves the file open, and what was written visible to all who read it; closing it late is no error. */
    @Override
    public void close() throws IOException {
        if (text.file().isOpen()) {
            text.flush();
        }
    }
}

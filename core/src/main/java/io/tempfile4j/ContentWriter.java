package io.tempfile4j;

import java.io.IOException;

/**
 * Writes what is to be in a file.
 *
 * @see AtomicFile#replace(java.nio.file.Path, ContentWriter)
 */
@FunctionalInterface
public interface ContentWriter {

    /**
     * Writes the content; need not flush. {@link FileObject#outputStream()}, {@link FileObject#text()} and {@link
     * FileObject#channel()} are ways to do it. Whoever closes the file object itself gives up.
     *
     * @param file empty, open for reading and writing
     * @throws IOException if it cannot be written: nothing is replaced then, and the caller gets this exception
     */
    void write(FileObject file) throws IOException;
}

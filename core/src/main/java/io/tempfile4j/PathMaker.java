package io.tempfile4j;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes something at a path, exclusively: a socket, a pipe, a database. Rust: {@code Builder::make}.
 *
 * @see TempSpace#temporaryPath(String, String, PathMaker)
 */
@FunctionalInterface
public interface PathMaker {

    /**
     * Makes something that was not there.
     *
     * @param path where; nobody can have guessed it
     * @throws java.nio.file.FileAlreadyExistsException if the name is taken: another one is tried. So is it after
     *     {@link java.net.BindException}, an address in use
     * @throws IOException if it cannot be made for another reason: the caller gets it
     */
    void make(Path path) throws IOException;
}

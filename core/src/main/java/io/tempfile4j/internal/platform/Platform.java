package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What can open a directory; the implementation decides by which system calls everything in it is done. */
public interface Platform {

    /**
     * Opens a directory to make things in. Nothing in it changes.
     *
     * @throws NoSuchFileException if there is nothing at the path
     * @throws NotDirectoryException if it is not a directory
     */
    Directory open(Path directory) throws IOException;

    /** The one that this is in the end, when it begins as another one; waits for that. */
    default Platform settled() {
        return this;
    }

    /**
     * The platform of this process, chosen once.
     *
     * @throws IllegalStateException if the one that was asked for cannot be had, saying what is missing
     */
    static Platform current() {
        return BackendChoice.current();
    }

    /** Why this process does not use native calls; empty if it does. Waits until that is known. */
    static String whyNotNative() {
        return BackendChoice.reasonOfThisProcess();
    }
}

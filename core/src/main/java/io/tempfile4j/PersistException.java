package io.tempfile4j;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Thrown when something could not be persisted. The target is as it was; what was to be persisted is still open, has all
 * its content, and is still temporary, if it was: it can be persisted elsewhere, or closed. The {@linkplain #getCause()
 * cause} says what went wrong.
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "elsewhere"}
 */
public final class PersistException extends IOException {

    private static final long serialVersionUID = 1L;

    private PersistException(String message, IOException cause) {
        super(message, cause);
    }

    static PersistException of(Object source, Path target, IOException cause) {
        return new PersistException(
                "could not persist " + source + " as " + target + ", it is still usable: " + cause, cause);
    }

    /** Who calls {@link AtomicFile} does not know of the temporary file, which is gone. */
    static PersistException ofReplacement(Path target, Throwable cause) {
        return new PersistException("could not replace " + target + ", it is as it was: " + cause, (IOException) cause);
    }
}

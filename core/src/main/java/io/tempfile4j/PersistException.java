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

    PersistException(Object source, Path target, IOException cause) {
        super("could not persist " + source + " as " + target + ", it is still open and usable: " + cause, cause);
    }
}

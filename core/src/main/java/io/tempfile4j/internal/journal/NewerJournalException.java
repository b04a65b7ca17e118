package io.tempfile4j.internal.journal;

import java.io.IOException;

/** A journal that a later version of the library has written, and will read. */
final class NewerJournalException extends IOException {
    private static final long serialVersionUID = 1L;

    NewerJournalException(int version) {
        super("it is of version " + version + ", this library reads " + Header.VERSION + " at most");
    }
}

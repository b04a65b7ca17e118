package io.tempfile4j.internal.journal;

import java.io.IOException;

/** A journal, or a part of one, that is not as any process writes it: torn by a power cut, cut short, or garbage. */
final class CorruptJournalException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptJournalException(String what) {
        super(what);
    }
}

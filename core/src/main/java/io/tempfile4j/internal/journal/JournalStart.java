package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.Daemon;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the journal opened while the caller goes on: its classes are loaded by another thread, and nothing of them is needed
 * to say so. Whoever makes the first thing with a name says so as early as it can.
 */
public final class JournalStart implements Runnable {

    private static final AtomicBoolean STARTED = new AtomicBoolean();

    private JournalStart() {}

    /** Does nothing when it was done. */
    public static void now() {
        if (!STARTED.get() && STARTED.compareAndSet(false, true)) {
            try {
                Daemon.thread(new JournalStart(), "tempfile4j-start").start();
            } catch (OutOfMemoryError noThread) {
                // Then the first who needs it opens it, and says what is the matter if that fails too.
            }
        }
    }

    @Override
    public void run() {
        Journal.process();
    }
}

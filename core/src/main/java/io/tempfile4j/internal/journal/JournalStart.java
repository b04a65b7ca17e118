package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.Daemon;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * Has the journal of the process opened while the caller goes on: its classes are loaded by another thread, and nothing of
 * them is needed to say so. Whoever makes the first thing with a name says so as early as it can.
 *
 * <p>The thread is the library's own and nobody interrupts it: an interrupt that finds a thread in an operation of a
 * {@link java.nio.channels.FileChannel} closes the channel, and with it goes the lock of the journal.
 */
public final class JournalStart implements Runnable {

    /** Names the place, for who wants it elsewhere, or is {@code off}. */
    static final String PROPERTY = "tempfile4j.journal";

    private static final long DELAY_NANOS = 100_000_000;

    private static volatile boolean done;

    private JournalStart() {}

    /** Does nothing when it was done. */
    public static void now() {
        if (!done) {
            start();
        }
    }

    private static synchronized void start() {
        if (done) {
            return;
        }
        if (isOff()) {
            Journal.openedNone(null);
        } else {
            try {
                Daemon.thread(new JournalStart(), "tempfile4j-reaper").start();
            } catch (OutOfMemoryError noThread) {
                Journal.openedNone(noThread);
            }
        }
        done = true;
    }

    /** Whether nobody wants any. */
    static boolean isOff() {
        return "off".equals(System.getProperty(PROPERTY));
    }

    static boolean wasDone() {
        return done;
    }

    @Override
    public void run() {
        Segment first = Journal.openOfProcess();
        if (first != null) {
            // What the first making need not wait for; nor is the start of a program, or all of a short one, burdened
            // with it.
            LockSupport.parkNanos(DELAY_NANOS);
            map(first);
            Reaper.reapAndReport();
        }
    }

    private static void map(Segment first) {
        try {
            first.map();
        } catch (IOException | OutOfMemoryError failure) {
            Journal.logger().log(System.Logger.Level.DEBUG, "cannot map the journal, it is written by calls", failure);
        }
    }
}

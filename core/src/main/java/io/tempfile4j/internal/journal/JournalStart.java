package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.Daemon;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

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

    /** The thread that opens the journal, as long as it does. */
    private static volatile @Nullable Thread worker;

    private JournalStart() {}

    /** Does nothing when it was done. */
    public static void now() {
        if (!done) {
            start();
        }
    }

    /** For a program that is ending and makes nothing any more. */
    public static synchronized void never() {
        if (!done) {
            Journal.openedNone(null);
            done = true;
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
                Thread thread = Daemon.thread(new JournalStart(), "tempfile4j-reaper");
                // Before it loads its first class.
                worker = thread;
                thread.start();
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

    /** If not, and the journal is not open either, the thread has died: even a class that it needs may fail to load. */
    static boolean isAtWork() {
        return worker != null;
    }

    /**
     * Whether it is this thread that others wait for. Class loaders and agents run on whatever thread loads
     * a class, and may make temporary files themselves: who makes one on this thread must not wait for it.
     */
    static boolean isWorker() {
        return worker == Thread.currentThread();
    }

    @Override
    public void run() {
        Segment first;
        try {
            first = Journal.openOfProcess();
        } finally {
            worker = null;
        }
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

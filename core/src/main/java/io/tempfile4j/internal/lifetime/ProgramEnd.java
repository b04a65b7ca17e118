package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.journal.Journal;
import io.tempfile4j.internal.journal.JournalStart;
import io.tempfile4j.internal.platform.Daemon;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The shutdown hook, registered when the first resource is created. It waits until the program has ended, has a thread
 * remove what is live, and returns in time whatever that thread does.
 *
 * <p>The program has ended when all holds on its end are released or expired; without holds, when its other shutdown hooks
 * have ended. Until then resources can be created and used.
 *
 * <p>Waiting for hooks and removal share one time limit, {@code -Dtempfile4j.end=PT5S}. With holds it counts from the
 * release of the last. When it is over nothing is removed beneath hooks that still run; whatever is left stays in the crash
 * journal, and the next process removes it.
 *
 * <p>Everything here polls: a thread that waits in a monitor of somebody else's may wait for ever.
 */
public final class ProgramEnd implements Runnable {

    private static final String PROPERTY = "tempfile4j.end";

    private static final long DEFAULT_NANOS = 5_000_000_000L;

    private static final long MAX_NANOS = Long.MAX_VALUE / 4;

    /** What the end of a short program waits for takes less than one period of polling. */
    private static final int YIELDS = 50;

    private static final long POLL_NANOS = 1_000_000;

    /** How long the end of the JVM waits for a logger when the limit is over. */
    private static final long LOG_NANOS = 2_000_000_000L;

    static final Registry REGISTRY = new Registry("the process", null);

    private static volatile @Nullable EndHolds holds;

    static {
        try {
            ProgramEnd end = new ProgramEnd();
            Daemon hook = Daemon.hook(end, "tempfile4j-end");
            end.hook = hook;
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            REGISTRY.refuse();
            JournalStart.never();
            Journal.end();
        }
        Upkeep.start(REGISTRY);
    }

    private @Nullable Daemon hook;

    /** The time from which the limit counts. */
    private long countsFrom;

    /** Threads that log, and may block; null before the first. */
    private @Nullable List<Thread> logging;

    private ProgramEnd() {}

    /**
     * Takes a hold on the end of the JVM.
     *
     * @return what releases it; running it again does nothing
     * @throws IllegalStateException when removal has begun
     */
    public static Runnable hold(String who, Duration atMost) {
        long nanos = nanos(atMost);
        synchronized (REGISTRY) {
            if (REGISTRY.isClosed()) {
                throw new IllegalStateException(
                        "cannot hold the end of the JVM for " + who + ": the removal of temporary resources has begun");
            }
            EndHolds taken = holds;
            if (taken == null) {
                taken = new EndHolds();
                holds = taken;
            }
            return taken.take(who, nanos);
        }
    }

    @Override
    public void run() {
        Daemon self = hook;
        if (self == null) {
            return;
        }
        long start = System.nanoTime();
        countsFrom = start;
        long limit = limitNanos();
        OtherHooks others = new OtherHooks(self);
        if (awaitProgram(start, limit, others)) {
            remove(limit);
        } else {
            String running = others.running();
            warnOfRest(
                    limit,
                    running == null
                            ? "another shutdown hook is still running"
                            : "the shutdown hook " + running + " is still running");
        }
        if (logging != null) {
            long now = System.nanoTime();
            long deadline = Math.max(countsFrom + limit - now, LOG_NANOS) + now;
            for (Thread thread : logging) {
                join(thread, deadline);
            }
        }
    }

    private void remove(long limit) {
        EndRemoval removal = new EndRemoval(REGISTRY);
        Thread worker = Daemon.thread(removal, "tempfile4j-end-worker");
        try {
            worker.start();
        } catch (OutOfMemoryError noThread) {
            // Here a removal, or a logger, could block for ever: everything is left to the next process.
            return;
        }
        join(worker, countsFrom + limit);
        if (!removal.isDone()) {
            String current = removal.current();
            warnOfRest(limit, current == null ? "removal is not complete" : current + " is still being removed");
        }
    }

    /** Returns false if the time is over and other hooks are still running; removal begins else. */
    @SuppressWarnings("ThreadPriorityCheck") // for speed alone
    private boolean awaitProgram(long start, long limit, OtherHooks others) {
        for (int polls = 0; ; polls++) {
            EndHolds taken = holds;
            if (taken != null && taken.wereHeldAtEnd()) {
                for (String who = taken.expire(start, System.nanoTime());
                        who != null;
                        who = taken.expire(start, System.nanoTime())) {
                    warn("the end of the JVM is held no longer for " + who
                            + ": its time is over; temporary resources that it still uses are removed");
                }
                if (taken.isEmpty() && begin()) {
                    countsFrom = System.nanoTime();
                    return true;
                }
            } else if (others.haveEnded()) {
                if (begin()) {
                    return true;
                }
            } else if (System.nanoTime() - start >= limit) {
                return false;
            }
            if (polls < YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    /** Refuses creation from now on, unless a hold was taken meanwhile. */
    private static boolean begin() {
        synchronized (REGISTRY) {
            EndHolds taken = holds;
            if (taken != null && !taken.isEmpty()) {
                return false;
            }
            REGISTRY.refuse();
            return true;
        }
    }

    private void warnOfRest(long limitNanos, String reason) {
        int entries = 0;
        int recorded = 0;
        for (LivingResource resource : REGISTRY.newestFirst(new HashMap<>())) {
            if (resource.directory() != null) {
                entries++;
                recorded += resource.isRecorded() ? 1 : 0;
            }
        }
        if (entries > 0) {
            warn("cannot remove " + entries + " temporary entries within " + limitNanos / 1_000_000
                    + " ms (" + PROPERTY + ") at the end of the JVM: " + reason + "; the next process removes "
                    + (recorded == entries ? "them" : recorded + " of them, the others are not in the crash journal"));
        }
    }

    /** Logs on a thread that may block, and is then given up. */
    private void warn(String message) {
        try {
            if (logging == null) {
                logging = new ArrayList<>();
            }
            Thread thread = Daemon.thread(new EndWarning(message), "tempfile4j-end-log");
            thread.start();
            logging.add(thread);
        } catch (OutOfMemoryError noThread) {
            // This thread must not block.
        }
    }

    /** Waits for a thread of this library's own, whose monitor nobody holds, until that time. */
    private static void join(Thread thread, long deadlineNanos) {
        for (long rest = deadlineNanos - System.nanoTime();
                rest > 0 && thread.isAlive();
                rest = deadlineNanos - System.nanoTime()) {
            try {
                thread.join(rest / 1_000_000 + 1);
            } catch (InterruptedException ignored) {
                // Nobody's concern: the time is looked at again.
            }
        }
    }

    private long limitNanos() {
        String property = System.getProperty(PROPERTY);
        if (property == null) {
            return DEFAULT_NANOS;
        }
        try {
            Duration limit = Duration.parse(property);
            if (!limit.isNegative()) {
                return nanos(limit);
            }
        } catch (DateTimeParseException wrong) {
            // Reported below.
        }
        warn(PROPERTY + "=" + property + " is not a duration such as PT5S, which is used instead");
        return DEFAULT_NANOS;
    }

    private static long nanos(Duration duration) {
        try {
            return Math.min(duration.toNanos(), MAX_NANOS);
        } catch (ArithmeticException centuries) {
            return MAX_NANOS;
        }
    }

    private static final class EndWarning implements Runnable {
        private final String message;

        EndWarning(String message) {
            this.message = message;
        }

        @Override
        public void run() {
            EndLog.warn(message);
        }
    }
}

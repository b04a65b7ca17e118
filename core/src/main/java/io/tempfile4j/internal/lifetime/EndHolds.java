package io.tempfile4j.internal.lifetime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The holds on the end of the JVM that were taken and not yet released. */
final class EndHolds {

    private final List<Hold> unreleased = new ArrayList<>();

    /** Whether one was released after the JVM had begun to shut down. */
    private boolean releasedAtEnd;

    /** A component of the program that needs its temporary resources at the end of the JVM. */
    static final class Hold implements Runnable {
        private final EndHolds holds;
        private final String who;
        private final long atMostNanos;

        private Hold(EndHolds holds, String who, long atMostNanos) {
            this.holds = holds;
            this.who = who;
            this.atMostNanos = atMostNanos;
        }

        /** Releases it; does nothing when it is released already. */
        @Override
        public void run() {
            holds.release(this);
        }
    }

    synchronized Hold take(String who, long atMostNanos) {
        Hold hold = new Hold(this, who, atMostNanos);
        unreleased.add(hold);
        return hold;
    }

    private synchronized void release(Hold hold) {
        if (unreleased.remove(hold)) {
            releasedAtEnd = releasedAtEnd || isShuttingDown();
        }
    }

    private static boolean isShuttingDown() {
        try {
            // A thread that runs is no hook before the end: this removes nothing, and is rejected as soon as hooks
            // start.
            Runtime.getRuntime().removeShutdownHook(Thread.currentThread());
            return false;
        } catch (IllegalStateException shuttingDown) {
            return true;
        }
    }

    /** Returns whether a hold has been in force since the JVM began to shut down. */
    synchronized boolean wereHeldAtEnd() {
        return releasedAtEnd || !unreleased.isEmpty();
    }

    /** Returns whether none is left. */
    synchronized boolean isEmpty() {
        return unreleased.isEmpty();
    }

    /** Releases one whose time is over, if there is one; returns who took it. */
    synchronized @Nullable String expire(long endNanos, long nowNanos) {
        for (Hold hold : unreleased) {
            if (nowNanos - endNanos >= hold.atMostNanos) {
                release(hold);
                return hold.who;
            }
        }
        return null;
    }
}

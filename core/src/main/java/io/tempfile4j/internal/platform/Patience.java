package io.tempfile4j.internal.platform;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** How long what others have open may be waited for: on Windows it can be neither removed nor replaced meanwhile. */
final class Patience {
    private final LongConsumer sleeper;
    private long left;

    Patience(Duration most, LongConsumer sleeper) {
        this.left = most.toNanos();
        this.sleeper = sleeper;
    }

    static Patience of(Duration most) {
        return new Patience(most, Patience::sleep);
    }

    /** Waits; false when there is no patience left. */
    boolean pause(long nanos) {
        if (left <= 0) {
            return false;
        }
        long now = Math.min(nanos, left);
        left -= now;
        sleeper.accept(now);
        return true;
    }

    /** An interrupt ends it no sooner, or there would be no patience with what is in use. */
    private static void sleep(long nanos) {
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

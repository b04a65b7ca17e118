package io.tempfile4j.internal.lifetime;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reports what nobody closed: each one, but of a flood only the beginning. With {@code -Dtempfile4j.leaks=trace} the
 * report shows where it was made; that costs a stack trace for each thing made.
 */
final class Leaks {

    private static final boolean TRACED = "trace".equals(System.getProperty("tempfile4j.leaks"));

    /** How many are reported, and in which time. */
    private static final int BURST = 50;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static long windowStart;
    private static int reported;

    private Leaks() {}

    /** Where the caller is, if that is wanted. */
    static @Nullable Throwable site() {
        return TRACED ? new Throwable("made here") : null;
    }

    static synchronized void report(LivingResource leaked, @Nullable Throwable site) {
        long now = System.nanoTime();
        if (reported == 0 || now - windowStart > WINDOW_NANOS) {
            windowStart = now;
            reported = 0;
        }
        reported++;
        if (reported <= BURST) {
            Registry.logger()
                    .log(System.Logger.Level.WARNING, "never closed, removed now that it is garbage: " + leaked, site);
        }
        if (reported == BURST) {
            Registry.logger()
                    .log(
                            System.Logger.Level.WARNING,
                            "more that was never closed is only counted for {0} s, see TempSpace.stats()",
                            TimeUnit.NANOSECONDS.toSeconds(WINDOW_NANOS));
        }
    }
}

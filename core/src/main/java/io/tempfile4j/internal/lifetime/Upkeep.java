package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.platform.Daemon;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * Keeps what is alive from looking old. The cleaners of operating systems (systemd-tmpfiles, tmpreaper, macOS's) remove
 * what nobody has touched for some days, open or not; so twice a day it is touched, on a thread of its own.
 *
 * <p>{@code -Dtempfile4j.refresh=PT1H} says how often, for cleaners that wait for hours only; {@code PT0S}: never.
 */
final class Upkeep implements Runnable {

    private static final String PROPERTY = "tempfile4j.refresh";

    /** The shortest age in use is three days, on macOS. */
    private static final long DEFAULT_MILLIS = 12L * 60 * 60 * 1000;

    private final Registry registry;
    private final long periodMillis;

    private Upkeep(Registry registry, long periodMillis) {
        this.registry = registry;
        this.periodMillis = periodMillis;
    }

    static void start(Registry registry) {
        long period = periodMillis();
        if (period > 0) {
            try {
                Daemon.thread(new Upkeep(registry, period), "tempfile4j-upkeep").start();
            } catch (OutOfMemoryError noThread) {
                Registry.logger()
                        .log(System.Logger.Level.WARNING, "no thread to keep what is alive from looking old", noThread);
            }
        }
    }

    private static long periodMillis() {
        String asked = System.getProperty(PROPERTY);
        if (asked == null) {
            return DEFAULT_MILLIS;
        }
        try {
            return Duration.parse(asked).toMillis();
        } catch (DateTimeParseException | ArithmeticException wrong) {
            Registry.logger()
                    .log(
                            System.Logger.Level.WARNING,
                            PROPERTY + "=" + asked + " is not a duration as in PT12H, which is used instead");
            return DEFAULT_MILLIS;
        }
    }

    @Override
    public void run() {
        while (true) {
            try {
                Thread.sleep(periodMillis);
            } catch (InterruptedException nobodysBusiness) {
                continue;
            }
            registry.forEachAlive(LivingResource::refresh);
        }
    }
}

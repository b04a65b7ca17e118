package io.tempfile4j.cli;

import java.time.Duration;
import java.util.Locale;

/** Sizes and times as people read them. */
final class Units {

    private static final String[] BINARY = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int STEP = 1024;

    private Units() {}

    static String bytes(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= STEP) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, BINARY[unit]);
    }

    /** The largest unit of which there are two at least. */
    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 2 * 60) {
            return seconds + " s";
        }
        if (seconds < 2 * 60 * 60) {
            return seconds / 60 + " min";
        }
        if (seconds < 2 * 24 * 60 * 60) {
            return seconds / (60 * 60) + " h";
        }
        return seconds / (24 * 60 * 60) + " days";
    }
}

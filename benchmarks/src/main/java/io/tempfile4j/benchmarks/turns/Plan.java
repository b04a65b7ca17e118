package io.tempfile4j.benchmarks.turns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What is measured, and where.
 *
 * @param quick a tenth of the time
 * @param peers who takes part
 * @param places directories, each on another file system
 */
record Plan(boolean quick, Peers peers, List<Path> places) {

    Turns turns() {
        return quick
                ? new Turns(7, TimeUnit.MILLISECONDS.toNanos(40), TimeUnit.MILLISECONDS.toNanos(300))
                : new Turns(11, TimeUnit.MILLISECONDS.toNanos(60), TimeUnit.MILLISECONDS.toNanos(500));
    }

    /** Where the file system does not matter: in memory, if there is one. */
    Path fastest() {
        return places.get(places.size() - 1);
    }

    /** The name of the file system, for the report. */
    static String nameOf(Path place) {
        try {
            return Files.getFileStore(place).type();
        } catch (IOException unknown) {
            return place.toString();
        }
    }
}

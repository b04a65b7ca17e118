package io.tempfile4j.junit;

import io.tempfile4j.Stats;
import io.tempfile4j.TempSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What was there at the beginning of a test or a class, to be compared with what is at its end. */
final class LeakCheck implements StoreValue {

    /** How often to look again: another thread may be removing something just now. */
    private static final int ATTEMPTS = 50;

    private static final long PAUSE_NANOS = 1_000_000;

    private final String who;
    private final List<PathMatcher> ignored;
    private final @Nullable LeakCheck enclosing;
    private final Set<Path> before;
    private long openBefore;

    LeakCheck(String who, List<PathMatcher> ignored, @Nullable LeakCheck enclosing) throws IOException {
        this.who = who;
        this.ignored = ignored;
        this.enclosing = enclosing;
        this.before = new HashSet<>(TempDirectories.list());
        this.openBefore = open();
    }

    @Override
    public void close() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path path : TempDirectories.list()) {
            if (before.contains(path)) {
                continue;
            }
            if (!mayStay(path)) {
                Leftover.describe(path).ifPresent(found::add);
            }
            told(path);
        }
        long open = settledOpen() - openBefore;
        if (open > 0) {
            found.add(open + " of tempfile4j not closed; " + alive());
            for (LeakCheck outer = enclosing; outer != null; outer = outer.enclosing) {
                outer.openBefore += open;
            }
        }
        if (!found.isEmpty()) {
            throw new AssertionError("left behind by the " + who + ":\n  " + String.join("\n  ", found));
        }
    }

    private boolean mayStay(Path path) {
        return Kept.contains(path)
                || ignored.stream().anyMatch(pattern -> pattern.matches(path.getFileName()))
                || !TempDirectories.isOurs(path);
    }

    /** The class is not blamed for it once more, nor for what the test is excused for. */
    private void told(Path path) {
        for (LeakCheck outer = enclosing; outer != null; outer = outer.enclosing) {
            outer.before.add(path);
        }
    }

    private long settledOpen() throws IOException {
        long open = open();
        for (int i = 0; open > openBefore && i < ATTEMPTS; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            open = open();
        }
        return open;
    }

    /**
     * Not what was forgotten and is collected: it may have been in a space, whose end would have been its end, and the time
     * of the collection must not decide.
     */
    private static long open() throws IOException {
        return TempSpace.system().stats().alive();
    }

    private static String alive() throws IOException {
        Stats stats = TempSpace.system().stats();
        List<String> kinds = new ArrayList<>();
        count(kinds, stats.temporaryFiles(), "TemporaryFile");
        count(kinds, stats.namedTemporaryFiles(), "NamedTemporaryFile");
        count(kinds, stats.spooledTemporaryFiles(), "SpooledTemporaryFile");
        count(kinds, stats.temporaryDirectories(), "TemporaryDirectory");
        count(kinds, stats.temporaryPaths(), "TemporaryPath");
        return "alive in the process now: " + String.join(", ", kinds);
    }

    private static void count(List<String> kinds, long number, String kind) {
        if (number > 0) {
            kinds.add(number + " " + kind);
        }
    }
}

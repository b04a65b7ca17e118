package io.tempfile4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the file system of a directory is mounted, as Linux says it: proc_pid_mountinfo(5).
 *
 * @param point where
 * @param type of the file system
 */
record Mount(Path point, String type, Set<String> options) {

    private static final Path TABLE = Path.of("/proc/self/mountinfo");
    private static final int POINT = 4;
    private static final int OPTIONS = 5;

    /** That of a directory; null where it cannot be known. */
    static @Nullable Mount of(Path directory) {
        try {
            return find(directory.toRealPath(), Files.readAllLines(TABLE));
        } catch (IOException noProc) {
            return null;
        }
    }

    static @Nullable Mount find(Path real, List<String> table) {
        Mount nearest = null;
        for (String line : table) {
            String[] halves = line.split(" - ", 2);
            String[] fields = halves[0].split(" ", -1);
            if (halves.length < 2 || fields.length <= OPTIONS) {
                continue;
            }
            Path point = Path.of(unescaped(fields[POINT]));
            // A later mount lies over an earlier one at the same point.
            if (real.startsWith(point)
                    && (nearest == null
                            || point.getNameCount() >= nearest.point().getNameCount())) {
                String type = halves[1].split(" ", 2)[0];
                nearest = new Mount(point, type, Set.of(fields[OPTIONS].split(",")));
            }
        }
        return nearest;
    }

    /** Blank, tab, newline and backslash are written in octal. */
    private static String unescaped(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    /** Whether it is in memory, and so ends with the machine. */
    boolean isInMemory() {
        return type.equals("tmpfs") || type.equals("ramfs");
    }
}

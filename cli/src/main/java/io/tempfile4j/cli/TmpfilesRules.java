package io.tempfile4j.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules by which systemd-tmpfiles removes what is old: tmpfiles.d(5). */
final class TmpfilesRules {

    /** A file in an earlier one hides the files of the same name in those after it. */
    static final List<Path> DIRECTORIES = List.of(
            Path.of("/etc/tmpfiles.d"),
            Path.of("/run/tmpfiles.d"),
            Path.of("/usr/local/lib/tmpfiles.d"),
            Path.of("/usr/lib/tmpfiles.d"));

    private static final String NO_AGE = "-";

    private final List<Rule> rules = new ArrayList<>();
    private final List<Path> files;

    private TmpfilesRules(List<Path> files) {
        this.files = files;
    }

    /**
     * A line.
     *
     * @param type the letter
     * @param age as it stands there; {@code -} for never
     */
    record Rule(Path file, String line, char type, String path, String age) {

        private boolean isGlob() {
            return type == 'e' || type == 'x' || type == 'X';
        }

        /** Whether it is about the path or about something above it. */
        private boolean isAbout(Path what) {
            for (Path at = what; at != null; at = at.getParent()) {
                if (isGlob()
                        ? FileSystems.getDefault()
                                .getPathMatcher("glob:" + path)
                                .matches(at)
                        : at.equals(Path.of(path))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Reads all that there are; what cannot be read is left out, as if it said nothing. */
    static TmpfilesRules read(List<Path> directories) {
        Map<String, Path> byName = new TreeMap<>();
        for (Path directory : directories) {
            try (Stream<Path> entries = Files.list(directory)) {
                entries.filter(file -> file.toString().endsWith(".conf"))
                        .forEach(file -> byName.putIfAbsent(file.getFileName().toString(), file));
            } catch (IOException none) {
                // As most systems have no /usr/local/lib/tmpfiles.d.
            }
        }
        TmpfilesRules read = new TmpfilesRules(List.copyOf(byName.values()));
        read.files.forEach(read::readFile);
        return read;
    }

    /** Those that were read, in the order in which they count. */
    List<Path> files() {
        return files;
    }

    private void readFile(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(line -> readLine(file, line));
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            // Masked by a link to /dev/null, or private.
        }
    }

    private void readLine(Path file, String line) {
        String[] fields = line.split("\\s+", -1);
        if (fields.length < 2) {
            return;
        }
        String path = unquoted(fields[1])
                .replace("%T", "/tmp")
                .replace("%V", "/var/tmp")
                .replace("%t", "/run")
                .replace("%%", "%");
        char type = fields[0].charAt(0);
        // Those that clean, and those that keep the others from it.
        if ("dDevqQCxX".indexOf(type) < 0 || !path.startsWith("/")) {
            return;
        }
        while (path.length() > 1 && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String age = fields.length > 5 ? fields[5] : NO_AGE;
        rules.add(new Rule(file, line, type, path, age));
    }

    private static String unquoted(String field) {
        boolean quoted = field.length() > 1 && (field.startsWith("\"") || field.startsWith("'"));
        return quoted ? field.substring(1, field.length() - 1) : field;
    }

    /**
     * The rule that removes what is in a directory once it is old: that of the nearest directory that has one; null if that
     * says never, or another line exempts it.
     */
    @Nullable
    Rule removing(Path directory) {
        @Nullable Rule nearest = null;
        int depth = -1;
        for (Rule rule : rules) {
            if (!rule.isAbout(directory)) {
                continue;
            }
            if (rule.type() == 'x') {
                return null;
            }
            int own = Path.of(rule.path()).getNameCount();
            // Of two lines about the same path the first counts.
            if (rule.type() != 'X' && own > depth) {
                nearest = rule;
                depth = own;
            }
        }
        return nearest == null || nearest.age().equals(NO_AGE) ? null : nearest;
    }
}

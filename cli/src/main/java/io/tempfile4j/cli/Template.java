package io.tempfile4j.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A template of mktemp(1): the last run of X in the last component becomes random characters. GNU's rules.
 *
 * @param parent all before the last component, with its slash, as it was written
 * @param prefix of the name
 * @param random how many characters are random
 * @param suffix of the name
 */
record Template(String parent, String prefix, int random, String suffix) {

    static final String DEFAULT = "tmp.XXXXXXXXXX";

    private static final int FEWEST = 3;

    /**
     * Parses.
     *
     * @param suffix given by an option; null if the template has its own
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Template parse(String template, @Nullable String suffix) {
        int end = template.lastIndexOf('X') + 1;
        if (suffix != null && (end == 0 || end < template.length())) {
            throw new IllegalArgumentException("with --suffix, template '" + template + "' must end in X");
        }
        String after = suffix == null ? template.substring(end == 0 ? template.length() : end) : suffix;
        if (after.indexOf('/') >= 0) {
            throw new IllegalArgumentException("invalid suffix '" + after + "', contains directory separator");
        }
        int start = end;
        while (start > 0 && template.charAt(start - 1) == 'X') {
            start--;
        }
        if (end - start < FEWEST) {
            throw new IllegalArgumentException("too few X's in template '" + template + "'");
        }
        int slash = template.lastIndexOf('/', start) + 1;
        return new Template(template.substring(0, slash), template.substring(slash, start), end - start, after);
    }

    /** The same in a directory. */
    Template in(String directory) {
        return new Template(
                directory + (directory.endsWith("/") || directory.isEmpty() ? "" : "/") + parent,
                prefix,
                random,
                suffix);
    }

    Path directory() {
        return Path.of(parent.isEmpty() ? "." : parent);
    }

    /** What is at a name, as the user wrote the directory. */
    String pathOf(String name) {
        return parent + name;
    }

    @Override
    public String toString() {
        return parent + prefix + "X".repeat(random) + suffix;
    }
}

package io.tempfile4j.cli;

import io.tempfile4j.internal.platform.EscapedText;
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
            throw new IllegalArgumentException(
                    "with --suffix, template '" + EscapedText.ofName(template) + "' must end in X");
        }
        String after = suffix == null ? template.substring(end == 0 ? template.length() : end) : suffix;
        if (!isOneName(after)) {
            throw new IllegalArgumentException(
                    "invalid suffix '" + EscapedText.ofName(after) + "', contains directory separator");
        }
        int start = end;
        while (start > 0 && template.charAt(start - 1) == 'X') {
            start--;
        }
        if (end - start < FEWEST) {
            throw new IllegalArgumentException("too few X's in template '" + EscapedText.ofName(template) + "'");
        }
        int slash = template.lastIndexOf('/', start) + 1;
        return new Template(template.substring(0, slash), template.substring(slash, start), end - start, after);
    }

    /** Slashes at the end of a name do not count. */
    private static boolean isOneName(String text) {
        return !text.startsWith("/") && withoutSlashes(text).indexOf('/') < 0;
    }

    private static String withoutSlashes(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /** Returns the same in a directory; slashes at its end are replaced by one. */
    Template in(String directory) {
        String above = withoutSlashes(directory);
        return new Template((above.isEmpty() ? directory : above + "/") + parent, prefix, random, suffix);
    }

    /** Returns whether it names no directory. */
    boolean isOneName() {
        return parent.isEmpty();
    }

    /**
     * Returns this template.
     *
     * @throws IllegalArgumentException if the JDK could not decode a part of it: the name would be another one
     */
    Template decodable() {
        if (toString().indexOf('\ufffd') >= 0) {
            throw new IllegalArgumentException("invalid template '" + this + "': not in the encoding of this locale,"
                    + " which is set by LC_ALL, LC_CTYPE or LANG");
        }
        return this;
    }

    Path directory() {
        return Path.of(parent.isEmpty() ? "." : parent);
    }

    /** Returns the suffix without the slashes that mktemp(1) accepts at its end. */
    String suffixOfName() {
        return withoutSlashes(suffix);
    }

    /** Returns whether only a directory can have this name. */
    boolean endsWithSlash() {
        return suffix.endsWith("/");
    }

    /** Returns the path of an entry, as the user wrote its directory. */
    String pathOf(String name) {
        return parent + name + suffix.substring(suffixOfName().length());
    }

    @Override
    public String toString() {
        return parent + prefix + "X".repeat(random) + suffix;
    }
}

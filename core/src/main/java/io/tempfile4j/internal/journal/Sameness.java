package io.tempfile4j.internal.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the identity on record is that of what is there. */
final class Sameness {

    /** As the JDK writes a file key on Unix; the native layer adds the time of birth, where the file system knows it. */
    private static final Pattern INODE =
            Pattern.compile("\\(dev=(?<device>[0-9a-f]+),ino=(?<inode>\\d+)(,born=(?<birth>[\\d.-]+))?\\)");

    private Sameness() {}

    /**
     * Compares.
     *
     * @param sameBoot whether the machine has not been started since; many file systems get another device number then,
     *     so that only the inode counts, at a path that nobody else can have chosen
     */
    static boolean of(String recorded, String found, boolean sameBoot) {
        Matcher then = INODE.matcher(recorded);
        Matcher now = INODE.matcher(found);
        if (!then.matches() || !now.matches()) {
            return recorded.equals(found);
        }
        return then.group("inode").equals(now.group("inode"))
                && (!sameBoot || then.group("device").equals(now.group("device")))
                && isSameBirth(then.group("birth"), now.group("birth"));
    }

    /** Whether both have a time of birth, which nobody can set, and all is the same. */
    static boolean ofBirths(String recorded, String found) {
        Matcher then = INODE.matcher(recorded);
        return then.matches() && then.group("birth") != null && recorded.equals(found);
    }

    /** Not known to a process without native access. */
    private static boolean isSameBirth(@Nullable String then, @Nullable String now) {
        return then == null || now == null || then.equals(now);
    }
}

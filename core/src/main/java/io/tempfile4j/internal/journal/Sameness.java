package io.tempfile4j.internal.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the identity on record is that of what is there. */
final class Sameness {

    /** As the JDK writes a file key on Unix. */
    private static final Pattern DEVICE_AND_INODE = Pattern.compile("\\(dev=([0-9a-f]+),ino=(\\d+)\\)");

    private Sameness() {}

    /**
     * Compares.
     *
     * @param sameBoot whether the machine has not been started since; many file systems get another device number then,
     *     so that only the inode counts, at a path that nobody else can have chosen
     */
    static boolean of(String recorded, String found, boolean sameBoot) {
        if (recorded.equals(found) || sameBoot) {
            return recorded.equals(found);
        }
        Matcher then = DEVICE_AND_INODE.matcher(recorded);
        Matcher now = DEVICE_AND_INODE.matcher(found);
        return then.matches() && now.matches() && then.group(2).equals(now.group(2));
    }
}

package io.tempfile4j.internal.platform;

import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Set;

/** What may stand in a name, by the rules of the file system; what breaks them is refused before anything is made. */
public final class NameRules {

    private static final String WINDOWS_RESERVED = "<>:\"|?*/\\";

    /** Names that mean a device in every directory, with any extension (Microsoft, "Naming Files, Paths"). */
    private static final Set<String> WINDOWS_DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
            "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private NameRules() {}

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException saying which part is wrong, and why
     */
    public static void check(FileSystem fileSystem, String prefix, String suffix) {
        boolean windows = fileSystem.getSeparator().equals("\\");
        checkPart(fileSystem, "prefix", prefix, windows);
        checkPart(fileSystem, "suffix", suffix, windows);
        if (windows) {
            checkWindowsName(prefix, suffix);
        }
    }

    private static void checkPart(FileSystem fileSystem, String part, String value, boolean windows) {
        if (value.contains(fileSystem.getSeparator()) || value.indexOf('/') >= 0) {
            throw refused(part, value, "has a separator: it must not name a directory");
        }
        if (value.indexOf('\0') >= 0) {
            throw refused(part, value, "has a NUL character");
        }
        if (value.equals("..")) {
            throw refused(part, value, "is the parent directory's name");
        }
        if (windows) {
            value.chars()
                    .filter(c -> c < ' ' || WINDOWS_RESERVED.indexOf(c) >= 0)
                    .findFirst()
                    .ifPresent(c -> {
                        throw refused(part, value, String.format("has the character U+%04X, reserved on Windows", c));
                    });
        } else if (!isAscii(value)) {
            // Half a character, or one that the encoding of the system does not have.
            try {
                fileSystem.getPath(value);
            } catch (InvalidPathException broken) {
                throw refused(part, value, "cannot be in a file name: " + broken.getReason());
            }
        }
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static void checkWindowsName(String prefix, String suffix) {
        if (suffix.endsWith(".") || suffix.endsWith(" ")) {
            throw refused("suffix", suffix, "ends in a dot or space, which Windows cuts off");
        }
        int dot = prefix.indexOf('.');
        if (dot >= 0
                && WINDOWS_DEVICES.contains(
                        prefix.substring(0, dot).toLowerCase(Locale.ROOT).strip())) {
            throw refused("prefix", prefix, "is the name of a device on Windows");
        }
    }

    private static IllegalArgumentException refused(String part, String value, String why) {
        return new IllegalArgumentException(part + " '" + value.replace("\0", "\\0") + "' " + why);
    }
}

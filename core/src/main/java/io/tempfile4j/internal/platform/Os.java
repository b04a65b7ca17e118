package io.tempfile4j.internal.platform;

import java.util.Locale;

/** The operating system of this process. */
public enum Os {
    LINUX,
    MACOS,
    WINDOWS,
    OTHER;

    private static final Os CURRENT = parse(System.getProperty("os.name", ""));

    public static Os current() {
        return CURRENT;
    }

    static Os parse(String osName) {
        String name = osName.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return LINUX;
        }
        if (name.startsWith("mac")) {
            return MACOS;
        }
        return name.startsWith("windows") ? WINDOWS : OTHER;
    }
}

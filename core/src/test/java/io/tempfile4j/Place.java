package io.tempfile4j;

import io.tempfile4j.internal.platform.Os;
import java.util.Set;

/** Where tests run: the columns of {@code docs/guarantees.md}. */
public enum Place {
    LINUX("Linux, portable"),
    LINUX_NATIVE("Linux, native"),
    MACOS("macOS (not run yet)"),
    WINDOWS("Windows (not run yet)"),
    JIMFS_UNIX("Jimfs Unix"),
    JIMFS_WINDOWS("Jimfs Windows");

    final String title;

    Place(String title) {
        this.title = title;
    }

    boolean isInMemory() {
        return this == JIMFS_UNIX || this == JIMFS_WINDOWS;
    }

    /** Where this process is. */
    static Place current() {
        return switch (Os.current()) {
            case LINUX, OTHER -> ChildJvm.NATIVE ? LINUX_NATIVE : LINUX;
            case MACOS -> MACOS;
            case WINDOWS -> WINDOWS;
        };
    }

    static Set<Place> machines() {
        return Set.of(LINUX, LINUX_NATIVE, MACOS, WINDOWS);
    }
}

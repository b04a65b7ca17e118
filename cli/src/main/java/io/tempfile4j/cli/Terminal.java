package io.tempfile4j.cli;

import io.tempfile4j.internal.platform.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody looks at what is printed. */
enum Terminal {
    OUTPUT(1),
    ERROR(2);

    private static final String ESCAPE = "\u001b[";

    private final int descriptor;

    Terminal(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Whether this stream goes to a terminal; {@link System#console()} tells only of both streams together. */
    boolean isTerminal() {
        if (Os.current() != Os.LINUX) {
            return isConsole();
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException noProc) {
            return false;
        }
    }

    /** From JDK 22 on there may be a console without a terminal; then it is asked for the type of the terminal, too. */
    @SuppressWarnings("SystemConsoleNull") // both are asked
    static boolean isConsole() {
        return System.console() != null && System.getenv("TERM") != null;
    }

    /** Whether it may be coloured: see no-color.org. */
    boolean isColoured() {
        String no = System.getenv("NO_COLOR");
        return (no == null || no.isEmpty()) && !"dumb".equals(System.getenv("TERM")) && isTerminal();
    }

    /** In the colour, where it may be. */
    String paint(Colour colour, String text) {
        return isColoured() ? ESCAPE + colour.code + "m" + text + ESCAPE + "0m" : text;
    }

    enum Colour {
        GOOD(32),
        NOTE(33),
        BAD(31),
        STRONG(1);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }
}

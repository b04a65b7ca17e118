package io.tempfile4j.cli;

import io.tempfile4j.internal.platform.EscapedText;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * What the library has to warn of, in one line on the standard error; the JDK's own logging would need more of them, and
 * time to start.
 */
public final class Warnings extends System.LoggerFinder {

    private static volatile boolean ofReaper;

    /** Includes the warnings of the reaper from now on. */
    static void includeReaper() {
        ofReaper = true;
    }

    /** For the JDK. */
    public Warnings() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Lines(name);
    }

    private record Lines(String name) implements System.Logger {

        @Override
        public String getName() {
            return name;
        }

        /** What the background reaper could not remove concerns only a user who runs the reaper. */
        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.WARNING.getSeverity()
                    && (ofReaper || !Thread.currentThread().getName().equals("tempfile4j-reaper"));
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                print(String.valueOf(message), thrown);
            }
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... parameters) {
            if (isLoggable(level)) {
                boolean plain = parameters == null || parameters.length == 0;
                print(plain ? String.valueOf(format) : MessageFormat.format(String.valueOf(format), parameters), null);
            }
        }

        private static void print(String message, @Nullable Throwable thrown) {
            String line = message + (thrown == null ? "" : ": " + Failures.text(thrown));
            System.err.println("tempfile4j: " + EscapedText.ofMessage(line));
        }
    }
}

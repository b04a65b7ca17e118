package io.tempfile4j.cli;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * What the library has to warn of, in one line on the standard error; the JDK's own logging would need more of them, and
 * time to start.
 */
public final class Warnings extends System.LoggerFinder {

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

        /** What others have left, and the reaper could not remove in passing, is no concern of who runs a command. */
        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.WARNING.getSeverity()
                    && !Thread.currentThread().getName().equals("tempfile4j-reaper");
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
            System.err.println("tempfile4j: " + message + (thrown == null ? "" : ": " + Failures.text(thrown)));
        }
    }
}

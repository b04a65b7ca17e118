package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.platform.EscapedText;
import io.tempfile4j.internal.platform.EscapingLogger;
import java.lang.reflect.Array;
import java.lang.reflect.Method;

/**
 * The log at the end of the JVM. {@code java.util.logging} has a shutdown hook of its own, which takes all handlers away:
 * where that has happened, the message goes to the standard error stream.
 */
final class EndLog {

    private static final String LOGGING = "java.util.logging.Logger";

    private EndLog() {}

    static void warn(String message, Throwable cause) {
        Registry.logger().log(System.Logger.Level.WARNING, message, cause);
        print(message + ": " + cause);
    }

    static void warn(String message) {
        Registry.logger().log(System.Logger.Level.WARNING, message);
        print(message);
    }

    private static void print(String message) {
        if (isReset()) {
            System.err.println("WARNING: " + EscapedText.ofMessage(message));
        }
    }

    /** By reflection: the library needs no module but java.base. */
    private static boolean isReset() {
        String implementation = EscapingLogger.get().implementation();
        if (!implementation.startsWith("jdk.internal.") && !implementation.startsWith("sun.")) {
            // The program has another logging system, which need not be reset at all.
            return false;
        }
        try {
            Class<?> type = Class.forName(LOGGING);
            Method get = type.getMethod("getLogger", String.class);
            Method handlers = type.getMethod("getHandlers");
            return Array.getLength(handlers.invoke(get.invoke(null, "io.tempfile4j"))) == 0
                    && Array.getLength(handlers.invoke(get.invoke(null, ""))) == 0;
        } catch (ReflectiveOperationException | RuntimeException noLogging) {
            // Without java.util.logging the JDK itself prints it.
            return false;
        }
    }
}

package io.tempfile4j.junit;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What stays, because it was asked for, after a test. */
final class Kept {

    /** Not to be taken for left behind. */
    private static final Set<Path> PATHS = ConcurrentHashMap.newKeySet();

    private Kept() {}

    static boolean contains(Path path) {
        return PATHS.contains(path);
    }

    /** What a mode means where {@code DEFAULT} may have been given. */
    static CleanupMode resolve(CleanupMode mode, ExtensionContext context) {
        if (mode != CleanupMode.DEFAULT) {
            return mode;
        }
        String name = TempDir.DEFAULT_CLEANUP_MODE_PROPERTY_NAME;
        CleanupMode resolved = context.getConfigurationParameter(name, value -> parse(name, value))
                .orElse(CleanupMode.ALWAYS);
        return resolved == CleanupMode.DEFAULT ? CleanupMode.ALWAYS : resolved;
    }

    private static CleanupMode parse(String name, String value) {
        try {
            return CleanupMode.valueOf(value.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new ExtensionConfigurationException("no mode of clean-up: " + name + "=" + value, unknown);
        }
    }

    static void tell(Path path, ExtensionContext context) {
        PATHS.add(path);
        context.publishReportEntry("tempfile4j.kept", path.toString());
        // Build tools show no report entries, but the failure with all that it has suppressed.
        context.getExecutionException().ifPresent(failure -> failure.addSuppressed(new Notice("kept: " + path)));
    }

    private static final class Notice extends Exception {

        private static final long serialVersionUID = 1;

        Notice(String message) {
            super(message, null, false, false);
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // The message alone is what is to be read in a stack trace.
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}

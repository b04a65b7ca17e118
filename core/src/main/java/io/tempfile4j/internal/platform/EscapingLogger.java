package io.tempfile4j.internal.platform;

import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The library's logger. It escapes what it passes on, since a message contains names that other users may have chosen: of
 * files, and of programs.
 *
 * <p>Exceptions have exact names where they are thrown. One that is logged is replaced by an escaped copy, with the same
 * stack trace, if its text needs it.
 */
public final class EscapingLogger implements System.Logger {

    private final System.Logger delegate;

    private EscapingLogger(System.Logger delegate) {
        this.delegate = delegate;
    }

    /** Returns the logger of this library. Looking it up takes the JDK a while: only for a message that there is. */
    public static EscapingLogger get() {
        return new EscapingLogger(System.getLogger("io.tempfile4j"));
    }

    /** Returns the name of the class that does the logging. */
    public String implementation() {
        return delegate.getClass().getName();
    }

    @Override
    public String getName() {
        return delegate.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return delegate.isLoggable(level);
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            delegate.log(level, bundle, EscapedText.ofMessage(String.valueOf(message)), escaped(thrown));
        }
    }

    @Override
    public void log(
            Level level,
            @Nullable ResourceBundle bundle,
            @Nullable String format,
            @Nullable Object @Nullable ... parameters) {
        if (isLoggable(level)) {
            delegate.log(level, bundle, EscapedText.ofMessage(String.valueOf(format)), escaped(parameters));
        }
    }

    private static @Nullable Object @Nullable [] escaped(@Nullable Object @Nullable [] parameters) {
        if (parameters == null) {
            return null;
        }
        @Nullable Object[] escaped = parameters.clone();
        for (int i = 0; i < escaped.length; i++) {
            Object parameter = escaped[i];
            if (parameter instanceof Path) {
                escaped[i] = EscapedText.ofName(parameter);
            } else if (!(parameter instanceof Number)) {
                escaped[i] = EscapedText.ofMessage(String.valueOf(parameter));
            }
        }
        return escaped;
    }

    private static @Nullable Throwable escaped(@Nullable Throwable thrown) {
        return thrown == null || isPlain(thrown, visited()) ? thrown : new EscapedThrowable(thrown, visited());
    }

    /** Causes and suppressed exceptions may form a circle. */
    private static Set<Throwable> visited() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static boolean isPlain(@Nullable Throwable thrown, Set<Throwable> visited) {
        if (thrown == null || !visited.add(thrown)) {
            return true;
        }
        String text = thrown.toString();
        if (!EscapedText.ofMessage(text).equals(text) || !isPlain(thrown.getCause(), visited)) {
            return false;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isPlain(suppressed, visited)) {
                return false;
            }
        }
        return true;
    }

    /** A copy of an exception for a log. */
    private static final class EscapedThrowable extends Throwable {
        private static final long serialVersionUID = 1;

        private final String text;

        EscapedThrowable(Throwable original, Set<Throwable> visited) {
            super(original.getMessage() == null ? null : EscapedText.ofMessage(original.getMessage()));
            visited.add(original);
            text = EscapedText.ofMessage(original.toString());
            setStackTrace(original.getStackTrace());
            Throwable cause = original.getCause();
            if (cause != null && !visited.contains(cause)) {
                initCause(new EscapedThrowable(cause, visited));
            }
            for (Throwable suppressed : original.getSuppressed()) {
                if (!visited.contains(suppressed)) {
                    addSuppressed(new EscapedThrowable(suppressed, visited));
                }
            }
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // with the type of the original
        public String toString() {
            return text;
        }
    }
}

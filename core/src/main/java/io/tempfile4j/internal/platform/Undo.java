package io.tempfile4j.internal.platform;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * Steps after a failure that never replace it by another one. A try-with-resources does when memory is exhausted: the JVM
 * throws one and the same OutOfMemoryError twice, and no Throwable can suppress itself.
 */
public final class Undo {

    private Undo() {}

    /** Closes what was opened before the failure. */
    public static void close(Throwable failure, @Nullable Closeable opened) {
        if (opened != null) {
            try {
                opened.close();
            } catch (Throwable alsoFailed) {
                suppress(failure, alsoFailed);
            }
        }
    }

    /** Adds a second failure to the first. */
    @SuppressWarnings("ReferenceEquality") // it is the object itself that cannot be added
    public static void suppress(Throwable failure, Throwable alsoFailed) {
        if (alsoFailed != failure) {
            try {
                failure.addSuppressed(alsoFailed);
            } catch (OutOfMemoryError noMemory) {
                // The failure itself is thrown all the same.
            }
        }
    }
}

package io.tempfile4j;

import org.junit.jupiter.api.Nested;

/** A provider with the names and permissions of Windows, and no directory handles. */
class JimfsWindowsBackendTest {
    private static final Backend.Kind KIND = Backend.Kind.JIMFS_WINDOWS;

    @Nested
    class MkstempBehaviour extends MkstempContract {
        MkstempBehaviour() {
            super(KIND);
        }
    }
}

package io.tempfile4j;

import org.junit.jupiter.api.Nested;

/** A provider with POSIX permissions and directory handles. */
class JimfsUnixBackendTest {
    private static final Backend.Kind KIND = Backend.Kind.JIMFS_UNIX;

    @Nested
    class MkstempBehaviour extends MkstempContract {
        MkstempBehaviour() {
            super(KIND);
        }
    }
}

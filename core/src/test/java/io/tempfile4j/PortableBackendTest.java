package io.tempfile4j;

import org.junit.jupiter.api.Nested;

/** The machine's own file system, by pure java.nio. */
class PortableBackendTest {
    private static final Backend.Kind KIND = Backend.Kind.PORTABLE;

    @Nested
    class MkstempBehaviour extends MkstempContract {
        MkstempBehaviour() {
            super(KIND);
        }
    }
}

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

    @Nested
    class NameBehaviour extends NameContract {
        NameBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class CollisionBehaviour extends CollisionContract {
        CollisionBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class MkdtempBehaviour extends MkdtempContract {
        MkdtempBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class MktempBehaviour extends MktempContract {
        MktempBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class BadInputBehaviour extends BadInputContract {
        BadInputBehaviour() {
            super(KIND);
        }
    }
}

package io.tempfile4j;

import org.junit.jupiter.api.Nested;

/** What is made in part portably and in part by native calls, in one directory: all that is done by name. */
@Needs(Need.NATIVE)
class TieredBackendTest {
    private static final Backend.Kind KIND = Backend.Kind.TIERED;

    @Nested
    class MkstempBehaviour extends MkstempContract {
        MkstempBehaviour() {
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

    @Nested
    class NamedTemporaryFileBehaviour extends NamedTemporaryFileContract {
        NamedTemporaryFileBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class TemporaryDirectoryBehaviour extends TemporaryDirectoryContract {
        TemporaryDirectoryBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class TemporaryPathBehaviour extends TemporaryPathContract {
        TemporaryPathBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class TempSpaceBehaviour extends TempSpaceContract {
        TempSpaceBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class FileObjectChannelBehaviour extends FileObjectChannelContract {
        FileObjectChannelBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class FileObjectCloseBehaviour extends FileObjectCloseContract {
        FileObjectCloseBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class FileObjectInterruptBehaviour extends FileObjectInterruptContract {
        FileObjectInterruptBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class TemporaryFileBehaviour extends TemporaryFileContract {
        TemporaryFileBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class StrangerBehaviour extends StrangerContract {
        StrangerBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class LifeInThreadsBehaviour extends LifeInThreadsContract {
        LifeInThreadsBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class NamelessFileBehaviour extends NamelessFileContract {
        NamelessFileBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class NamedFileScopeBehaviour extends NamedFileScopeContract {
        NamedFileScopeBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class AdoptBehaviour extends AdoptContract {
        AdoptBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class TreeRemovalBehaviour extends TreeRemovalContract {
        TreeRemovalBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class SpooledRolloverBehaviour extends SpooledRolloverContract {
        SpooledRolloverBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class PersistBehaviour extends PersistContract {
        PersistBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class PersistPathBehaviour extends PersistPathContract {
        PersistPathBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class AtomicFileBehaviour extends AtomicFileContract {
        AtomicFileBehaviour() {
            super(KIND);
        }
    }
}

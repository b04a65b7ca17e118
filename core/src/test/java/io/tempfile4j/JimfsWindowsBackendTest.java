package io.tempfile4j;

import org.junit.jupiter.api.Nested;

/** A provider with the names and permissions of Windows, and no directory handles. */
@Over(Place.JIMFS_WINDOWS)
class JimfsWindowsBackendTest {
    private static final Backend.Kind KIND = Backend.Kind.JIMFS_WINDOWS;

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
    class FileObjectPositionBehaviour extends FileObjectPositionContract {
        FileObjectPositionBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class FileObjectReadBehaviour extends FileObjectReadContract {
        FileObjectReadBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class FileObjectThreadsBehaviour extends FileObjectThreadsContract {
        FileObjectThreadsBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class FileObjectViewsBehaviour extends FileObjectViewsContract {
        FileObjectViewsBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class FileObjectWriteBehaviour extends FileObjectWriteContract {
        FileObjectWriteBehaviour() {
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
    class SpooledTextBehaviour extends SpooledTextContract {
        SpooledTextBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class TextCharsetBehaviour extends TextCharsetContract {
        TextCharsetBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class TextErrorBehaviour extends TextErrorContract {
        TextErrorBehaviour() {
            super(KIND);
        }
    }

    @Nested
    class TextNewlineBehaviour extends TextNewlineContract {
        TextNewlineBehaviour() {
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
    class RemovalFaultBehaviour extends RemovalFaultContract {
        RemovalFaultBehaviour() {
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
    class MakingFaultBehaviour extends MakingFaultContract {
        MakingFaultBehaviour() {
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

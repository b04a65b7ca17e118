package io.tempfile4j;

import java.io.IOException;

/** Every state in which a file object can be: what holds for one must hold for all. */
enum FileKind {
    NAMELESS {
        @Override
        FileObject open(TempSpace space) throws IOException {
            return space.temporaryFile();
        }
    },
    NAMED {
        @Override
        FileObject open(TempSpace space) throws IOException {
            return space.namedTemporaryFile();
        }
    },
    /** Spooled, and never on disk. */
    IN_MEMORY {
        @Override
        FileObject open(TempSpace space) throws IOException {
            return space.spooledTemporaryFile(0);
        }
    },
    /** Spooled, and on disk before anything is done. */
    ROLLED {
        @Override
        FileObject open(TempSpace space) throws IOException {
            SpooledTemporaryFile file = space.spooledTemporaryFile(0);
            file.rollover();
            return file;
        }
    },
    /** Spooled, and on disk from the ninth byte on: somewhere in the middle of most tests. */
    ROLLING {
        @Override
        FileObject open(TempSpace space) throws IOException {
            return space.spooledTemporaryFile(8);
        }
    };

    abstract FileObject open(TempSpace space) throws IOException;
}

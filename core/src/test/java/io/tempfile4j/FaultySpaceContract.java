package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.FailingPlatform.Verb;
import io.tempfile4j.internal.lifetime.Registries;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A space on a platform whose verbs fail when they are told to. */
abstract class FaultySpaceContract extends Contract {

    final FailingPlatform platform = new FailingPlatform();
    TempSpace faulty;
    int registered;

    FaultySpaceContract(Backend.Kind kind) {
        super(kind);
    }

    @BeforeEach
    void openFaultySpace() throws IOException {
        faulty = backend.builder().platform(platform).open();
        registered = Registries.sizeOfProcess();
    }

    @AfterEach
    void closeFaultySpace() throws IOException {
        platform.repair();
        faulty.close();
        assertThat(platform.openHandles()).isZero();
        assertThat(Registries.sizeOfProcess()).isLessThanOrEqualTo(registered);
    }

    /** What lives, and the verbs that make and remove it. */
    enum Living {
        NAMED_FILE(Verb.CREATE_FILE, Verb.REMOVE_FILE) {
            @Override
            Closeable make(TempSpace space) throws IOException {
                return space.namedTemporaryFile();
            }
        },
        NAMELESS_FILE(Verb.CREATE_UNNAMED, Verb.CLOSE) {
            @Override
            Closeable make(TempSpace space) throws IOException {
                return space.temporaryFile();
            }
        },
        DIRECTORY(Verb.CREATE_DIRECTORY, Verb.REMOVE_TREE) {
            @Override
            Closeable make(TempSpace space) throws IOException {
                return space.temporaryDirectory();
            }
        },
        PATH_OF_A_FILE(Verb.IDENTIFY, Verb.REMOVE_FILE) {
            @Override
            Closeable make(TempSpace space) throws IOException {
                return space.temporaryPath("", "", Files::createFile);
            }
        },
        PATH_OF_A_DIRECTORY(Verb.IDENTIFY, Verb.REMOVE_TREE) {
            @Override
            Closeable make(TempSpace space) throws IOException {
                return space.temporaryPath("", "", Files::createDirectory);
            }
        };

        final Verb making;
        final Verb removing;

        Living(Verb making, Verb removing) {
            this.making = making;
            this.removing = removing;
        }

        abstract Closeable make(TempSpace space) throws IOException;

        /** What the maker of a path has made is known only when it was looked at. */
        final boolean leavesWhatAMakerMade() {
            return making == Verb.IDENTIFY;
        }
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** Group K: what a caller made at a path of ours, and persists. */
abstract class PersistPathContract extends Contract {

    PersistPathContract(Backend.Kind kind) {
        super(kind);
    }

    private Path target() {
        return directory().resolve("target");
    }

    private TemporaryPath file() throws IOException {
        return space.temporaryPath("", "", path -> Files.writeString(path, "new content"));
    }

    private TemporaryPath tree() throws IOException {
        return space.temporaryPath(
                "", "", path -> Files.writeString(Files.createDirectory(path).resolve("in"), "new content"));
    }

    @Test
    @Behaviour({346, 347})
    void persist_file_isMovedAndStays() throws IOException {
        TemporaryPath made = file();
        Path before = made.path();
        assertThat(made.persist(target())).isEqualTo(target());
        assertThat(before).doesNotExist();
        assertThat(made.path()).isEqualTo(target());
        assertThat(made.keep()).isEqualTo(target());
        made.close();
        assertThat(target()).hasContent("new content");
        assertThat(backend.entries()).containsExactly(target());
    }

    @Test
    @Behaviour({346})
    void persist_fileAtTheTarget_isReplaced() throws IOException {
        Files.writeString(target(), "old");
        try (TemporaryPath made = file()) {
            made.persist(target(), PersistOption.DURABLE);
        }
        assertThat(target()).hasContent("new content");
        assertThat(backend.entries()).containsExactly(target());
    }

    @Test
    @Behaviour({346, 348})
    void persist_noClobberAndFileAtTheTarget_bothStay() throws IOException {
        Files.writeString(target(), "old");
        TemporaryPath made = file();
        assertThatThrownBy(() -> made.persist(target(), PersistOption.NO_CLOBBER))
                .isInstanceOf(PersistException.class)
                .hasCauseInstanceOf(FileAlreadyExistsException.class);
        assertThat(target()).hasContent("old");
        assertThat(made.path()).hasContent("new content");
        Files.delete(target());
        made.persist(target(), PersistOption.NO_CLOBBER);
        made.close();
        assertThat(target()).hasContent("new content");
        assertThat(backend.entries()).containsExactly(target());
    }

    @Test
    @Behaviour(348)
    void persist_failed_isStillTemporary() throws IOException {
        TemporaryPath made = file();
        assertThatThrownBy(() -> made.persist(directory().resolve("missing").resolve("x")))
                .isInstanceOf(PersistException.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
        made.close();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    void persist_directory_isMovedWithItsContent() throws IOException {
        try (TemporaryPath made = tree()) {
            made.persist(target(), PersistOption.DURABLE);
        }
        assertThat(target().resolve("in")).hasContent("new content");
        assertThat(backend.entries()).containsExactly(target());
    }

    @Test
    void persist_directoryNoClobber_isMovedWhereNothingIs() throws IOException {
        try (TemporaryPath made = tree()) {
            made.persist(target(), PersistOption.NO_CLOBBER);
        }
        assertThat(target().resolve("in")).hasContent("new content");
        assertThat(backend.entries()).containsExactly(target());
    }

    @Test
    void persist_directoryNoClobberOntoEmptyDirectory_isRefused() throws IOException {
        Files.createDirectory(target());
        try (TemporaryPath made = tree()) {
            assertThatThrownBy(() -> made.persist(target(), PersistOption.NO_CLOBBER))
                    .isInstanceOf(PersistException.class)
                    .hasCauseInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(target()).isEmptyDirectory();
        assertThat(backend.entries()).containsExactly(target());
    }

    @Test
    @Behaviour(351)
    void persist_directoryOntoOneWithContent_isRefused() throws IOException {
        Path old = Files.writeString(Files.createDirectory(target()).resolve("old"), "old");
        TemporaryPath made = tree();
        assertThatThrownBy(() -> made.persist(target()))
                .isInstanceOf(PersistException.class)
                .hasMessageContaining(target().toString());
        assertThat(old).hasContent("old");
        assertThat(made.path().resolve("in")).hasContent("new content");
        made.close();
        assertThat(backend.entries()).containsExactly(target());
    }

    @Test
    void persist_directoryOntoFile_isRefused() throws IOException {
        Files.writeString(target(), "old");
        try (TemporaryPath made = tree()) {
            assertThatThrownBy(() -> made.persist(target())).isInstanceOf(PersistException.class);
        }
        assertThat(target()).hasContent("old");
    }

    @Test
    void persist_link_isMovedItself() throws IOException {
        Path other = Files.writeString(directory().resolve("other"), "other");
        try (TemporaryPath made = space.temporaryPath("", "", path -> Files.createSymbolicLink(path, other))) {
            made.persist(target());
        }
        assertThat(Files.readSymbolicLink(target())).isEqualTo(other);
        assertThat(other).hasContent("other");
    }

    @Test
    @Behaviour(370)
    void persist_closed_isRefused() throws IOException {
        TemporaryPath made = file();
        made.close();
        assertThatThrownBy(() -> made.persist(target())).isInstanceOf(IllegalStateException.class);
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    void persist_again_movesItOn() throws IOException {
        try (TemporaryPath made = file()) {
            made.persist(directory().resolve("next"));
            made.persist(target(), PersistOption.NO_CLOBBER);
        }
        assertThat(backend.entries()).containsExactly(target());
    }

    @Test
    void persist_strangerAtThePath_isLeftAlone() throws IOException {
        TemporaryPath made = file();
        Files.delete(made.path());
        assertThatThrownBy(() -> made.persist(target()))
                .isInstanceOf(PersistException.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
        Files.createDirectory(made.path());
        assertThatThrownBy(() -> made.persist(target()))
                .isInstanceOf(PersistException.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
        assertThat(target()).doesNotExist();
        made.close();
        assertThat(made.path()).isDirectory();
    }

    @Test
    @Behaviour(359)
    @Needs(Need.PERMISSIONS)
    void persist_permissions_areTheMakersUnlessThoseOfTheTargetAreAskedFor() throws IOException {
        Files.writeString(target(), "old");
        Files.setPosixFilePermissions(target(), PosixFilePermissions.fromString("rw-rw----"));
        PathMaker maker = path -> {
            Files.createFile(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-x------"));
        };
        try (TemporaryPath made = space.temporaryPath("", "", maker)) {
            made.persist(target(), PersistOption.KEEP_TARGET_ATTRIBUTES);
        }
        assertThat(PosixFilePermissions.toString(backend.permissions(target()))).isEqualTo("rw-rw----");
        try (TemporaryPath made = space.temporaryPath("", "", maker)) {
            made.persist(target());
        }
        assertThat(PosixFilePermissions.toString(backend.permissions(target()))).isEqualTo("r-x------");
    }

    @Test
    void persist_toAnotherProvider_fileIsCopiedAndDirectoryRefused() throws IOException {
        Backend.Kind otherKind = backend.isInMemory() ? Backend.Kind.PORTABLE : Backend.Kind.JIMFS_UNIX;
        try (Backend other = otherKind.open()) {
            Path there = other.directory().resolve("there");
            try (TemporaryPath made = file()) {
                Path before = made.path();
                made.persist(there, PersistOption.DURABLE);
                assertThat(before).doesNotExist();
                assertThat(made.path()).isEqualTo(there);
            }
            assertThat(Files.readString(there)).isEqualTo("new content");
            try (TemporaryPath made = tree()) {
                assertThatThrownBy(() -> made.persist(other.directory().resolve("tree")))
                        .isInstanceOf(PersistException.class);
                assertThat(made.path().resolve("in")).exists();
            }
            assertThat(other.entries()).containsExactly(there);
        }
        assertThat(backend.entries()).isEmpty();
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Group K: files that become permanent, whatever they were. */
abstract class PersistContract extends Contract {

    private Path targets;
    private Path target;

    PersistContract(Backend.Kind kind) {
        super(kind);
    }

    @BeforeEach
    void makeTargets() throws IOException {
        targets = Files.createDirectory(directory().resolve("targets"));
        target = targets.resolve("target.txt");
    }

    /** With something in the buffer, so that persist must see to it. */
    private FileObject written(FileKind kind) throws IOException {
        FileObject file = kind.open(space);
        file.text().write("new content");
        return file;
    }

    /** Nothing but the directory of targets, and in it nothing but the target. */
    private void assertNothingElse() throws IOException {
        assertThat(backend.entries()).containsExactly(targets);
        assertThat(Backend.entries(targets)).containsExactly(target);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({341, 342})
    void persist_nothingAtTheTarget_contentIsThereAndTheObjectReadsOn(FileKind kind) throws IOException {
        try (FileObject file = written(kind)) {
            assertThat(file.persist(target)).isEqualTo(target);
            assertThat(target).hasContent("new content");
            assertThat(file.isOpen()).isTrue();
            assertThat(file.tell()).isEqualTo(11);
            file.seek(4);
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("content");
            assertNothingElse();
        }
        assertThat(target).hasContent("new content");
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({343, 347, 360})
    void persist_fileAtTheTarget_isReplaced(FileKind kind) throws IOException {
        Files.writeString(target, "something old that is longer");
        try (FileObject file = written(kind)) {
            file.persist(target);
            assertThat(target).hasContent("new content");
        }
        assertThat(target).hasContent("new content");
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({344, 345, 354, 348})
    void persist_noClobberAndFileAtTheTarget_bothStayAsTheyWere(FileKind kind) throws IOException {
        Files.writeString(target, "old");
        FileObject file = written(kind);
        assertThatThrownBy(() -> file.persist(target, PersistOption.NO_CLOBBER))
                .isExactlyInstanceOf(PersistException.class)
                .hasMessageContaining(target.toString())
                .hasMessageContaining("still usable")
                .cause()
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(target.toString());
        assertThat(target).hasContent("old");
        assertThat(Backend.entries(targets)).containsExactly(target);
        assertThat(file.isOpen()).isTrue();
        file.text().write(", continued");
        Files.delete(target);
        file.persist(target, PersistOption.NO_CLOBBER);
        assertThat(target).hasContent("new content, continued");
        file.close();
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(348)
    void persist_failed_fileIsStillTemporary(FileKind kind) throws IOException {
        try (FileObject file = written(kind)) {
            assertThatThrownBy(() -> file.persist(targets)).isInstanceOf(PersistException.class);
            assertThatThrownBy(() -> file.persist(targets, PersistOption.NO_CLOBBER))
                    .isInstanceOf(PersistException.class)
                    .hasCauseInstanceOf(FileAlreadyExistsException.class);
            file.seek(0);
            assertThat(file.text().read()).isEqualTo("new content");
        }
        assertThat(backend.entries()).containsExactly(targets);
        assertThat(targets).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(351)
    void persist_noDirectoryForTheTarget_saysSo(FileKind kind) throws IOException {
        Path missing = directory().resolve("missing");
        Path file = Files.writeString(targets.resolve("file"), "a file");
        try (FileObject object = written(kind)) {
            assertThatThrownBy(() -> object.persist(missing.resolve("x")))
                    .isInstanceOf(PersistException.class)
                    .hasMessageContaining(missing.resolve("x").toString())
                    .hasCauseInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> object.persist(file.resolve("x")))
                    .isInstanceOf(PersistException.class)
                    .hasCauseInstanceOf(NotDirectoryException.class);
            assertThatThrownBy(() -> object.persist(missing.resolve("..").resolve("x")))
                    .isInstanceOf(PersistException.class)
                    .hasCauseInstanceOf(NoSuchFileException.class);
            Path root = directory().getRoot();
            assertThatThrownBy(() -> object.persist(root)).isInstanceOf(PersistException.class);
        }
        assertThat(backend.entries()).containsExactly(targets);
        assertThat(file).hasContent("a file");
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(352)
    void persist_linkAtTheTarget_isReplacedItself(FileKind kind) throws IOException {
        Path other = Files.writeString(targets.resolve("other"), "other");
        Files.createSymbolicLink(target, other);
        try (FileObject file = written(kind)) {
            file.persist(target);
        }
        assertThat(target).isRegularFile().hasContent("new content");
        assertThat(Files.isSymbolicLink(target)).isFalse();
        assertThat(other).hasContent("other");
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(352)
    void persist_linkThatLeadsNowhere_isRefused(FileKind kind) throws IOException {
        Files.createSymbolicLink(target, targets.resolve("nowhere"));
        try (FileObject file = written(kind)) {
            assertThatThrownBy(() -> file.persist(target))
                    .isInstanceOf(PersistException.class)
                    .hasCauseInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> file.persist(target, PersistOption.NO_CLOBBER))
                    .isInstanceOf(PersistException.class)
                    .hasCauseInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(Files.readSymbolicLink(target)).isEqualTo(targets.resolve("nowhere"));
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    void persist_thenWritten_writesToTheTarget(FileKind kind) throws IOException {
        try (FileObject file = written(kind)) {
            InputStream input = file.newInputStream();
            assertThat(input.readNBytes(3)).asString().isEqualTo("new");
            TextFile text = file.text();
            file.persist(target);
            text.write(", and more");
            file.flush();
            assertThat(target).hasContent("new content, and more");
            file.channel().write(ByteBuffer.wrap(new byte[] {'N'}), 0);
            assertThat(target).hasContent("New content, and more");
            text.write("!");
            assertThat(input.readAllBytes()).asString().isEqualTo(" content, and more!");
        }
        assertThat(target).hasContent("New content, and more!");
    }

    @ParameterizedTest
    @EnumSource
    void persist_channelInUse_neverWritesToWhatIsGone(FileKind kind) throws IOException {
        try (FileObject file = written(kind)) {
            FileChannel before = file.channel();
            file.persist(target);
            if (before.isOpen()) {
                before.write(ByteBuffer.wrap(new byte[] {'N'}), 0);
                assertThat(target).hasContent("New content");
            }
            file.channel().write(ByteBuffer.wrap(new byte[] {'M'}), 0);
            assertThat(target).hasContent("Mew content");
        }
    }

    @ParameterizedTest
    @EnumSource
    void persist_again_movesItOn(FileKind kind) throws IOException {
        Path next = targets.resolve("next.txt");
        try (FileObject file = written(kind)) {
            file.persist(next);
            file.text().write("!");
            file.persist(target, PersistOption.NO_CLOBBER);
            assertThat(target).hasContent("new content!");
            assertThat(next).doesNotExist();
            file.text().write("?");
        }
        assertThat(target).hasContent("new content!?");
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    @Needs(Need.PERMISSIONS)
    void persist_again_permissionsAreThoseOfTheTargetOnlyIfAskedFor(FileKind kind) throws IOException {
        Path next = targets.resolve("next.txt");
        Files.writeString(target, "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw----"));
        try (FileObject file = written(kind)) {
            file.persist(next);
            Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx--x--x"));
            file.persist(targets.resolve("third.txt"));
            assertThat(PosixFilePermissions.toString(backend.permissions(targets.resolve("third.txt"))))
                    .isEqualTo("rwx--x--x");
            file.persist(target, PersistOption.KEEP_TARGET_ATTRIBUTES);
        }
        assertThat(PosixFilePermissions.toString(backend.permissions(target))).isEqualTo("rw-rw----");
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    void persist_againButReplacedBySomebody_leavesTheirs(FileKind kind) throws IOException {
        Path next = targets.resolve("next.txt");
        try (FileObject file = written(kind)) {
            file.persist(next);
            Files.delete(next);
            Files.writeString(next, "theirs");
            assertThatThrownBy(() -> file.persist(target))
                    .isInstanceOf(PersistException.class)
                    .hasCauseInstanceOf(NoSuchFileException.class);
        }
        assertThat(next).hasContent("theirs");
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(370)
    void persist_closed_isRefusedAndChangesNothing(FileKind kind) throws IOException {
        FileObject file = written(kind);
        file.close();
        assertThatThrownBy(() -> file.persist(target)).isInstanceOf(ClosedChannelException.class);
        assertThat(targets).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    void persist_spaceIsClosedAfterwards_fileStaysAndIsUsable(FileKind kind) throws IOException {
        FileObject file = written(kind);
        file.persist(target);
        space.close();
        file.text().write("!");
        file.close();
        assertThat(target).hasContent("new content!");
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    void persist_emptyFile_isThere(FileKind kind) throws IOException {
        try (FileObject file = kind.open(space)) {
            file.persist(target);
        }
        assertThat(target).isEmptyFile();
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    void persist_largeWithHoles_isTheSame(FileKind kind) throws IOException {
        byte[] expected = new byte[300_001];
        try (FileObject file = kind.open(space)) {
            for (int at : new int[] {0, 8191, 8192, 65_535, 200_000, 300_000}) {
                file.seek(at);
                file.write(at % 251 + 1);
                expected[at] = (byte) (at % 251 + 1);
            }
            file.persist(target);
        }
        assertThat(target).hasBinaryContent(expected);
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    void persist_everyOption_goesTogether(FileKind kind) throws IOException {
        try (FileObject file = written(kind)) {
            file.persist(
                    target,
                    PersistOption.DURABLE,
                    PersistOption.NO_CLOBBER,
                    PersistOption.KEEP_TARGET_ATTRIBUTES,
                    PersistOption.DURABLE);
        }
        assertThat(target).hasContent("new content");
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(359)
    @Needs(Need.PERMISSIONS)
    void persist_keepTargetAttributes_hasThePermissionsOfWhatItReplaces(FileKind kind) throws IOException {
        for (String permissions : new String[] {"rw-r-----", "rwxr-xr-x", "r--------"}) {
            Files.deleteIfExists(target);
            Files.writeString(target, "old");
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(permissions));
            try (FileObject file = written(kind)) {
                file.persist(target, PersistOption.KEEP_TARGET_ATTRIBUTES);
            }
            assertThat(target).hasContent("new content");
            assertThat(PosixFilePermissions.toString(backend.permissions(target)))
                    .isEqualTo(permissions);
        }
        assertNothingElse();
    }

    @ParameterizedTest
    @EnumSource
    @Needs(Need.PERMISSIONS)
    void persist_spaceWithPermissions_hasThose(FileKind kind) throws IOException {
        Files.writeString(target, "old");
        TempSpace group = backend.builder()
                .filePermissions(PosixFilePermissions.fromString("rw-rw----"))
                .open();
        try (FileObject file = kind.open(group)) {
            file.persist(target);
        }
        assertThat(PosixFilePermissions.toString(backend.permissions(target))).isEqualTo("rw-rw----");
    }

    @Test
    @Needs(Need.PERMISSIONS)
    void persist_permissionsChangedMeanwhile_stay() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("r--r-----"));
            file.persist(target);
        }
        assertThat(PosixFilePermissions.toString(backend.permissions(target))).isEqualTo("r--r-----");
    }

    @Test
    @Needs(Need.PERMISSIONS)
    void persist_failed_permissionsAreAsBefore() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            assertThatThrownBy(() -> file.persist(targets)).isInstanceOf(PersistException.class);
            assertThat(PosixFilePermissions.toString(backend.permissions(file.path())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @Behaviour({341, 347})
    void persist_namedFile_isMoved() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.write(new byte[] {'x'});
        Path before = file.path();
        file.persist(target);
        assertThat(before).doesNotExist();
        assertThat(file.path()).isEqualTo(target);
        assertThat(file.keep()).isEqualTo(target);
        try (FileChannel reopened = file.reopen()) {
            assertThat(reopened.size()).isEqualTo(1);
        }
        file.close();
        assertThat(target).hasContent("x");
    }

    @Test
    void persist_afterCloseChannel_isMovedWithAllThatWasWritten() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            file.text().write("text");
            file.closeChannel();
            file.persist(target, PersistOption.DURABLE, PersistOption.KEEP_TARGET_ATTRIBUTES);
            assertThat(file.isOpen()).isFalse();
            assertThat(file.path()).isEqualTo(target);
        }
        assertThat(target).hasContent("text");
        assertNothingElse();
    }

    @Test
    void persist_afterKeep_isMovedFromWhereItWasKept() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            Path kept = file.keep();
            file.text().write("text");
            file.persist(target);
            assertThat(kept).doesNotExist();
        }
        assertThat(target).hasContent("text");
    }

    @Test
    void persist_spaceThatKeepsAll_isMoved() throws IOException {
        TempSpace keeping = backend.builder().deleteOnClose(false).open();
        try (NamedTemporaryFile file = keeping.namedTemporaryFile()) {
            file.text().write("text");
            file.persist(target);
        }
        assertThat(target).hasContent("text");
        assertNothingElse();
    }

    @Test
    void persist_strangerInPlaceOfTheFile_isLeftAlone() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            file.write('x');
            Path ours = directory().resolve("ours");
            Files.move(file.path(), ours);
            Files.writeString(file.path(), "stranger");
            for (PersistOption[] options :
                    new PersistOption[][] {{}, {PersistOption.NO_CLOBBER}, {PersistOption.KEEP_TARGET_ATTRIBUTES}}) {
                assertThatThrownBy(() -> file.persist(target, options))
                        .isInstanceOf(PersistException.class)
                        .hasCauseInstanceOf(NoSuchFileException.class);
            }
            assertThat(target).doesNotExist();
            assertThat(file.path()).hasContent("stranger");
            Files.delete(file.path());
            Files.delete(ours);
        }
    }

    @Test
    @Needs(Need.DISK)
    void persist_relativeTarget_isMadeAbsolute() throws IOException {
        Path absolute = Path.of("").toAbsolutePath().relativize(target);
        try (TemporaryFile file = space.temporaryFile()) {
            assertThat(file.persist(absolute)).isEqualTo(target);
        }
        assertNothingElse();
    }

    @Test
    void persist_spooledInMemory_isInAFileAfterwards() throws IOException {
        try (SpooledTemporaryFile file = space.spooledTemporaryFile(100)) {
            file.write(new byte[] {'a'});
            file.persist(target);
            assertThat(file.rolled()).isTrue();
            file.write(new byte[200]);
            file.rollover();
        }
        assertThat(Files.size(target)).isEqualTo(201);
    }
}

package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups G and J: somebody else has been at our path. */
abstract class StrangerContract extends Contract {

    private CapturedLog log;

    StrangerContract(Backend.Kind kind) {
        super(kind);
    }

    @BeforeEach
    void captureLog() {
        log = new CapturedLog();
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    /** What a stranger may put at our path; made while ours is alive, so that it is none of its inode numbers. */
    enum Stranger {
        FILE {
            @Override
            void make(Path at, Path outside) throws IOException {
                Files.writeString(at, "stranger's");
            }

            @Override
            void assertUntouched(Path at, Path outside) {
                assertThat(at).isRegularFile().hasContent("stranger's");
            }
        },
        DIRECTORY {
            @Override
            void make(Path at, Path outside) throws IOException {
                Files.writeString(Files.createDirectory(at).resolve("inside"), "stranger's");
            }

            @Override
            void assertUntouched(Path at, Path outside) {
                assertThat(at).isDirectory();
                assertThat(at.resolve("inside")).hasContent("stranger's");
            }
        },
        LINK_TO_FILE {
            @Override
            void make(Path at, Path outside) throws IOException {
                Files.createSymbolicLink(at, Files.writeString(outside.resolve("target"), "target's"));
            }

            @Override
            void assertUntouched(Path at, Path outside) {
                assertThat(at).isSymbolicLink();
                assertThat(outside.resolve("target")).hasContent("target's");
            }
        },
        LINK_TO_DIRECTORY {
            @Override
            void make(Path at, Path outside) throws IOException {
                Path target = Files.createDirectory(outside.resolve("target"));
                Files.writeString(target.resolve("inside"), "target's");
                Files.createSymbolicLink(at, target);
            }

            @Override
            void assertUntouched(Path at, Path outside) {
                assertThat(at).isSymbolicLink();
                assertThat(outside.resolve("target").resolve("inside")).hasContent("target's");
            }
        },
        DANGLING_LINK {
            @Override
            void make(Path at, Path outside) throws IOException {
                Files.createSymbolicLink(at, outside.resolve("missing"));
            }

            @Override
            void assertUntouched(Path at, Path outside) {
                assertThat(at).isSymbolicLink();
                assertThat(outside).isEmptyDirectory();
            }
        };

        abstract void make(Path at, Path outside) throws IOException;

        abstract void assertUntouched(Path at, Path outside);
    }

    private Path outside() throws IOException {
        return Files.createDirectories(directory().resolve("outside"));
    }

    private void replace(Path ours, Stranger stranger) throws IOException {
        Path staged = directory().resolve("staged");
        stranger.make(staged, outside());
        if (Files.isDirectory(ours)) {
            Files.move(ours, directory().resolve("moved away"));
        } else {
            Files.delete(ours);
        }
        Files.move(staged, ours);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({155, 182})
    void namedFile_replaced_strangerIsLeftAloneWithAWarning(Stranger stranger) throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        replace(file.path(), stranger);
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(file::reopen)
                .withMessageContaining(file.path().toString());
        file.close();
        stranger.assertUntouched(file.path(), outside());
        assertThat(log.about("WARNING", "not removed", file.path())).hasSize(1);
        file.close();
        assertThat(log.about(file.path())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({155, 182})
    void namedFile_replacedWhileTheChannelIsClosed_strangerIsNeitherOpenedNorRemoved(Stranger stranger)
            throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.closeChannel();
        Path staged = directory().resolve("staged");
        stranger.make(staged, outside());
        Files.delete(file.path());
        Files.move(staged, file.path());
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> file.reopen(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
        file.close();
        stranger.assertUntouched(file.path(), outside());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Behaviour(182)
    void channel_fileReplaced_isNotTheStrangers(boolean renamedOver) throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            Path stranger = Files.writeString(directory().resolve("staged"), "stranger's");
            if (renamedOver) {
                Files.move(stranger, file.path(), REPLACE_EXISTING);
            } else {
                Files.delete(file.path());
                Files.move(stranger, file.path());
            }
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(file::channel);
            file.write("ours".getBytes(UTF_8));
            file.seek(0);
            assertThat(file.readAllBytes()).isEqualTo("ours".getBytes(UTF_8));
            assertThat(file.path()).hasContent("stranger's");
        }
    }

    @Test
    @Behaviour(199)
    void namedFile_removedByHandAndNameTakenByAnother_isLeftAlone() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        Files.delete(file.path());
        Files.writeString(file.path(), "stranger's");
        file.close();
        assertThat(file.path()).hasContent("stranger's");
    }

    @Test
    @Behaviour({153, 197})
    void namedFile_removedByOthers_worksOnAndClosesSilently() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.write("content".getBytes(UTF_8));
        Files.delete(file.path());
        file.seek(0);
        assertThat(file.readAllBytes()).isEqualTo("content".getBytes(UTF_8));
        file.close();
        assertThat(log.about(file.path())).isEmpty();
    }

    @Test
    @Behaviour(154)
    void namedFile_renamedAway_survivesUnderTheOtherName() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.write("content".getBytes(UTF_8));
        Path elsewhere = Files.move(file.path(), directory().resolve("elsewhere"));
        file.close();
        assertThat(elsewhere).hasContent("content");
        assertThat(log.about(file.path())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({310, 311, 327})
    void directory_replaced_strangerIsLeftAloneAndReported(Stranger stranger) throws IOException {
        TemporaryDirectory temporary = space.temporaryDirectory();
        Files.writeString(temporary.resolve("ours"), "ours");
        replace(temporary.path(), stranger);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(CleanupException.class)
                    .isThrownBy(temporary::close)
                    .withMessageContaining(temporary.path().toString())
                    .satisfies(failure -> {
                        assertThat(failure.remaining()).containsExactly(temporary.path());
                        assertThat(failure.remainingCount()).isEqualTo(1);
                        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(FileSystemException.class);
                    });
            stranger.assertUntouched(temporary.path(), outside());
        }
        assertThat(directory().resolve("moved away").resolve("ours")).hasContent("ours");
        temporary.keep();
    }

    @Test
    void directory_strangerGoesAway_closeDoesIt() throws IOException {
        TemporaryDirectory temporary = space.temporaryDirectory();
        replace(temporary.path(), Stranger.FILE);
        assertThatExceptionOfType(CleanupException.class).isThrownBy(temporary::close);
        Files.delete(temporary.path());
        Files.move(directory().resolve("moved away"), temporary.path());
        temporary.close();
        assertThat(temporary.path()).doesNotExist();
    }

    @Test
    @Behaviour(307)
    void directory_removedByOthers_closesSilently() throws IOException {
        TemporaryDirectory temporary = space.temporaryDirectory();
        Files.delete(temporary.path());
        temporary.close();
        temporary.cleanup();
        assertThat(log.about(temporary.path())).isEmpty();
    }

    @Test
    void directory_renamedAway_survivesUnderTheOtherName() throws IOException {
        TemporaryDirectory temporary = space.temporaryDirectory();
        Files.writeString(temporary.resolve("ours"), "ours");
        Path elsewhere = Files.move(temporary.path(), directory().resolve("elsewhere"));
        temporary.close();
        assertThat(elsewhere.resolve("ours")).hasContent("ours");
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(155)
    void temporaryPath_replaced_strangerIsLeftAloneWithAWarning(Stranger stranger) throws IOException {
        TemporaryPath path = space.temporaryPath("", ".sock", Files::createFile);
        replace(path.path(), stranger);
        path.close();
        stranger.assertUntouched(path.path(), outside());
        assertThat(log.about("WARNING", "not removed", path.path())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void temporaryPath_directoryReplaced_strangerIsLeftAloneAndReported(Stranger stranger) throws IOException {
        TemporaryPath path = space.temporaryPath("", "", Files::createDirectory);
        replace(path.path(), stranger);
        assertThatExceptionOfType(CleanupException.class)
                .isThrownBy(path::close)
                .satisfies(failure -> assertThat(failure.remaining()).containsExactly(path.path()));
        stranger.assertUntouched(path.path(), outside());
        path.keep();
    }
}

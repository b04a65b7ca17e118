package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group J: a directory that is there already is taken over. */
abstract class AdoptContract extends Contract {

    private Path existing;

    AdoptContract(Backend.Kind kind) {
        super(kind);
    }

    @BeforeEach
    void makeExisting() throws IOException {
        existing = Files.createDirectory(directory().resolve("existing"));
        Files.createDirectories(existing.resolve("sub").resolve("deep"));
        Files.createFile(existing.resolve("sub").resolve("file"));
    }

    @Test
    @Behaviour({286, 287, 293})
    void adopt_closed_directoryIsGoneWithAllThatIsInIt() throws IOException {
        TemporaryDirectory adopted = TemporaryDirectory.adopt(existing);
        assertThat(adopted.path()).isEqualTo(existing);
        assertThat(adopted.resolve("sub")).isEqualTo(existing.resolve("sub")).isDirectory();
        adopted.close();
        assertThat(backend.entries()).isEmpty();
        adopted.cleanup();
        adopted.close();
    }

    @Test
    @Behaviour({288, 337})
    void adopt_asResource_isGoneAtTheEndAlsoByAnException() {
        IllegalStateException thrown = new IllegalStateException("of the body");
        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    try (TemporaryDirectory adopted = TemporaryDirectory.adopt(existing)) {
                        assertThat(adopted.path()).isDirectory();
                        throw thrown;
                    }
                })
                .isSameAs(thrown)
                .satisfies(it -> assertThat(it).hasNoSuppressedExceptions());
        assertThat(existing).doesNotExist();
    }

    @Test
    @Behaviour({289, 328})
    void keep_adopted_isGivenBack() throws IOException {
        try (TemporaryDirectory adopted = TemporaryDirectory.adopt(existing)) {
            assertThat(adopted.keep()).isEqualTo(existing);
        }
        assertThat(existing.resolve("sub").resolve("file")).exists();
        TemporaryDirectory.adopt(existing).close();
        assertThat(existing).doesNotExist();
    }

    @Test
    void keep_afterItWasRemoved_isRefused() throws IOException {
        TemporaryDirectory adopted = TemporaryDirectory.adopt(existing);
        adopted.close();
        assertThatIllegalStateException().isThrownBy(adopted::keep).withMessageContaining(existing.toString());
    }

    @Test
    @Behaviour({79, 334})
    void adopt_relativePath_isAbsolute() throws IOException {
        Path here = directory().getFileSystem().getPath("").toAbsolutePath();
        Path relative = here.relativize(existing);
        assertThat(relative.isAbsolute()).isFalse();
        TemporaryDirectory adopted = TemporaryDirectory.adopt(relative);
        assertThat(adopted.path()).isEqualTo(existing);
        adopted.close();
        assertThat(existing).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "sub/..", "sub/../../existing", "sub/deep/../.././."})
    @Behaviour(79)
    void adopt_dotsInThePath_isWhatTheSystemMeans(String dots) throws IOException {
        Path path =
                existing.resolve(dots.replace("/", directory().getFileSystem().getSeparator()));
        TemporaryDirectory adopted = TemporaryDirectory.adopt(path);
        assertThat(adopted.path()).isEqualTo(existing);
        adopted.close();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    void adopt_nothingThere_isNoSuchFile() {
        Path missing = directory().resolve("missing");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> TemporaryDirectory.adopt(missing))
                .withMessageContaining(missing.toString());
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> TemporaryDirectory.adopt(missing.resolve("below")));
    }

    @Test
    void adopt_file_isNotDirectoryAndStays() throws IOException {
        Path file = Files.createFile(directory().resolve("file"));
        assertThatExceptionOfType(NotDirectoryException.class)
                .isThrownBy(() -> TemporaryDirectory.adopt(file))
                .withMessageContaining(file.toString());
        assertThat(file).exists();
    }

    @Test
    @Behaviour({300, 311})
    void adopt_linkToADirectory_isRefusedNeverFollowed() throws IOException {
        Path link = Files.createSymbolicLink(directory().resolve("link"), existing);
        for (Path path : new Path[] {link, link.resolve("."), link.resolve("..").resolve("link")}) {
            assertThatExceptionOfType(NotDirectoryException.class)
                    .isThrownBy(() -> TemporaryDirectory.adopt(path))
                    .withMessageContaining(link.toString());
        }
        assertThat(link).isSymbolicLink();
        assertThat(existing.resolve("sub").resolve("file")).exists();
    }

    @Test
    void adopt_linkInFrontOfIt_isFollowed() throws IOException {
        Path link = Files.createSymbolicLink(directory().resolve("link"), existing);
        TemporaryDirectory.adopt(link.resolve("sub")).close();
        assertThat(existing).isEmptyDirectory();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void adopt_danglingLink_isNotDirectory() throws IOException {
        Path link = Files.createSymbolicLink(
                directory().resolve("link"), directory().resolve("missing"));
        assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> TemporaryDirectory.adopt(link));
        assertThat(link).isSymbolicLink();
    }

    @Test
    void adopt_rootOfTheFileSystem_isRefused() {
        Path root = directory().getRoot();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemporaryDirectory.adopt(root))
                .withMessageContaining(root.toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TemporaryDirectory.adopt(root.resolve("..").resolve(".")));
        assertThat(root).isDirectory();
    }

    @Test
    void adopt_null_isNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> TemporaryDirectory.adopt(null))
                .withMessage("existing");
    }

    @Test
    @Behaviour({310, 311})
    void close_somethingElseIsThereByThen_isLeftAloneAndReported() throws IOException {
        TemporaryDirectory adopted = TemporaryDirectory.adopt(existing);
        Files.move(existing, directory().resolve("moved"));
        Path stranger = Files.createDirectories(existing.resolve("stranger"));
        assertThatExceptionOfType(CleanupException.class)
                .isThrownBy(adopted::close)
                .satisfies(failure -> assertThat(failure.remaining()).containsExactly(existing));
        assertThat(stranger).isDirectory();
        assertThat(directory().resolve("moved").resolve("sub")).isDirectory();
        adopted.keep();
    }

    @Test
    @Behaviour({307, 332})
    void close_othersRemovedIt_isSilent() throws IOException {
        TemporaryDirectory adopted = TemporaryDirectory.adopt(existing);
        TemporaryDirectory second = TemporaryDirectory.adopt(existing);
        second.close();
        adopted.close();
        assertThat(existing).doesNotExist();
    }
}

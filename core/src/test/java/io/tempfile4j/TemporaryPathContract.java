package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Group G: what a caller makes at a path of ours. */
abstract class TemporaryPathContract extends Contract {

    TemporaryPathContract(Backend.Kind kind) {
        super(kind);
    }

    @Test
    @Behaviour({186, 187})
    void temporaryPath_file_isInTheDirectoryAndGoneWhenClosed() throws IOException {
        TemporaryPath made = space.temporaryPath("pre", ".suf", path -> Files.writeString(path, "content"));
        assertThat(made.path()).isRegularFile().hasParent(directory());
        assertThat(made.path().getFileName().toString()).startsWith("pre").endsWith(".suf");
        made.close();
        made.close();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    void temporaryPath_directory_isRemovedWithItsContent() throws IOException {
        TemporaryPath made = space.temporaryPath(
                "db", "", path -> Files.writeString(Files.createDirectory(path).resolve("wal"), "content"));
        made.close();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour({188, 190})
    void temporaryPath_nameTaken_makerIsCalledWithAnother() throws IOException {
        List<Path> tried = new ArrayList<>();
        TemporaryPath made = space.temporaryPath("", "", path -> {
            tried.add(path);
            if (tried.size() == 1) {
                throw new FileAlreadyExistsException(path.toString());
            }
            if (tried.size() == 2) {
                throw new BindException("Address already in use");
            }
            Files.createFile(path);
        });
        assertThat(tried).hasSize(3).doesNotHaveDuplicates().endsWith(made.path());
        made.close();
    }

    @Test
    @Behaviour(188)
    void temporaryPath_noCollision_makerIsCalledOnce() throws IOException {
        int[] calls = {0};
        space.temporaryPath("", "", path -> {
                    calls[0]++;
                    Files.createFile(path);
                })
                .close();
        assertThat(calls[0]).isEqualTo(1);
    }

    @Test
    @Behaviour(191)
    void temporaryPath_makerFails_itsExceptionComesAtOnce() {
        IOException failure = new IOException("disk on fire");
        int[] calls = {0};
        assertThatThrownBy(() -> space.temporaryPath("", "", path -> {
                    calls[0]++;
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(calls[0]).isEqualTo(1);
    }

    @Test
    void temporaryPath_makerMakesNothing_isSaid() {
        assertThatThrownBy(() -> space.temporaryPath("made", ".sock", path -> {}))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(directory().resolve("made").toString())
                .hasMessageContaining(".sock: the maker has made nothing");
    }

    @Test
    void keep_pathStays() throws IOException {
        TemporaryPath made = space.temporaryPath("", "", Files::createFile);
        assertThat(made.keep()).isEqualTo(made.path());
        made.close();
        assertThat(made.path()).exists();
    }

    @Test
    void keep_afterClose_isRefused() throws IOException {
        TemporaryPath made = space.temporaryPath("", "", Files::createFile);
        made.close();
        assertThatThrownBy(made::keep).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void close_strangerAtThePath_isLeftAlone() throws IOException {
        TemporaryPath made = space.temporaryPath("", "", Files::createFile);
        Files.move(made.path(), directory().resolve("ours"));
        Files.writeString(made.path(), "stranger");
        made.close();
        assertThat(made.path()).hasContent("stranger");
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Group J, its simple part: a directory and its end. */
abstract class TemporaryDirectoryContract extends Contract {

    TemporaryDirectoryContract(Backend.Kind kind) {
        super(kind);
    }

    @Test
    @Behaviour({286, 287, 325})
    void cleanup_calledThrice_directoryIsGone() throws IOException {
        TemporaryDirectory made = space.temporaryDirectory("pre", "suf");
        assertThat(made.path().getFileName().toString()).startsWith("pre").endsWith("suf");
        assertThat(Files.isDirectory(made.path(), LinkOption.NOFOLLOW_LINKS)).isTrue();
        made.cleanup();
        made.cleanup();
        made.cleanup();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour({288, 293, 326})
    void tryWithResources_nestedContent_isGoneWithIt() throws IOException {
        try (TemporaryDirectory made = space.temporaryDirectory()) {
            Files.createDirectories(made.resolve("a").resolve("b").resolve("c"));
            Files.writeString(made.resolve("a").resolve("b").resolve("file"), "content");
            Files.writeString(made.resolve("top"), "content");
        }
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour({289, 329})
    void deleteOnCloseFalse_closed_directoryStays() throws IOException {
        Path path;
        try (TempSpace keeping = backend.builder().deleteOnClose(false).open();
                TemporaryDirectory made = keeping.temporaryDirectory()) {
            path = made.path();
        }
        assertThat(path).isDirectory();
    }

    @Test
    @Behaviour({300, 314})
    void cleanup_symbolicLinks_areRemovedAndTheirTargetsStay() throws IOException {
        Path outside = Files.createDirectory(directory().resolve("outside"));
        Path victim = Files.writeString(outside.resolve("victim"), "content");
        TemporaryDirectory made = space.temporaryDirectory();
        Files.createSymbolicLink(made.resolve("directory"), outside);
        Files.createSymbolicLink(made.resolve("file"), victim);
        Files.createSymbolicLink(made.resolve("dangling"), directory().resolve("nowhere"));
        made.close();
        assertThat(backend.entries()).containsExactly(outside);
        assertThat(victim).hasContent("content");
    }

    @Test
    @Behaviour({307, 332})
    void cleanup_removedBySomeoneElse_isSilent() throws IOException {
        TemporaryDirectory made = space.temporaryDirectory();
        Files.delete(made.path());
        made.cleanup();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour(310)
    void cleanup_replacedByAFile_saysSoAndLeavesIt() throws IOException {
        TemporaryDirectory made = space.temporaryDirectory();
        Files.delete(made.path());
        Files.writeString(made.path(), "stranger");
        assertThatThrownBy(made::cleanup)
                .isInstanceOf(CleanupException.class)
                .hasMessageContaining(made.path().toString())
                .hasMessageContaining("something else");
        assertThat(made.path()).hasContent("stranger");
        Files.delete(made.path());
        made.cleanup();
    }

    @Test
    @Behaviour(311)
    void cleanup_replacedByASymbolicLink_saysSoAndLeavesLinkAndTarget() throws IOException {
        Path outside = Files.createDirectory(directory().resolve("outside"));
        Files.writeString(outside.resolve("victim"), "content");
        TemporaryDirectory made = space.temporaryDirectory();
        Files.delete(made.path());
        Files.createSymbolicLink(made.path(), outside);
        assertThatThrownBy(made::cleanup).isInstanceOfSatisfying(CleanupException.class, failure -> {
            assertThat(failure.remaining()).containsExactly(made.path());
            assertThat(failure.remainingCount()).isEqualTo(1);
        });
        assertThat(outside.resolve("victim")).hasContent("content");
        Files.delete(made.path());
    }

    @Test
    void cleanup_replacedByAnotherDirectory_saysSoAndLeavesIt() throws IOException {
        TemporaryDirectory made = space.temporaryDirectory();
        Files.move(made.path(), directory().resolve("ours"));
        Files.createDirectory(made.path());
        Files.writeString(made.resolve("file"), "stranger");
        assertThatThrownBy(made::cleanup).isInstanceOf(CleanupException.class);
        assertThat(made.resolve("file")).hasContent("stranger");
        Files.delete(made.resolve("file"));
        Files.delete(made.path());
    }

    @Test
    @Behaviour({328, 336})
    void keep_directoryStaysWhateverIsClosed() throws IOException {
        TemporaryDirectory made = space.temporaryDirectory();
        assertThat(made.keep()).isEqualTo(made.path());
        assertThat(made.keep()).isEqualTo(made.path());
        made.close();
        space.close();
        assertThat(made.path()).isDirectory();
    }

    @Test
    void keep_afterCleanup_isRefused() throws IOException {
        TemporaryDirectory made = space.temporaryDirectory();
        made.close();
        assertThatThrownBy(made::keep)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(made.path().toString());
    }

    @Test
    @Behaviour({330, 331, 337})
    void close_inAnotherThreadOrByAnException_directoryIsGone() throws Exception {
        TemporaryDirectory handedOver = space.temporaryDirectory();
        Thread receiver = new Thread(() -> {
            try (handedOver) {
                throw new IllegalStateException("dies");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        receiver.setUncaughtExceptionHandler((thread, expected) -> {});
        receiver.start();
        receiver.join();
        assertThat(handedOver.path()).doesNotExist();
    }

    @Test
    @Behaviour(333)
    void resolve_isAPathInIt() throws IOException {
        try (TemporaryDirectory made = space.temporaryDirectory()) {
            assertThat(made.resolve("a").getParent()).isEqualTo(made.path());
        }
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Group K: a file is replaced as a whole or not at all. */
abstract class AtomicFileContract extends Contract {

    private Path target;

    AtomicFileContract(Backend.Kind kind) {
        super(kind);
    }

    @BeforeEach
    void makeTarget() throws IOException {
        target = Files.writeString(directory().resolve("target"), "old content");
    }

    private void assertOnlyTarget(String content) throws IOException {
        assertThat(target).hasContent(content);
        assertThat(backend.entries()).containsExactly(target);
    }

    @Test
    @Behaviour({343, 360})
    void replace_asText_isThere() throws IOException {
        assertThat(AtomicFile.replace(target, file -> file.text().write("new content")))
                .isEqualTo(target);
        assertOnlyTarget("new content");
    }

    @Test
    void replace_byStreamWriterAndChannel_isThere() throws IOException {
        AtomicFile.replace(target, file -> {
            try (OutputStream stream = file.outputStream()) {
                stream.write("stream ".getBytes(StandardCharsets.UTF_8));
            }
            try (java.io.Writer writer = file.text().writer()) {
                writer.write("writer ");
            }
            file.channel().write(StandardCharsets.UTF_8.encode("channel"), file.size());
        });
        assertOnlyTarget("stream writer channel");
    }

    @Test
    void replace_nothingThere_isMade() throws IOException {
        Files.delete(target);
        AtomicFile.replace(target, file -> file.write(ByteBuffer.wrap(new byte[] {'n'})));
        assertOnlyTarget("n");
    }

    @Test
    void replace_whileWriting_oldContentIsStillThere() throws IOException {
        AtomicFile.replace(target, file -> {
            file.text().write("new").flush();
            assertThat(target).hasContent("old content");
            assertThat(backend.entries()).hasSize(2);
        });
        assertOnlyTarget("new");
    }

    @Test
    @Behaviour(362)
    void replace_writerFails_oldContentStaysAndNothingIsLeft() throws IOException {
        for (Throwable failure :
                new Throwable[] {new IOException("full"), new IllegalStateException("bug"), new AssertionError("worse")
                }) {
            assertThatThrownBy(() -> AtomicFile.replace(target, file -> {
                        file.text().write("new").flush();
                        FailingPlatform.<RuntimeException>sneak(failure);
                    }))
                    .isSameAs(failure);
            assertOnlyTarget("old content");
        }
    }

    @Test
    void replace_writerClosesTheFile_isSaidAndOldContentStays() throws IOException {
        assertThatThrownBy(() -> AtomicFile.replace(target, file -> {
                    try (TextFile text = file.text()) {
                        text.write("new");
                    }
                }))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("closed");
        assertOnlyTarget("old content");
    }

    @Test
    void replace_directory_isRefused() throws IOException {
        Path directory = Files.createDirectory(directory().resolve("directory"));
        assertThatThrownBy(() -> AtomicFile.replace(directory, file -> file.write(1)))
                .isInstanceOf(PersistException.class);
        assertThat(directory).isEmptyDirectory();
        assertThat(backend.entries()).containsExactly(directory, target);
    }

    @Test
    void replace_noDirectory_isRefused() {
        assertThatThrownBy(() ->
                        AtomicFile.replace(target.resolveSibling("missing").resolve("x"), file -> {}))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @Behaviour(352)
    void replace_link_staysAndItsFileIsReplaced() throws IOException {
        Path elsewhere = Files.createDirectory(directory().resolve("elsewhere"));
        Path real = Files.move(target, elsewhere.resolve("real"));
        Files.createSymbolicLink(target, directory().getFileSystem().getPath("elsewhere", "real"));
        assertThat(AtomicFile.replace(target, file -> file.text().write("new"))).isEqualTo(real);
        assertThat(Files.isSymbolicLink(target)).isTrue();
        assertThat(real).hasContent("new");
        assertThat(Backend.entries(elsewhere)).containsExactly(real);
    }

    @Test
    void replace_linkThatLeadsNowhere_isRefused() throws IOException {
        Files.delete(target);
        Files.createSymbolicLink(target, directory().resolve("nowhere"));
        assertThatThrownBy(() -> AtomicFile.replace(target, file -> {}))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(target + ": is a symbolic link that leads nowhere");
        assertThat(Files.isSymbolicLink(target)).isTrue();
        assertThat(backend.entries()).containsExactly(target);
    }

    @Test
    void replace_noClobber_makesButNeverReplaces() throws IOException {
        Set<PersistOption> options = EnumSet.of(PersistOption.NO_CLOBBER);
        assertThatThrownBy(() ->
                        AtomicFile.replace(target, options, file -> file.text().write("new")))
                .isInstanceOf(PersistException.class)
                .hasMessageStartingWith("could not replace " + target + ", it is as it was: ")
                .hasCauseInstanceOf(FileAlreadyExistsException.class);
        assertOnlyTarget("old content");
        Files.delete(target);
        AtomicFile.replace(target, options, file -> file.text().write("new"));
        assertOnlyTarget("new");
    }

    @Test
    @Behaviour(359)
    @Needs(Need.PERMISSIONS)
    void replace_permissions_stayAsTheyWere() throws IOException {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-x---"));
        AtomicFile.replace(target, file -> file.text().write("new"));
        assertThat(PosixFilePermissions.toString(backend.permissions(target))).isEqualTo("rw-r-x---");
    }
}

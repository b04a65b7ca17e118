package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider whose channels are not what a temporary file needs. */
class ZipFileSystemTest {

    @TempDir
    Path scratch;

    private FileSystem zip;
    private Path root;

    @BeforeEach
    void open() throws IOException {
        zip = FileSystems.newFileSystem(scratch.resolve("archive.zip"), Map.of("create", "true"));
        root = zip.getPath("/");
    }

    @AfterEach
    void close() throws IOException {
        zip.close();
    }

    @Test
    void file_inAnArchive_isRefusedAndSaysWhy() throws IOException {
        TempSpace space = TempSpace.in(root);
        assertRefused(space::namedTemporaryFile);
        assertRefused(space::temporaryFile);
        assertRefused(() -> Tempfile.mkstemp(root));
        assertRefused(() -> AtomicFile.replace(root.resolve("file"), file -> {}));
        try (SpooledTemporaryFile spooled = space.spooledTemporaryFile(1)) {
            spooled.write(1);
            assertRefused(() -> spooled.write(2));
            assertThat(spooled.size()).isEqualTo(1);
        }
        assertThat(root).isEmptyDirectory();
    }

    private static void assertRefused(ThrowingCallable making) {
        assertThatThrownBy(making)
                .isExactlyInstanceOf(FileSystemException.class)
                .hasMessageStartingWith("/")
                .hasMessageEndingWith(": file systems of the kind 'jar' do not open files as it is needed here");
    }

    @Test
    void persist_intoAnArchive_isRefusedAndTheFileStaysUsable() throws IOException {
        Path target = root.resolve("target");
        try (NamedTemporaryFile file = TempSpace.in(scratch).namedTemporaryFile()) {
            file.write(1);
            assertThatThrownBy(() -> file.persist(target))
                    .isInstanceOf(PersistException.class)
                    .hasCauseExactlyInstanceOf(FileSystemException.class);
            file.persist(scratch.resolve("persisted"));
        }
        assertThat(scratch.resolve("persisted")).hasSize(1);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void directory_inAnArchive_isRemovedWithAllInIt() throws IOException {
        try (TemporaryDirectory directory = TempSpace.in(root).temporaryDirectory()) {
            Files.writeString(directory.resolve("file"), "content");
        }
        assertThat(root).isEmptyDirectory();
    }
}

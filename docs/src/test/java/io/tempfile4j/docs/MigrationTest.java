package io.tempfile4j.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.SpooledTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/guides/migration.md}. */
class MigrationTest {

    @Test
    void createTempFile_becomesAResource() throws IOException {
        // @start region="file"
        try (NamedTemporaryFile temporary = NamedTemporaryFile.create("invoice", ".pdf")) {
            File file = temporary.path().toFile(); // for what wants a java.io.File
            render(file);
        }
        // @end
    }

    private static void render(File file) throws IOException {
        Files.writeString(file.toPath(), "%PDF");
        assertThat(file.length()).isEqualTo(4);
    }

    // @start region="field"
    /** Lives as long as the program: the object is kept, and its file with it. */
    private static final TemporaryDirectory CACHE = cache();

    private static TemporaryDirectory cache() {
        try {
            return TemporaryDirectory.create("cache-", "");
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
    // @end

    @Test
    void deleteOnExit_becomesAnObjectThatIsKept() throws IOException {
        assertThat(Files.writeString(CACHE.resolve("entry"), "value")).exists();
    }

    @Test
    void deferredOutput_becomesASpooledFile(@TempDir Path target) throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        // @start region="spooled"
        try (SpooledTemporaryFile file = SpooledTemporaryFile.create(64 * 1024)) {
            OutputStream out = file.outputStream();
            out.write("content".getBytes(UTF_8));
            file.newInputStream().transferTo(response); // any number of times, also while it is written
            file.persist(target.resolve("kept")); // DeferredFileOutputStream.writeTo
        }
        // @end
        assertThat(response).hasToString("content");
        assertThat(target.resolve("kept")).hasContent("content");
    }

    @Test
    void deleteDirectory_becomesAnAdoption(@TempDir Path parent) throws IOException {
        Path directory = Files.createDirectories(parent.resolve("old/deep")).getParent();
        // @start region="delete"
        TemporaryDirectory.adopt(directory).close(); // follows no link, names all that could not be removed
        // @end
        assertThat(directory).doesNotExist();
    }

    @Test
    void createTempDirectory_inAnother_becomesASpace(@TempDir Path data) throws IOException {
        // @start region="in"
        TempSpace space = TempSpace.in(data); // once; File.createTempFile(prefix, suffix, data) each time
        try (NamedTemporaryFile file = space.namedTemporaryFile("part-", ".bin")) {
            assertThat(file.path()).hasParentRaw(data);
        }
        // @end
    }
}

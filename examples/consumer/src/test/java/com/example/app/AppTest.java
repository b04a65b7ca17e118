package com.example.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.PersistException;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.junit.NoTempLeaks;
import io.tempfile4j.junit.Temporary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NoTempLeaks
class AppTest {

    @Temporary
    TemporaryDirectory data;

    @Test
    void upload_ofAnySize_isThereAsAWhole() throws IOException {
        Uploads uploads = new Uploads(data.path());
        for (int size : new int[] {0, 10, 1_000_000}) {
            byte[] body = new byte[size];
            Path received = uploads.receive("upload-" + size, new ByteArrayInputStream(body));
            assertArrayEquals(body, Files.readAllBytes(received));
        }
    }

    @Test
    void upload_ofATakenName_leavesWhatIsThere() throws IOException {
        Path taken = Files.writeString(data.resolve("taken"), "first");
        Uploads uploads = new Uploads(data.path());
        assertThrows(
                PersistException.class, () -> uploads.receive("taken", new ByteArrayInputStream(new byte[] {1, 2})));
        assertEquals("first", Files.readString(taken));
    }

    @Test
    void settings_savedTwice_areTheSecond(@Temporary TemporaryDirectory home) throws IOException {
        Settings settings = new Settings(home.resolve("app.properties"));
        Properties properties = new Properties();
        properties.setProperty("colour", "blue");
        settings.save(properties);
        properties.setProperty("colour", "green");
        settings.save(properties);
        assertEquals("green", settings.load().getProperty("colour"));
    }

    @Test
    void lines_ofAText_areCounted() throws IOException {
        assertEquals(2, LineCount.of("one\ntwo\n"));
    }

    /** By junit-platform.properties this is a directory of tempfile4j. */
    @Test
    void tempDir_plain_isPrivate(@TempDir Path directory) throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions");
        assertEquals(3, Files.getPosixFilePermissions(directory).size());
        assertEquals("junit-".length() + 12, directory.getFileName().toString().length());
    }

    /** The build of the library runs this project on two JDKs, on the module path and on the class path, and says which. */
    @Test
    void jvm_ofTheseTests_isTheOneThatWasMeant() {
        assertEquals(System.getProperty("expected.module"), Uploads.class.getModule().getName());
        assertEquals(System.getProperty("expected.java"), System.getProperty("java.specification.version"));
    }
}

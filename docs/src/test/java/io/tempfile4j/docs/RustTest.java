package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.PersistOption;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.TemporaryPath;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/guides/rust.md}; and its tables have every item of the crate. */
class RustTest {

    @Test
    void tables_haveEveryItemOfTheCrate() throws IOException {
        List<String> names = Files.readAllLines(Path.of("src", "test", "resources", "rust-names.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .toList();
        assertThat(names).hasSizeGreaterThan(50);
        assertThat(PythonTest.Tables.namesIn("rust.md")).containsAll(names);
    }

    @Test
    void persistNoclobber_isAnOption(@TempDir Path reports) throws IOException {
        // @start region="persist"
        try (NamedTemporaryFile file = TempSpace.in(reports).namedTemporaryFile()) {
            file.text().write("all of it\n");
            file.persist(reports.resolve("report.txt"), PersistOption.NO_CLOBBER);
        }
        // @end
        assertThat(reports.resolve("report.txt")).hasContent("all of it\n");
    }

    @Test
    void builder_isOfASpace() throws IOException {
        // @start region="builder"
        TempSpace builds = TempSpace.builder()
                .prefix("build-")
                .directoryPermissions(PosixFilePermissions.fromString("rwxr-x---"))
                .open();
        try (TemporaryDirectory directory = builds.temporaryDirectory()) {
            assertThat(directory.path().getFileName().toString()).startsWith("build-");
        }
        // @end
    }

    @Test
    void make_isATemporaryPath() throws IOException {
        // @start region="make"
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                TemporaryPath socket = TempSpace.system()
                        .temporaryPath("app-", ".sock", path -> server.bind(UnixDomainSocketAddress.of(path)))) {
            assertThat(socket.path()).exists();
        }
        // @end
    }
}

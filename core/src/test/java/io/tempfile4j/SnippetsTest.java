package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.TextOptions.Newline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of README and Javadoc: each region is shown there as it stands here, and runs here. */
class SnippetsTest {

    /** Without AssertJ: it is what a reader sees first. What it prints is what its comments say. */
    @Test
    void four() throws IOException {
        PrintStream standard = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            // @start region="four"
            // import io.tempfile4j.*; import java.nio.file.*;
            try (TemporaryFile file = TemporaryFile.create()) { // no name: nobody else can open it
                file.text().write("Hello World!\n");
                file.seek(0);
                System.out.print(file.text().read()); // Hello World!
            } // gone

            try (NamedTemporaryFile file = NamedTemporaryFile.create("report-", ".csv")) { // unguessable, rw-------
                file.text().write("a,b\n1,2\n").flush();
                System.out.println(Files.readAllLines(file.path())); // [a,b, 1,2]
            } // gone

            try (SpooledTemporaryFile file = SpooledTemporaryFile.create(64 * 1024)) { // in memory up to 64 KiB
                file.write(new byte[100_000]);
                System.out.println(file.rolled()); // true: now a file without a name
            } // gone

            try (TemporaryDirectory directory = TemporaryDirectory.create()) { // rwx------
                Path sub = Files.createDirectories(directory.resolve("a/b"));
                Files.writeString(sub.resolve("file.txt"), "content");
            } // gone, with all that is in it
            // @end
        } finally {
            System.setOut(standard);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("Hello World!", "[a,b, 1,2]", "true");
    }

    @Test
    void nameless() throws IOException {
        // @start region="nameless"
        try (TemporaryFile file = TemporaryFile.create()) {
            TextFile text = file.text();
            text.write("Hello\n").write("World\n");
            text.seek(0);
            for (String line : text) {
                assertThat(line).endsWith("\n");
            }
            file.write(new byte[] {1, 2, 3}); // bytes, at the same position
            assertThat(file.size()).isEqualTo(15);
        }
        // @end
    }

    @Test
    void named() throws IOException {
        // @start region="named"
        Path path;
        try (NamedTemporaryFile file = NamedTemporaryFile.create("report-", ".csv")) {
            path = file.path(); // say /tmp/report-4q0zj2m8c1xv.csv, mode rw-------
            file.text().write("a,b\n1,2\n").flush(); // now others see it
            assertThat(Files.readAllLines(path)).hasSize(2);
        }
        assertThat(path).doesNotExist();
        // @end
    }

    @Test
    void spooled() throws IOException {
        // @start region="spooled"
        try (SpooledTemporaryFile file = SpooledTemporaryFile.create(64 * 1024)) {
            file.write(new byte[64 * 1024]);
            assertThat(file.rolled()).isFalse(); // in memory
            file.write('!');
            assertThat(file.rolled()).isTrue(); // in a file without a name
            file.seek(0);
            assertThat(file.readAllBytes()).hasSize(64 * 1024 + 1);
        }
        // @end
    }

    @Test
    void text() throws IOException {
        // @start region="text"
        TextOptions csv = new TextOptions(StandardCharsets.ISO_8859_1, Newline.CRLF, CodingErrorAction.REPORT);
        try (TextFile text = TemporaryFile.create().text(csv)) { // closing it closes the file
            text.write("a;\u00e9\n");
            assertThat(text.file().size()).isEqualTo(5); // one byte for each character, two for the line end
            text.seek(0);
            assertThat(text.lines()).containsExactly("a;\u00e9");
        }
        // @end
    }

    @Test
    void directory() throws IOException {
        // @start region="directory"
        Path path;
        try (TemporaryDirectory directory = TemporaryDirectory.create()) {
            path = directory.path(); // mode rwx------
            Files.createDirectories(directory.resolve("a/b"));
            Files.writeString(directory.resolve("a/b/file.txt"), "content");
        }
        assertThat(path).doesNotExist();
        // @end
    }

    @Test
    void adopt(@TempDir Path parent) throws IOException {
        Path unpacked = Files.createDirectory(parent.resolve("unpacked"));
        // @start region="adopt"
        try (TemporaryDirectory directory = TemporaryDirectory.adopt(unpacked)) {
            Files.writeString(directory.resolve("file.txt"), "content");
        }
        assertThat(unpacked).doesNotExist();
        // @end
    }

    @Test
    void path() throws IOException {
        // @start region="path"
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                TemporaryPath socket = TempSpace.system()
                        .temporaryPath("server-", ".sock", path -> server.bind(UnixDomainSocketAddress.of(path)))) {
            assertThat(socket.path()).exists();
        }
        // @end
    }

    @Test
    void space(@TempDir Path uploads) throws IOException {
        // @start region="space"
        try (TempSpace space =
                TempSpace.builder().directory(uploads).prefix("upload-").open()) {
            NamedTemporaryFile part = space.namedTemporaryFile();
            TemporaryDirectory unpacked = space.temporaryDirectory();
            assertThat(List.of(part.path(), unpacked.path())).allMatch(path -> path.startsWith(uploads));
        } // part and unpacked are gone
        // @end
        assertThat(uploads).isEmptyDirectory();
    }

    @Test
    void holdEnd() {
        // @start region="hold-end"
        EndHold hold = TempSpace.holdEnd("my server", Duration.ofSeconds(40)); // when the server starts
        // … the JVM is asked to end; the server completes its requests, which use temporary files …
        hold.close(); // when the server has stopped: now they are removed
        // @end
        assertThat(hold).hasToString("EndHold[my server]");
    }

    @Test
    void observe(@TempDir Path directory) throws IOException {
        try (TempSpace space = TempSpace.in(directory)) {
            NamedTemporaryFile file = space.namedTemporaryFile();
            // @start region="observe"
            Stats stats = space.stats(); // also for the JDK's Flight Recorder: io.tempfile4j.Create, Remove, Leak, Reap
            assertThat(stats.namedTemporaryFiles()).isEqualTo(1);
            assertThat(stats.leaked()).isZero(); // never closed; -Dtempfile4j.leaks=trace tells where they were made
            ReapReport orphans = TempSpace.reapOrphans(); // done in the background anyway
            assertThat(orphans.removedCount()).isNotNegative();
            // @end
            assertThat(file.path()).exists();
        }
    }

    @Test
    void persist(@TempDir Path reports) throws IOException {
        // @start region="persist"
        Path report;
        try (NamedTemporaryFile file = TempSpace.in(reports).namedTemporaryFile()) {
            file.text().write("all of it");
            report = file.persist(reports.resolve("report.txt"), PersistOption.NO_CLOBBER);
        }
        assertThat(report).hasContent("all of it"); // or, had anything failed: nothing there, nothing left
        // @end
        assertThat(reports.toFile().list()).containsExactly("report.txt");
    }

    @Test
    void elsewhere(@TempDir Path directory) throws IOException {
        // @start region="elsewhere"
        try (NamedTemporaryFile file = TempSpace.in(directory).namedTemporaryFile()) {
            file.text().write("hours of work");
            try {
                file.persist(directory.resolve("missing/report.txt"));
            } catch (PersistException failure) { // the file is still open, with all that is in it
                file.persist(directory.resolve("rescued.txt"));
            }
        }
        // @end
        assertThat(directory.resolve("rescued.txt")).hasContent("hours of work");
    }

    @Test
    void replace(@TempDir Path directory) throws IOException {
        Path settings = directory.resolve("settings.properties");
        Files.writeString(settings, "old=1\n");
        Properties properties = new Properties();
        properties.setProperty("new", "2");
        // @start region="replace"
        AtomicFile.replace(settings, file -> properties.store(file.outputStream(), null)); // by a stream,
        AtomicFile.replace(settings, file -> file.text().write("new=2\n")); // or as text
        assertThat(settings).hasContent("new=2\n"); // also after a power cut; with the permissions it had
        // @end
    }

    @Test
    void functions() throws IOException {
        // @start region="functions"
        try (MkstempResult made = Tempfile.mkstemp("project", ".py")) {
            made.channel().write(ByteBuffer.wrap(new byte[] {42}));
            Files.delete(made.path()); // who calls mkstemp removes the file
        }
        Path directory = Tempfile.mkdtemp("project", "dir");
        Files.delete(directory);
        // @end
        assertThat(directory).doesNotExist();
    }
}

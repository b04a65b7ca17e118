package io.tempfile4j.docs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.AtomicFile;
import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.SpooledTemporaryFile;
import io.tempfile4j.Stats;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.TemporaryFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/guides/server.md}. */
class ServerTest {

    // @start region="receive"
    /** Takes a request's body: a small one stays in memory, a larger one goes to disk, a too large one is refused. */
    static SpooledTemporaryFile receive(TempSpace space, InputStream body, long limit) throws IOException {
        SpooledTemporaryFile upload = space.spooledTemporaryFile(256 * 1024);
        try {
            byte[] buffer = new byte[16 * 1024];
            for (int n = body.read(buffer); n > 0; n = body.read(buffer)) {
                if (upload.size() + n > limit) {
                    throw new IOException("larger than " + limit + " bytes");
                }
                upload.write(buffer, 0, n);
            }
            upload.seek(0);
            return upload; // the caller closes it
        } catch (Throwable failure) {
            upload.close();
            throw failure;
        }
    }
    // @end

    @Test
    void receive_anySize_isInMemoryOnDiskOrRefusedAndLeavesNothing(@TempDir Path directory) throws IOException {
        try (TempSpace space = TempSpace.in(directory)) {
            try (SpooledTemporaryFile small = receive(space, bytes(256 * 1024), 1_000_000)) {
                assertThat(small.rolled()).isFalse();
                assertThat(small.readAllBytes()).hasSize(256 * 1024);
            }
            try (SpooledTemporaryFile large = receive(space, bytes(1_000_000), 1_000_000)) {
                assertThat(large.rolled()).isTrue();
                assertThat(large.readAllBytes()).hasSize(1_000_000);
            }
            assertThatThrownBy(() -> receive(space, bytes(1_000_001), 1_000_000))
                    .hasMessage("larger than 1000000 bytes");
            assertThat(space.stats().alive()).isZero();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void newInputStream_severalAtOnce_readFromTheStart(@TempDir Path directory) throws IOException {
        try (TempSpace space = TempSpace.in(directory);
                SpooledTemporaryFile upload = receive(space, new ByteArrayInputStream("abc".getBytes(US_ASCII)), 10)) {
            // @start region="streams"
            try (InputStream forTheScanner = upload.newInputStream();
                    InputStream forTheParser = upload.newInputStream()) { // each with a position of its own
                assertThat(forTheScanner.readAllBytes()).isEqualTo(forTheParser.readAllBytes());
            }
            // @end
        }
    }

    @Test
    void request_ends_allOfItIsGone(@TempDir Path uploads) throws IOException {
        // @start region="request"
        try (TempSpace request = TempSpace.in(uploads)) {
            TemporaryDirectory unpacked = request.temporaryDirectory("unpacked-", "");
            NamedTemporaryFile forTheConverter = request.namedTemporaryFile("in-", ".docx");
            assertThat(List.of(unpacked.path(), forTheConverter.path())).allMatch(Files::exists);
        } // however the request ends, nothing of it is left
        assertThat(uploads).isEmptyDirectory();
        // @end
    }

    @Test
    void export_written_isSentFromTheStart() throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        // @start region="export"
        try (TemporaryFile export = TemporaryFile.create()) {
            OutputStream out = export.outputStream();
            for (int row = 0; row < 1000; row++) {
                out.write(("row " + row + "\n").getBytes(US_ASCII));
            }
            out.close(); // closes the view: the file stays until its block ends
            long contentLength = export.size(); // known before the first byte is sent
            assertThat(export.newInputStream().transferTo(response)).isEqualTo(contentLength);
        }
        // @end
        assertThat(response.size()).isEqualTo(7890);
    }

    @Test
    void publish_again_readersSeeAllOfOne(@TempDir Path directory) throws IOException {
        Path catalogue = directory.resolve("catalogue.csv");
        // @start region="publish"
        AtomicFile.replace(catalogue, file -> {
            for (String line : List.of("id,name", "1,one")) {
                file.text().write(line).write("\n");
            }
        });
        // @end
        assertThat(catalogue).content().isEqualToNormalizingNewlines("id,name\n1,one\n");
        assertThat(directory.toFile().list()).containsExactly("catalogue.csv");
    }

    @Test
    void stats_ofASpace_tellWhatIsInUse(@TempDir Path directory) throws IOException {
        try (TempSpace uploads = TempSpace.in(directory);
                SpooledTemporaryFile upload = receive(uploads, bytes(1000), 1_000_000)) {
            // @start region="stats"
            Stats stats = uploads.stats();
            assertThat(stats.alive()).isEqualTo(1);
            assertThat(stats.knownBytes()).isEqualTo(1000); // of open files, and in memory
            assertThat(stats.leaked()).isZero(); // never closed, found by the garbage collector
            // @end
            assertThat(upload.isOpen()).isTrue();
        }
    }

    private static InputStream bytes(int count) {
        return new ByteArrayInputStream(new byte[count]);
    }
}

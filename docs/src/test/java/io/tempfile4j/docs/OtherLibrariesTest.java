package io.tempfile4j.docs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.MkstempResult;
import io.tempfile4j.SpooledTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.Tempfile;
import io.tempfile4j.TemporaryDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.BinaryBody;
import org.apache.james.mime4j.storage.AbstractStorageProvider;
import org.apache.james.mime4j.storage.Storage;
import org.apache.james.mime4j.storage.StorageBodyFactory;
import org.apache.james.mime4j.storage.StorageOutputStream;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.poi.util.DefaultTempFileCreationStrategy;
import org.apache.poi.util.TempFile;
import org.apache.poi.util.TempFileCreationStrategy;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/guides/other-libraries.md}, with these libraries. */
class OtherLibrariesTest {

    // @start region="poi"
    /** Has POI make its temporary files in a directory of ours. */
    record PoiTempFiles(TemporaryDirectory directory) implements TempFileCreationStrategy {
        @Override
        public File createTempFile(String prefix, String suffix) throws IOException {
            try (MkstempResult made = Tempfile.mkstemp(directory.path(), prefix, suffix == null ? ".tmp" : suffix)) {
                return made.path().toFile();
            }
        }

        @Override
        public File createTempDirectory(String prefix) throws IOException {
            return Tempfile.mkdtemp(directory.path(), prefix, "").toFile();
        }
    }
    // @end

    @Test
    void poi_withOurStrategy_makesItsFilesInTheDirectory(@TempDir Path place) throws IOException {
        ByteArrayOutputStream xlsx = new ByteArrayOutputStream();
        try (TemporaryDirectory directory = TempSpace.in(place).temporaryDirectory()) {
            // @start region="poi-set"
            TempFile.setTempFileCreationStrategy(new PoiTempFiles(directory)); // once, when the program starts
            // @end
            try (SXSSFWorkbook workbook = new SXSSFWorkbook(10)) {
                SXSSFSheet sheet = workbook.createSheet();
                for (int row = 0; row < 1000; row++) {
                    sheet.createRow(row).createCell(0).setCellValue(row);
                }
                assertThat(directory.path().toFile().list()).anyMatch(name -> name.startsWith("poi-sxssf-sheet"));
                workbook.write(xlsx);
            }
        } finally {
            TempFile.setTempFileCreationStrategy(new DefaultTempFileCreationStrategy());
        }
        assertThat(place).isEmptyDirectory();
        assertThat(xlsx.size()).isPositive();
    }

    @Test
    void pdfbox_withOurDirectory_hasItsScratchFileThere(@TempDir Path place) throws IOException {
        TempSpace space = TempSpace.in(place);
        // @start region="pdfbox"
        try (TemporaryDirectory scratch = space.temporaryDirectory("pdf-", "")) {
            MemoryUsageSetting memory = MemoryUsageSetting.setupTempFileOnly()
                    .setTempDir(scratch.path().toFile());
            try (PDDocument document = new PDDocument(memory.streamCache)) { // as for Loader.loadPDF(file, …)
                write(document);
                assertThat(scratch.path()).isNotEmptyDirectory();
            }
        }
        // @end
        assertThat(place).isEmptyDirectory();
    }

    private static void write(PDDocument document) throws IOException {
        COSStream stream = document.getDocument().createCOSStream();
        try (OutputStream out = stream.createOutputStream()) {
            out.write(new byte[100_000]);
        }
    }

    // @start region="mime4j"
    /** Keeps the bodies of mails in memory, the large ones in files without a name. */
    static final class SpooledStorageProvider extends AbstractStorageProvider {
        private final TempSpace space;

        SpooledStorageProvider(TempSpace space) {
            this.space = space;
        }

        @Override
        public StorageOutputStream createStorageOutputStream() throws IOException {
            SpooledTemporaryFile file = space.spooledTemporaryFile(64 * 1024);
            return new StorageOutputStream() {
                @Override
                protected void write0(byte[] bytes, int offset, int length) throws IOException {
                    file.write(bytes, offset, length);
                }

                @Override
                protected Storage toStorage0() {
                    return new SpooledStorage(file);
                }
            };
        }
    }

    record SpooledStorage(SpooledTemporaryFile file) implements Storage {
        @Override
        public InputStream getInputStream() throws IOException {
            return file.newInputStream();
        }

        @Override
        public void delete() {
            try {
                file.close();
            } catch (IOException lost) {
                // Nobody reads it any more.
            }
        }
    }
    // @end

    @Test
    void mime4j_withOurStorage_leavesNothing(@TempDir Path place) throws IOException {
        try (TempSpace space = TempSpace.in(place)) {
            // @start region="mime4j-set"
            StorageBodyFactory bodies = new StorageBodyFactory(new SpooledStorageProvider(space), DecodeMonitor.SILENT);
            BinaryBody body = bodies.binaryBody(new ByteArrayInputStream("an attachment".getBytes(US_ASCII)));
            assertThat(body.getInputStream()).hasContent("an attachment");
            body.dispose(); // as Message.dispose() does for all of a mail's bodies
            // @end
            assertThat(space.stats().alive()).isZero();
        }
    }

    @Test
    void otherProgram_withTmpdir_leavesNothing(@TempDir Path place) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell");
        TempSpace space = TempSpace.in(place);
        String converter = "/bin/sh";
        // @start region="program"
        try (TemporaryDirectory scratch = space.temporaryDirectory()) {
            ProcessBuilder program = new ProcessBuilder(converter, "-c", "echo left > \"$TMPDIR/behind\"");
            program.environment().put("TMPDIR", scratch.path().toString()); // Windows: TEMP and TMP
            assertThat(program.start().waitFor()).isZero();
            assertThat(scratch.resolve("behind")).exists();
        } // whatever it has left is gone
        // @end
        assertThat(place).isEmptyDirectory();
    }
}

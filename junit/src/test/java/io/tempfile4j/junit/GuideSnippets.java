package io.tempfile4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the guide and of Javadoc: each region is shown there as it stands here, and {@code GuideTest} runs it. */
final class GuideSnippets {

    private GuideSnippets() {}

    // @start region="temporary"
    static class ReportTest {

        @Temporary
        TemporaryDirectory reports;

        @Test
        void report_written_hasItsLines(@Temporary(suffix = ".csv") NamedTemporaryFile input) throws IOException {
            input.text().write("a,b\n1,2\n").flush();
            Path report = Files.copy(input.path(), reports.resolve("report.csv"));
            assertThat(report).hasContent("a,b\n1,2");
        }
    }
    // @end

    // @start region="spaces"
    static class UploadTest {

        @Test
        void upload_cancelled_leavesNothing(@Temporary TempSpace space) throws IOException {
            try (NamedTemporaryFile part = space.namedTemporaryFile("part-", "")) {
                part.write(new byte[100]);
            }
            assertThat(space.directory()).isEmptyDirectory();
        }
    }
    // @end

    // @start region="keep"
    static class ImportTest {

        @Test
        void import_ofEverything_succeeds(@Temporary(cleanup = CleanupMode.ON_SUCCESS) TemporaryDirectory work)
                throws IOException {
            Files.writeString(work.resolve("import.log"), "what one wants to read when this fails");
        }
    }
    // @end

    // @start region="factory"
    static class FactoryTest {

        @Test
        void directory_ofJupiter_isPrivate(@TempDir(factory = TemporaryDirectoryFactory.class) Path directory) {
            assertThat(directory).isEmptyDirectory(); // mode rwx------, also removed when the tests are killed
        }
    }
    // @end

    // @start region="leaks"
    @NoTempLeaks
    static class ExportTest {

        @Test
        void export_done_leavesNothing() throws IOException {
            Path file = Files.createTempFile("export-", ".zip");
            Files.delete(file); // without this: "left behind by the test …: …/export-….zip: file, 0 bytes, …"
        }
    }
    // @end
}

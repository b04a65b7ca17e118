package io.tempfile4j.docs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TemporaryFile;
import io.tempfile4j.TextFile;
import io.tempfile4j.TextOptions;
import io.tempfile4j.TextOptions.Newline;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/guides/python.md}; and its tables have every name that Python's module has. */
class PythonTest {

    /** What is newer than the Pythons that most machines have. */
    private static final List<String> NEWER = List.of("delete_on_close");

    private static final String ALL_NAMES = """
            import inspect, tempfile
            names = set(tempfile.__all__) | {"template"}
            for name in tempfile.__all__:
                if callable(getattr(tempfile, name)):
                    names |= set(inspect.signature(getattr(tempfile, name)).parameters)
            with tempfile.TemporaryFile() as a, tempfile.NamedTemporaryFile() as b, tempfile.NamedTemporaryFile("w+") as c:
                made = [a, b, b.file, c.file, tempfile.SpooledTemporaryFile(), tempfile.SpooledTemporaryFile(mode="w+")]
                names |= {n for o in made for n in dir(o)}
                with tempfile.TemporaryDirectory() as d:
                    pass
            names |= set(dir(tempfile.TemporaryDirectory))
            print(*sorted(n for n in names if not n.startswith("_")))
            """;

    @Test
    void tables_haveEveryNameOfPythonsModule() throws Exception {
        assumeTrue(
                runs("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))"),
                "needs Python 3.11 or later");
        Process python = new ProcessBuilder("python3", "-W", "ignore", "-c", ALL_NAMES).start();
        String printed = new String(python.getInputStream().readAllBytes(), UTF_8);
        assertThat(python.waitFor()).isZero();
        List<String> names = List.of(printed.strip().split(" "));
        assertThat(names).contains("NamedTemporaryFile", "ignore_cleanup_errors", "readinto1");
        assertThat(Tables.namesIn("python.md")).containsAll(names).containsAll(NEWER);
    }

    @Test
    void namedFile_asText_isAsWithPython() throws IOException {
        // @start region="named"
        TextOptions csv = new TextOptions(ISO_8859_1, Newline.CRLF, CodingErrorAction.REPORT);
        try (NamedTemporaryFile file = NamedTemporaryFile.create("tmp", ".csv")) {
            file.text(csv).write("a;é\n");
            file.closeChannel();
            convert(file.path());
        }
        // @end
    }

    private static void convert(Path path) throws IOException {
        assertThat(Files.readAllBytes(path)).isEqualTo("a;é\r\n".getBytes(ISO_8859_1));
    }

    @Test
    void lines_written_areReadBack() throws IOException {
        // @start region="lines"
        try (TemporaryFile file = TemporaryFile.create()) {
            TextFile text = file.text();
            text.writeLines(List.of("one\n", "two\n"));
            text.seek(0);
            List<String> lines = text.lines().toList();
            assertThat(lines).containsExactly("one", "two");
        }
        // @end
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** The names of the tables of a guide. */
    static final class Tables {
        /** All words between backticks in the first columns. */
        static Set<String> namesIn(String guide) {
            String text = Sources.read(Sources.ROOT.resolve("docs/guides").resolve(guide));
            return text.lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.split(" \\| ", -1)[0])
                    .flatMap(cell -> Arrays.stream(cell.split("[^\\w:]+", -1)))
                    .collect(Collectors.toSet());
        }

        private Tables() {}
    }
}

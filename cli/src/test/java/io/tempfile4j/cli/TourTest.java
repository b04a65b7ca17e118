package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the packaged command line as a user does. */
class TourTest {

    private static final String JAR = System.getProperty("tempfile4j.cli.jar");

    @TempDir
    Path directory;

    @Test
    void tour_isRun_performsEachStepAndLeavesNothing() throws IOException, InterruptedException {
        Result result = run("tour");
        assertThat(result.output())
                .contains("H e l l o   W o r l d ! \\n")
                .contains("0 in " + directory)
                .contains("rw-------")
                .contains("rwx------")
                .contains("rolled() is false")
                .contains("rolled() is true")
                .contains("6 things had a name, 0 are left.")
                .doesNotContain("WARNING");
        assertThat(result.exitCode()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void main_unknownSubcommand_exitsWithTwoAndSaysSo() throws IOException, InterruptedException {
        Result result = run("tuor");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("tuor");
    }

    @Test
    void main_version_namesLibraryAndJava() throws IOException, InterruptedException {
        assertThat(run("--version").output()).contains("tempfile4j 0.").contains("Java ");
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "-jar", JAR).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.environment().put("TMPDIR", directory.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private record Result(int exitCode, String output) {}
}

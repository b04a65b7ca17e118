package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
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
                .containsPattern("names +0 in " + Pattern.quote(directory.toString()))
                .containsPattern("path +\\S+project\\w+\\.py\n +permissions +rw-------")
                .containsPattern("path +\\S+project\\w+dir\n +permissions +rwx------")
                .contains("rolled() is false")
                .contains("rolled() is true")
                .contains("7 things had a name, 0 are left.")
                .doesNotContain("WARNING");
        assertThat(result.exitCode()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void tour_namelessFile_showsItsPermissionsAsNoOtherCan() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        String nameless = "\\n\\d+\\. (Spooled|try \\()?TemporaryFile\\b.*\\n(   .*\\n)*?   permissions +rw-------\\n";
        assertThat(Pattern.compile(nameless).matcher(run("tour").output()).results())
                .hasSize(3);
    }

    @Test
    void tour_othersMakeFilesInTheSameDirectory_accusesNobody() throws IOException, InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> neighbour = CompletableFuture.supplyAsync(() -> makeFilesUntil(done));
        Result result;
        try {
            result = run("tour");
        } finally {
            done.set(true);
        }
        assertThat(result.output()).contains("7 things had a name, 0 are left.");
        assertThat(result.exitCode()).isZero();
        assertThat(neighbour.join()).isPositive();
    }

    @Test
    void tour_directoryThatIsAskedForDoesNotServe_warnsOnce() throws IOException, InterruptedException {
        Result result = run(Map.of("TMPDIR", directory.resolve("missing").toString()), "tour");
        assertThat(result.output()).containsOnlyOnce("missing");
        assertThat(result.exitCode()).isZero();
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

    /** As mkstemp(3) names them; returns how many. */
    private int makeFilesUntil(AtomicBoolean done) {
        int made = 0;
        try {
            // Not without end: the disk is not only ours.
            while (!done.get() && made < 200_000) {
                Files.createFile(directory.resolve("tmp" + made++));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }

    private Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of("TMPDIR", directory.toString()), arguments);
    }

    private static Result run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "-jar", JAR).redirectErrorStream(true);
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private record Result(int exitCode, String output) {}
}

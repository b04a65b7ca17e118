package io.tempfile4j.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.TempSpace;
import io.tempfile4j.junit.samples.InjectionSamples;
import io.tempfile4j.junit.samples.KitMain;
import io.tempfile4j.junit.samples.ProcessSamples;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs a JVM of its own. */
class ProcessTest {

    @ParameterizedTest
    @EnumSource
    void directories_ofTestsThatWereKilled_areRemovedByTheNextProcess(JupiterVersion jupiter)
            throws IOException, InterruptedException {
        Process tests = start(jupiter, List.of("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")), "Killed");
        List<Path> directories = new ArrayList<>();
        try (BufferedReader out = tests.inputReader(UTF_8)) {
            directories.add(Path.of(out.readLine()));
            directories.add(Path.of(out.readLine()));
            assertThat(directories)
                    .allSatisfy(each -> assertThat(each.resolve("content")).exists());
        } finally {
            tests.destroyForcibly().waitFor();
        }
        TempSpace.reapOrphans();
        assertThat(directories).allSatisfy(each -> assertThat(each).doesNotExist());
    }

    @ParameterizedTest
    @EnumSource
    void noTempLeaks_directoryThatNobodyChose_failsSayingWhatToDo(JupiterVersion jupiter)
            throws IOException, InterruptedException {
        assertThat(output(start(jupiter, List.of(), "Clean")))
                .contains("FAILED", "-Djava.io.tmpdir=<an existing directory>", "tempfile4j.junit.tmpdir=shared");
    }

    @ParameterizedTest
    @EnumSource
    void noTempLeaks_directoryChosenOrAccepted_passes(JupiterVersion jupiter) throws IOException, InterruptedException {
        Process chosen = start(jupiter, List.of("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")), "Clean");
        assertThat(output(chosen)).contains("passes() SUCCESSFUL").doesNotContain("FAILED");
        // In the JVM's own directory another process may leave something meanwhile: only the refusal is looked for.
        Process accepted = start(jupiter, List.of(), "Clean", "tempfile4j.junit.tmpdir", "shared");
        assertThat(output(accepted)).doesNotContain("-Djava.io.tmpdir=");
    }

    /** The JDK says "?" of a user without a name. */
    @ParameterizedTest
    @ValueSource(strings = {"jo doe", "?", "plain"})
    void noTempLeaks_journalsAreInTheDirectoryForTemporaryFiles_passes(String user, @TempDir Path own)
            throws IOException, InterruptedException {
        Process journaled = start(
                JupiterVersion.NEWEST,
                List.of("-Djava.io.tmpdir=" + own, "-Dtempfile4j.journal=" + own, "-Duser.name=" + user),
                "Journaled");
        assertThat(output(journaled)).contains("closesWhatItMakes() SUCCESSFUL").doesNotContain("FAILED");
    }

    /** Everything but the sample classes is a module then, with what its descriptor opens and nothing more. */
    @ParameterizedTest
    @EnumSource
    void temporary_onTheModulePath_isSetAndRemoved(JupiterVersion jupiter) throws IOException, InterruptedException {
        List<String> modules = new ArrayList<>(List.of(jupiter.classPath().split(Pattern.quote(File.pathSeparator))));
        String samples = modules.remove(0);
        String out = output(run(List.of(
                "-p",
                String.join(File.pathSeparator, modules),
                "--add-modules",
                "ALL-MODULE-PATH",
                "-cp",
                samples,
                KitMain.class.getName(),
                InjectionSamples.Fields.class.getName())));
        assertThat(out).contains("one(TestReporter) SUCCESSFUL", "other(TestReporter) SUCCESSFUL");
        assertThat(out).doesNotContain("FAILED");
        assertThat(out.lines().filter(line -> line.startsWith("reported")).map(line -> line.replaceFirst(".* ", "")))
                .hasSize(7)
                .allSatisfy(path -> assertThat(Path.of(path)).doesNotExist());
    }

    private static Process start(JupiterVersion jupiter, List<String> options, String sample, String... parameter)
            throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-cp", jupiter.classPath(), KitMain.class.getName()));
        arguments.add(ProcessSamples.class.getName() + "$" + sample);
        arguments.addAll(List.of(parameter));
        return run(arguments);
    }

    private static Process run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // They live for a second.
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws IOException, InterruptedException {
        try (BufferedReader out = process.inputReader(UTF_8)) {
            String all = String.join("\n", out.lines().toList());
            process.waitFor();
            return all;
        }
    }
}

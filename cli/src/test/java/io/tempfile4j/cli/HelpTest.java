package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What helps to use it. */
class HelpTest {

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"run", "mktemp", "ls", "reap", "doctor", "tour", "generate-completion"})
    void help_ofEachCommand_saysHowToCallIt(String command) throws IOException, InterruptedException {
        Cli.Result asked = new Cli(scratch).run(command, "--help");
        assertThat(asked.exitCode()).isZero();
        assertThat(asked.output())
                .startsWith("Usage: tempfile4j " + command)
                .contains("--help")
                .contains("Exit codes:");
        assertThat(new Cli(scratch).run("help", command).output()).isEqualTo(asked.output());
        assertThat(new Cli(scratch).run("--help").output()).contains("  " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "reap", "doctor", "generate-completion"})
    void command_unknownOption_exitsWithTwo(String command) throws IOException, InterruptedException {
        Cli.Result result = new Cli(scratch).run(command, "--bogus");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.error()).contains("--bogus").contains("Try: tempfile4j " + command + " --help");
        assertThat(result.output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "ls", "ls --json", "reap", "doctor --json", "generate-completion"})
    void command_outputCannotBeWritten_exitsWithOne(String arguments) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "/dev/full");
        Cli.Result result = new Cli(scratch).shell("exec >/dev/full").run(arguments.split(" ", -1));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.error()).contains("cannot write to the standard output");
    }

    @Test
    void completion_inBash_completesCommandsAndOptions() throws IOException, InterruptedException {
        Cli cli = new Cli(scratch);
        assumeTrue(cli.runOther("sh", "-c", "command -v bash").exitCode() == 0, "bash");
        Path script = scratch.resolve("completion");
        Files.writeString(script, cli.run("generate-completion").output());
        assertThat(completions(cli, script, "tempfile4j", "do")).contains("doctor");
        assertThat(completions(cli, script, "tempfile4j", "reap", "--d")).contains("--dry-run");
    }

    private static String completions(Cli cli, Path script, String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        return cli.runOther(
                        "bash",
                        "-c",
                        "source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD=" + (words.length - 1)
                                + "; COMP_LINE='" + line + "'; COMP_POINT=" + line.length()
                                + "; _complete_tempfile4j; echo \"${COMPREPLY[@]}\"")
                .output();
    }
}

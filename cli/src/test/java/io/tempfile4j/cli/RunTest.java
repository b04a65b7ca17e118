package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real commands, real signals. */
class RunTest {

    /** Not one short sleep after the other: a signal that meets dash while it starts a program is lost (its vfork). */
    private static final String WAITING = "sleep 1000 & echo ready; while :; do wait $!; done";

    @TempDir
    Path scratch;

    private Path directory;
    private Cli cli;

    @BeforeEach
    void needsAShell() throws IOException {
        assumeTrue(Files.exists(Path.of("/bin/sh")), "a POSIX shell");
        directory = Files.createDirectory(scratch.resolve("temporary"));
        cli = new Cli(scratch).env("TMPDIR", directory.toString());
    }

    @Test
    void run_command_hasAPrivateDirectoryInAllThreeVariablesAndItIsRemoved() throws IOException, InterruptedException {
        Cli.Result result = cli.run(
                "run",
                "--",
                "sh",
                "-c",
                "echo $TMPDIR $TEMP $TMP; stat -c %a $TMPDIR; mkdir -p $TMPDIR/a/b; echo x >$TMPDIR/a/b/c; chmod 0 $TMPDIR/a");
        String[] lines = result.output().split("\n", -1);
        String[] variables = lines[0].split(" ", -1);
        assertThat(variables[0]).startsWith(directory + "/run-");
        assertThat(variables).containsOnly(variables[0]);
        assertThat(lines[1]).isEqualTo("700");
        assertThat(result.exitCode()).isZero();
        assertThat(result.error()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    /** What its processes had on record was in the directory that is removed: it is known to be gone. */
    @Test
    void run_aProcessOfTheCommandIsKilled_nothingOfItStaysOnRecord() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "--",
                "sh",
                "-c",
                "cd '" + scratch + "'; mkfifo input; \"$@\" \"$TMPDIR\" <input >output & exec 3>input;"
                        + " while [ \"$(wc -l <output)\" != 2 ]; do sleep 0.05; done; kill -9 $!; wait $!; ls $TMPDIR",
                "sh"));
        command.addAll(cli.java("-cp", System.getProperty("java.class.path"), Holder.class.getName()));
        Cli.Result result = cli.run(command.toArray(String[]::new));
        assertThat(result.output().lines()).as(result.error()).hasSize(2);
        assertThat(directory).isEmptyDirectory();
        assertThat(cli.run("ls", "--json").json().getAsJsonArray("processes")).isEmpty();
    }

    @Test
    void run_prefixAndDirectory_areUsed() throws IOException, InterruptedException {
        Path other = Files.createDirectory(scratch.resolve("other"));
        Cli.Result result = cli.run("run", "--prefix", "job.", "--dir", other.toString(), "sh", "-c", "echo $TMPDIR");
        assertThat(result.line()).startsWith(other + "/job.");
        assertThat(other).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"'exit 0', 0", "'exit 7', 7", "'exit 255', 255", "'kill -9 $$', 137", "'kill -TERM $$', 143"})
    void run_commandEnds_exitCodeIsHandedOn(String script, int exitCode) throws IOException, InterruptedException {
        assertThat(cli.run("run", "--", "sh", "-c", script).exitCode()).isEqualTo(exitCode);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void run_commandCannotBeStarted_exitsAsAShellDoes() throws IOException, InterruptedException {
        Path script = Files.createFile(scratch.resolve("not-executable"));
        assertThat(cli.run("run", "no-such-command-anywhere").exitCode()).isEqualTo(127);
        assertThat(cli.run("run", "").exitCode()).isEqualTo(127);
        assertThat(cli.run("run", scratch.resolve("none").toString()).exitCode())
                .isEqualTo(127);
        Cli.Result denied = cli.run("run", script.toString());
        assertThat(denied.exitCode()).isEqualTo(126);
        assertThat(denied.error()).contains(script.toString());
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void run_itFailsItself_exitsWith125() throws IOException, InterruptedException {
        Cli.Result nothing = cli.run("run");
        assertThat(nothing.exitCode()).isEqualTo(125);
        assertThat(nothing.error()).contains("COMMAND").contains("Try: tempfile4j run --help");
        assertThat(cli.run("run", "--bogus", "true").exitCode()).isEqualTo(125);
        Cli.Result missing = cli.run("run", "--dir", scratch.resolve("missing").toString(), "true");
        assertThat(missing.exitCode()).isEqualTo(125);
        assertThat(missing.error()).contains("missing").contains("no such file or directory");
    }

    @Test
    void run_commandWithOptions_theyAreTheCommands() throws IOException, InterruptedException {
        assertThat(cli.run("run", "echo", "--help", "--", "--prefix=x").line()).isEqualTo("--help -- --prefix=x");
        assertThat(cli.run("run", "--", "echo", "--", "x").line()).isEqualTo("-- x");
    }

    @Test
    void run_input_isTheCommands() throws IOException, InterruptedException {
        Process process = cli.start(cli.command("run", "cat"));
        process.getOutputStream().write("to the command".getBytes(StandardCharsets.UTF_8));
        assertThat(Cli.finish(process).output()).isEqualTo("to the command");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0<&-", "1>&-", "2>&-", "0<&- 1>&-", "0<&- 2>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-", "</dev/null"})
    void run_streamsAreClosed_commandGetsNoFileOfTheJvm(String closed) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")), "Linux");
        Path seen = scratch.resolve("seen");
        int exitCode = cli.shell("exec " + closed)
                .run(
                        "run",
                        "sh",
                        "-c",
                        "a=$(for n in 0 1 2; do readlink /proc/$$/fd/$n || echo none; done; cd /proc/$$/fd; echo *);"
                                + " echo \"$a\" > \"$0\"; cat; echo output; echo error >&2; exit 7",
                        seen.toString())
                .exitCode();
        assertThat(exitCode).isEqualTo(7);
        List<String> lines = Files.readAllLines(seen);
        for (int descriptor = 0; descriptor < 3; descriptor++) {
            boolean isClosed = closed.contains(descriptor + "<&-") || closed.contains(descriptor + ">&-");
            boolean isNull = isClosed || (closed.equals("</dev/null") && descriptor == 0);
            assertThat(lines.get(descriptor))
                    .as("descriptor %d of %s", descriptor, lines)
                    .matches(isNull ? "/dev/null" : "pipe:.*");
        }
        // The shell's own pipe of the substitution comes and goes.
        assertThat(lines.get(3)).matches("0 1 2( \\d+)?");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void run_inputIsAFileOfTheJvm_commandGetsIt() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")), "Linux");
        Cli.Result result = cli.shell("exec <'" + Cli.JAR + "'").run("run", "sh", "-c", "wc -c");
        assertThat(result.line()).isEqualTo(Long.toString(Files.size(Path.of(Cli.JAR))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP", "ALRM"})
    void run_signalled_commandGetsItAndDecides(String signal) throws IOException, InterruptedException {
        Process process = cli.start(
                cli.command("run", "sh", "-c", "trap 'kill $!; echo got; exit 42' " + signal + "; " + WAITING));
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("ready");
        kill(signal, process.pid());
        assertThat(output.readLine()).isEqualTo("got");
        assertThat(process.waitFor()).isEqualTo(42);
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
    void run_signalled_commandDiesAndSoIsSaid(String signal, int exitCode) throws IOException, InterruptedException {
        // exec: the shell would otherwise ignore INT for what it starts.
        Process process = cli.start(cli.command("run", "sh", "-c", "echo ready; exec sleep 1000"));
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        kill(signal, process.pid());
        assertThat(process.waitFor()).isEqualTo(exitCode);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void run_killed_nextProcessRemovesTheDirectory() throws IOException, InterruptedException {
        Process process = cli.start(cli.command("run", "sh", "-c", "echo $TMPDIR $$; exec sleep 1000"));
        String[] said = process.inputReader().readLine().split(" ", -1);
        process.destroyForcibly().waitFor();
        ProcessHandle.of(Long.parseLong(said[1])).ifPresent(ProcessHandle::destroyForcibly);
        assertThat(Path.of(said[0])).isDirectory();
        // The next one runs until it is gone.
        Cli.Result next = cli.run("run", "sh", "-c", "while [ -e " + said[0] + " ]; do sleep 0.05; done");
        assertThat(next.exitCode()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void run_interruptedAtTheTerminal_commandGetsOneInterrupt() throws IOException, InterruptedException {
        assumeTrue(
                new Cli(scratch).runOther("sh", "-c", "command -v python3").exitCode() == 0, "python3, for a terminal");
        Path driver = scratch.resolve("terminal.py");
        Files.writeString(driver, """
                import os, pty, signal, sys
                pid, fd = pty.fork()
                if pid == 0:
                    os.execvp(sys.argv[1], sys.argv[1:])
                seen = b""
                def until(word):
                    global seen
                    while word not in seen:
                        seen += os.read(fd, 1024)
                until(b"ready")
                os.write(fd, b"\\x03")
                until(b"got")
                os.kill(pid, signal.SIGHUP)
                until(b"end")
                _, status = os.waitpid(pid, 0)
                print(seen.count(b"got"), os.waitstatus_to_exitcode(status))
                """);
        List<String> command = new ArrayList<>(List.of("python3", driver.toString()));
        command.addAll(cli.command(
                "run", "sh", "-c", "trap 'echo got' INT; trap 'kill $!; echo end; exit 9' HUP; " + WAITING));
        Cli.Result result = cli.runOther(command.toArray(String[]::new));
        assertThat(result.line()).as(result.error()).isEqualTo("1 9");
    }

    private static void kill(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " " + pid)
                        .start()
                        .waitFor())
                .isZero();
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;

/** What tests of processes that are killed have in common: a directory for what they make, and one for the journals. */
abstract class CrashSuite extends ProcessSuite {

    /** What a child says when it has made what it was to make. */
    static final String READY = "ready";

    Path space;
    Path journals;

    @BeforeEach
    void prepareDirectories() throws IOException {
        space = directory("space");
        journals = directory("journals");
    }

    /** A child that makes its things in {@link #space}, and has its journal in {@link #journals}. */
    final ChildJvm child(Class<?> main, String... arguments) {
        return ChildJvm.of(main)
                .options("-Dtempfile4j.journal=" + journals)
                .env("TMPDIR", space.toString())
                .args(arguments);
    }

    /** Starts it and kills it as soon as it has made what it is to make; what it said before. */
    static List<String> kill(ChildJvm child) throws Exception {
        Process process = child.start();
        try {
            return awaitReady(process);
        } finally {
            killHard(process);
        }
    }

    static List<String> awaitReady(Process process) throws IOException {
        BufferedReader reader = process.inputReader();
        List<String> lines = new java.util.ArrayList<>();
        String line = reader.readLine();
        while (line != null && !line.equals(READY)) {
            lines.add(line);
            line = reader.readLine();
        }
        assertThat(line).as("what the child says: " + lines).isEqualTo(READY);
        return lines;
    }

    /** SIGKILL: nothing in the process runs any more. */
    static void killHard(Process process) throws InterruptedException {
        // Its own destroyForcibly() would close the stream, and what the process has said were lost.
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Has a new process reap. */
    final Reaped reap() throws Exception {
        return reap(child(Reap.class));
    }

    static Reaped reap(ChildJvm child) throws Exception {
        ChildJvm.Result result = child.run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        return new Reaped(result.lines());
    }

    /** What a reaper said. */
    record Reaped(List<String> lines) {
        List<String> removed() {
            return after("removed ");
        }

        List<String> remaining() {
            return after("remaining ");
        }

        List<String> undecided() {
            return after("undecided ").stream()
                    .filter(line -> !line.startsWith("count "))
                    .toList();
        }

        List<String> skipped() {
            return after("skipped ");
        }

        private List<String> after(String start) {
            return lines.stream()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .toList();
        }
    }

    /** Reaps and says what became of it. */
    static final class Reap {
        public static void main(String[] args) throws IOException {
            ReapReport report = TempSpace.reapOrphans();
            report.removed().forEach(path -> System.out.println("removed " + path));
            print("remaining ", report.remaining());
            print("undecided ", report.undecided());
            print("skipped ", report.skipped());
            System.out.println("undecided count " + report.undecidedCount());
            System.out.println("counts " + report.removedCount() + " " + report.remainingCount());
        }

        private static void print(String start, Map<Path, IOException> paths) {
            paths.forEach((path, cause) -> System.out.println(start + path + ": " + cause));
        }

        private Reap() {}
    }

    /** For a child: says that all is made, and waits to be killed. */
    static void readyAndWait() throws IOException {
        System.out.println(READY);
        System.out.flush();
        while (System.in.read() >= 0) {
            // Until the one who started it closes the other end, or dies.
        }
    }

    /** The journals that there are, by their file names. */
    final List<Path> journalFiles() throws IOException {
        for (Path directory : Backend.entries(journals)) {
            return Backend.entries(directory);
        }
        return List.of();
    }

    /** The private directory of the user, after a process has made it. */
    final Path journalDirectory() throws IOException {
        List<Path> directories = Backend.entries(journals);
        assertThat(directories).hasSize(1);
        assertThat(Files.isDirectory(directories.get(0))).isTrue();
        return directories.get(0);
    }
}

package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.FailingPlatform.Verb;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group L: the end of the program in the middle of things, and what it must not be stopped by. */
class ProgramEndFaultTest extends ProcessSuite {

    private static final long PATIENCE_SECONDS = 60;

    /** What the children hold. */
    private static final List<Object> HELD = new ArrayList<>();

    // ---- The program ends as it would without us

    /** Makes something, and ends as it is told. */
    static final class Ending {
        public static void main(String[] arguments) throws Exception {
            HELD.add(NamedTemporaryFile.create());
            TemporaryDirectory directory = TemporaryDirectory.create();
            Files.writeString(Files.createDirectory(directory.resolve("a")).resolve("b"), "content");
            HELD.add(directory);
            System.out.println("made");
            switch (arguments[0]) {
                case "exit" -> System.exit(42);
                case "throw" -> throw new IllegalStateException("uncaught");
                case "wait" -> Thread.currentThread().join();
                default -> {}
            }
        }

        private Ending() {}
    }

    @ParameterizedTest
    @CsvSource({"return,0", "exit,42", "throw,1"})
    @Behaviour({202, 373, 379})
    void end_byTheProgramItself_hasTheSameExitCode(String way, int exitCode) throws Exception {
        Path directory = directory("tmp");
        ChildJvm.Result result = ChildJvm.of(Ending.class)
                .env("TMPDIR", directory.toString())
                .args(way)
                .run();
        assertThat(result.exitCode()).as(result.output()).isEqualTo(exitCode);
        assertThat(result.output()).doesNotContain("tempfile4j.internal", "WARNING");
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"HUP,1", "INT,2", "TERM,15"})
    @Behaviour({373, 379})
    void end_bySignal_hasTheExitCodeOfTheSignal(String signal, int number) throws Exception {
        Path directory = directory("tmp");
        Process child = ChildJvm.of(Ending.class)
                .env("TMPDIR", directory.toString())
                .args("wait")
                .start();
        awaitMade(child);
        try {
            assumeTrue(!ignores(child, number), "the process that runs the tests has SIG" + signal + " ignored");
            kill(signal, child);
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor()).isEqualTo(128 + number);
        assertThat(directory).isEmptyDirectory();
    }

    private static void awaitMade(Process child) throws IOException {
        BufferedReader output = child.inputReader(UTF_8);
        assertThat(output.readLine()).isEqualTo("made");
    }

    private static void kill(String signal, Process child) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
    }

    // ---- In the middle of things

    /** Rolls over one spooled file after the other in several threads, each of which has a name for a moment. */
    static final class RollingOver {
        public static void main(String[] arguments) throws Exception {
            for (int i = 0; i < 4; i++) {
                Thread roller = new Thread(RollingOver::roll);
                roller.setDaemon(true);
                roller.start();
            }
            TemporaryFile.create().close();
            for (int i = 0; i < 200; i++) {
                rollOne();
            }
            System.exit(0);
        }

        private static void roll() {
            try {
                while (true) {
                    rollOne();
                }
            } catch (IOException | IllegalStateException ending) {
                HELD.clear();
            }
        }

        private static void rollOne() throws IOException {
            try (SpooledTemporaryFile file = SpooledTemporaryFile.create(1)) {
                file.write(new byte[2]);
            }
        }

        private RollingOver() {}
    }

    @RepeatedTest(5)
    @Behaviour({372, 378})
    void end_whileFilesRollOver_leavesNothing() throws Exception {
        Path directory = directory("tmp");
        ChildJvm.Result result = ChildJvm.of(RollingOver.class)
                .env("TMPDIR", directory.toString())
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    // ---- Whatever fails

    /** Among others it holds a file whose removal fails as its argument says. */
    static final class Failing {
        public static void main(String[] arguments) throws IOException {
            FailingPlatform platform = new FailingPlatform();
            HELD.add(NamedTemporaryFile.create("older", ""));
            TempSpace faulty = TempSpace.builder()
                    .platform(platform)
                    .ignoreCleanupErrors(arguments.length > 1)
                    .prefix("failing")
                    .open();
            HELD.add(faulty.namedTemporaryFile());
            HELD.add(TemporaryDirectory.create("newer", ""));
            platform.fail(
                    Verb.REMOVE_FILE,
                    switch (arguments[0]) {
                        case "checked" -> new IOException("injected");
                        case "unchecked" -> new ClosedFileSystemException();
                        default -> new StackOverflowError("injected");
                    });
        }

        private Failing() {}
    }

    /** A file system of the program's own, say, that was closed before. */
    @ParameterizedTest
    @ValueSource(strings = {"checked", "unchecked", "error"})
    @Behaviour(377)
    void end_aRemovalFailsInAnyWay_isSaidAndTheOthersAreRemoved(String failure) throws Exception {
        Path directory = directory("tmp");
        ChildJvm.Result result = ChildJvm.of(Failing.class)
                .env("TMPDIR", directory.toString())
                .args(failure)
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(Backend.entries(directory)).singleElement().satisfies(left -> {
            assertThat(left.getFileName().toString()).startsWith("failing");
            assertThat(result.output()).contains("could not remove " + left);
        });
    }

    @Test
    @Behaviour(296)
    void end_failuresAreIgnored_nothingIsSaid() throws Exception {
        Path directory = directory("tmp");
        ChildJvm.Result result = ChildJvm.of(Failing.class)
                .env("TMPDIR", directory.toString())
                .args("checked", "ignoring")
                .run();
        assertThat(result.output()).isEmpty();
        assertThat(Backend.entries(directory)).hasSize(1);
    }

    // ---- What is kept, and what is not

    /** Makes one of each kind and keeps it, one of each kind and does not. */
    static final class Keeping {
        public static void main(String[] arguments) throws IOException {
            NamedTemporaryFile file = NamedTemporaryFile.create("kept-file", "");
            file.write("content".getBytes(UTF_8));
            file.keep();
            HELD.add(file);
            TemporaryDirectory directory = TemporaryDirectory.create("kept-directory", "");
            Files.writeString(directory.resolve("inside"), "content");
            directory.keep();
            HELD.add(directory);
            TemporaryPath path = TempSpace.system().temporaryPath("kept-path", "", Files::createFile);
            path.keep();
            HELD.add(path);
            TempSpace keeping = TempSpace.builder().deleteOnClose(false).open();
            NamedTemporaryFile toBeKept = keeping.namedTemporaryFile("kept-by-policy", "");
            toBeKept.write("content".getBytes(UTF_8));
            toBeKept.flush();
            HELD.add(toBeKept);
            HELD.add(keeping.temporaryDirectory("kept-by-policy-directory", ""));
            HELD.add(NamedTemporaryFile.create());
            HELD.add(TemporaryDirectory.create());
            HELD.add(TempSpace.system().temporaryPath("", "", Files::createDirectory));
            HELD.add(TemporaryFile.create());
            SpooledTemporaryFile spooled = SpooledTemporaryFile.create(1);
            spooled.write(new byte[2]);
            HELD.add(spooled);
        }

        private Keeping() {}
    }

    @Test
    @Behaviour({146, 289, 328, 372})
    void end_someAreKept_exactlyThoseStay() throws Exception {
        Path directory = directory("tmp");
        ChildJvm.Result result =
                ChildJvm.of(Keeping.class).env("TMPDIR", directory.toString()).run();
        assertThat(result.output()).isEmpty();
        List<Path> left = Backend.entries(directory);
        assertThat(left)
                .extracting(path -> path.getFileName().toString().replaceFirst("[a-z0-9]{12}$", ""))
                .containsExactlyInAnyOrder(
                        "kept-file", "kept-directory", "kept-path", "kept-by-policy", "kept-by-policy-directory");
        for (Path path : left) {
            String name = path.getFileName().toString();
            if (name.startsWith("kept-file") || name.matches("kept-by-policy[a-z0-9]{12}")) {
                assertThat(path).hasContent("content");
            } else if (name.startsWith("kept-directory")) {
                assertThat(path.resolve("inside")).hasContent("content");
            }
        }
    }
}

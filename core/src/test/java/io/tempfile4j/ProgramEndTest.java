package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group L and its like: real programs that end in each way there is, and close nothing. */
class ProgramEndTest extends ProcessSuite {

    @ParameterizedTest
    @ValueSource(strings = {"return", "exit", "uncaught", "exit-elsewhere"})
    @Behaviour({202, 372, 373, 376})
    void end_inEachWay_everythingIsRemovedButWhatIsKept(String way) throws Exception {
        Path directory = directory("tmp");
        ChildJvm.Result result = ChildJvm.of(Forgetful.class)
                .env("TMPDIR", directory.toString())
                .args(way, "20")
                .run();
        assertThat(result.output()).contains("made");
        assertThat(Backend.entries(directory))
                .hasSize(1)
                .allMatch(path -> path.getFileName().toString().startsWith("kept"));
    }

    @ParameterizedTest
    @CsvSource({"TERM, 15", "INT, 2", "HUP, 1"})
    @Behaviour({373, 376})
    void end_bySignal_everythingIsRemovedButWhatIsKept(String signal, int number) throws Exception {
        Path directory = directory("tmp");
        Process child = ChildJvm.of(Forgetful.class)
                .env("TMPDIR", directory.toString())
                .args("wait", "20")
                .start();
        awaitMade(child);
        assertThat(Backend.entries(directory)).hasSizeGreaterThan(40);
        try {
            assumeTrue(!ignores(child, number), "the process that runs the tests has SIG" + signal + " ignored");
            kill(signal, child);
        } finally {
            child.destroyForcibly();
        }
        assertThat(Backend.entries(directory))
                .hasSize(1)
                .allMatch(path -> path.getFileName().toString().startsWith("kept"));
    }

    @Test
    @Behaviour({374, 224})
    void end_bySigkill_namelessFilesLeaveNothing() throws Exception {
        Path directory = directory("tmp");
        Process child =
                ChildJvm.of(Nameless.class).env("TMPDIR", directory.toString()).start();
        awaitMade(child);
        kill("KILL", child);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    @Behaviour({373, 378})
    void end_whileOthersMake_nothingIsLeft() throws Exception {
        for (int round = 0; round < 5; round++) {
            Path directory = directory("tmp" + round);
            Process child =
                    ChildJvm.of(Busy.class).env("TMPDIR", directory.toString()).start();
            awaitMade(child);
            kill("TERM", child);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    @Behaviour({372, 377})
    void end_tenThousandFilesAndHundredFullDirectories_allAreRemoved() throws Exception {
        endWith(10_000);
    }

    @Test
    @Tag("stress")
    void end_hundredThousandFilesAndThousandFullDirectories_allAreRemoved() throws Exception {
        endWith(100_000);
    }

    private void endWith(int files) throws Exception {
        Path directory = directory("tmp");
        ChildJvm.Result result = ChildJvm.of(Forgetful.class)
                .env("TMPDIR", directory.toString())
                .options("-Dtempfile4j.end=PT2M")
                .args("return", Integer.toString(files))
                .run();
        assertThat(result.exitCode()).isZero();
        assertThat(Backend.entries(directory)).hasSize(1);
    }

    @Test
    @Behaviour(377)
    void end_oneCannotBeRemoved_isSaidAndTheOthersAreRemoved() throws Exception {
        Path directory = directory("tmp");
        ChildJvm.Result result = ChildJvm.of(Forgetful.class)
                .env("TMPDIR", directory.toString())
                .args("replace", "3")
                .run();
        assertThat(result.output()).contains("could not remove").contains("something else is there");
        assertThat(Backend.entries(directory))
                .hasSize(2)
                .allMatch(path -> path.getFileName().toString().matches("(kept|replaced).*"));
    }

    @Test
    @Behaviour(378)
    void create_inAShutdownHook_isRefusedOrCleaned() throws Exception {
        Path directory = directory("tmp");
        ChildJvm.Result result =
                ChildJvm.of(LateMaker.class).env("TMPDIR", directory.toString()).run();
        assertThat(result.output()).contains("hook done");
        assertThat(directory).isEmptyDirectory();
    }

    private static void awaitMade(Process child) throws IOException {
        BufferedReader reader = child.inputReader();
        String line = reader.readLine();
        assertThat(line).isEqualTo("made");
    }

    private static void kill(String signal, Process child) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(child.pid())).start();
        assertThat(kill.waitFor()).isZero();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Makes files, and for each hundred of them a full directory; keeps one; ends as it is told. */
    static final class Forgetful {
        private static final List<Object> HELD = new ArrayList<>();

        public static void main(String[] args) throws Exception {
            int count = Integer.parseInt(args[1]);
            for (int i = 0; i < count; i++) {
                NamedTemporaryFile file = NamedTemporaryFile.create();
                file.write(1);
                file.closeChannel();
                HELD.add(file);
                if (i % 100 == 0 || count < 100) {
                    TemporaryDirectory made = TemporaryDirectory.create();
                    Files.writeString(
                            Files.createDirectories(made.resolve("a/b")).resolve("file"), "content");
                    HELD.add(made);
                }
            }
            NamedTemporaryFile.create("kept", "").keep();
            System.out.println("made");
            switch (args[0]) {
                case "exit" -> System.exit(3);
                case "uncaught" -> throw new IllegalStateException("uncaught");
                case "exit-elsewhere" -> {
                    new Thread(() -> System.exit(4)).start();
                    Thread.currentThread().join();
                }
                case "wait" -> Thread.currentThread().join();
                case "replace" -> {
                    TemporaryDirectory replaced = TemporaryDirectory.create("replaced", "");
                    HELD.add(replaced);
                    Files.delete(replaced.path());
                    Files.writeString(replaced.path(), "stranger");
                }
                default -> {}
            }
        }
    }

    static final class Nameless {
        private static final List<Object> HELD = new ArrayList<>();

        public static void main(String[] args) throws Exception {
            for (int i = 0; i < 50; i++) {
                TemporaryFile file = TemporaryFile.create();
                file.write(new byte[10_000]);
                SpooledTemporaryFile spooled = SpooledTemporaryFile.create(1);
                spooled.write(new byte[10_000]);
                HELD.add(file);
                HELD.add(spooled);
            }
            System.out.println("made");
            Thread.currentThread().join();
        }
    }

    /** Goes on making things in several threads, until that is refused. */
    static final class Busy {
        public static void main(String[] args) throws Exception {
            for (int i = 0; i < 4; i++) {
                Thread maker = new Thread(Busy::make);
                maker.setDaemon(true);
                maker.start();
            }
            while (Backend.entries(Path.of(System.getenv("TMPDIR"))).size() < 100) {
                Thread.onSpinWait();
            }
            System.out.println("made");
            Thread.currentThread().join();
        }

        private static void make() {
            List<Object> held = new ArrayList<>();
            try {
                while (true) {
                    held.add(NamedTemporaryFile.create());
                    held.add(TemporaryDirectory.create());
                    TemporaryFile.create().close();
                    if (held.size() > 1_000) {
                        held.clear();
                    }
                }
            } catch (IOException | IllegalStateException ending) {
                held.clear();
            }
        }
    }

    /** Makes something for the first time when the program is ending already. */
    static final class LateMaker {
        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    NamedTemporaryFile.create().write(1);
                } catch (IOException | IllegalStateException refused) {
                    System.out.println(refused);
                }
                System.out.println("hook done");
            }));
        }
    }
}

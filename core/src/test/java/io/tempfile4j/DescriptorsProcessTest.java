package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.internal.platform.Platform;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Descriptors: when none is left, and that no other program gets them. */
class DescriptorsProcessTest extends ProcessSuite {

    /** All descriptors that this process may have, but those it has already. */
    private static final class Hoard implements Closeable {
        private final Deque<InputStream> open = new ArrayDeque<>();

        /** Takes all, then gives some back. */
        void takeAllBut(int free) throws IOException {
            while (true) {
                try {
                    open.push(new FileInputStream("/dev/null"));
                } catch (FileNotFoundException noneIsLeft) {
                    break;
                }
            }
            for (int i = 0; i < free; i++) {
                open.pop().close();
            }
        }

        @Override
        public void close() throws IOException {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
    }

    /**
     * A child whose descriptors are all its own to count: in a container the VM itself, from threads of its own, opens
     * and closes files of the cgroup every now and then, and one closed while all others are held is one too many left.
     * So does the reaper, in the background.
     */
    private static ChildJvm fewDescriptors(Class<?> main) {
        return ChildJvm.of(main)
                .options("-XX:+IgnoreUnrecognizedVMOptions", "-XX:-UseContainerSupport", "-Dtempfile4j.journal=off")
                .shell("ulimit -n 64");
    }

    /** With none, one, two … descriptors left: makes one of each, or fails and leaves nothing. */
    static final class Sweep {
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            TempSpace space = TempSpace.in(directory);
            for (Making making : Making.values()) {
                // Loads what is needed, while there are descriptors to do it with.
                making.in(space).close();
                attempt(making, space, 0);
                for (int free = 0; free <= 4; free++) {
                    String outcome = attempt(making, space, free);
                    if (!Backend.entries(directory).isEmpty()) {
                        throw new AssertionError(making + " with " + free + " left " + Backend.entries(directory));
                    }
                    System.out.println(making + " with " + free + ": " + outcome);
                }
            }
        }

        private static String attempt(Making making, TempSpace space, int free) throws IOException {
            Making.Made made;
            try (Hoard hoard = new Hoard()) {
                hoard.takeAllBut(free);
                made = making.in(space);
            } catch (FileSystemException failure) {
                return failure.getMessage();
            }
            made.close();
            return "made";
        }

        private Sweep() {}
    }

    @Test
    @Behaviour({102, 165})
    void make_noDescriptorIsLeft_failsSayingSoAndLeavesNothing() throws Exception {
        Path directory = directory("space");
        ChildJvm.Result result =
                fewDescriptors(Sweep.class).args(directory.toString()).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).hasSize(Making.values().length * 5);
        assertThat(result.lines())
                .filteredOn(line -> line.contains(" with 0: "))
                .allSatisfy(line -> assertThat(line)
                        // A directory can be made without one; so can a file, but only with one is it open then.
                        .matches(
                                line.matches("(MKDTEMP|DIRECTORY) .*")
                                        ? ".*: made"
                                        : ".*: " + directory + "/tmp.*: Too many open files"));
        assertThat(result.lines())
                .filteredOn(line -> line.contains(" with 4: "))
                .allSatisfy(line -> assertThat(line).endsWith(": made"));
        assertThat(result.lines()).allSatisfy(line -> assertThat(line).matches(".*(: made|Too many open files)"));
    }

    /** A file that is there when the last descriptor goes can be removed without one more. */
    static final class Removing {
        public static void main(String[] arguments) throws IOException {
            TempSpace space = TempSpace.in(Path.of(arguments[0]));
            for (int round = 0; round < 2; round++) {
                List<Making.Made> all = new ArrayList<>();
                for (Making making : Making.values()) {
                    if (making != Making.DIRECTORY) {
                        all.add(making.in(space));
                    }
                }
                TemporaryDirectory directory = space.temporaryDirectory();
                Hoard hoard = new Hoard();
                if (round > 0) {
                    hoard.takeAllBut(0);
                }
                for (Making.Made made : all) {
                    made.close();
                    if (made.at().isPresent() && Files.exists(made.path())) {
                        throw new AssertionError("still there: " + made);
                    }
                }
                closeDirectory(directory, round > 0);
                hoard.close();
                directory.close();
                if (Files.exists(directory.path())) {
                    throw new AssertionError("still there: " + directory);
                }
            }
            System.out.println("done");
        }

        /** To empty one takes a descriptor: without, it fails, and may be tried again. */
        private static void closeDirectory(TemporaryDirectory directory, boolean mayFail) throws IOException {
            try {
                directory.close();
            } catch (CleanupException failure) {
                if (!mayFail) {
                    throw failure;
                }
            }
        }

        private Removing() {}
    }

    @Test
    void close_noDescriptorIsLeft_removesFilesAndDirectoriesWhenTriedAgain() throws Exception {
        Path directory = directory("space");
        ChildJvm.Result result =
                fewDescriptors(Removing.class).args(directory.toString()).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).containsExactly("done");
        assertThat(directory).isEmptyDirectory();
    }

    /** Linked 0.1 s after the first making, in whatever state the program is then. */
    static final class Linking {
        public static void main(String[] arguments) throws IOException {
            TempSpace.in(Path.of(arguments[0])).namedTemporaryFile().close();
            try (Hoard hoard = new Hoard()) {
                hoard.takeAllBut(0);
                System.out.println("why not native: " + Platform.whyNotNative());
            }
        }

        private Linking() {}
    }

    @Test
    @Needs(Need.NATIVE)
    void link_noDescriptorIsLeft_linksAllTheSame() throws Exception {
        ChildJvm.Result result = fewDescriptors(Linking.class)
                .anyBackend()
                .options("--enable-native-access=ALL-UNNAMED")
                .args(directory("space").toString())
                .run();
        assertThat(result.lines()).containsExactly("why not native: ");
        assertThat(result.exitCode()).isZero();
    }

    /** Every candidate is refused for it; with descriptors, the next call finds one. */
    static final class Choosing {
        public static void main(String[] arguments) throws IOException {
            // Loads the classes.
            io.tempfile4j.internal.platform.Location.choose();
            System.getLogger("io.tempfile4j").log(System.Logger.Level.WARNING, "warm");
            try (Hoard hoard = new Hoard()) {
                hoard.takeAllBut(0);
                try {
                    throw new AssertionError("there is one: " + Tempfile.gettempdir());
                } catch (NoUsableTempDirectoryException expected) {
                    expected.candidates().forEach(candidate -> System.out.println("candidate " + candidate));
                }
            }
            System.out.println("dir=" + Tempfile.gettempdir());
        }

        private Choosing() {}
    }

    @Test
    @Behaviour({13, 15})
    void gettempdir_noDescriptorIsLeft_failsWithReasonsAndTheNextCallLooksAgain() throws Exception {
        Path directory = directory("space");
        ChildJvm.Result result = fewDescriptors(Choosing.class)
                .env("TMPDIR", directory.toString())
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("candidate TMPDIR " + directory + ": is not usable: ")
                        .endsWith("Too many open files"))
                .endsWith("dir=" + directory);
        assertThat(directory).isEmptyDirectory();
    }

    /** The JDK opens files without O_CLOEXEC; what it starts closes them before it becomes another program. */
    @Test
    @Behaviour({93, 94})
    @Needs(Need.PROC)
    void openFiles_childStartedByTheJdk_inheritsNone() throws Exception {
        TempSpace space = TempSpace.in(scratch);
        try (MkstempResult mkstemp = space.mkstemp("", "");
                NamedTemporaryFile named = space.namedTemporaryFile();
                TemporaryFile nameless = space.temporaryFile();
                SpooledTemporaryFile spooled = space.spooledTemporaryFile(0);
                TemporaryDirectory directory = space.temporaryDirectory()) {
            spooled.rollover();
            try (var first = named.channel();
                    var second = nameless.channel()) {
                assertThat(linksOf(ProcessHandle.current().pid()))
                        .filteredOn(target -> target.startsWith(scratch.toString()))
                        .hasSizeGreaterThanOrEqualTo(6);
                Process child = new ProcessBuilder("/bin/sh", "-c", "echo; read line").start();
                try (InputStream output = child.getInputStream()) {
                    assertThat(output.read()).isEqualTo('\n');
                    assertThat(linksOf(child.pid()))
                            .isNotEmpty()
                            .noneMatch(target -> target.startsWith(scratch.toString()));
                } finally {
                    child.destroy();
                    child.waitFor();
                }
            }
        }
    }

    private static List<String> linksOf(long process) throws IOException {
        List<String> targets = new ArrayList<>();
        for (Path descriptor : Backend.entries(Path.of("/proc", Long.toString(process), "fd"))) {
            try {
                targets.add(Files.readSymbolicLink(descriptor).toString());
            } catch (IOException closedMeanwhile) {
                // Not one of those that are looked for.
            }
        }
        return targets;
    }
}

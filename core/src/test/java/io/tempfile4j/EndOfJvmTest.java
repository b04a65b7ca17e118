package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.FailingPlatform.Verb;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The end of the JVM: never before the program has ended, never later than its limit. Where no delay is promised the limit
 * is an hour: a process that waited for anything would not end while the test waits for it.
 */
class EndOfJvmTest extends CrashSuite {

    private static final String HOUR = "-Dtempfile4j.end=PT1H";
    private static final int PATIENCE_SECONDS = 120;

    /** What the children hold. */
    private static final List<Object> HELD = new ArrayList<>();

    private static Path createFile() throws IOException {
        NamedTemporaryFile file = NamedTemporaryFile.create();
        HELD.add(file);
        return file.path();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void sleepForEver() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException again) {
                // As long as the process lives.
            }
        }
    }

    private static void hook(Runnable task) {
        Runtime.getRuntime().addShutdownHook(new Thread(task));
    }

    private static void awaitGone(Path path) {
        while (Files.exists(path)) {
            Thread.onSpinWait();
        }
    }

    /** In children, whose class path has no AssertJ. */
    private static void require(Object actual, Object expected) {
        if (!actual.equals(expected)) {
            throw new IllegalStateException("expected " + expected + ", but was " + actual);
        }
    }

    private static boolean removalWouldHaveBegun() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[1_000];
        root.enumerate(threads);
        return Arrays.stream(threads)
                .anyMatch(thread -> thread != null && thread.getName().equals("tempfile4j-end"));
    }

    private void assertEndsAndLeavesNothing(ChildJvm child) throws Exception {
        ChildJvm.Result result = child.options(HOUR).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("WARNING");
        assertThat(space).isEmptyDirectory();
        assertThat(journalFiles()).isEmpty();
    }

    // ---- No delay for a program that has no other hook

    /** Ends in the way that its argument names. */
    static final class WithoutHooks {
        public static void main(String[] arguments) throws Exception {
            createFile();
            HELD.add(TemporaryDirectory.create());
            ExecutorService pool = Executors.newCachedThreadPool();
            switch (arguments[0]) {
                case "return" -> pool.shutdown();
                case "exit" -> System.exit(0);
                case "threads" -> {
                    for (int i = 0; i < 20; i++) {
                        pool.execute(EndOfJvmTest::sleepForEver);
                        new Thread(EndOfJvmTest::sleepForEver).start();
                    }
                    System.exit(0);
                }
                default -> throw new AssertionError();
            }
        }

        private WithoutHooks() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"return", "exit", "threads"})
    void end_noOtherHook_isNotDelayed(String way) throws Exception {
        assertEndsAndLeavesNothing(child(WithoutHooks.class, way));
    }

    // ---- The program comes first

    /** Has hooks that go on using what was created, and create more. */
    static final class Draining {
        public static void main(String[] arguments) throws Exception {
            Path file = createFile();
            TemporaryDirectory directory = TemporaryDirectory.create();
            HELD.add(directory);
            for (int i = 0; i < 3; i++) {
                int number = i;
                hook(() -> {
                    try {
                        drain(file, directory.resolve("of-" + number));
                        say("intact");
                    } catch (Exception failure) {
                        say("failed " + failure);
                    }
                });
            }
            if (arguments[0].equals("exit")) {
                System.exit(0);
            }
            say(READY);
            sleepForEver();
        }

        private static void drain(Path file, Path own) throws IOException {
            while (!removalWouldHaveBegun() && Files.exists(file)) {
                Thread.onSpinWait();
            }
            StringBuilder expected = new StringBuilder();
            for (int round = 0; round < 60; round++) {
                Files.writeString(own, expected.append(round));
                try (NamedTemporaryFile created = NamedTemporaryFile.create();
                        SpooledTemporaryFile spooled = SpooledTemporaryFile.create(1)) {
                    Files.writeString(created.path(), "content");
                    spooled.write("rolls over".getBytes(UTF_8));
                    require(Files.readString(created.path()), "content");
                }
                HELD.add(TemporaryDirectory.create());
                require(Files.readString(own), expected.toString());
                require(Files.exists(file), true);
            }
        }

        private Draining() {}
    }

    /** The JDK's order of hooks is random: some come before that of the library, and some after it. */
    @RepeatedTest(4)
    void end_otherHooksUseTemporaryFiles_theseAreRemovedAfterwards() throws Exception {
        ChildJvm.Result result = child(Draining.class, "exit").options(HOUR).run();
        assertThat(result.lines()).containsExactly("intact", "intact", "intact");
        assertThat(space).isEmptyDirectory();
        assertThat(journalFiles()).isEmpty();
    }

    @Test
    void end_bySignalWhileOtherHooksUseTemporaryFiles_theseAreRemovedAfterwards() throws Exception {
        Process process = child(Draining.class, "wait").options(HOUR).start();
        awaitReady(process);
        terminate(process);
        assertThat(rest(process)).containsExactly("intact", "intact", "intact");
        assertThat(space).isEmptyDirectory();
    }

    static final class NeverDrained {
        public static void main(String[] arguments) throws IOException {
            Path file = createFile();
            hook(() -> {
                sleepForEver();
                say(file.toString());
            });
            say(READY);
            System.exit(0);
        }

        private NeverDrained() {}
    }

    /** The JVM does not end then, whatever the library does; a supervisor kills it. */
    @RepeatedTest(2)
    void end_anotherHookNeverEnds_filesAreLeftToTheNextProcess() throws Exception {
        Process process =
                child(NeverDrained.class).options("-Dtempfile4j.end=PT0.2S").start();
        awaitReady(process);
        String warning = awaitLine(process, "temporary entries");
        assertThat(warning)
                .contains("cannot remove 1 temporary entries within 200 ms", "shutdown hook", "next process");
        assertThat(Backend.entries(space)).hasSize(1);
        killHard(process);
        List<Path> left = Backend.entries(space);
        assertThat(reap().removed()).isEqualTo(left.stream().map(Path::toString).toList());
        assertThat(space).isEmptyDirectory();
    }

    /** Several copies of the library, each by a class loader of its own, wait for other hooks; not for each other. */
    static final class TwoCopies {
        public static void main(String[] arguments) throws Exception {
            createFile();
            String[] elements = System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1);
            URL[] urls = new URL[elements.length];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = Path.of(elements[i]).toUri().toURL();
            }
            for (int i = 0; i < 3; i++) {
                Class<?> copy = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())
                        .loadClass(NamedTemporaryFile.class.getName());
                require(copy == NamedTemporaryFile.class, false);
                HELD.add(copy.getMethod("create").invoke(null));
            }
        }

        private TwoCopies() {}
    }

    @Test
    void end_severalCopiesOfTheLibrary_doNotWaitForEachOther() throws Exception {
        assertEndsAndLeavesNothing(child(TwoCopies.class));
    }

    // ---- What is open remains open

    static final class WritingAfterwards {
        public static void main(String[] arguments) throws Exception {
            NamedTemporaryFile named = NamedTemporaryFile.create();
            TemporaryFile unnamed = TemporaryFile.create();
            SpooledTemporaryFile spooled = SpooledTemporaryFile.create(1_000_000);
            SpooledTemporaryFile rolledOver = SpooledTemporaryFile.create(1);
            rolledOver.write(new byte[2]);
            EndHold hold = TempSpace.holdEnd("the writer", Duration.ofHours(1));
            hook(() -> {
                hold.close();
                awaitGone(named.path());
                try {
                    // A name is removed before its file object knows it: whenever this writes, it can.
                    for (FileObject file : List.of(named, unnamed, spooled, rolledOver)) {
                        file.seek(0);
                        file.write("content".getBytes(UTF_8));
                        file.flush();
                        file.seek(0);
                        require(new String(file.read(7), UTF_8), "content");
                        require(file.isOpen(), true);
                    }
                    say("written");
                } catch (IOException | RuntimeException failure) {
                    say("failed " + failure);
                }
                try {
                    NamedTemporaryFile.create();
                } catch (IOException | IllegalStateException refused) {
                    say(refused.toString());
                }
                try {
                    TempSpace.holdEnd("late", Duration.ofHours(1));
                } catch (IllegalStateException refused) {
                    say(refused.getMessage());
                }
                hold.close();
            });
        }

        private WritingAfterwards() {}
    }

    @Test
    void end_removalHasBegun_openFilesGoOnWorkingAndCreationIsRejected() throws Exception {
        ChildJvm.Result result = child(WritingAfterwards.class).options(HOUR).run();
        assertThat(result.lines())
                .containsExactly(
                        "written",
                        "java.lang.IllegalStateException: cannot create temporary resources: the JVM is shutting down",
                        "cannot hold the end of the JVM for late: the removal of temporary resources has begun");
        assertThat(space).isEmptyDirectory();
    }

    // ---- Holds

    /** Two hooks, of which the second to release its hold still uses its file. */
    static final class Holding {
        public static void main(String[] arguments) throws Exception {
            Path file = createFile();
            EndHold first = TempSpace.holdEnd("first", Duration.ofHours(1));
            EndHold second = TempSpace.holdEnd("second", Duration.ofHours(1));
            CountDownLatch firstIsReleased = new CountDownLatch(1);
            hook(() -> {
                first.close();
                first.close();
                firstIsReleased.countDown();
            });
            // No hook waits for this thread: without the hold nothing could know of it.
            Thread worker = new Thread(() -> {
                try {
                    firstIsReleased.await();
                    for (int round = 0; round < 60; round++) {
                        Files.writeString(file, "round " + round);
                        NamedTemporaryFile created = NamedTemporaryFile.create();
                        require(Files.exists(created.path()), true);
                        require(Files.readString(file), "round " + round);
                    }
                    say("intact");
                } catch (Exception failure) {
                    say("failed " + failure);
                }
                second.close();
            });
            worker.setDaemon(true);
            worker.start();
        }

        private Holding() {}
    }

    @Test
    void hold_releasedTwice_countsOnce() throws Exception {
        ChildJvm.Result result = child(Holding.class).options(HOUR).run();
        assertThat(result.lines()).containsExactly("intact");
        assertThat(space).isEmptyDirectory();
    }

    static final class Releasing {
        public static void main(String[] arguments) throws Exception {
            Path file = createFile();
            EndHold hold = TempSpace.holdEnd("the server", Duration.ofHours(1));
            hook(() -> {
                say("exists " + Files.exists(file));
                hold.close();
                awaitGone(file);
                say("gone");
            });
        }

        private Releasing() {}
    }

    /** Removal does not wait for the hook that released the last hold. */
    @Test
    void hold_released_removalBeginsWhateverOtherHooksDo() throws Exception {
        ChildJvm.Result result = child(Releasing.class).options(HOUR).run();
        assertThat(result.lines()).containsExactly("exists true", "gone");
        assertThat(space).isEmptyDirectory();
    }

    static final class Forgetting {
        public static void main(String[] arguments) throws Exception {
            Path file = createFile();
            TempSpace.holdEnd("the forgetful server", Duration.ofMillis(200));
            TempSpace.holdEnd("released before", Duration.ofHours(1)).close();
            hook(() -> {
                awaitGone(file);
                say("gone");
            });
        }

        private Forgetting() {}
    }

    @Test
    void hold_neverReleased_isReportedAndEndsAtItsTime() throws Exception {
        ChildJvm.Result result = child(Forgetting.class).options(HOUR).run();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("WARNING", "the end of the JVM is held no longer for the forgetful server", "gone")
                .doesNotContain("released before");
        assertThat(space).isEmptyDirectory();
    }

    @Test
    void hold_argumentIsWrong_isRejected() {
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThat(catchThrowable(() -> TempSpace.holdEnd("test", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("atMost is not positive: " + wrong);
        }
        assertThat(catchThrowable(() -> TempSpace.holdEnd(" ", Duration.ofDays(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("who is blank");
        // Longer than any number of nanoseconds.
        try (EndHold hold = TempSpace.holdEnd("test", Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThat(hold).hasToString("EndHold[test]");
        }
    }

    static final class Halting {
        public static void main(String[] arguments) throws Exception {
            createFile();
            TempSpace.holdEnd("the server", Duration.ofHours(1));
            hook(() -> Runtime.getRuntime().halt(5));
            if (arguments[0].equals("exit")) {
                System.exit(4);
            }
            Runtime.getRuntime().halt(6);
        }

        private Halting() {}
    }

    @Test
    void halt_withAHold_endsAtOnceAndFilesAreLeftToTheNextProcess() throws Exception {
        assertHalts("halt", 6);
        assertHalts("exit", 5);
    }

    private void assertHalts(String way, int exitCode) throws Exception {
        assertThat(child(Halting.class, way).options(HOUR).run().exitCode()).isEqualTo(exitCode);
        assertThat(Backend.entries(space)).hasSize(1);
        assertThat(reap().removed()).hasSize(1);
        assertThat(space).isEmptyDirectory();
    }

    // ---- What blocks for ever

    /** The removal of a file blocks, after two newer ones were removed and before three older ones. */
    static final class Blocked {
        public static void main(String[] arguments) throws Exception {
            HELD.add(NamedTemporaryFile.create("older-", ""));
            HELD.add(TemporaryDirectory.create("older-", ""));
            FailingPlatform platform = new FailingPlatform();
            platform.after(Verb.REMOVE_FILE, EndOfJvmTest::sleepForEver);
            HELD.add(TempSpace.builder().platform(platform).open().namedTemporaryFile("blocking-", ""));
            createFile();
            createFile();
            if (arguments[0].equals("logging")) {
                // From now on java.util.logging has a shutdown hook that takes its handlers away.
                HELD.add(Logger.getLogger("of the program"));
            }
            if (arguments[0].equals("logger")) {
                Logger logger = Logger.getLogger("io.tempfile4j");
                HELD.add(logger);
                logger.addHandler(new BlockingHandler());
            }
            say(READY);
            System.exit(3);
        }

        private Blocked() {}
    }

    /** As application servers have it: the end of the JVM does not reset the loggers. */
    public static final class LastingLogManager extends LogManager {
        @Override
        public void reset() {}
    }

    private static final class BlockingHandler extends Handler {
        @Override
        public void publish(LogRecord record) {
            sleepForEver();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "logging"})
    void end_removalBlocks_endsAtItsLimitAndLeavesTheRestToTheNextProcess(String way) throws Exception {
        ChildJvm.Result result =
                child(Blocked.class, way).options("-Dtempfile4j.end=PT0.5S").run();
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output())
                .containsOnlyOnce("WARNING")
                .contains("cannot remove 3 temporary entries within 500 ms (tempfile4j.end) at the end of the JVM")
                .containsPattern("blocking-\\w+ is still being removed; the next process removes them");
        assertThat(Backend.entries(space))
                .hasSize(2)
                .allMatch(path -> path.getFileName().toString().startsWith("older-"));
        assertThat(reap().removed()).hasSize(2);
        assertThat(space).isEmptyDirectory();
    }

    @Test
    void end_removalAndLoggerBlock_ends() throws Exception {
        ChildJvm.Result result = child(Blocked.class, "logger")
                .options("-Dtempfile4j.end=PT0.2S", "-Djava.util.logging.manager=" + LastingLogManager.class.getName())
                .run();
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.lines()).containsExactly(READY);
        assertThat(Backend.entries(space)).hasSize(2);
    }

    @Test
    void end_limitIsZero_leavesEverythingToTheNextProcess() throws Exception {
        ChildJvm.Result result = child(WithoutHooks.class, "exit")
                .options("-Dtempfile4j.end=PT0S")
                .run();
        assertThat(result.exitCode()).isZero();
        reap();
        assertThat(space).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "PT-1S", ""})
    void end_limitIsNoDuration_isReportedAndTheDefaultHolds(String limit) throws Exception {
        ChildJvm.Result result = child(WithoutHooks.class, "exit")
                .options("-Dtempfile4j.end=" + limit)
                .run();
        assertThat(result.output()).contains("tempfile4j.end=" + limit + " is not a duration such as PT5S");
        assertThat(space).isEmptyDirectory();
    }

    /** Writes at every depth of the stack at which it overflows. */
    static final class Overflowing {
        private static boolean written;

        public static void main(String[] arguments) throws Exception {
            Thread writer = new Thread(null, Overflowing::overflow, "writer", 512 * 1024);
            writer.start();
            writer.join();
            say(READY);
            sleepForEver();
        }

        private static void overflow() {
            try {
                for (int i = 0; i < 100; i++) {
                    NamedTemporaryFile file = NamedTemporaryFile.create();
                    HELD.add(file);
                    written = false;
                    dive(file, new byte[16_000], i);
                }
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }

        /** Returns from the overflow frame by frame, and tries in each: it comes at another instruction each time. */
        @SuppressWarnings("InfiniteRecursion") // until the stack overflows
        private static long dive(NamedTemporaryFile file, byte[] content, long depth) {
            long deepest = depth;
            try {
                deepest = dive(file, content, depth + 1);
            } catch (StackOverflowError overflow) {
                // The first frame that is left tries first.
            }
            if (!written) {
                try {
                    file.write(content);
                    file.flush();
                    written = true;
                } catch (IOException | StackOverflowError again) {
                    // What a caller who catches everything goes on with.
                }
            }
            return deepest;
        }

        private Overflowing() {}
    }

    /** A channel of the JDK may wait for such a write when it is closed, for ever. */
    @Test
    void end_stackOverflowedInWrites_ends() throws Exception {
        Process process = child(Overflowing.class).start();
        awaitReady(process);
        terminate(process);
        assertThat(Backend.entries(space)).isEmpty();
    }

    private static void terminate(Process process) throws IOException, InterruptedException {
        try {
            assumeTrue(!ignores(process, 15), "the process that runs the tests has SIGTERM ignored");
            assertThat(new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("ends")
                    .isTrue();
        } finally {
            process.toHandle().destroyForcibly();
        }
    }

    private static List<String> rest(Process process) {
        return process.inputReader().lines().toList();
    }

    private static String awaitLine(Process process, String part) throws IOException {
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .execute(() -> process.toHandle().destroyForcibly());
        BufferedReader reader = process.inputReader();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("the child ended without a line about " + part);
    }
}

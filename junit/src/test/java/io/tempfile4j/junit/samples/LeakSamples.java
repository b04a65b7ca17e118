package io.tempfile4j.junit.samples;

import static org.assertj.core.api.Assertions.fail;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.TemporaryFile;
import io.tempfile4j.junit.NoTempLeaks;
import io.tempfile4j.junit.Temporary;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What {@code NoTempLeaksTest} runs. */
public final class LeakSamples {

    /** Held, so that the garbage collector does not come before the end of the test. */
    private static final List<Object> HELD = new ArrayList<>();

    private LeakSamples() {}

    @NoTempLeaks
    public static class Leaving {
        @Test
        void javaIo(TestReporter reporter) throws IOException {
            reporter.publishEntry(
                    "left", File.createTempFile("prefix", ".suffix").toString());
        }

        @Test
        void javaNio(TestReporter reporter) throws IOException {
            Path file = Files.createTempFile("prefix", ".suffix");
            Files.writeString(file, "12345");
            reporter.publishEntry("left", file.toString());
        }

        @Test
        void javaNioDirectory(TestReporter reporter) throws IOException {
            Path directory = Files.createTempDirectory("prefix");
            Files.writeString(directory.resolve("content"), "1234567");
            reporter.publishEntry("left", directory.toString());
        }

        @Test
        void byHand(TestReporter reporter) throws IOException {
            Path file = Path.of(System.getProperty("java.io.tmpdir"), "left-by-hand-" + System.nanoTime() % 1000);
            reporter.publishEntry("left", Files.createFile(file).toString());
        }

        @Test
        void namedTemporaryFile(TestReporter reporter) throws IOException {
            NamedTemporaryFile file = NamedTemporaryFile.create();
            HELD.add(file);
            reporter.publishEntry("left", file.path().toString());
        }

        @Test
        void keptTemporaryDirectory(TestReporter reporter) throws IOException {
            reporter.publishEntry("left", TemporaryDirectory.create().keep().toString());
        }
    }

    @NoTempLeaks
    public static class Open {
        @Test
        void nameless() throws IOException {
            HELD.add(TemporaryFile.create());
        }

        @Test
        void elsewhere(@TempDir Path directory) throws IOException {
            HELD.add(TempSpace.in(directory).namedTemporaryFile());
        }
    }

    /** The end of a space is an end of what was forgotten in it, whenever that is collected. */
    @NoTempLeaks
    public static class ForgottenInASpace {
        @Test
        void collected(@Temporary TempSpace space) throws IOException {
            space.namedTemporaryFile();
            while (space.stats().leaked() == 0) {
                System.gc();
                Thread.onSpinWait();
            }
        }

        @Test
        void notCollected(@Temporary TempSpace space) throws IOException {
            space.namedTemporaryFile();
        }
    }

    @NoTempLeaks
    public static class Clean {
        @TempDir
        static Path jupitersOfTheClass;

        @Temporary
        static TempSpace oursOfTheClass;

        @TempDir
        Path jupiters;

        @Temporary
        TemporaryDirectory ours;

        Clean(@Temporary NamedTemporaryFile file) throws IOException {
            file.write(1);
        }

        @Test
        void injected(@TempDir Path directory, @Temporary TempSpace space, @Temporary TemporaryFile file)
                throws IOException {
            Files.createFile(directory.resolve("file"));
            Files.createFile(jupiters.resolve("file"));
            Files.createFile(jupitersOfTheClass.resolve("file"));
            space.namedTemporaryFile();
            space.temporaryFile();
        }

        @Test
        void removedByTheTest() throws IOException {
            Files.delete(Files.createTempFile(null, null));
            NamedTemporaryFile.create().close();
        }
    }

    @NoTempLeaks
    public static class OfTheClass {
        @BeforeAll
        static void leaves(TestReporter reporter) throws IOException {
            reporter.publishEntry(
                    "left", Files.createTempFile("ofTheClass", null).toString());
        }

        @Test
        void leavesNothing() {}

        @Test
        void leaves2(TestReporter reporter) throws IOException {
            reporter.publishEntry(
                    "left", Files.createTempFile("ofTheTest", null).toString());
            HELD.add(TemporaryFile.create());
        }
    }

    /** Its class is clean but for what its test is blamed for. */
    @NoTempLeaks
    public static class OnlyTheTest {
        @Test
        void leaves(TestReporter reporter) throws IOException {
            reporter.publishEntry(
                    "left", Files.createTempFile("ofTheTest", null).toString());
            HELD.add(TemporaryFile.create());
        }
    }

    public static class OneMethod {
        @Test
        @NoTempLeaks
        void annotated(TestReporter reporter) throws IOException {
            reporter.publishEntry("left", Files.createTempFile(null, null).toString());
        }

        @Test
        void notAnnotated(TestReporter reporter) throws IOException {
            reporter.publishEntry("left", Files.createTempFile(null, null).toString());
        }
    }

    @NoTempLeaks(ignoring = "libnative*.so")
    public static class Ignoring {
        @Test
        @NoTempLeaks(ignoring = {"*.lck", "*.tmp"})
        void ignored(TestReporter reporter) throws IOException {
            reporter.publishEntry(
                    "left", Files.createTempFile("libnative", ".so").toString());
            reporter.publishEntry("left", Files.createTempFile(null, ".lck").toString());
        }

        @Test
        void ignoredElsewhere(TestReporter reporter) throws IOException {
            reporter.publishEntry(
                    "left", Files.createTempFile("libnative", ".so").toString());
        }
    }

    @NoTempLeaks
    public static class KeptOnDemand {
        @Test
        void fails(
                @Temporary(cleanup = CleanupMode.ON_SUCCESS) TemporaryDirectory directory,
                @Temporary(cleanup = CleanupMode.ON_SUCCESS) TempSpace space,
                @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path jupiters)
                throws IOException {
            space.namedTemporaryFile();
            fail("on purpose");
        }
    }

    /** Something that an earlier test has forgotten is collected while a later one runs. */
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    public static class ForgottenEarlier {
        @Test
        @Order(1)
        void forgets() throws IOException {
            NamedTemporaryFile.create();
        }

        @Test
        @Order(2)
        @NoTempLeaks
        void isNotBlamed() throws IOException {
            long before = TempSpace.system().stats().leaked();
            while (TempSpace.system().stats().leaked() == before) {
                System.gc();
                Thread.onSpinWait();
            }
        }
    }

    /** Each holds a file while the others run, if they do: so what is blamed on one may be another's. */
    abstract static class Meeting {
        private static final AtomicInteger RUNNING = new AtomicInteger();
        private static final CountDownLatch NEVER = new CountDownLatch(1);

        void meet(boolean alone) throws IOException, InterruptedException {
            int others = RUNNING.getAndIncrement();
            Path file = Files.createTempFile(null, null);
            try (NamedTemporaryFile ours = NamedTemporaryFile.create()) {
                for (int i = 0; i < 20; i++) {
                    if (alone && (others > 0 || RUNNING.get() > 1)) {
                        fail("runs beside " + ours);
                    }
                    NEVER.await(5, TimeUnit.MILLISECONDS);
                }
            } finally {
                Files.delete(file);
                RUNNING.decrementAndGet();
            }
        }
    }

    @NoTempLeaks
    public static class ParallelOne extends Meeting {
        @Test
        void one() throws Exception {
            meet(true);
        }

        @Test
        void other() throws Exception {
            meet(true);
        }
    }

    public static class ParallelOther extends Meeting {
        @Test
        @NoTempLeaks
        void annotated() throws Exception {
            meet(true);
        }

        @Test
        void plain() throws Exception {
            meet(false);
        }

        @Test
        void plainToo() throws Exception {
            meet(false);
        }
    }
}

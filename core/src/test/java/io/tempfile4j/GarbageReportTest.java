package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.FailingPlatform.Verb;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of things that nobody closed, and what the garbage collector must not take. */
class GarbageReportTest {

    private static final int ATTEMPTS = 2_000;
    private static final long PAUSE_NANOS = 1_000_000;

    @TempDir
    Path directory;

    private CapturedLog log;

    @BeforeEach
    void captureLog() {
        log = new CapturedLog();
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    private static void collectUntil(String what, Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < ATTEMPTS && !condition.call(); i++) {
            System.gc();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        assertThat(condition.call()).as("after many collections: " + what).isTrue();
    }

    /** Makes something and forgets it; only its path is left. */
    private static Path forgotten(String kind, TempSpace space) throws IOException {
        return switch (kind) {
            case "file" -> space.namedTemporaryFile().path();
            case "directory" -> {
                TemporaryDirectory made = space.temporaryDirectory();
                Files.createFile(Files.createDirectory(made.resolve("a")).resolve("b"));
                yield made.path();
            }
            case "path" -> space.temporaryPath("", "", Files::createFile).path();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "directory", "path"})
    @Behaviour({151, 253, 254, 290, 380})
    void forgotten_isRemovedAndReportedOnce(String kind) throws Exception {
        try (TempSpace space = TempSpace.in(directory)) {
            Path path = forgotten(kind, space);
            collectUntil("removed", () -> Files.notExists(path));
            collectUntil(
                    "reported",
                    () -> !log.about("WARNING", "never closed", path).isEmpty());
            assertThat(log.about(path)).hasSize(1);
        }
        assertThat(log.about(directory)).hasSize(1);
    }

    @Test
    @Behaviour({253, 254, 380})
    void forgotten_filesWithoutNames_areReportedOnceEach() throws Exception {
        try (TempSpace space = TempSpace.in(directory)) {
            space.temporaryFile().write(1);
            space.spooledTemporaryFile(0).write(1);
            SpooledTemporaryFile rolled = space.spooledTemporaryFile(0);
            rolled.rollover();
            rolled = null;
            collectUntil(
                    "reported",
                    () -> log.about("WARNING", "never closed", directory).size() == 3);
            assertThat(log.about("spooled file")).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "directory", "path"})
    void closed_isNotReported(String kind) throws Exception {
        WeakReference<Object> reference;
        try (TempSpace space = TempSpace.in(directory)) {
            reference = closed(kind, space);
            Path witness = forgotten("file", space);
            collectUntil("collected", () -> reference.get() == null && Files.notExists(witness));
            assertThat(log.about("never closed")).hasSize(1).first().asString().contains(witness.toString());
        }
    }

    private static WeakReference<Object> closed(String kind, TempSpace space) throws IOException {
        var made = switch (kind) {
            case "file" -> space.namedTemporaryFile();
            case "directory" -> space.temporaryDirectory();
            default -> space.temporaryPath("", "", Files::createFile);
        };
        made.close();
        return new WeakReference<>(made);
    }

    /** It stays registered: the end of the space, or of the program, tries again. */
    @Test
    @Behaviour({184, 296})
    void forgotten_removalFails_isReportedAndTriedAgainAtTheEnd() throws Exception {
        FailingPlatform platform = new FailingPlatform();
        try (TempSpace space =
                TempSpace.builder().directory(directory).platform(platform).open()) {
            platform.fail(Verb.REMOVE_FILE, new FileSystemException("injected"));
            Path path = forgotten("file", space);
            collectUntil(
                    "reported",
                    () -> !log.about("could not remove", path, "injected").isEmpty());
            assertThat(path).exists();
            platform.repair();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    @Behaviour(296)
    void forgotten_failuresAreIgnored_nothingIsReported() throws Exception {
        FailingPlatform platform = new FailingPlatform();
        try (TempSpace ignoring = TempSpace.builder()
                        .directory(directory)
                        .platform(platform)
                        .ignoreCleanupErrors(true)
                        .open();
                TempSpace witnesses = TempSpace.in(directory)) {
            platform.fail(Verb.REMOVE_FILE, new FileSystemException("injected"));
            WeakReference<Object> forgotten = new WeakReference<>(ignoring.namedTemporaryFile());
            collectUntil("collected", () -> forgotten.get() == null);
            Path witness = forgotten("file", witnesses);
            collectUntil("removed", () -> Files.notExists(witness));
            platform.repair();
            assertThat(log.about("injected")).isEmpty();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    @Behaviour({146, 289})
    void forgotten_keptOrToBeKept_staysAndIsNotReported() throws Exception {
        Path kept;
        Path toBeKept;
        Path keptDirectory;
        try (TempSpace space = TempSpace.in(directory);
                TempSpace keeping = TempSpace.builder()
                        .directory(directory)
                        .deleteOnClose(false)
                        .open()) {
            kept = space.namedTemporaryFile().keep();
            keptDirectory = space.temporaryDirectory().keep();
            toBeKept = keeping.namedTemporaryFile().path();
            for (int i = 0; i < 2; i++) {
                Path witness = forgotten("directory", space);
                collectUntil("removed", () -> Files.notExists(witness));
            }
            assertThat(log.about("never closed")).hasSize(2).allMatch(message -> !message.contains(kept.toString()));
        }
        assertThat(Backend.entries(directory)).containsExactlyInAnyOrder(kept, toBeKept, keptDirectory);
    }

    /** The object is used for the last time in the very call during which the collector runs. */
    @Test
    @Behaviour(381)
    void collection_duringTheLastOperation_doesNotRemoveTheFile() throws Exception {
        FailingPlatform platform = new FailingPlatform();
        try (TempSpace space = TempSpace.builder()
                        .directory(directory)
                        .platform(platform)
                        .prefix("used")
                        .open();
                TempSpace witnesses = TempSpace.in(directory)) {
            boolean[] wasThere = new boolean[1];
            platform.after(Verb.WRITE, () -> {
                Path witness = forgotten("file", witnesses);
                try {
                    collectUntil("removed", () -> Files.notExists(witness));
                } catch (Exception failure) {
                    throw new IOException(failure);
                }
                wasThere[0] = Backend.entries(directory).stream()
                        .anyMatch(path -> path.getFileName().toString().startsWith("used"));
            });
            space.namedTemporaryFile().write(new byte[1_000_000]);
            assertThat(wasThere).containsExactly(true);
        }
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tempfile4j.internal.platform.Snapshot;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group J: what is in a directory goes, whatever it is, and nothing else changes. */
abstract class TreeRemovalContract extends Contract {

    private TemporaryDirectory tree;

    TreeRemovalContract(Backend.Kind kind) {
        super(kind);
    }

    @BeforeEach
    void makeTree() throws IOException {
        tree = space.temporaryDirectory();
    }

    private void assertRemoved() throws IOException {
        tree.cleanup();
        assertThat(tree.path()).doesNotExist();
    }

    @Test
    @Behaviour({300, 314})
    void cleanup_linksOfAllKinds_areRemovedAndTheirTargetsAreAsBefore() throws IOException {
        Path victim = Files.createDirectory(directory().resolve("victim"));
        Path file = Files.writeString(victim.resolve("file"), "precious");
        Path sub = Files.createDirectory(victim.resolve("sub"));
        Files.createFile(sub.resolve("deep"));
        Files.createSymbolicLink(victim.resolve("link"), sub);
        Path nested = Files.createDirectory(tree.resolve("nested"));
        Snapshot before = Snapshot.of(victim);
        for (Path place : List.of(tree.path(), nested)) {
            Files.createSymbolicLink(place.resolve("to-file"), file);
            Files.createSymbolicLink(place.resolve("to-directory"), victim);
            Files.createSymbolicLink(place.resolve("to-link"), victim.resolve("link"));
            Files.createSymbolicLink(place.resolve("dangling"), directory().resolve("missing"));
            Files.createSymbolicLink(place.resolve("dangling-in-victim"), victim.resolve("missing"));
            Files.createSymbolicLink(place.resolve("upwards"), tree.path());
            Files.createSymbolicLink(place.resolve("itself"), place.resolve("itself"));
            Files.createSymbolicLink(place.resolve("ping"), place.resolve("pong"));
            Files.createSymbolicLink(place.resolve("pong"), place.resolve("ping"));
        }
        assertRemoved();
        assertThat(Snapshot.of(victim)).isEqualTo(before);
    }

    /** The content and the mode belong to the other name as well. */
    @Test
    @Behaviour(313)
    void cleanup_hardLinkToAFileOutside_fileIsAsBefore() throws IOException {
        Path outside = Files.writeString(directory().resolve("outside"), "precious");
        if (backend.hasPosixPermissions()) {
            Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("r--r--r--"));
        }
        Path sub = Files.createDirectory(tree.resolve("sub"));
        Files.createLink(sub.resolve("inside"), outside);
        if (backend.hasPosixPermissions()) {
            Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("r-x------"));
        }
        assertRemoved();
        assertThat(outside).hasContent("precious");
        if (backend.hasPosixPermissions()) {
            assertThat(backend.permissions(outside)).isEqualTo(PosixFilePermissions.fromString("r--r--r--"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-rf", "--", "-", "a b", "e\u0301\u6f22\uD83D\uDE00", "#", "$HOME", "~", "%TEMP%"})
    @Behaviour(319)
    void cleanup_oddNames_areRemoved(String name) throws IOException {
        Files.createDirectory(tree.resolve(name));
        Files.createFile(tree.resolve(name).resolve(name));
        assertRemoved();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "\"", "a\nb\tc ", "*"})
    @Behaviour(319)
    void cleanup_namesThatOnlyUnixHas_areRemoved(String name) throws IOException {
        if (backend.hasWindowsNames()) {
            assertThatExceptionOfType(InvalidPathException.class).isThrownBy(() -> tree.resolve(name));
        } else {
            Files.createDirectory(tree.resolve(name));
            Files.createFile(tree.resolve(name).resolve(name));
        }
        assertRemoved();
    }

    @Test
    @Behaviour(319)
    void cleanup_longestNames_areRemoved() throws IOException {
        String longest = "n".repeat(255);
        Files.createDirectory(tree.resolve(longest));
        Files.createFile(tree.resolve(longest).resolve(longest));
        assertRemoved();
    }

    /** So deep that some of it is moved, where there are handles, in every shape. */
    @Test
    @Behaviour({293, 320})
    void cleanup_anyShape_isRemoved() throws IOException {
        Random random = new Random(20);
        List<Path> directories = new ArrayList<>(List.of(tree.path()));
        for (int i = 0; i < 600; i++) {
            Path parent = directories.get(
                    random.nextInt(3) > 0 ? directories.size() - 1 : random.nextInt(directories.size()));
            String name = "n" + i;
            switch (random.nextInt(4)) {
                case 0 -> Files.createFile(parent.resolve(name));
                case 1 -> Files.createSymbolicLink(parent.resolve(name), tree.path());
                default -> directories.add(Files.createDirectory(parent.resolve(name)));
            }
        }
        assertThat(directories)
                .anyMatch(path -> path.getNameCount() > tree.path().getNameCount() + 30);
        assertRemoved();
    }

    @Test
    @Behaviour(321)
    void cleanup_manyEntries_areRemoved() throws IOException {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(tree.resolve("entry-" + i));
        }
        assertRemoved();
    }

    @Test
    @Behaviour({301, 303, 316, 317})
    void cleanup_readOnly_isRemoved() throws IOException {
        Path sub = Files.createDirectory(tree.resolve("sub"));
        Path file = Files.createFile(sub.resolve("file"));
        for (Path path : List.of(file, sub, tree.path())) {
            if (backend.hasPosixPermissions()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
            } else {
                Files.setAttribute(path, "dos:readonly", true);
                assertThat(Files.readAttributes(path, DosFileAttributes.class).isReadOnly())
                        .isTrue();
            }
        }
        if (backend.hasPosixPermissions() && !backend.isInMemory() && !ChildJvm.isRoot()) {
            assertThat(Files.isReadable(tree.path())).isFalse();
        }
        assertRemoved();
    }

    /** Others are quick: it ends all the same, and says what it could not do. */
    @Test
    @Timeout(60)
    @Behaviour(323)
    void cleanup_othersAddAllTheTime_endsAndCanBeDoneAgain() throws Exception {
        Path sub = Files.createDirectory(tree.resolve("sub"));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger added = new AtomicInteger();
        Thread adder = new Thread(() -> {
            while (!stop.get() && added.incrementAndGet() < 100_000) {
                try {
                    Files.createFile(sub.resolve("added-" + added));
                } catch (IOException directoryIsGone) {
                    Thread.onSpinWait();
                }
            }
        });
        adder.start();
        try {
            while (added.get() < 100) {
                Thread.onSpinWait();
            }
            tree.cleanup();
            assertThat(tree.path()).doesNotExist();
        } catch (CleanupException failure) {
            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(failure.getSuppressed()[0]).isInstanceOf(DirectoryNotEmptyException.class);
            assertThat(tree.path()).startsWith(directory()).isDirectory();
        } finally {
            stop.set(true);
            adder.join();
        }
        assertRemoved();
    }

    /** And others remove what is being removed. */
    @Test
    @Timeout(60)
    @Behaviour({307, 308})
    void cleanup_manyRemoveTheSame_isSilent() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path path = Files.createDirectory(directory().resolve("round-" + round));
            for (int i = 0; i < 30; i++) {
                Path sub = Files.createDirectory(path.resolve("sub-" + i));
                Files.createFile(sub.resolve("file"));
            }
            List<Throwable> failures = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                TemporaryDirectory owner = TemporaryDirectory.adopt(path);
                threads.add(new Thread(() -> {
                    try {
                        owner.cleanup();
                    } catch (IOException failure) {
                        synchronized (failures) {
                            failures.add(failure);
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            assertThat(path).doesNotExist();
        }
    }

    @Test
    @Behaviour({169, 337})
    void tryWithResources_bodyFailsAndSoDoesTheRemoval_bodysExceptionIsPrimary() throws IOException {
        IllegalStateException body = new IllegalStateException("of the body");
        Path path = tree.path();
        try (TemporaryDirectory owned = tree) {
            Files.move(path, directory().resolve("moved"));
            Files.createFile(path);
            throw body;
        } catch (IllegalStateException thrown) {
            assertThat(thrown).isSameAs(body);
            assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(CleanupException.class);
        }
        Files.delete(path);
        Files.move(directory().resolve("moved"), path);
        assertRemoved();
    }

    @Test
    @Behaviour({294, 295, 297})
    void ignoreCleanupErrors_cannotBeRemoved_isSilentAndCanBeDoneAgain() throws IOException {
        try (TempSpace careless = backend.builder().ignoreCleanupErrors(true).open()) {
            TemporaryDirectory owned = careless.temporaryDirectory();
            Path path = owned.path();
            Files.move(path, directory().resolve("moved"));
            Files.createFile(path);
            owned.close();
            owned.cleanup();
            assertThat(path).isRegularFile();
            Files.delete(path);
            Files.move(directory().resolve("moved"), path);
            owned.cleanup();
            assertThat(path).doesNotExist();
        }
    }

    @Test
    @Behaviour({327, 340})
    void cleanup_rootWasReplaced_exceptionNamesThePathAndTheReason() throws IOException {
        Path path = tree.path();
        Files.move(path, directory().resolve("moved"));
        Files.createFile(path);
        try {
            tree.cleanup();
            throw new AssertionError("nothing was reported");
        } catch (CleanupException failure) {
            assertThat(failure)
                    .hasMessageStartingWith("could not remove " + path + ": not removed: something else is there now")
                    .hasNoCause();
            assertThat(failure.remaining()).containsExactly(path);
            assertThat(failure.remainingCount()).isOne();
            assertThat(failure.getSuppressed()).singleElement().isInstanceOf(FileSystemException.class);
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("CIRCULAR");
        }
        assertThat(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
        Files.delete(path);
    }
}

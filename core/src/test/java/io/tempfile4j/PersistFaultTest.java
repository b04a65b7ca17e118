package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever call of the system fails in a persist: the target is all old or all new, and nothing else is lost or left. */
class PersistFaultTest {

    private static final Set<PersistOption> SAFE = Set.of(PersistOption.DURABLE, PersistOption.KEEP_TARGET_ATTRIBUTES);

    private Backend backend;
    private Path targets;
    private Path target;

    /** Where files without a name have one all the same, if the system can give them another. */
    private Path linked;

    @BeforeEach
    void openBackend() throws IOException {
        backend = Backend.Kind.PORTABLE.open();
        targets = Files.createDirectory(backend.directory().resolve("targets"));
        target = targets.resolve("target");
    }

    @AfterEach
    void closeBackend() throws IOException {
        assertThat(backend.entries()).containsExactly(targets);
        backend.close();
    }

    static List<Arguments> kindsAndOptions() {
        List<Arguments> all = new ArrayList<>();
        for (FileKind kind : FileKind.values()) {
            all.add(Arguments.of(kind, Set.of()));
            all.add(Arguments.of(kind, Set.of(PersistOption.NO_CLOBBER)));
            all.add(Arguments.of(kind, SAFE));
            all.add(Arguments.of(kind, Set.of(PersistOption.values())));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("kindsAndOptions")
    @Behaviour({348, 351, 353})
    void persist_oneCallFails_targetIsOldOrNewAndNothingIsLeft(FileKind kind, Set<PersistOption> options)
            throws IOException {
        int failures = failAtEachCall(kind, options, target);
        // In memory: making the copy, writing it, moving it.
        assertThat(failures).isGreaterThanOrEqualTo(kind == FileKind.NAMED ? 2 : 3);
    }

    @ParameterizedTest
    @MethodSource("kindsAndOptions")
    @Behaviour({350})
    void persist_toAnotherFileSystemAndOneCallFails_targetIsOldOrNewAndNothingIsLeft(
            FileKind kind, Set<PersistOption> options) throws IOException {
        try (Backend other = Backend.Kind.JIMFS_UNIX.open()) {
            int failures = failAtEachCall(kind, options, other.directory().resolve("target"));
            assertThat(failures).isGreaterThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndOptions")
    @Behaviour({348, 353})
    void persist_systemCanLinkAndOneCallFails_targetIsOldOrNewAndNothingIsLeft(
            FileKind kind, Set<PersistOption> options) throws IOException {
        linked = Files.createDirectory(backend.directory().resolve("linked"));
        int failures = failAtEachCall(kind, options, target);
        assertThat(failures).isGreaterThanOrEqualTo(2);
        Files.delete(linked);
    }

    @ParameterizedTest
    @EnumSource(names = {"NAMELESS", "ROLLED"})
    void persist_systemCanLink_itIsTheSameFile(FileKind kind) throws IOException {
        linked = Files.createDirectory(backend.directory().resolve("linked"));
        FaultyPlatform platform = new FaultyPlatform(0);
        platform.linkFrom(linked);
        try (TempSpace space = backend.builder().platform(platform).open()) {
            FileObject file = kind.open(space);
            file.text().write("content");
            file.flush();
            Object inode = Files.getAttribute(Backend.entries(linked).get(0), "unix:ino");
            file.persist(target);
            assertThat(Files.getAttribute(target, "unix:ino")).isEqualTo(inode);
            file.text().write("!");
            file.flush();
            assertThat(target).hasContent("content!");
            assertThat(platform.openHandles()).isEqualTo(1);
            file.close();
            assertThat(platform.openHandles()).isZero();
        }
        Files.delete(linked);
    }

    /** Returns how many calls have failed, one in each round. */
    private int failAtEachCall(FileKind kind, Set<PersistOption> options, Path place) throws IOException {
        boolean replaces = !options.contains(PersistOption.NO_CLOBBER);
        for (int calls = 0; ; calls++) {
            if (replaces) {
                Files.writeString(place, "old");
            } else {
                Files.deleteIfExists(place);
            }
            FaultyPlatform platform = new FaultyPlatform(calls);
            if (linked != null) {
                platform.linkFrom(linked);
            }
            try (TempSpace space = backend.builder().platform(platform).open();
                    CapturedLog log = new CapturedLog()) {
                FileObject file = kind.open(space);
                file.text().write("new content");
                platform.failAfter(calls);
                Outcome outcome = persist(file, place, options, replaces);
                boolean reported =
                        !log.about("could not remove", FaultyPlatform.INJECTED).isEmpty();
                platform.heal();
                assertThat(Backend.entries(place.getParent()))
                        .doesNotHaveDuplicates()
                        .hasSizeLessThanOrEqualTo(1);
                file.seek(0);
                assertThat(file.text().read()).isEqualTo("new content");
                if (outcome == Outcome.FAILED) {
                    file.persist(place, options.toArray(PersistOption[]::new));
                }
                assertThat(Files.readString(place)).isEqualTo("new content");
                file.close();
                space.close();
                assertThat(platform.openHandles()).isZero();
                if (outcome == Outcome.PERSISTED && !reported) {
                    return calls;
                }
            }
            assertThat(backend.entries())
                    .filteredOn(entry -> !entry.equals(linked))
                    .containsExactly(targets);
            assertThat(Backend.entries(place.getParent())).containsExactly(place);
            if (linked != null) {
                assertThat(linked).isEmptyDirectory();
            }
        }
    }

    private enum Outcome {
        PERSISTED,
        PERSISTED_BUT_NOT_DURABLE,
        FAILED
    }

    private static Outcome persist(FileObject file, Path place, Set<PersistOption> options, boolean replaces)
            throws IOException {
        try {
            file.persist(place, options.toArray(PersistOption[]::new));
            return Outcome.PERSISTED;
        } catch (PersistException failure) {
            assertThat(failure).hasStackTraceContaining(FaultyPlatform.INJECTED);
            assertThat(failure).hasMessageContaining(place.toString());
            if (replaces) {
                assertThat(Files.readString(place)).isEqualTo("old");
            } else {
                assertThat(place).doesNotExist();
            }
            return Outcome.FAILED;
        } catch (IOException tooLate) {
            assertThat(tooLate)
                    .hasMessageContaining("may not survive")
                    .hasStackTraceContaining(FaultyPlatform.INJECTED);
            assertThat(Files.readString(place)).isEqualTo("new content");
            return Outcome.PERSISTED_BUT_NOT_DURABLE;
        }
    }

    @Test
    @Behaviour({362})
    void replace_oneCallFails_targetIsOldOrNewAndNothingIsLeft() throws IOException {
        int failures = 0;
        for (int calls = 0; ; calls++) {
            Files.writeString(target, "old");
            FaultyPlatform platform = new FaultyPlatform(calls);
            platform.failAfter(calls);
            TempSpace.Builder policy = TempSpace.builder().platform(platform);
            boolean failed = false;
            try {
                AtomicFile.replace(policy, target, SAFE, file -> file.text().write("new"));
            } catch (IOException failure) {
                failed = true;
                failures++;
                boolean tooLate = !(failure instanceof PersistException)
                        && failure.getMessage().contains("may not survive");
                assertThat(failure).hasStackTraceContaining(FaultyPlatform.INJECTED);
                assertThat(target)
                        .hasContent(tooLate || Files.readString(target).equals("new") ? "new" : "old");
            }
            assertThat(Backend.entries(targets)).containsExactly(target);
            assertThat(platform.openHandles()).isZero();
            if (!failed) {
                break;
            }
        }
        // Making, writing, forcing, moving, forcing the directory, closing.
        assertThat(failures).isGreaterThanOrEqualTo(6);
    }

    @Test
    void persist_sourceCannotBeRemovedAfterTheCopy_isPersistedAndTriedAgain() throws IOException {
        FailingPlatform platform = new FailingPlatform();
        try (Backend other = Backend.Kind.JIMFS_UNIX.open();
                CapturedLog log = new CapturedLog()) {
            Path there = other.directory().resolve("there");
            TempSpace space = backend.builder().platform(platform).open();
            NamedTemporaryFile file = space.namedTemporaryFile();
            Path source = file.path();
            platform.fail(FailingPlatform.Verb.REMOVE_FILE, new IOException("busy"));
            file.persist(there);
            assertThat(log.about("could not remove", source, "busy")).hasSize(1);
            assertThat(source).exists();
            assertThat(file.path()).isEqualTo(there);
            platform.repair();
            file.close();
            space.close();
            assertThat(source).doesNotExist();
            assertThat(there).exists();
        }
    }

    @Test
    @Behaviour(371)
    void persist_spaceIsClosedInTheMiddle_waitsAndTheTargetIsWhole() throws Exception {
        FailingPlatform platform = new FailingPlatform();
        for (FileKind kind : FileKind.values()) {
            Files.deleteIfExists(target);
            TempSpace space = backend.builder().platform(platform).open();
            FileObject file = kind.open(space);
            file.text().write("content");
            Thread closing = new Thread(() -> {
                try {
                    space.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            platform.after(FailingPlatform.Verb.RENAME, () -> {
                closing.start();
                while (!isClosed(space)) {
                    Thread.onSpinWait();
                }
            });
            file.persist(target);
            closing.join();
            file.close();
            assertThat(target).hasContent("content");
            assertThat(Backend.entries(targets)).containsExactly(target);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NAMED", "NAMELESS", "ROLLED"})
    void persist_inTheMiddleOfARead_theReadGoesOn(FileKind kind) throws IOException {
        FailingPlatform platform = new FailingPlatform();
        try (TempSpace space = backend.builder().platform(platform).open()) {
            FileObject file = kind.open(space);
            file.text().write("content");
            file.flush();
            platform.after(FailingPlatform.Verb.READ, () -> file.persist(target));
            assertThat(file.newInputStream().readAllBytes()).asString().isEqualTo("content");
            assertThat(target).hasContent("content");
            file.close();
        }
    }

    /** Who asks in the middle of a persist is answered by what it has become. */
    @Test
    void keepAndReopen_inTheMiddleOfAPersist_waitForIt() throws Exception {
        FailingPlatform platform = new FailingPlatform();
        try (TempSpace space = backend.builder().platform(platform).open()) {
            NamedTemporaryFile file = space.namedTemporaryFile();
            file.text().write("content");
            FutureTask<Path> keeping = new FutureTask<>(file::keep);
            FutureTask<Long> reopening = new FutureTask<>(() -> {
                try (FileChannel reopened = file.reopen()) {
                    return reopened.size();
                }
            });
            platform.after(FailingPlatform.Verb.RENAME, () -> {
                for (FutureTask<?> task : List.of(keeping, reopening)) {
                    Thread thread = new Thread(task);
                    thread.start();
                    while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
                        Thread.onSpinWait();
                    }
                }
            });
            file.persist(target);
            assertThat(keeping.get()).isEqualTo(target);
            assertThat(reopening.get()).isEqualTo(7);
            file.close();
        }
    }

    private static boolean isClosed(TempSpace space) throws IOException {
        try {
            space.spooledTemporaryFile(0).close();
            return false;
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    @Test
    void persist_afterTheSpaceWasClosed_isRefused() throws IOException {
        TempSpace space = backend.space();
        FileObject file = space.temporaryFile();
        space.close();
        assertThatThrownBy(() -> file.persist(target)).isInstanceOf(java.nio.channels.ClosedChannelException.class);
        assertThat(targets).isEmptyDirectory();
    }
}

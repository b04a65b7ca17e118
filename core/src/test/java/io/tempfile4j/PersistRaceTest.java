package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads at one target, or at one file. */
class PersistRaceTest {

    private static final int THREADS = 4;

    private Backend backend;
    private TempSpace space;
    private Path targets;
    private Path target;
    private ExecutorService threads;

    @BeforeEach
    void open() throws IOException {
        backend = Backend.Kind.PORTABLE.open();
        targets = Files.createDirectory(backend.directory().resolve("targets"));
        target = targets.resolve("target");
        space = backend.space();
        threads = Executors.newFixedThreadPool(THREADS);
    }

    @AfterEach
    void close() throws IOException {
        threads.shutdownNow();
        space.close();
        assertThat(backend.entries()).containsExactly(targets);
        backend.close();
    }

    /** Every byte the same; it tells the size. */
    private static byte[] content(int number) {
        byte value = (byte) number;
        byte[] content = new byte[size(value)];
        Arrays.fill(content, value);
        return content;
    }

    private static int size(byte value) {
        return 1000 + (value & 0xff) * 97;
    }

    private static void assertWhole(byte[] read) {
        assertThat(read).isNotEmpty();
        assertThat(Arrays.equals(read, content(read[0])))
                .as("%s bytes of %s", read.length, read[0])
                .isTrue();
    }

    @Test
    @Behaviour({343, 350})
    void replace_manyTimes_readersSeeWholeContentsOnly() throws Exception {
        replaceAndRead(target, 200);
        assertThat(Backend.entries(targets)).containsExactly(target);
    }

    /** Where replacing costs no access to a disk. */
    @Test
    @Behaviour({343, 350})
    @Needs(Need.SHM)
    void replace_inMemoryThousandsOfTimes_readersSeeWholeContentsOnly() throws Exception {
        Path memory = Path.of("/dev/shm");
        Path directory = Files.createTempDirectory(memory, "tempfile4j-test");
        Path inMemory = directory.resolve("target");
        try {
            replaceAndRead(inMemory, 4000);
            assertThat(Backend.entries(directory)).containsExactly(inMemory);
        } finally {
            Files.deleteIfExists(inMemory);
            Files.delete(directory);
        }
    }

    private void replaceAndRead(Path place, int times) throws Exception {
        AtomicFile.replace(place, Set.of(), file -> file.write(content(1)));
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(threads.submit(() -> {
                int reads = 0;
                for (; !done.get() || reads == 0; reads++) {
                    assertWhole(Files.readAllBytes(place));
                }
                return reads;
            }));
        }
        try {
            for (int i = 0; i < times; i++) {
                byte[] content = content(i);
                switch (i % 3) {
                    case 0 -> AtomicFile.replace(place, Set.of(), file -> file.write(content));
                    case 1 -> persistOnce(FileKind.NAMELESS, content, place);
                    default -> persistOnce(FileKind.IN_MEMORY, content, place);
                }
            }
        } finally {
            done.set(true);
        }
        for (Future<Integer> reader : readers) {
            assertThat(reader.get()).isPositive();
        }
    }

    private void persistOnce(FileKind kind, byte[] content, Path place) throws IOException {
        try (FileObject file = kind.open(space)) {
            file.write(content);
            file.persist(place, PersistOption.KEEP_TARGET_ATTRIBUTES);
        }
    }

    /** Runs all of them at the same moment. */
    private <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<Future<T>> results = new ArrayList<>();
        for (Callable<T> task : tasks) {
            results.add(threads.submit(() -> {
                start.await();
                return task.call();
            }));
        }
        List<T> all = new ArrayList<>();
        for (Future<T> result : results) {
            all.add(result.get());
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(names = {"NAMED", "NAMELESS", "IN_MEMORY"})
    @Behaviour(344)
    void persist_noClobberByManyAtOnce_oneWins(FileKind kind) throws Exception {
        for (int round = 0; round < 100; round++) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                byte[] content = content(i);
                tasks.add(() -> {
                    try (FileObject file = kind.open(space)) {
                        file.write(content);
                        file.persist(target, PersistOption.NO_CLOBBER);
                        return true;
                    } catch (PersistException lost) {
                        assertThat(lost).hasCauseInstanceOf(FileAlreadyExistsException.class);
                        return false;
                    }
                });
            }
            List<Boolean> won = atOnce(tasks);
            assertThat(won).containsOnlyOnce(true);
            assertThat(target).hasBinaryContent(content(won.indexOf(true)));
            assertThat(Backend.entries(targets)).containsExactly(target);
            Files.delete(target);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(371)
    void persist_whileAnotherThreadCloses_oneOfThemWins(FileKind kind) throws Exception {
        for (int round = 0; round < 100; round++) {
            FileObject file = kind.open(space);
            file.write(content(round));
            List<Boolean> persisted = atOnce(List.of(
                    () -> {
                        try {
                            file.persist(target);
                            return true;
                        } catch (ClosedChannelException closed) {
                            return false;
                        }
                    },
                    () -> {
                        file.close();
                        return false;
                    }));
            assertWholeIf(persisted.get(0), content(round));
        }
    }

    @Test
    @Behaviour(371)
    void persist_pathWhileAnotherThreadCloses_oneOfThemWins() throws Exception {
        for (int round = 0; round < 100; round++) {
            byte[] content = content(round);
            TemporaryPath made = space.temporaryPath("", "", path -> Files.write(path, content));
            List<Boolean> persisted = atOnce(List.of(
                    () -> {
                        try {
                            made.persist(target);
                            return true;
                        } catch (IllegalStateException closed) {
                            return false;
                        }
                    },
                    () -> {
                        made.close();
                        return false;
                    }));
            assertWholeIf(persisted.get(0), content);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(371)
    void persist_whileItsSpaceEnds_oneOfThemWins(FileKind kind) throws Exception {
        for (int round = 0; round < 100; round++) {
            TempSpace ending = backend.space();
            FileObject file = kind.open(ending);
            byte[] content = content(round);
            file.write(content);
            List<Boolean> persisted = atOnce(List.of(
                    () -> {
                        try {
                            file.persist(target);
                            return true;
                        } catch (ClosedChannelException | IllegalStateException | PersistException ended) {
                            return false;
                        }
                    },
                    () -> {
                        ending.close();
                        return false;
                    }));
            file.close();
            assertWholeIf(persisted.get(0), content);
        }
    }

    private void assertWholeIf(boolean persisted, byte[] content) throws IOException {
        if (persisted) {
            assertThat(target).hasBinaryContent(content);
            Files.delete(target);
        }
        assertThat(targets).isEmptyDirectory();
        assertThat(backend.entries()).containsExactly(targets);
    }

    @Test
    void persist_whileAnotherThreadReads_readsOn() throws Exception {
        byte[] content = content(200);
        for (int round = 0; round < 100; round++) {
            FileObject file = space.temporaryFile();
            file.write(content);
            List<Integer> read = atOnce(List.of(
                    () -> file.newInputStream().readAllBytes().length,
                    () -> {
                        file.persist(target);
                        return content.length;
                    },
                    () -> file.newInputStream().readAllBytes().length));
            assertThat(read).containsOnly(content.length);
            file.close();
        }
        Files.delete(target);
    }

    @Test
    void persist_twoThreadsAtOnce_bothMoveIt() throws Exception {
        Path other = targets.resolve("other");
        for (int round = 0; round < 100; round++) {
            NamedTemporaryFile file = space.namedTemporaryFile();
            atOnce(List.of(() -> file.persist(target), () -> file.persist(other), () -> file.keep()));
            assertThat(Backend.entries(targets)).containsExactly(file.path());
            file.close();
            Files.delete(file.path());
        }
    }

    @Test
    void replace_targetRemovedAgainAndAgain_neverSeenEmpty() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Future<Integer> reader = threads.submit(() -> {
            int seen = 0;
            while (!done.get()) {
                try {
                    assertWhole(Files.readAllBytes(target));
                    seen++;
                    Files.delete(target);
                } catch (NoSuchFileException notNow) {
                    Thread.onSpinWait();
                }
            }
            return seen;
        });
        try {
            for (int i = 0; i < 500; i++) {
                byte[] content = content(i);
                try {
                    AtomicFile.replace(target, Set.of(PersistOption.NO_CLOBBER), file -> file.write(content));
                } catch (PersistException stillThere) {
                    assertThat(stillThere).hasCauseInstanceOf(FileAlreadyExistsException.class);
                }
            }
        } finally {
            done.set(true);
        }
        reader.get();
        Files.deleteIfExists(target);
    }
}

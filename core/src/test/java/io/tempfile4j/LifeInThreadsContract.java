package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tempfile4j.internal.lifetime.Registries;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Group L: threads that end the same thing at once, and threads that are interrupted. */
abstract class LifeInThreadsContract extends Contract {

    private static final int ROUNDS = 60;
    private static final int THREADS = 4;

    private ExecutorService threads;

    LifeInThreadsContract(Backend.Kind kind) {
        super(kind);
    }

    @BeforeEach
    void startThreads() {
        threads = Executors.newFixedThreadPool(THREADS);
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    /** Something to do in a thread. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    /** Runs all at once, and returns what each has thrown, or null. */
    private List<Exception> atOnce(List<Action> actions) throws Exception {
        CyclicBarrier start = new CyclicBarrier(actions.size());
        List<Future<Exception>> results = new ArrayList<>();
        for (Action action : actions) {
            results.add(threads.submit(() -> {
                start.await();
                try {
                    action.run();
                    return null;
                } catch (IOException | RuntimeException thrown) {
                    return thrown;
                }
            }));
        }
        List<Exception> thrown = new ArrayList<>();
        for (Future<Exception> result : results) {
            thrown.add(result.get());
        }
        return thrown;
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(382)
    void close_manyThreadsAtOnce_removesAndThrowsNothing(FaultySpaceContract.Living living) throws Exception {
        int registered = Registries.sizeOfProcess();
        for (int i = 0; i < ROUNDS; i++) {
            Closeable made = living.make(space);
            assertThat(atOnce(List.of(made::close, made::close, made::close, made::close)))
                    .containsOnlyNulls();
            made.close();
        }
        assertThat(backend.entries()).isEmpty();
        assertThat(Registries.sizeOfProcess()).isLessThanOrEqualTo(registered);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(382)
    void close_objectAndSpaceAtOnce_removesAndThrowsNothing(FaultySpaceContract.Living living) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            TempSpace shared = backend.space();
            Closeable one = living.make(shared);
            Closeable two = living.make(shared);
            assertThat(atOnce(List.of(shared::close, one::close, two::close, shared::close)))
                    .containsOnlyNulls();
            assertThat(backend.entries()).isEmpty();
        }
    }

    @Test
    @Behaviour(371)
    void keep_racesCloseOfAFile_theWinnerIsRight() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            NamedTemporaryFile file = space.namedTemporaryFile();
            file.write(1);
            List<Exception> thrown = atOnce(List.of(file::keep, file::close));
            assertThat(thrown.get(1)).isNull();
            assertThat(file.isOpen()).isFalse();
            if (thrown.get(0) == null) {
                assertThat(file.path()).hasBinaryContent(new byte[] {1});
                Files.delete(file.path());
            } else {
                assertThat(thrown.get(0)).isInstanceOf(ClosedChannelException.class);
                assertThat(file.path()).doesNotExist();
            }
        }
    }

    @Test
    void keep_racesCloseOfADirectory_theWinnerIsRight() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            TemporaryDirectory directory = space.temporaryDirectory();
            Path inside = Files.createFile(directory.resolve("inside"));
            List<Exception> thrown = atOnce(List.of(directory::keep, directory::close));
            assertThat(thrown.get(1)).isNull();
            if (thrown.get(0) == null) {
                assertThat(inside).exists();
                Files.delete(inside);
                Files.delete(directory.path());
            } else {
                assertThat(thrown.get(0)).isInstanceOf(IllegalStateException.class);
                assertThat(directory.path()).doesNotExist();
            }
        }
    }

    @Test
    void keep_racesTheEndOfTheSpace_theWinnerIsRight() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            TempSpace ending = backend.space();
            TemporaryPath path = ending.temporaryPath("", "", Files::createFile);
            List<Exception> thrown = atOnce(List.of(path::keep, ending::close));
            assertThat(thrown.get(1)).isNull();
            assertThat(Files.exists(path.path())).isEqualTo(thrown.get(0) == null);
            Files.deleteIfExists(path.path());
        }
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(383)
    void close_threadIsInterrupted_removesAllAndStaysInterrupted(FaultySpaceContract.Living living) throws IOException {
        Closeable made = living.make(space);
        if (made instanceof NamedTemporaryFile file) {
            file.write(1);
        } else if (made instanceof TemporaryDirectory directory) {
            Files.createFile(Files.createDirectory(directory.resolve("a")).resolve("b"));
        }
        // Where the provider has no other channels than those that an interrupt closes, the flush fails.
        boolean flushFails = made instanceof NamedTemporaryFile && backend.isInMemory() && backend.hasWindowsNames();
        Thread.currentThread().interrupt();
        Throwable thrown = catchThrowable(made::close);
        assertThat(Thread.interrupted()).isTrue();
        if (flushFails) {
            assertThat(thrown).isInstanceOf(ClosedByInterruptException.class);
        } else {
            assertThat(thrown).isNull();
        }
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour(383)
    void closeSpace_threadIsInterrupted_removesAllAndStaysInterrupted() throws IOException {
        TemporaryDirectory directory = space.temporaryDirectory();
        NamedTemporaryFile file = space.namedTemporaryFile();
        Files.createFile(directory.resolve("a"));
        try {
            Thread.currentThread().interrupt();
            space.close();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(backend.entries()).isEmpty();
        assertThat(file.isOpen()).isFalse();
    }
}

package io.tempfile4j.internal.platform;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs each task in the thread that brings it, so that an {@code AsynchronousFileChannel} reads and writes like a plain
 * one, without a thread change, but is not closed by an interrupt as a {@code FileChannel} is.
 */
final class CallerRuns extends AbstractExecutorService {

    private static final CallerRuns INSTANCE = new CallerRuns();

    private CallerRuns() {}

    /**
     * The executor to open an asynchronous channel with; null for the provider's own.
     *
     * <p>On Unix the JDK runs each transfer as one task ({@code SimpleAsynchronousFileChannelImpl}). On Windows it
     * gives the executor a loop that waits for completions, which would never return to the caller; there, and at
     * foreign providers, the provider's own threads do the work and the caller waits.
     */
    static @Nullable ExecutorService executorFor(FileSystem fileSystem) {
        boolean unix = fileSystem.equals(FileSystems.getDefault()) && Os.current() != Os.WINDOWS;
        return unix ? INSTANCE : null;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    /** Shared by all channels, so it does not end. */
    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}

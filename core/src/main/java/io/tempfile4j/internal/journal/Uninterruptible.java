package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.Daemon;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A call on a thread of its own, which nobody interrupts: an interrupt that finds a thread in an operation of a
 * {@link java.nio.channels.FileChannel} closes the channel, and with it goes the lock of the journal.
 */
final class Uninterruptible<T> implements Runnable {

    private final Call<T> call;
    private @Nullable T value;
    private @Nullable Throwable failure;

    private Uninterruptible(Call<T> call) {
        this.call = call;
    }

    /** Waits for the result; an interrupt of the caller is kept for later. */
    static <T> T call(String threadName, Call<T> call) throws IOException {
        Uninterruptible<T> running = new Uninterruptible<>(call);
        Thread thread = Daemon.thread(running, threadName);
        thread.start();
        await(thread);
        return running.result();
    }

    /** What is to be called. */
    @FunctionalInterface
    interface Call<T> {
        T call() throws IOException;
    }

    @Override
    public void run() {
        try {
            value = call.call();
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    private static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private T result() throws IOException {
        if (failure instanceof IOException thrown) {
            throw thrown;
        }
        if (failure instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (failure instanceof Error thrown) {
            throw thrown;
        }
        T result = value;
        if (result == null) {
            throw new IllegalStateException("a call without a result", failure);
        }
        return result;
    }
}

package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.Daemon;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Calls on a thread of its own, which nobody interrupts: an interrupt that finds a thread in an operation of a
 * {@link java.nio.channels.FileChannel} closes the channel, and with it goes the lock of the journal.
 */
final class Uninterruptible {

    private Uninterruptible() {}

    /** Waits for the result; an interrupt of the caller is kept for later. */
    static <T> T call(String threadName, Call<T> call) throws IOException {
        return start(threadName, call).await();
    }

    /** Starts without waiting. */
    static <T> Pending<T> start(String threadName, Call<T> call) {
        Pending<T> pending = new Pending<>(call, threadName);
        pending.thread.start();
        return pending;
    }

    /** What is to be called. */
    @FunctionalInterface
    interface Call<T> {
        T call() throws IOException;
    }

    /** A call that was started. */
    static final class Pending<T> implements Runnable {
        private final Call<T> call;
        private final Thread thread;
        private @Nullable T value;
        private @Nullable Throwable failure;

        private Pending(Call<T> call, String threadName) {
            this.call = call;
            this.thread = Daemon.thread(this, threadName);
        }

        @Override
        public void run() {
            try {
                value = call.call();
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }

        /** Waits for the result; an interrupt of the caller is kept for later. */
        T await() throws IOException {
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
            return result();
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
}

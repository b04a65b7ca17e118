package io.tempfile4j.internal.platform;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A reentrant lock that no StackOverflowError or OutOfMemoryError leaves held.
 *
 * <p>Every call may overflow the stack, also the call of {@code unlock()} in a {@code finally} block, and a
 * {@link java.util.concurrent.locks.ReentrantLock} may throw after it was acquired, or after it was released but before it
 * has woken a waiting thread. A store to a field needs no stack. So this lock is released by a store, in the frame that
 * acquired it:
 *
 * <pre>{@code
 * boolean acquired = lock.acquire();
 * try {
 *     ...
 * } finally {
 *     if (acquired) {
 *         lock.owner = null;
 *     }
 *     lock.wake();
 * }
 * }</pre>
 *
 * <p>Between the first two lines nothing is called. Should {@link #wake()} fail, the waiting threads find the lock free the
 * next time they look. Not a monitor: a virtual thread that waits in one for I/O keeps its carrier thread.
 */
public final class FrameLock {

    /** Only a wake-up that an Error prevented is waited for so long. */
    private static final long POLL_NANOS = 100_000_000;

    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(FrameLock.class, "owner", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The thread that holds the lock; null while it is free. Set to null by the frame that acquired it, and by no other. */
    public volatile @Nullable Thread owner;

    /** Null until a thread has to wait. */
    private volatile @Nullable Queue<Thread> waiting;

    /**
     * Acquires the lock; waits for another thread to release it. An interrupt does not end the waiting, and is kept.
     *
     * @return whether this call acquired it, and its caller releases it; false if a frame below holds it already
     */
    public boolean acquire() {
        Thread current = Thread.currentThread();
        if (owner == current) {
            return false;
        }
        // After the exchange nothing is called: a return cannot overflow the stack.
        return OWNER.compareAndSet(this, null, current) || await(current);
    }

    private boolean await(Thread current) {
        boolean acquired = false;
        boolean interrupted = false;
        try {
            Queue<Thread> queue = queue();
            while (true) {
                if (!queue.contains(current)) {
                    queue.add(current);
                }
                // Looked at after it was added: either this sees that the lock is free, or the release sees the thread.
                acquired = OWNER.compareAndSet(this, null, current);
                if (acquired) {
                    queue.remove(current);
                    if (interrupted) {
                        current.interrupt();
                    }
                    return true;
                }
                LockSupport.parkNanos(this, POLL_NANOS);
                interrupted |= Thread.interrupted();
            }
        } catch (Throwable failure) {
            if (acquired) {
                owner = null;
            }
            throw failure;
        }
    }

    private synchronized Queue<Thread> queue() {
        Queue<Thread> known = waiting;
        if (known == null) {
            known = new ConcurrentLinkedQueue<>();
            waiting = known;
        }
        return known;
    }

    /** Has one of the threads that wait look at the lock; called after each release. */
    public void wake() {
        Queue<Thread> queue = waiting;
        if (queue != null) {
            LockSupport.unpark(queue.poll());
        }
    }
}

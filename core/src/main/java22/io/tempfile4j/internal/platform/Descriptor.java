package io.tempfile4j.internal.platform;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An open descriptor, closed when it is to be closed and nobody uses it any more: the number of one that is closed is
 * given to the next that is opened, and who goes on using it reads and writes a stranger's file.
 */
final class Descriptor {

    /** Set for good by {@link #close}; the rest is the number of those who use it. */
    private static final int CLOSED = 1 << 31;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Descriptor.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int number;

    private volatile int state;

    Descriptor(int number) {
        this.number = number;
    }

    /** The number, for who has acquired it. */
    int number() {
        return number;
    }

    /** Keeps it open until {@link #release}; false when it is closed. */
    boolean acquire() {
        int now = state;
        while (now >= 0) {
            if (STATE.compareAndSet(this, now, now + 1)) {
                return true;
            }
            now = state;
        }
        return false;
    }

    void release(Scratch scratch) {
        int before = (int) STATE.getAndAdd(this, -1);
        if (before == CLOSED + 1) {
            // Nobody is there to be told that it fails, and nothing can be done.
            Libc.close(scratch, number);
        }
    }

    boolean isOpen() {
        return state >= 0;
    }

    /**
     * Closes it now, or when the last one who uses it is done; idempotent.
     *
     * @return negative for an error
     */
    int close(Scratch scratch) {
        int before = (int) STATE.getAndBitwiseOr(this, CLOSED);
        return before == 0 ? Libc.close(scratch, number) : 0;
    }
}

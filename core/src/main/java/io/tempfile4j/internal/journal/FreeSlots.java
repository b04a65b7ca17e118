package io.tempfile4j.internal.journal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The free slots of one size: a stack without a lock (Treiber), whose links lie in the segments.
 *
 * <p>The head carries a count of its changes, lest a slot that was taken and given back meanwhile is taken for one that
 * never left.
 */
final class FreeSlots {

    static final int NONE = -1;

    private static final long COUNT = 1L << 32;

    private final AtomicLong head = new AtomicLong(NONE & 0xffff_ffffL);

    /** Takes one; {@link #NONE} if there is none. */
    int pop(Links links) {
        while (true) {
            long now = head.get();
            int top = (int) now;
            if (top == NONE || head.compareAndSet(now, changed(now, links.next(top)))) {
                return top;
            }
        }
    }

    /** Gives one back. */
    void push(int slot, Links links) {
        while (true) {
            long now = head.get();
            links.setNext(slot, (int) now);
            if (head.compareAndSet(now, changed(now, slot))) {
                return;
            }
        }
    }

    private static long changed(long head, int top) {
        return ((head + COUNT) & ~0xffff_ffffL) | (top & 0xffff_ffffL);
    }

    /** Where the links lie. */
    interface Links {
        int next(int slot);

        void setNext(int slot, int next);
    }
}

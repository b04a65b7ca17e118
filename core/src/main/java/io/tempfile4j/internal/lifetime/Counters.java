package io.tempfile4j.internal.lifetime;

import java.util.concurrent.atomic.LongAdder;

/** What has happened in a registry; counted without a lock. */
public final class Counters {

    final LongAdder created = new LongAdder();
    final LongAdder removed = new LongAdder();
    final LongAdder leaked = new LongAdder();
    final LongAdder failed = new LongAdder();

    Counters() {}

    public long created() {
        return created.sum();
    }

    public long removed() {
        return removed.sum();
    }

    /** Never closed, and found by the garbage collector. */
    public long leaked() {
        return leaked.sum();
    }

    /** Removals that failed; the same thing may fail several times. */
    public long failed() {
        return failed.sum();
    }
}

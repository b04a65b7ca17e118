package io.tempfile4j.internal.platform;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Random numbers that cannot be predicted, for many threads at once.
 *
 * <p>Bytes are drawn from the source a pool at a time; threads take a pool out of a slot, and whoever finds the slot empty
 * fills a new one, so that none ever waits for another's name.
 */
public final class Entropy {

    private static final int POOL_BYTES = 512;
    private static final int SLOTS = 16;

    private final Consumer<byte[]> source;
    private final AtomicReferenceArray<@Nullable Pool> slots = new AtomicReferenceArray<>(SLOTS);

    /** @param source fills the array it is given with random bytes */
    public Entropy(Consumer<byte[]> source) {
        this.source = source;
    }

    static Entropy system() {
        return new Entropy(new SystemRandom());
    }

    /** A number from 0 to {@code bound - 1}, each as probable as the others. */
    int nextInt(int bound) {
        int slot = (int) (Thread.currentThread().getId() % SLOTS);
        Pool pool = slots.getAndSet(slot, null);
        if (pool == null) {
            pool = new Pool();
        }
        try {
            return pool.nextInt(bound);
        } finally {
            slots.set(slot, pool);
        }
    }

    private final class Pool {
        private final byte[] bytes = new byte[POOL_BYTES];
        private int used = POOL_BYTES;

        int nextInt(int bound) {
            int fair = 256 - 256 % bound;
            while (true) {
                int value = nextByte();
                // The bytes at the end of the range would favour the first numbers.
                if (value < fair) {
                    return value % bound;
                }
            }
        }

        private int nextByte() {
            if (used == POOL_BYTES) {
                source.accept(bytes);
                used = 0;
            }
            int value = bytes[used] & 0xff;
            // A name must not be found again in a dump of the heap.
            bytes[used++] = 0;
            return value;
        }
    }
}

package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Group C: the source of names. */
class EntropyTest {

    @Test
    void nextInt_anyByte_isWithinTheBoundAndEachNumberAsProbable() {
        AtomicInteger next = new AtomicInteger();
        Entropy entropy = new Entropy(bytes -> {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) next.getAndIncrement();
            }
        });
        int[] seen = new int[36];
        // Two pools of 512 bytes: each byte value four times, of which 252 values are used.
        for (int i = 0; i < 252 * 4; i++) {
            seen[entropy.nextInt(36)]++;
        }
        assertThat(seen).containsOnly(252 * 4 / 36);
        assertThat(next).hasValue(1024);
    }

    @Test
    void nextInt_bytesThatWouldFavourSomeNumbers_arePassedOver() {
        AtomicInteger pools = new AtomicInteger();
        Entropy entropy = new Entropy(bytes -> {
            Arrays.fill(bytes, (byte) 252);
            if (pools.incrementAndGet() == 3) {
                bytes[511] = 41;
            }
        });
        assertThat(entropy.nextInt(36)).isEqualTo(5);
        assertThat(pools).hasValue(3);
    }

    /** What was used for a name cannot be found in a dump of the heap. */
    @Test
    void nextInt_bytesUsed_areWiped() {
        List<byte[]> pools = new ArrayList<>();
        Entropy entropy = new Entropy(bytes -> {
            Arrays.fill(bytes, (byte) 7);
            pools.add(bytes);
        });
        for (int i = 0; i < 12; i++) {
            assertThat(entropy.nextInt(36)).isEqualTo(7);
        }
        assertThat(pools).hasSize(1);
        assertThat(Arrays.copyOf(pools.get(0), 13)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7);
    }

    @Test
    void nextInt_sourceFailsOnce_theNextCallAsksAgain() {
        AtomicBoolean fails = new AtomicBoolean(true);
        Entropy entropy = new Entropy(bytes -> {
            if (fails.getAndSet(false)) {
                throw new IllegalStateException("no entropy");
            }
            Arrays.fill(bytes, (byte) 1);
        });
        assertThatThrownBy(() -> entropy.nextInt(36)).hasMessage("no entropy");
        assertThat(entropy.nextInt(36)).isEqualTo(1);
    }

    /** A thread that comes while another one waits for bytes neither waits nor is given the same ones. */
    @Test
    void nextInt_anotherThreadIsWaitingForTheSource_bytesAreDrawnApart() {
        Thread first = Thread.currentThread();
        List<byte[]> drawn = new ArrayList<>();
        AtomicReference<Entropy> entropy = new AtomicReference<>();
        AtomicInteger second = new AtomicInteger(-1);
        Thread other = threadOfTheSameSlot(() -> second.set(entropy.get().nextInt(36)));
        entropy.set(new Entropy(bytes -> {
            drawn.add(bytes);
            if (drawn.size() == 2) {
                other.start();
                join(other);
            }
            Arrays.fill(bytes, (byte) (Thread.currentThread() == first ? 1 : 2));
        }));
        for (int i = 0; i < 512; i++) {
            assertThat(entropy.get().nextInt(36)).isEqualTo(1);
        }
        assertThat(drawn).hasSize(1);
        assertThat(entropy.get().nextInt(36)).isEqualTo(1);
        assertThat(second).hasValue(2);
        assertThat(drawn).hasSize(3);
        assertThat(drawn.get(2)).isNotSameAs(drawn.get(1));
    }

    /** Threads are told apart by their number, of which the source takes the last four bits. */
    private static Thread threadOfTheSameSlot(Runnable task) {
        while (true) {
            Thread thread = new Thread(task);
            if ((thread.getId() - Thread.currentThread().getId()) % 16 == 0) {
                return thread;
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).as("waits for the other thread").isFalse();
    }
}

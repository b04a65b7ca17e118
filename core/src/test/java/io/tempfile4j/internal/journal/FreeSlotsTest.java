package io.tempfile4j.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** The free slots of a journal: each is somebody's, or free, and never two's. */
class FreeSlotsTest {

    private static final int SLOTS = 16;

    private static final class Links implements FreeSlots.Links {
        private final int[] next = new int[SLOTS];

        @Override
        public int next(int slot) {
            return next[slot];
        }

        @Override
        public void setNext(int slot, int nextSlot) {
            next[slot] = nextSlot;
        }
    }

    @Test
    void pop_ofWhatWasPushed_isTheLatestFirstAndThenNone() {
        Links links = new Links();
        FreeSlots free = new FreeSlots();
        assertThat(free.pop(links)).isEqualTo(FreeSlots.NONE);
        free.push(3, links);
        free.push(0, links);
        assertThat(free.pop(links)).isZero();
        assertThat(free.pop(links)).isEqualTo(3);
        assertThat(free.pop(links)).isEqualTo(FreeSlots.NONE);
    }

    /** With few slots for many threads the same slot comes and goes while others look at it. */
    @Test
    void popAndPush_byManyThreads_noSlotIsEverTwosAndNoneIsLost() throws Exception {
        Links links = new Links();
        FreeSlots free = new FreeSlots();
        for (int slot = 0; slot < SLOTS; slot++) {
            free.push(slot, links);
        }
        AtomicIntegerArray owners = new AtomicIntegerArray(SLOTS);
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            results.add(pool.submit(takeAndGiveBack(free, links, owners)));
        }
        for (Future<Integer> result : results) {
            assertThat(result.get()).isZero();
        }
        pool.shutdown();
        List<Integer> left = new ArrayList<>();
        for (int slot = free.pop(links); slot != FreeSlots.NONE; slot = free.pop(links)) {
            left.add(slot);
        }
        assertThat(left).hasSize(SLOTS).doesNotHaveDuplicates();
    }

    /** Says how often a slot was somebody else's too. */
    private static Callable<Integer> takeAndGiveBack(FreeSlots free, Links links, AtomicIntegerArray owners) {
        return () -> {
            int shared = 0;
            for (int i = 0; i < 200_000; i++) {
                int first = free.pop(links);
                int second = free.pop(links);
                for (int slot : new int[] {first, second}) {
                    if (slot != FreeSlots.NONE) {
                        shared += owners.incrementAndGet(slot) == 1 ? 0 : 1;
                    }
                }
                for (int slot : new int[] {first, second}) {
                    if (slot != FreeSlots.NONE) {
                        owners.decrementAndGet(slot);
                        free.push(slot, links);
                    }
                }
            }
            return shared;
        };
    }
}

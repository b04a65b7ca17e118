package io.tempfile4j.internal.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The states of a living resource, and who changes them. */
class LivingResourceTest {

    private final Registry registry = Registry.process().child("the test's space");
    private final List<Fake> removed = Collections.synchronizedList(new ArrayList<>());

    @Test
    void end_calledTwice_removesOnce() throws IOException {
        Fake fake = alive();
        fake.end();
        fake.end();
        assertThat(removed).containsExactly(fake);
        assertThat(fake.isLive()).isFalse();
        assertThat(registry.size()).isZero();
    }

    @Test
    void end_removalFails_isAliveAndCanBeTriedAgain() throws IOException {
        Fake fake = alive();
        fake.failures = 1;
        assertThatThrownBy(fake::end).isInstanceOf(IOException.class).hasMessage("in use");
        assertThat(fake.isLive()).isTrue();
        assertThat(registry.size()).isEqualTo(1);
        fake.end();
        assertThat(removed).containsExactly(fake);
        assertThat(registry.size()).isZero();
    }

    @Test
    void end_removalFailsAndFailureIsIgnored_isSilentAndCanBeTriedAgain() throws IOException {
        Fake fake = alive();
        fake.failures = 1;
        fake.ignoring = true;
        fake.end();
        assertThat(removed).isEmpty();
        fake.end();
        assertThat(removed).containsExactly(fake);
    }

    @Test
    void run_endWasTriedAndFailed_isRemovedAndNoLeak() throws IOException {
        Fake fake = alive();
        fake.failures = 1;
        assertThatThrownBy(fake::end).isInstanceOf(IOException.class);
        fake.run();
        assertThat(removed).containsExactly(fake);
        assertThat(registry.counters().leaked()).isZero();
    }

    @Test
    void run_neverEnded_isRemovedAndALeak() throws IOException {
        Fake fake = alive();
        fake.run();
        assertThat(removed).containsExactly(fake);
        assertThat(registry.counters().leaked()).isOne();
    }

    @Test
    void keep_thenEnd_onlyTheHandleIsGivenBack() throws IOException {
        Fake fake = alive();
        assertThat(fake.keep()).isTrue();
        assertThat(registry.size()).isZero();
        assertThat(fake.isLive()).isTrue();
        fake.end();
        assertThat(fake.keptWhenRemoved).isTrue();
        assertThat(fake.keep()).isFalse();
    }

    @Test
    void claim_untilReleased_nothingEndsIt() throws IOException {
        Fake fake = alive();
        assertThat(fake.claim()).isTrue();
        assertThat(fake.claim()).isFalse();
        assertThat(fake.keep()).isFalse();
        fake.end();
        assertThat(fake.isLive()).isTrue();
        assertThat(removed).isEmpty();
        fake.release();
        fake.end();
        assertThat(removed).containsExactly(fake);
        assertThat(fake.claim()).isFalse();
    }

    @Test
    void claim_kept_isKeptAgainWhenReleased() throws IOException {
        Fake fake = alive();
        fake.keep();
        assertThat(fake.claim()).isTrue();
        fake.release();
        fake.end();
        assertThat(fake.keptWhenRemoved).isTrue();
    }

    @Test
    void moved_claimed_endsWithoutRemoval() throws IOException {
        Fake fake = alive();
        fake.claim();
        fake.moved();
        fake.end();
        assertThat(fake.isLive()).isFalse();
        assertThat(removed).isEmpty();
        assertThat(registry.size()).isZero();
    }

    @Test
    void superseded_kept_isRemovedAllTheSame() throws IOException {
        Fake fake = alive();
        fake.keep();
        fake.claim();
        fake.superseded();
        assertThat(removed).containsExactly(fake);
        assertThat(fake.keptWhenRemoved).isFalse();
    }

    @Test
    void claim_registryIsClosedMeanwhile_isWaitedFor() throws Exception {
        Fake fake = alive();
        fake.claim();
        Thread closing = new Thread(registry::close);
        closing.start();
        while (!registry.isClosed() || closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(removed).isEmpty();
        fake.moved();
        closing.join();
        assertThat(removed).isEmpty();
    }

    @Test
    void keep_racesEnd_oneWins() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            Fake fake = alive();
            CyclicBarrier start = new CyclicBarrier(2);
            Thread ending = new Thread(() -> {
                try {
                    start.await();
                    fake.end();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            ending.start();
            start.await();
            boolean kept = fake.keep();
            ending.join();
            fake.end();
            assertThat(fake.keptWhenRemoved).isEqualTo(kept);
        }
        assertThat(removed).hasSize(2_000);
    }

    @Test
    void end_fromManyThreads_removesOnce() throws Exception {
        for (int i = 0; i < 200; i++) {
            Fake fake = alive();
            CyclicBarrier start = new CyclicBarrier(4);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Thread thread = new Thread(() -> {
                    try {
                        start.await();
                        fake.end();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(removed).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void made_registryClosedMeanwhile_removesItAndRefuses() throws Exception {
        Fake fake = new Fake();
        fake.plan();
        Thread closing = new Thread(registry::close);
        closing.start();
        while (!registry.isClosed() || fake.isPlanned()) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(fake::made)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the test's space is closed");
        closing.join();
        assertThat(removed).containsExactly(fake);
        assertThat(registry.size()).isZero();
    }

    @Test
    void plan_registryClosed_isRefusedAndForgotten() {
        registry.close();
        Fake fake = new Fake();
        assertThatThrownBy(fake::plan).isInstanceOf(IllegalStateException.class);
        assertThat(registry.size()).isZero();
    }

    @Test
    void abandon_afterPlan_isForgotten() {
        Fake fake = new Fake();
        fake.plan();
        fake.abandon(new IOException("could not be made"));
        assertThat(registry.size()).isZero();
        assertThat(removed).isEmpty();
    }

    @Test
    void abandon_afterMade_isRemoved() throws IOException {
        Fake fake = alive();
        fake.abandon(new IOException("what came after failed"));
        assertThat(removed).containsExactly(fake);
        assertThat(registry.size()).isZero();
    }

    @Test
    void close_removesTheNewestFirst() throws IOException {
        List<Fake> made = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            made.add(alive());
        }
        assertThat(registry.close()).isEmpty();
        Collections.reverse(made);
        assertThat(removed).containsExactlyElementsOf(made);
    }

    @Test
    void close_oneFails_theOthersAreRemovedAndItIsNamed() throws IOException {
        Fake older = alive();
        Fake failing = alive();
        failing.failures = Integer.MAX_VALUE;
        Fake newer = alive();
        Map<LivingResource, IOException> failures = registry.close();
        assertThat(failures).containsOnlyKeys(failing);
        assertThat(removed).containsExactly(newer, older);
        failing.failures = 0;
        failing.end();
    }

    @Test
    void close_ofAParent_removesWhatIsInItsChildren() throws IOException {
        Registry child = registry.child("a child");
        Fake fake = new Fake(child);
        fake.plan();
        fake.made();
        registry.close();
        assertThat(removed).containsExactly(fake);
        assertThat(child.size()).isZero();
    }

    @Test
    void close_removalUnderWayElsewhere_isWaitedFor() throws Exception {
        CountDownLatch removing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        Fake slow = new Fake() {
            @Override
            protected void remove(boolean kept) throws IOException {
                removing.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                ended.incrementAndGet();
            }
        };
        slow.plan();
        slow.made();
        Thread owner = new Thread(() -> {
            try {
                slow.end();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        owner.start();
        removing.await();
        Thread release = new Thread(() -> {
            while (!registry.isClosed()) {
                Thread.onSpinWait();
            }
            go.countDown();
        });
        release.start();
        registry.close();
        assertThat(ended).hasValue(1);
        owner.join();
        release.join();
    }

    private Fake alive() throws IOException {
        Fake fake = new Fake();
        fake.plan();
        fake.made();
        return fake;
    }

    private class Fake extends LivingResource {
        int failures;
        boolean ignoring;
        boolean keptWhenRemoved;

        Fake() {
            this(registry);
        }

        Fake(Registry registry) {
            super(registry, Kind.NAMED_TEMPORARY_FILE);
        }

        @Override
        protected void remove(boolean kept) throws IOException {
            if (failures > 0) {
                failures--;
                throw new IOException("in use");
            }
            keptWhenRemoved = kept;
            removed.add(this);
        }

        @Override
        protected boolean ignoresFailure() {
            return ignoring;
        }

        @Override
        public String toString() {
            return "a fake";
        }
    }
}

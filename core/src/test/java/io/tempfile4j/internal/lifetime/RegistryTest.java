package io.tempfile4j.internal.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.Behaviour;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.nio.file.ClosedFileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a registry, and what it must not be stopped by. */
class RegistryTest {

    private final Registry parent = Registry.process().child("the parent");
    private final Registry registry = parent.child("the child");

    /** Why nothing can be removed. */
    private volatile IOException obstacle;

    private final List<String> removed = new CopyOnWriteArrayList<>();

    static List<Throwable> failures() {
        return List.of(
                new IOException("injected"), new ClosedFileSystemException(), new StackOverflowError("injected"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @Behaviour(377)
    void close_oneFailsInAnyWay_theOthersAreRemovedAndItIsTriedAgain(Throwable failure) throws IOException {
        alive("oldest");
        Thing failing = alive("failing");
        failing.failure = failure;
        alive("newest");
        Map<LivingResource, IOException> failures = registry.close();
        assertThat(failures).containsOnlyKeys(failing);
        assertThat(failures.get(failing))
                .satisfiesAnyOf(
                        shown -> assertThat(shown).isSameAs(failure),
                        shown -> assertThat(shown).hasCause(failure));
        assertThat(removed).containsExactly("newest", "oldest");
        assertThat(registry.size()).isEqualTo(1);
        failing.failure = null;
        assertThat(registry.close()).isEmpty();
        assertThat(removed).containsExactly("newest", "oldest", "failing");
        assertThat(registry.size()).isZero();
        assertThat(parent.size()).isZero();
    }

    @Test
    void close_failureIsIgnored_isNotReportedAndNotForgotten() throws IOException {
        Thing failing = alive("failing");
        failing.failure = new IOException("injected");
        failing.ignoring = true;
        alive("newest");
        assertThat(registry.close()).isEmpty();
        assertThat(removed).containsExactly("newest");
        failing.failure = null;
        assertThat(parent.close()).isEmpty();
        assertThat(removed).containsExactly("newest", "failing");
    }

    /** Who is just making something comes back to find it cancelled; until then the end waits. */
    @Test
    void close_anotherThreadIsMaking_waitsUntilThatIsRemoved() throws Exception {
        Thing making = new Thing(registry, "making");
        making.plan();
        List<List<String>> seen = new ArrayList<>();
        Thread closing = new Thread(() -> {
            registry.close();
            seen.add(List.copyOf(removed));
        });
        closing.start();
        // Parked between two looks, unless it does not wait and has ended.
        while (closing.getState() != Thread.State.TIMED_WAITING && closing.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(closing.isAlive()).isTrue();
        assertThatIllegalStateException().isThrownBy(making::made).withMessage("the child is closed");
        closing.join();
        assertThat(seen).containsExactly(List.of("making"));
    }

    @Test
    void close_anotherThreadFailsToMake_waitsOnlyUntilThen() throws Exception {
        Thing making = new Thing(registry, "making");
        making.plan();
        Thread closing = new Thread(registry::close);
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING && closing.isAlive()) {
            Thread.onSpinWait();
        }
        making.abandon(new IOException("cannot be made"));
        closing.join();
        assertThat(removed).isEmpty();
        assertThat(registry.size()).isZero();
    }

    @Test
    void made_cancelledAndRemovalFails_saysWhyAndStaysOnRecord() throws Exception {
        Thing making = new Thing(registry, "making");
        making.plan();
        making.failure = new IOException("injected");
        List<LivingResource> failed = new ArrayList<>();
        Thread closing = new Thread(() -> failed.addAll(registry.close().keySet()));
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING && closing.isAlive()) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(making::made).isSameAs(making.failure);
        closing.join();
        assertThat(failed).containsExactly(making);
        assertThat(parent.size()).isOne();
        making.failure = null;
        assertThat(parent.close()).isEmpty();
        assertThat(removed).containsExactly("making");
        assertThat(parent.size()).isZero();
    }

    @Test
    void close_ofAChild_leavesItsParentOpenAndWithoutIt() throws IOException {
        alive("in the child");
        Thing other = new Thing(parent, "in the parent");
        other.plan();
        other.made();
        assertThat(parent.size()).isEqualTo(2);
        registry.close();
        assertThat(removed).containsExactly("in the child");
        assertThat(parent.size()).isEqualTo(1);
        assertThat(parent.isClosed()).isFalse();
        other.end();
        assertThat(parent.size()).isZero();
    }

    @Test
    void plan_parentIsClosed_isRefusedByTheChildToo() {
        parent.close();
        Thing late = new Thing(registry, "late");
        assertThatIllegalStateException().isThrownBy(late::plan).withMessage("the parent is closed");
        assertThat(registry.size()).isZero();
        assertThat(parent.size()).isZero();
    }

    /** The order of making, not that of registries. */
    @Test
    @Behaviour(377)
    void close_ofAParent_removesTheNewestFirstAcrossChildren() throws IOException {
        Registry sibling = parent.child("a sibling");
        for (int i = 0; i < 6; i++) {
            Thing thing = new Thing(i % 2 == 0 ? registry : sibling, "thing " + i);
            thing.plan();
            thing.made();
        }
        assertThat(parent.close()).isEmpty();
        assertThat(removed).containsExactly("thing 5", "thing 4", "thing 3", "thing 2", "thing 1", "thing 0");
        assertThat(sibling.size()).isZero();
    }

    /** A program may open any number of spaces, and close none. */
    @Test
    void close_ofAParent_endsWhatIsAliveInAChildThatNobodyRefersTo() throws Exception {
        Object owner = new Object();
        try {
            WeakReference<Registry> used = childWithOneThing("in a child", owner);
            WeakReference<Registry> empty = new WeakReference<>(parent.child("empty"));
            await(() -> empty.get() == null);
            assertThat(used.get()).isNotNull();
            assertThat(parent.close()).isEmpty();
            assertThat(removed).containsExactly("in a child");
        } finally {
            Reference.reachabilityFence(owner);
        }
    }

    /** The cleaner has it on no list any more once it has tried. */
    @Test
    void close_ofAParent_triesAgainWhatCouldNotBeRemovedAsGarbage() throws Exception {
        obstacle = new IOException("injected");
        childWithOneThing("in a child", new Object());
        await(() -> parent.counters().failed() == 1);
        obstacle = null;
        // What it has done last the thread of the cleaner may still refer to.
        childWithOneThing("in another", new Object());
        await(() -> removed.contains("in another"));
        WeakReference<Registry> empty = new WeakReference<>(parent.child("empty"));
        await(() -> empty.get() == null);
        assertThat(parent.size()).isEqualTo(1);
        assertThat(parent.close()).isEmpty();
        assertThat(removed).containsExactly("in another", "in a child");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            System.gc();
            Thread.sleep(1);
        }
    }

    private WeakReference<Registry> childWithOneThing(String name, Object owner) throws IOException {
        Registry child = parent.child("used");
        Thing thing = new Thing(child, name);
        thing.plan();
        thing.made();
        thing.watch(owner);
        return new WeakReference<>(child);
    }

    @Test
    void abandon_removalFails_isSuppressed() throws IOException {
        Thing thing = alive("thing");
        thing.failure = new IOException("injected");
        Exception primary = new IllegalStateException("primary");
        thing.abandon(primary);
        assertThat(primary.getSuppressed()).containsExactly(thing.failure);
        thing.failure = null;
        registry.close();
    }

    private Thing alive(String name) throws IOException {
        Thing thing = new Thing(registry, name);
        thing.plan();
        thing.made();
        return thing;
    }

    private final class Thing extends LivingResource {
        private final String name;
        private volatile Throwable failure;
        private volatile boolean ignoring;

        Thing(Registry registry, String name) {
            super(registry, Kind.NAMED_TEMPORARY_FILE);
            this.name = name;
        }

        @Override
        protected void remove(boolean kept) throws IOException {
            if (obstacle != null) {
                throw obstacle;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (failure instanceof IOException checked) {
                throw checked;
            }
            removed.add(name);
        }

        @Override
        protected boolean ignoresFailure() {
            return ignoring;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}

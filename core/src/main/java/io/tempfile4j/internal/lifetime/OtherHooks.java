package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.platform.Daemon;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The shutdown hooks of the program, as far as they can be known: the JDK has no list of them. It starts them one after the
 * other, and then joins them one after the other in the same order, all in one thread. So:
 *
 * <ul>
 *   <li>a hook that started before ours has ended when that thread joins ours. A thread that waits in {@link Thread#join()}
 *       waits in the monitor of the other thread: a notification there makes it {@link Thread.State#BLOCKED} while the
 *       monitor is held, and shows that it waits for ours;
 *   <li>a hook that started after ours is a thread that was not live when ours had started, but had been constructed.
 * </ul>
 *
 * <p>Other threads of the program, daemons or not, are not taken for hooks. Never blocks, and joins no thread of the
 * program, which may hold its own monitor. Used by one thread, the hook.
 */
final class OtherHooks {

    /** A thread that is about to end blocks the one that joins it only for as long as it takes to release a monitor. */
    private static final long CONFIRMATION_NANOS = 200_000;

    private final Daemon hook;
    private Daemon.@Nullable AtStart atStart;
    private final List<Thread> startedEarlier = new ArrayList<>();

    /** Whether all that started before ours have ended. */
    private boolean earlierEnded;

    /** One that started later and was seen to run. */
    private @Nullable Thread runningLater;

    private @Nullable Thread test;
    private boolean tested;

    OtherHooks(Daemon hook) {
        this.hook = hook;
    }

    /** Returns what was recorded when the hook started; null if there is nothing, or not yet. */
    private Daemon.@Nullable AtStart atStart() {
        if (atStart == null) {
            Daemon.AtStart moment = hook.atStart();
            if (moment == null) {
                return null;
            }
            for (Thread thread : moment.live()) {
                if (thread != null && thread != moment.starter() && !isOfSystem(thread)) {
                    startedEarlier.add(thread);
                }
            }
            atStart = moment;
        }
        return atStart;
    }

    /**
     * Returns whether the JDK itself, or this library, has started the thread. Another copy of this library waits for
     * other hooks as this one does: the two must not wait for each other.
     */
    private static boolean isOfSystem(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null
                || (thread.isDaemon() && group.getParent() == null)
                || thread.getClass().getName().equals("jdk.internal.misc.InnocuousThread");
    }

    /** Returns whether all have ended; true where that cannot be known. To be asked again until it is true. */
    boolean haveEnded() {
        boolean recorded = hook.hasStarted();
        Daemon.AtStart moment = atStart();
        if (moment == null) {
            return recorded;
        }
        // Until it waits, it may be starting hooks.
        if (!earlierEnded && moment.starter().getState() != Thread.State.WAITING) {
            return false;
        }
        if (!earlierEnded) {
            earlierEnded = noneIsAlive(startedEarlier) || starterJoinsThis(moment.starter()) || isUnknowable();
        }
        return earlierEnded && startedLater(moment) == null;
    }

    /** Returns the name of a hook that has not ended, if one can be named. */
    @Nullable
    String running() {
        Thread later = atStart == null ? null : startedLater(atStart);
        return later == null ? null : later.getName();
    }

    private static boolean noneIsAlive(List<Thread> threads) {
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Thread startedLater(Daemon.AtStart moment) {
        Thread known = runningLater;
        if (known != null && known.isAlive()) {
            return known;
        }
        for (Thread thread : Daemon.liveThreads()) {
            if (thread != null
                    && moment.isAfterConstructionOf(thread)
                    && !contains(moment.live(), thread)
                    && !isOfSystem(thread)) {
                runningLater = thread;
                return thread;
            }
        }
        return null;
    }

    private static boolean contains(@Nullable Thread[] threads, Thread sought) {
        for (Thread thread : threads) {
            if (thread == sought) {
                return true;
            }
        }
        return false;
    }

    /** Twice, since the end of another hook at this very moment looks the same once. */
    private boolean starterJoinsThis(Thread starter) {
        return joinsThis(starter) && awaitWaiting(starter) && joinsThis(starter);
    }

    private boolean joinsThis(Thread joining) {
        synchronized (hook) {
            if (joining.getState() != Thread.State.WAITING) {
                return false;
            }
            hook.notifyAll();
            if (joining.getState() != Thread.State.BLOCKED) {
                return false;
            }
            LockSupport.parkNanos(CONFIRMATION_NANOS);
            return joining.getState() == Thread.State.BLOCKED;
        }
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // for speed alone: after some rounds the answer is no, and is asked for again
    private static boolean awaitWaiting(Thread thread) {
        for (int i = 0; i < 100; i++) {
            if (thread.getState() == Thread.State.WAITING) {
                return true;
            }
            Thread.yield();
        }
        return false;
    }

    /**
     * Returns whether this JVM joins threads in another way than by their monitors, so that it cannot be seen: shown with a
     * thread of our own. False while that is not known.
     */
    private boolean isUnknowable() {
        if (tested) {
            return false;
        }
        try {
            Thread joining = test;
            if (joining == null) {
                joining = Daemon.thread(new Joining(hook), "tempfile4j-end-test");
                test = joining;
                joining.start();
            } else if (joining.getState() == Thread.State.WAITING) {
                tested = true;
                return !joinsThis(joining);
            }
            return false;
        } catch (OutOfMemoryError noThread) {
            tested = true;
            return true;
        }
    }

    private static final class Joining implements Runnable {
        private final Thread joined;

        Joining(Thread joined) {
            this.joined = joined;
        }

        @Override
        @SuppressWarnings("ThreadJoinLoop") // an interrupt, by whoever finds it, ends the test
        public void run() {
            try {
                joined.join();
            } catch (InterruptedException over) {
                // The thread ends.
            }
        }
    }
}

package io.tempfile4j.internal.platform;

import java.security.AccessController;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Threads of this library's own. They belong to nobody's group, so that nobody who interrupts a group of threads finds
 * them, and keep nothing of the thread that happens to start them.
 */
public final class Daemon extends Thread {

    /** The JDK in which threads keep no protection domains any more. */
    private static final int WITHOUT_DOMAINS = 24;

    private static final int SPARE = 16;

    private final boolean hook;
    private volatile @Nullable AtStart atStart;
    private volatile boolean started;

    private Daemon(ThreadGroup group, Runnable task, String name, boolean hook) {
        super(group, task, name, 0, false);
        this.hook = hook;
    }

    /** A thread that is to be started. */
    public static Thread thread(Runnable task, String name) {
        return create(task, name, false);
    }

    /** A thread to be registered as a shutdown hook, which records what {@link #atStart()} returns. */
    public static Daemon hook(Runnable task, String name) {
        return create(task, name, true);
    }

    private static Daemon create(Runnable task, String name, boolean hook) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Daemon thread = Runtime.version().feature() < WITHOUT_DOMAINS
                ? WithoutCallers.thread(group, task, name, hook)
                : new Daemon(group, task, name, hook);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /**
     * Starts it. The JVM starts its shutdown hooks one after the other, and then waits for them in the same thread: this
     * is the only moment at which that thread and the hooks that come later can be known.
     */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // what is inherited locks it
    public void start() {
        if (!hook) {
            super.start();
            return;
        }
        AtStart moment = null;
        try {
            // A thread that is constructed from now on is no shutdown hook of the program.
            long firstLater = new Thread(getThreadGroup(), (Runnable) null, "tempfile4j-none", 0, false).getId();
            super.start();
            // Nor is one that has started by now and is not joined before this one: no hook is started meanwhile.
            moment = new AtStart(Thread.currentThread(), firstLater, liveThreads());
        } catch (RuntimeException | Error unknown) {
            // Thrown on, an OutOfMemoryError would keep the JVM from starting the hooks of the program. If this one has
            // not started, joining it returns at once; if it has, it knows nothing of the others.
        }
        atStart = moment;
        started = true;
    }

    /** Returns whether {@link #start()} has recorded what it can: this thread may be faster. */
    public boolean hasStarted() {
        return started;
    }

    /** Returns what was recorded when a shutdown hook started; null if nothing could be. */
    public @Nullable AtStart atStart() {
        return atStart;
    }

    /** Returns the live threads of the JVM, without virtual ones; elements at the end may be null. */
    public static @Nullable Thread[] liveThreads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() + SPARE];
        while (root.enumerate(threads) == threads.length) {
            threads = new Thread[2 * threads.length];
        }
        return threads;
    }

    /** The moment at which the JVM started a shutdown hook. */
    public static final class AtStart {
        private final Thread starter;
        private final long firstLaterId;
        private final @Nullable Thread[] live;

        AtStart(Thread starter, long firstLaterId, @Nullable Thread[] live) {
            this.starter = starter;
            this.firstLaterId = firstLaterId;
            this.live = live;
        }

        /** The thread that starts all hooks, and then joins one after the other. */
        public Thread starter() {
            return starter;
        }

        /** Whether the thread was constructed before this moment, as all hooks were. */
        public boolean isAfterConstructionOf(Thread thread) {
            return thread.getId() < firstLaterId;
        }

        /** The threads that were live when this hook had started; elements at the end may be null. */
        public @Nullable Thread[] live() {
            return live;
        }
    }

    /**
     * Until JDK 24 a thread keeps the protection domains, and with them the class loaders, of all that call its constructor:
     * an application that happened to be the first to make something could never be unloaded.
     */
    private static final class WithoutCallers implements PrivilegedAction<Daemon> {
        private final ThreadGroup group;
        private final Runnable task;
        private final String name;
        private final boolean hook;

        private WithoutCallers(ThreadGroup group, Runnable task, String name, boolean hook) {
            this.group = group;
            this.task = task;
            this.name = name;
            this.hook = hook;
        }

        @SuppressWarnings("removal") // where it is gone, this is not loaded
        static Daemon thread(ThreadGroup group, Runnable task, String name, boolean hook) {
            return AccessController.doPrivileged(new WithoutCallers(group, task, name, hook));
        }

        @Override
        public Daemon run() {
            return new Daemon(group, task, name, hook);
        }
    }
}

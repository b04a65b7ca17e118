package io.tempfile4j.internal.platform;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Threads of this library's own. They belong to nobody's group, so that nobody who interrupts a group of threads finds
 * them, and keep nothing of the thread that happens to start them.
 */
public final class Daemon {

    /** The JDK in which threads keep no protection domains any more. */
    private static final int WITHOUT_DOMAINS = 24;

    private Daemon() {}

    /** A thread that is to be started. */
    public static Thread thread(Runnable task, String name) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread thread = Runtime.version().feature() < WITHOUT_DOMAINS
                ? WithoutCallers.thread(group, task, name)
                : new Thread(group, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /**
     * Until JDK 24 a thread keeps the protection domains, and with them the class loaders, of all that call its constructor:
     * an application that happened to be the first to make something could never be unloaded.
     */
    private static final class WithoutCallers implements PrivilegedAction<Thread> {
        private final ThreadGroup group;
        private final Runnable task;
        private final String name;

        private WithoutCallers(ThreadGroup group, Runnable task, String name) {
            this.group = group;
            this.task = task;
            this.name = name;
        }

        @SuppressWarnings("removal") // where it is gone, this is not loaded
        static Thread thread(ThreadGroup group, Runnable task, String name) {
            return AccessController.doPrivileged(new WithoutCallers(group, task, name));
        }

        @Override
        public Thread run() {
            return new Thread(group, task, name, 0, false);
        }
    }
}

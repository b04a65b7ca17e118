package io.tempfile4j.internal.platform;

/**
 * Threads of this library's own. They belong to nobody's group, so that nobody who interrupts a group of threads finds
 * them, and keep nothing of the thread that happens to start them.
 */
public final class Daemon {

    private Daemon() {}

    /** A thread that is to be started. */
    public static Thread thread(Runnable task, String name) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread thread = new Thread(group, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}

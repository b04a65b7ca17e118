package io.tempfile4j;

/**
 * A hold on the end of the JVM, taken by {@link TempSpace#holdEnd}. As long as it is not closed, a JVM that shuts down
 * removes no temporary resources. Safe for use by many threads.
 */
public final class EndHold implements AutoCloseable {

    private final String who;
    private final Runnable release;

    EndHold(String who, Runnable release) {
        this.who = who;
        this.release = release;
    }

    /** Releases the hold. Closing it again has no effect, nor has closing one whose time is over. */
    @Override
    public void close() {
        release.run();
    }

    /** Returns a text that names the holder, for messages. */
    @Override
    public String toString() {
        return "EndHold[" + who + "]";
    }
}

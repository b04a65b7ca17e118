package io.tempfile4j.cli;

import io.tempfile4j.internal.platform.EscapedText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A bar on a terminal: how much is done, what is at hand, for how long already. Shown only of work that takes a while. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 20;
    private static final int LONGEST_PATH = 40;
    private static final long TICK_NANOS = 100_000_000;
    private static final long PATIENCE_NANOS = 300_000_000;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream terminal = System.err;
    private final int total;
    private final long started = System.nanoTime();
    private final Thread painter;
    private int begun;
    private Object current = "";
    private boolean shown;
    private volatile boolean closed;

    Progress(int total) {
        this.total = total;
        painter = new Thread(this::paint, "tempfile4j-progress");
        painter.setDaemon(true);
        painter.start();
    }

    /** What is begun now; what was begun before is done. */
    synchronized void next(Path path) {
        begun++;
        current = path;
    }

    private void paint() {
        while (!closed) {
            LockSupport.parkNanos(TICK_NANOS);
            if (!closed && System.nanoTime() - started > PATIENCE_NANOS) {
                draw();
            }
        }
    }

    private synchronized void draw() {
        long seconds = (System.nanoTime() - started) / 1_000_000_000;
        terminal.print(CLEAR_LINE + line(Math.max(0, begun - 1), total, current, seconds));
        terminal.flush();
        shown = true;
    }

    /** What is shown; more may be done than was counted before. */
    static String line(int done, int total, Object current, long seconds) {
        int shownDone = Math.min(done, total);
        int filled = total == 0 ? 0 : shownDone * WIDTH / total;
        String name = EscapedText.ofName(current);
        String path = name.length() <= LONGEST_PATH ? name : "…" + name.substring(name.length() - LONGEST_PATH + 1);
        return "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + shownDone + "/" + total + "  " + path
                + "  " + seconds + " s";
    }

    /** Leaves the line empty. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(painter);
        boolean interrupted = false;
        while (true) {
            try {
                painter.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (shown) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
        }
    }
}

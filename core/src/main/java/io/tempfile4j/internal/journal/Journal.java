package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.EscapingLogger;
import io.tempfile4j.internal.platform.Identity;
import io.tempfile4j.internal.platform.NumericIdentity;
import io.tempfile4j.internal.platform.PathBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What this process has made and not yet removed, for the next process to remove if this one cannot.
 *
 * <p>An entry is on record before the thing exists, is completed with the thing's identity, and is cleared when the thing
 * is gone. Writing is a few stores into a mapped file, which the kernel keeps when the process is killed. Safe for use
 * by many threads, without a lock but for growing.
 */
public final class Journal implements FreeSlots.Links {

    /** No entry: what is done with it does nothing. */
    public static final int NONE = FreeSlots.NONE;

    /** Usually what is waited for comes sooner, and says so. */
    private static final long POLL_MILLIS = 100;

    private static final Journal OFF = new Journal(true);
    private static final Journal OF_PROCESS = new Journal(false);

    /** A slot is known by its segment and its number in it, of which there are 256 at most. */
    private static final int SLOT_BITS = 8;

    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

    /** That of the paths of most files. */
    private static final int USUAL_SIZE_CLASS = 0;

    private static final long SHORTEST_PAUSE_NANOS = 4_000_000;
    private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

    /** Null if there is none, or not yet: see {@link #file()}. */
    private @Nullable JournalFile file;

    /** Why there is none, until somebody is told. */
    private @Nullable Throwable failure;

    /** Whether that is known. */
    private volatile boolean settled;

    /** Since when the journal is not grown; read after the next field. */
    private volatile long pausedAtNanos;

    /** How long it is not grown after an attempt that failed; 0 if the last one has not. Written with the lock held. */
    private volatile long pauseNanos;

    private final FreeSlots[] free = new FreeSlots[Segment.SLOT_SIZE_COUNT];
    private final ReentrantLock growing = new ReentrantLock();
    private final AtomicBoolean failureReported = new AtomicBoolean();
    private volatile Segment[] segments = {};

    private Journal(boolean settled) {
        this.settled = settled;
        for (int sizeClass = 0; sizeClass < free.length; sizeClass++) {
            free[sizeClass] = new FreeSlots();
        }
    }

    /** The journal of this process; opened, and the journals of the dead read in the background, when first asked for. */
    public static Journal process() {
        JournalStart.now();
        return OF_PROCESS;
    }

    /** One that records nothing. */
    public static Journal off() {
        return OFF;
    }

    /** By {@link JournalStart}, while the first making loads other classes; who needs it meanwhile waits. */
    static @Nullable Segment openOfProcess() {
        JournalFile opened = null;
        Throwable why = null;
        try {
            JournalFile made = JournalFile.create();
            Segment first;
            try {
                first = new Segment(made, USUAL_SIZE_CLASS);
            } catch (IOException full) {
                made.delete();
                throw full;
            }
            OF_PROCESS.add(first);
            opened = made;
            return first;
        } catch (IOException | RuntimeException | Error failure) {
            why = failure;
            return null;
        } finally {
            OF_PROCESS.settle(opened, why);
        }
    }

    /** Nobody wants one, or the reason why there is none. */
    static void openedNone(@Nullable Throwable why) {
        OF_PROCESS.settle(null, why);
    }

    private synchronized void settle(@Nullable JournalFile opened, @Nullable Throwable why) {
        file = opened;
        failure = why;
        settled = true;
        notifyAll();
    }

    /** The file, when it is open; null if there is none. */
    private @Nullable JournalFile file() {
        if (!settled) {
            if (JournalStart.isWorker()) {
                return null;
            }
            awaitSettled();
        }
        Throwable why = failure;
        if (why != null && failureReported.compareAndSet(false, true)) {
            // Here, not where it was opened: whoever is told may make temporary files himself.
            logger().log(
                            System.Logger.Level.WARNING,
                            "what this process leaves if it is killed will not be removed by the next one",
                            why);
        }
        return file;
    }

    private synchronized void awaitSettled() {
        boolean interrupted = false;
        while (!settled) {
            if (!JournalStart.isAtWork()) {
                settle(null, new IOException("the thread that was to open the journal has died"));
                break;
            }
            try {
                wait(POLL_MILLIS);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Records what is going to be created.
     *
     * @param name of the entry in the directory
     * @param unguessable whether the name is so random that nothing else can have it
     * @return the entry
     */
    public int plan(Directory directory, String name, boolean unguessable) {
        if (file() == null) {
            return NONE;
        }
        byte[] path = directory.pathBytesOf(name);
        int entry = allocate(path);
        if (entry != NONE) {
            try {
                byte flags = JournalEntry.flags(PathBytes.areNative(), unguessable);
                segment(entry).plan(entry & SLOT_MASK, path, flags, directory.identityOfDirectory());
            } catch (IOException | InternalError failure) {
                report(failure);
            }
        }
        return entry;
    }

    /** Completes the record with what was made. */
    public void made(int entry, Identity identity) {
        if (entry == NONE) {
            return;
        }
        try {
            segment(entry).made(entry & SLOT_MASK, NumericIdentity.of(identity), identity.directory());
        } catch (IOException | InternalError failure) {
            report(failure);
        }
    }

    /** Takes off the record what is gone, or is not temporary any more. Called once for each entry. */
    public void clear(int entry) {
        if (entry == NONE) {
            return;
        }
        Segment segment = segment(entry);
        try {
            segment.clear(entry & SLOT_MASK);
        } catch (IOException | InternalError failure) {
            report(failure);
        }
        free[segment.sizeClass()].push(entry, this);
    }

    private int allocate(byte[] path) {
        // No system creates anything at so long a path that no slot is large enough.
        int sizeClass = Segment.sizeClass(JournalEntry.sizeFor(path));
        if (sizeClass < 0) {
            return NONE;
        }
        int entry = free[sizeClass].pop(this);
        if (entry != NONE) {
            return entry;
        }
        if (isPaused()) {
            return NONE;
        }
        growing.lock();
        try {
            // Other threads may take all that was added before this one gets a slot, or find that nothing can be added.
            while ((entry = free[sizeClass].pop(this)) == NONE && !isPaused()) {
                grow(sizeClass);
            }
            return entry;
        } catch (IOException | OutOfMemoryError failure) {
            pausedAtNanos = System.nanoTime();
            pauseNanos = Math.min(Math.max(2 * pauseNanos, SHORTEST_PAUSE_NANOS), LONGEST_PAUSE_NANOS);
            report(failure);
            return NONE;
        } finally {
            growing.unlock();
        }
    }

    /**
     * Returns whether the journal is not to be grown now, because that has just failed. A disk that is full stays so for
     * a while, and a failed attempt takes a few hundred times as long as creating a file.
     */
    private boolean isPaused() {
        long pause = pauseNanos;
        return pause != 0 && System.nanoTime() - pausedAtNanos < pause;
    }

    /**
     * Whoever makes something is not kept from it. An InternalError is what becomes of a store into a mapping that the
     * kernel cannot back, as on a copy-on-write file system that is full.
     */
    private void report(Throwable failure) {
        if (failureReported.compareAndSet(false, true)) {
            logger().log(
                            System.Logger.Level.WARNING,
                            "the journal cannot be written, what this process makes may stay if it is killed",
                            failure);
        }
    }

    private void grow(int sizeClass) throws IOException {
        add(Growth.call(Objects.requireNonNull(file()), sizeClass));
        pauseNanos = 0;
    }

    private void add(Segment added) {
        Segment[] now = segments;
        Segment[] more = Arrays.copyOf(now, now.length + 1);
        more[now.length] = added;
        segments = more;
        // The first slot is the segment's own.
        for (int slot = added.slotCount() - 1; slot > 0; slot--) {
            free[added.sizeClass()].push((now.length << SLOT_BITS) + slot, this);
        }
    }

    private Segment segment(int entry) {
        return segments[entry >>> SLOT_BITS];
    }

    @Override
    public int next(int slot) {
        return segment(slot).next[slot & SLOT_MASK];
    }

    @Override
    public void setNext(int slot, int next) {
        segment(slot).next[slot & SLOT_MASK] = next;
    }

    /** At the end of the program: removes the journal, unless something is left that the next process may remove. */
    public static void end() {
        if (JournalStart.wasDone()) {
            OF_PROCESS.deleteIfEmpty();
        }
    }

    private void deleteIfEmpty() {
        JournalFile journal = file();
        if (journal == null || !isEmpty()) {
            return;
        }
        try {
            journal.delete();
        } catch (IOException | RuntimeException failure) {
            // An empty journal harms nobody: the next process removes it. On Windows it always does, ours being mapped.
            logger().log(System.Logger.Level.DEBUG, "could not remove the journal " + journal.path(), failure);
        }
    }

    private boolean isEmpty() {
        for (Segment segment : segments) {
            for (int slot = 1; slot < segment.slotCount(); slot++) {
                if (!segment.isFree(slot)) {
                    return false;
                }
            }
        }
        return true;
    }

    static System.Logger logger() {
        return EscapingLogger.get();
    }

    /*
     * Named classes, as everything on the way to the first thing that a process makes and to its end: the first lambda of a
     * process takes it longer than all the rest.
     */

    private static final class Growth implements Uninterruptible.Call<Segment> {
        private final JournalFile file;
        private final int sizeClass;

        Growth(JournalFile file, int sizeClass) {
            this.file = file;
            this.sizeClass = sizeClass;
        }

        static Segment call(JournalFile file, int sizeClass) throws IOException {
            return Uninterruptible.call("tempfile4j-journal", new Growth(file, sizeClass));
        }

        @Override
        public Segment call() throws IOException {
            Segment segment = new Segment(file, sizeClass);
            segment.map();
            return segment;
        }
    }
}

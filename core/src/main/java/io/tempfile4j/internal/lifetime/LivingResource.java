package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.events.Events;
import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.Undo;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * Something that must not outlive its owner, and is removed exactly once: by close, by the garbage collector, at the
 * end of its space or at the end of the program, whichever comes first.
 *
 * <p>It never refers to the object that its owner holds, or that object could not be collected.
 */
public abstract class LivingResource implements Runnable {
    /*
     * The states, and who changes them:
     *
     *   PLANNED -- made() --> ALIVE -- end() --> ENDING --> ENDED
     *      |                    |  ^                |
     *      |                    |  '--- failure ----'
     *   cancel()             keep() --> KEPT -- end() --> ENDING --> ENDED (only the handle is closed)
     *      v
     *   CANCELLED -- made() or abandon() --> ENDED
     *
     *   ALIVE -- removeAtExit() --> CLAIMED --> REMOVED -- end() --> ENDING --> ENDED (only the handle is closed)
     *   PLANNED or CANCELLED, and creationFailed -- end() --> ENDING --> ENDED (or as before, after a failure)
     *
     *   ALIVE or KEPT -- claim() --> CLAIMED -- release() --> as before
     *                                   |------ moved() --> ENDED (nothing is removed or closed)
     *                                   '-- superseded() -> ENDING --> ENDED (or ALIVE, after a failure)
     *
     * While it is CLAIMED, on its way to another name, nobody ends it: close is held off by the lock of its owner, the
     * end of a space or of the program waits, as for what another thread is just removing.
     *
     * It is registered while PLANNED, before the thing exists: the end of the program cannot fall into a gap between
     * making and registering. Who finds it PLANNED cancels it, and the thread that makes it removes it.
     */
    private static final int PLANNED = 0;
    private static final int ALIVE = 1;
    private static final int KEPT = 2;
    private static final int ENDING = 3;
    private static final int ENDED = 4;
    private static final int CANCELLED = 5;
    private static final int CLAIMED = 6;
    private static final int REMOVED = 7;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(LivingResource.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Registry registry;
    private final Kind kind;
    private final long order;

    /** Where it was made; known only when leaks are traced. */
    private final @Nullable Throwable site = Leaks.site();

    @SuppressWarnings("UnusedVariable") // through STATE
    private volatile int state = PLANNED;

    private volatile Cleaner.@Nullable Cleanable watch;

    /** Whether somebody did close it, and failed: it is no leak then. */
    private volatile boolean tried;

    /** Of what is claimed: its state before; the claimant's. */
    private int unclaimed = PLANNED;

    /**
     * Whether its creation has ended in a failure. Set by a store in the frame that created it, before {@link #abandon} is
     * called: at the end of the stack a call fails, and everybody would wait for a creation that has ended.
     */
    public volatile boolean creationFailed;

    /** Whether its claimant has failed; set by a store, for the same reason, before {@link #release} is called. */
    public volatile boolean claimFailed;

    /**
     * Those whose creation failed and that could not be removed yet. They have no owner, so nothing else keeps the registry
     * of a space reachable that is garbage otherwise. Linked through the resources: adding one needs no memory.
     */
    private static @Nullable LivingResource unowned;

    private @Nullable LivingResource nextUnowned;

    protected LivingResource(Registry registry, Kind kind) {
        this.registry = registry;
        this.kind = kind;
        this.order = registry.nextOrder();
    }

    /** What the other has become under its new name: kept from the start, and on no list. */
    protected LivingResource(LivingResource moved) {
        this.registry = moved.registry;
        this.kind = moved.kind;
        this.order = moved.order;
        this.state = KEPT;
    }

    /**
     * Removes the thing; called by one thread at a time, and again after a failure.
     *
     * @param kept whether only what the process holds is to be given back, a handle, and the thing stays
     */
    protected abstract void remove(boolean kept) throws IOException;

    /**
     * Removes the name at the end of the JVM, and leaves a handle open: the program may still write to it, and the kernel
     * closes it.
     *
     * @return false if another thread is creating a name for it at this moment
     */
    protected boolean removeName() throws IOException {
        remove(false);
        return true;
    }

    /** Returns whether the next process removes it if this one does not. */
    protected boolean isRecorded() {
        return false;
    }

    /** What it is, for messages. */
    @Override
    public abstract String toString();

    /** Called when it is kept: nobody but its owner concerns himself with it any more. */
    protected void kept() {}

    /** Called when it turned out that nothing was made. */
    protected void neverMade() {}

    /** Whether an entry may exist though its creation ended in this failure. */
    protected boolean mayExist(Throwable failure) {
        return false;
    }

    /** Whether a failure to remove it is nobody's concern. */
    protected boolean ignoresFailure() {
        return false;
    }

    /**
     * Registers it; called before it is made.
     *
     * @throws IllegalStateException when the registry is closed
     */
    public final void plan() {
        registry.add(this);
    }

    /**
     * Says that it was made.
     *
     * @throws IllegalStateException when the registry was closed meanwhile; it is removed then
     */
    public final void made() throws IOException {
        if (STATE.compareAndSet(this, PLANNED, ALIVE)) {
            registry.countCreated();
            Events.created(kind, this);
            return;
        }
        state = ENDING;
        try {
            remove(false);
        } catch (Throwable failure) {
            // On record still: the registry that is closed tries again, and reports it.
            state = ALIVE;
            throw failure;
        }
        ended();
        throw registry.closedException();
    }

    /**
     * Says that something that was there before is taken over.
     *
     * @throws IllegalStateException when the registry was closed meanwhile; it stays then
     */
    protected final void adopted() {
        if (!STATE.compareAndSet(this, PLANNED, ALIVE)) {
            neverMade();
            ended();
            throw registry.closedException();
        }
        registry.countCreated();
        Events.created(kind, this);
    }

    /**
     * Ends a resource whose creation failed, before or after the entry was created; removes the entry. What cannot be removed
     * now stays on record: the end of the space or of the program tries again, and the next process finds it in the journal.
     *
     * @param failure the reason; a failure to remove is added to it
     */
    public final void abandon(Throwable failure) {
        creationFailed = true;
        try {
            // Nobody but the caller has it, who does not get it.
            STATE.compareAndSet(this, KEPT, ALIVE);
            if (isBeingCreated() && !mayExist(failure)) {
                neverMade();
                ended();
            } else {
                end();
            }
        } catch (Throwable alsoFailed) {
            Undo.suppress(failure, alsoFailed);
        }
        if (state != ENDED) {
            keepReachable(this);
        }
    }

    /** Ends a resource that was registered only while an entry had a name for a moment: there is none any more. */
    public final void withdraw() {
        neverMade();
        ended();
    }

    private boolean isBeingCreated() {
        int now = state;
        return now == PLANNED || now == CANCELLED;
    }

    private static synchronized void keepReachable(LivingResource resource) {
        LivingResource kept = null;
        for (LivingResource known = unowned; known != null; ) {
            LivingResource next = known.nextUnowned;
            if (!known.equals(resource) && known.state != ENDED) {
                known.nextUnowned = kept;
                kept = known;
            }
            known = next;
        }
        resource.nextUnowned = kept;
        unowned = resource;
    }

    /** Ends it when {@code owner} is garbage. */
    public final void watch(Object owner) {
        watch = Registry.CLEANER.register(owner, this);
    }

    /** For the cleaner, when the owner is garbage or {@link #ended()} says that it need not be watched any more. */
    @Override
    public final void run() {
        if (state == ALIVE && !tried) {
            registry.countLeaked();
            Events.leaked(kind, this);
            if (!ignoresFailure()) {
                Leaks.report(this, site);
            }
        }
        try {
            endAndReport();
        } finally {
            if (state == ALIVE) {
                // Tried again at the end of the program. Until then the cleaner, which has just taken it off its list,
                // has to
                // refer to it: its registry may be garbage as its owner is.
                watch(Registry.process());
            }
        }
    }

    /** Whether it was not ended: its owner may use it. */
    public final boolean isLive() {
        int now = state;
        return now == ALIVE || now == KEPT || now == CLAIMED || now == REMOVED;
    }

    public final Kind kind() {
        return kind;
    }

    /** Sees to it that it does not look old. */
    void refresh() {}

    /** The one it is an entry of, if it is an entry. */
    @Nullable
    Directory directory() {
        return null;
    }

    /** How many bytes it holds, as far as that is known without looking for it: an open file, or memory. */
    public long knownSize() {
        return 0;
    }

    final boolean isPlanned() {
        return state == PLANNED;
    }

    /**
     * Takes it off every list: nothing but its owner's close ends it from now on, and then the thing itself stays.
     *
     * @return false when it was ended already
     */
    public final boolean keep() {
        requireUnclaimed();
        if (!STATE.compareAndSet(this, ALIVE, KEPT) && state != KEPT) {
            return false;
        }
        // Also when it was kept already: an Error may have ended that before it was off all lists.
        kept();
        registry.forget(this);
        return true;
    }

    /**
     * Takes it into one's hands, until {@link #release()}, {@link #moved()} or {@link #superseded()}: nothing ends it
     * meanwhile.
     *
     * @return false when it was ended already, or is being ended
     */
    public final boolean claim() {
        requireUnclaimed();
        for (int from = state; from == ALIVE || from == KEPT; from = state) {
            if (STATE.compareAndSet(this, from, CLAIMED)) {
                unclaimed = from;
                return true;
            }
        }
        return false;
    }

    /** Gives back what was claimed, as it was. */
    public final void release() {
        if (state == CLAIMED) {
            state = unclaimed;
        }
        claimFailed = false;
    }

    /** Gives back what its claimant, because of an Error, could not. */
    private void requireUnclaimed() {
        if (claimFailed) {
            release();
        }
    }

    /** Says that what was claimed lives on as another resource. */
    public final void moved() {
        kept();
        ended();
    }

    /** Says that a copy is kept in its stead; what was claimed is removed, even if it was kept. */
    public final void superseded() {
        state = ALIVE;
        endAndReport();
    }

    /**
     * Removes it, or only closes what is kept, unless that was done or is being done. After a failure it is alive
     * again, and may be tried again.
     */
    public final void end() throws IOException {
        requireUnclaimed();
        int from = state;
        while (!canEnd(from) || !STATE.compareAndSet(this, from, ENDING)) {
            if (from == ENDED) {
                // An Error may have kept it on the list.
                registry.forget(this);
            }
            if (!canEnd(from)) {
                return;
            }
            from = state;
        }
        boolean kept = from == KEPT || from == REMOVED;
        boolean wasLive = kept || from == ALIVE;
        try {
            remove(kept);
        } catch (Throwable failure) {
            tried = true;
            state = from;
            registry.countFailed();
            if (failure instanceof IOException && ignoresFailure() && wasLive) {
                return;
            }
            throw failure;
        }
        // Before anything is called: it is removed, and nobody waits for it.
        state = ENDED;
        if (from == ALIVE) {
            Events.removed(kind, this);
            registry.countRemoved();
        }
        ended();
    }

    /**
     * Removes the name at the end of the JVM, unless that was done or another thread is creating, moving or removing it.
     * An open handle remains usable. After a failure it may be tried again.
     */
    final void removeAtExit() throws IOException {
        requireUnclaimed();
        if (creationFailed && isBeingCreated()) {
            // Nobody has it, so there is no handle to leave open.
            end();
            return;
        }
        if (!STATE.compareAndSet(this, ALIVE, CLAIMED)) {
            return;
        }
        boolean removed = false;
        try {
            removed = removeName();
        } catch (Throwable failure) {
            registry.countFailed();
            throw failure;
        } finally {
            state = removed ? REMOVED : ALIVE;
        }
        if (removed) {
            registry.forget(this);
            Events.removed(kind, this);
            registry.countRemoved();
        }
    }

    private boolean canEnd(int now) {
        return now == ALIVE
                || now == KEPT
                || now == REMOVED
                || (creationFailed && (now == PLANNED || now == CANCELLED));
    }

    /** As {@link #end()}, when nobody is there to be told but the log. */
    final void endAndReport() {
        try {
            end();
        } catch (IOException | RuntimeException failure) {
            Registry.logger().log(System.Logger.Level.WARNING, "could not remove " + this, failure);
        }
    }

    /** Keeps it from coming alive, if it is only planned. */
    final void cancel() {
        STATE.compareAndSet(this, PLANNED, CANCELLED);
    }

    /** Larger for what was planned later. */
    final long order() {
        return order;
    }

    private void ended() {
        state = ENDED;
        registry.forget(this);
        Cleaner.Cleanable watched = watch;
        if (watched != null) {
            watched.clean();
        }
    }
}

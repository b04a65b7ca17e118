package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.platform.Daemon;
import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.EscapingLogger;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that is alive in one space, to be removed at its end; the registry of a space is part of the process's, whose end
 * is the end of the program. Knows each thing only as long as it is alive, and is the only one to know it.
 */
public final class Registry {

    static final Cleaner CLEANER = Cleaner.create(new CleanerThread());

    /** How long the end waits for other threads, lest one that hangs in a removal keeps the program from ending. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long POLL_NANOS = 200_000;

    /** Of so many things in one directory it is worth while to open it once. */
    private static final int MANY = 8;

    private static final AtomicLong ORDER = new AtomicLong();

    private final String name;
    private final @Nullable Registry parent;
    private final Counters counters = new Counters();
    private final Set<LivingResource> alive = ConcurrentHashMap.newKeySet();

    /**
     * Weak: a program may open any number of spaces and close none. One in which something is alive is not garbage, since the
     * cleaner refers to all that is watched, which refers to its registry.
     */
    private final Set<Registry> children = Collections.newSetFromMap(new WeakHashMap<>());

    private volatile boolean closed;

    Registry(String name, @Nullable Registry parent) {
        this.name = name;
        this.parent = parent;
    }

    /** Asked only when there is something to say: it takes the JDK a while to find a logger. */
    static System.Logger logger() {
        return EscapingLogger.get();
    }

    /** The registry that ends with the program; once it was asked for, that end removes the journal as well. */
    public static Registry process() {
        return ProgramEnd.REGISTRY;
    }

    /** A registry that ends when it is closed, or else with this one. */
    public Registry child(String childName) {
        Registry child = new Registry(childName, this);
        synchronized (children) {
            children.add(child);
        }
        return child;
    }

    private List<Registry> children() {
        synchronized (children) {
            return new ArrayList<>(children);
        }
    }

    long nextOrder() {
        return ORDER.getAndIncrement();
    }

    void add(LivingResource resource) {
        alive.add(resource);
        // Asked only now: either close() sees the resource, or this sees that it is closed.
        if (hasEnded()) {
            forget(resource);
            throw closedException();
        }
    }

    void forget(LivingResource resource) {
        alive.remove(resource);
    }

    /** Whether it or one that it is part of is closed. */
    private boolean hasEnded() {
        return closed || (parent != null && parent.hasEnded());
    }

    void countCreated() {
        counters.created.increment();
        if (parent != null) {
            parent.countCreated();
        }
    }

    void countRemoved() {
        counters.removed.increment();
        if (parent != null) {
            parent.countRemoved();
        }
    }

    void countLeaked() {
        counters.leaked.increment();
        if (parent != null) {
            parent.countLeaked();
        }
    }

    void countFailed() {
        counters.failed.increment();
        if (parent != null) {
            parent.countFailed();
        }
    }

    /** What has happened in this registry and its children. */
    public Counters counters() {
        return counters;
    }

    /** Passes on all that is alive now. */
    public void forEachAlive(Consumer<LivingResource> action) {
        alive.stream().filter(LivingResource::isLive).forEach(action);
        children().forEach(child -> child.forEachAlive(action));
    }

    IllegalStateException closedException() {
        if (parent == null) {
            return new IllegalStateException("cannot create temporary resources: the JVM is shutting down");
        }
        return closed ? new IllegalStateException(name + " is closed") : parent.closedException();
    }

    boolean isClosed() {
        return closed;
    }

    /** Refuses all that comes from now on; what is alive stays. */
    void refuse() {
        closed = true;
    }

    /** How many things are alive or being made. */
    int size() {
        int size = alive.size();
        for (Registry child : children()) {
            size += child.size();
        }
        return size;
    }

    /**
     * Refuses all that comes from now on and removes all that is alive, the newest first; waits, for a bounded time,
     * for what other threads are just making or removing. Whatever fails does not stop the rest.
     *
     * @return what could not be removed, and why
     */
    public Map<LivingResource, IOException> close() {
        closed = true;
        Map<LivingResource, IOException> failures = new HashMap<>();
        List<LivingResource> pending = newestFirst(failures);
        holdDirectories(pending);
        long waitingSince = 0;
        while (!pending.isEmpty()) {
            for (LivingResource resource : pending) {
                end(resource, failures);
            }
            pending = newestFirst(failures);
            if (pending.isEmpty()) {
                break;
            }
            // What is left is in the hands of other threads.
            long now = System.nanoTime();
            waitingSince = waitingSince == 0 ? now : waitingSince;
            if (now - waitingSince > PATIENCE_NANOS) {
                for (LivingResource resource : pending) {
                    failures.put(resource, new IOException("another thread is still making or removing " + resource));
                }
                break;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        for (Iterator<LivingResource> failed = failures.keySet().iterator(); failed.hasNext(); ) {
            if (failed.next().ignoresFailure()) {
                failed.remove();
            }
        }
        return failures;
    }

    /** Opens those in which there is much to remove, once; they are given back with the space, or with the process. */
    static void holdDirectories(List<LivingResource> all) {
        Map<Directory, Integer> counts = new HashMap<>();
        for (LivingResource resource : all) {
            Directory directory = resource.directory();
            if (directory != null) {
                Integer before = counts.get(directory);
                int count = before == null ? 1 : before + 1;
                counts.put(directory, count);
                if (count == MANY) {
                    try {
                        directory.hold();
                    } catch (IOException notNow) {
                        // Then each removal opens it, or says why it cannot.
                    }
                }
            }
        }
    }

    private static void end(LivingResource resource, Map<LivingResource, IOException> failures) {
        resource.cancel();
        try {
            resource.end();
            if (resource.ignoresFailure() && resource.isLive()) {
                failures.put(resource, new IOException("ignored on request"));
            }
        } catch (IOException failure) {
            failures.put(resource, failure);
        } catch (RuntimeException | Error failure) {
            // A file system that is closed already, say.
            failures.put(resource, new IOException("could not remove " + resource + ": " + failure, failure));
        }
    }

    List<LivingResource> newestFirst(Map<LivingResource, ?> except) {
        List<LivingResource> sorted = new ArrayList<>();
        collect(sorted, except);
        sorted.sort(new NewestFirst());
        return sorted;
    }

    private void collect(List<LivingResource> all, Map<LivingResource, ?> except) {
        for (LivingResource resource : alive) {
            if (!except.containsKey(resource)) {
                all.add(resource);
            }
        }
        for (Registry child : children()) {
            child.collect(all, except);
        }
    }

    /*
     * Named classes and loops, as everything on the way to the first thing that a process makes and to the end of a short
     * program: the first lambda and the first stream of a process take it milliseconds.
     */

    private static final class NewestFirst implements Comparator<LivingResource> {
        @Override
        public int compare(LivingResource one, LivingResource other) {
            return Long.compare(other.order(), one.order());
        }
    }

    private static final class CleanerThread implements ThreadFactory {
        @Override
        public Thread newThread(Runnable task) {
            return Daemon.thread(task, "tempfile4j-cleaner");
        }
    }
}

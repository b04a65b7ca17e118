package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.journal.Journal;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The removal of every name that is live at the end of the JVM, the newest first, and then of the crash journal. Open
 * handles stay open: the kernel closes them. Runs on a thread that may block for ever.
 */
final class EndRemoval implements Runnable {

    private static final long POLL_NANOS = 200_000;

    private final Registry registry;
    private volatile @Nullable LivingResource current;
    private volatile boolean done;

    EndRemoval(Registry registry) {
        this.registry = registry;
    }

    /** Returns whether all was tried; what has failed is logged. */
    boolean isDone() {
        return done;
    }

    /** Returns what is being removed at this moment, for messages. */
    @Nullable
    String current() {
        LivingResource resource = current;
        return resource == null ? null : resource.toString();
    }

    @Override
    public void run() {
        Map<LivingResource, Throwable> failures = new HashMap<>();
        List<LivingResource> pending = registry.newestFirst(failures);
        Registry.holdDirectories(pending);
        while (true) {
            for (LivingResource resource : pending) {
                remove(resource, failures);
            }
            pending = registry.newestFirst(failures);
            if (pending.isEmpty()) {
                break;
            }
            // Other threads are creating, moving or removing these.
            LockSupport.parkNanos(POLL_NANOS);
        }
        Journal.end();
        done = true;
        for (Map.Entry<LivingResource, Throwable> failure : failures.entrySet()) {
            if (!failure.getKey().ignoresFailure()) {
                EndLog.warn("could not remove " + failure.getKey() + " at the end", failure.getValue());
            }
        }
    }

    private void remove(LivingResource resource, Map<LivingResource, Throwable> failures) {
        resource.cancel();
        current = resource;
        try {
            resource.removeAtExit();
        } catch (IOException | RuntimeException | Error failure) {
            failures.put(resource, failure);
        }
        current = null;
    }
}

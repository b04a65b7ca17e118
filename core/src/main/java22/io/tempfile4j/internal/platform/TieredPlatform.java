package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first things of a process portably while a thread of its own links the native calls, for which the JDK needs
 * longer than many a program lives; from then on everything by native calls.
 */
final class TieredPlatform implements Platform, Runnable, BooleanSupplier {

    /** The start of a program, or all of a short one, is not burdened with it. */
    private static final long DELAY_NANOS = 100_000_000;

    /** Null until that is known: the native one, or the portable one with the reason why it stays. */
    private volatile @Nullable Platform settled;

    void start() {
        try {
            Daemon.thread(this, "tempfile4j-linker").start();
        } catch (OutOfMemoryError noThread) {
            // Then it stays portable, unless somebody waits for it.
        }
    }

    @Override
    public void run() {
        LockSupport.parkNanos(DELAY_NANOS);
        settled();
    }

    @Override
    public Platform settled() {
        Platform known = settled;
        return known != null ? known : settle();
    }

    private synchronized Platform settle() {
        Platform known = settled;
        if (known == null) {
            known = link();
            settled = known;
        }
        return known;
    }

    private Platform link() {
        try {
            Platform found = NativePlatform.find();
            Libc.linkAll();
            return found;
        } catch (UnsupportedOperationException missing) {
            return new PortablePlatform(String.valueOf(missing.getMessage()));
        } catch (RuntimeException | Error failure) {
            // For want of memory, say: what was made so far has shown that it can be done without.
            return new PortablePlatform("linking it failed: " + failure);
        }
    }

    /** Whether the native calls are linked. */
    @Override
    public boolean getAsBoolean() {
        return settled instanceof LinuxPlatform;
    }

    /** Also when they are linked: what was made before can be moved to there. */
    @Override
    public Directory open(Path path) throws IOException {
        Directory portable = PortableDirectory.open(path);
        return path.getFileSystem().equals(FileSystems.getDefault()) ? new TieredDirectory(portable, this) : portable;
    }
}

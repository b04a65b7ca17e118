package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of a directory: opened for each operation, or, once it is to be held, kept open until the directory's
 * owner gives it back or is garbage, or the path leads to another directory.
 *
 * <p>It only locates ({@code O_PATH}): a directory that may be written to and searched but not read can be opened, too.
 */
final class OpenDirectory {

    private final Path path;
    private final MemorySegment cPath;
    private final Holder holder = new Holder();
    private volatile boolean held;

    /** Closes the descriptor when it is garbage, as this is then; the JDK's own cleaner sees to it. */
    @SuppressWarnings("UnusedVariable") // being reachable is all it does
    private final MemorySegment life;

    @SuppressWarnings("restricted") // see Libc
    OpenDirectory(Path path, byte[] bytes) {
        this.path = path;
        Arena arena = Arena.ofAuto();
        cPath = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, cPath, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bytes.length);
        Holder collected = holder;
        life = MemorySegment.NULL.reinterpret(1, arena, end -> collected.close());
    }

    /** What is open, and which directory that is. */
    private static final class Held {
        final Descriptor descriptor;
        final FileStatus status;
        final NumericIdentity identity;

        Held(Descriptor descriptor, FileStatus status) {
            this.identity = NumericIdentity.of(status.identity());
            this.descriptor = descriptor;
            this.status = status;
        }
    }

    /** Does not refer to its owner, whose end it waits for. */
    private static final class Holder {
        final AtomicReference<@Nullable Held> held = new AtomicReference<>();

        void close() {
            Held last = held.getAndSet(null);
            if (last != null) {
                close(last);
            }
        }

        static void close(Held last) {
            Scratch scratch = Scratch.take();
            try {
                last.descriptor.close(scratch);
            } finally {
                scratch.give();
            }
        }
    }

    /** The identity of the directory that was opened last and is held; null if none is. */
    @Nullable
    NumericIdentity identity() {
        Held known = holder.held.get();
        return known == null ? null : known.identity;
    }

    MemorySegment cPath() {
        return cPath;
    }

    /** Opens it, unless that was done; from now on what is opened stays open. */
    void holdNow(Scratch scratch) throws IOException {
        held = true;
        if (holder.held.get() == null) {
            Descriptor opened = acquireHere(scratch);
            if (opened != null) {
                opened.release(scratch);
            }
        }
    }

    /**
     * The directory that is held, wherever it is now, or else the one at the path; to be released.
     *
     * @return null when descriptors have run out: then the path has to do
     */
    @Nullable
    Descriptor acquireAny(Scratch scratch) throws IOException {
        Held known = holder.held.get();
        if (known != null && known.descriptor.acquire()) {
            return known.descriptor;
        }
        return acquireHere(scratch);
    }

    /** The directory at the path; to be released. Null as above. */
    @Nullable
    Descriptor acquireHere(Scratch scratch) throws IOException {
        Held known = holder.held.get();
        if (known != null) {
            check(FileStatus.read(scratch, LinuxAbi.AT_FDCWD, cPath, 0));
            if (FileStatus.in(scratch).isSameInode(known.status) && known.descriptor.acquire()) {
                return known.descriptor;
            }
        }
        Held opened = open(scratch);
        if (opened == null) {
            return null;
        }
        opened.descriptor.acquire();
        if (held && holder.held.compareAndSet(known, opened)) {
            if (known != null) {
                known.descriptor.close(scratch);
            }
        } else {
            // For this operation only; or another thread was faster.
            opened.descriptor.close(scratch);
        }
        return opened.descriptor;
    }

    private @Nullable Held open(Scratch scratch) throws IOException {
        int number = Libc.openat(
                scratch, LinuxAbi.AT_FDCWD, cPath, LinuxAbi.O_PATH | LinuxAbi.O_DIRECTORY | LinuxAbi.O_CLOEXEC, 0);
        if (Errno.isOutOfDescriptors(-number)) {
            return null;
        }
        check(number);
        Descriptor descriptor = new Descriptor(number);
        int result = FileStatus.read(scratch, number);
        if (result < 0) {
            descriptor.close(scratch);
            check(result);
        }
        return new Held(descriptor, FileStatus.in(scratch));
    }

    /** Closes it; for what comes now it is opened each time. */
    void release() {
        held = false;
        holder.close();
    }

    private void check(int result) throws IOException {
        if (result == -LinuxAbi.ENOTDIR) {
            // As the newer JDKs say it: something else is there, and nothing of what was in the directory.
            throw new NoSuchFileException(path.toString(), null, "is not a directory any more");
        }
        if (result < 0) {
            throw Errno.exception(-result, path.toString());
        }
    }
}

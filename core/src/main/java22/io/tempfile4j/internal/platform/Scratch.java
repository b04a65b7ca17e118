package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap for the arguments and results of one call: allocating it takes longer than many of the calls.
 *
 * <p>Taken for one operation at a time, and given back. A bounded number is kept; more threads at once than that get one
 * that is garbage afterwards. Not thread-locals: a program may have a million virtual threads.
 */
final class Scratch {

    /** How much of a buffer in the heap is moved at a time; stays in the processor's cache. */
    static final int TRANSFER_BYTES = 64 * 1024;

    private static final byte[] NOTHING = {};
    private static final int SLOTS = 32;
    private static final AtomicReferenceArray<@Nullable Scratch> POOL = new AtomicReferenceArray<>(SLOTS);

    /** Where a call leaves errno. */
    final MemorySegment errno;

    /** Where stat calls leave their structure. */
    final MemorySegment status;

    private final MemorySegment path;
    private final MemorySegment secondPath;
    private @Nullable MemorySegment transfer;

    private Scratch() {
        Arena arena = Arena.ofAuto();
        errno = arena.allocate(Libc.ERRNO_LAYOUT);
        status = arena.allocate(LinuxAbi.STATX_SIZEOF, Long.BYTES);
        path = arena.allocate(LinuxAbi.PATH_MAX);
        secondPath = arena.allocate(LinuxAbi.PATH_MAX);
    }

    static Scratch take() {
        Scratch pooled = POOL.getAndSet(slot(), null);
        return pooled == null ? new Scratch() : pooled;
    }

    void give() {
        POOL.lazySet(slot(), this);
    }

    private static int slot() {
        return (int) (Thread.currentThread().threadId() % SLOTS);
    }

    int errno() {
        return errno.get(ValueLayout.JAVA_INT, 0);
    }

    MemorySegment transfer() {
        MemorySegment known = transfer;
        if (known == null) {
            known = Arena.ofAuto().allocate(TRANSFER_BYTES, Long.BYTES);
            transfer = known;
        }
        return known;
    }

    /** A name as the kernel takes it. */
    MemorySegment name(Path directory, String name) throws IOException {
        return put(path, directory, NOTHING, name);
    }

    /** The path of an entry as the kernel takes it. */
    MemorySegment path(Path directory, byte[] directoryBytes, String name) throws IOException {
        return put(path, directory, directoryBytes, name);
    }

    MemorySegment secondPath(Path directory, byte[] directoryBytes, String name) throws IOException {
        return put(secondPath, directory, directoryBytes, name);
    }

    /** A path that is short. */
    MemorySegment path(String ascii) {
        path.setString(0, ascii, StandardCharsets.US_ASCII);
        return path;
    }

    /** The path of an open descriptor, by which the kernel reaches what is open and nothing else. */
    MemorySegment pathOf(int descriptor) {
        return path(Procfs.pathOf(descriptor));
    }

    private static MemorySegment put(MemorySegment area, Path directory, byte[] start, String name) throws IOException {
        int length = start.length;
        if (length + name.length() >= LinuxAbi.PATH_MAX) {
            throw tooLong(directory, name);
        }
        MemorySegment.copy(start, 0, area, ValueLayout.JAVA_BYTE, 0, length);
        if (PathBytes.isAscii(name)) {
            area.setString(length, name, StandardCharsets.US_ASCII);
            return area;
        }
        byte[] bytes = PathBytes.of(directory, name);
        if (length + bytes.length >= LinuxAbi.PATH_MAX) {
            throw tooLong(directory, name);
        }
        MemorySegment.copy(bytes, 0, area, ValueLayout.JAVA_BYTE, length, bytes.length);
        area.set(ValueLayout.JAVA_BYTE, length + bytes.length, (byte) 0);
        return area;
    }

    private static IOException tooLong(Path directory, String name) {
        return Errno.exception(LinuxAbi.ENAMETOOLONG, directory.resolve(name).toString());
    }
}

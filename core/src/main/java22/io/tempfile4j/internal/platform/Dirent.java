package io.tempfile4j.internal.platform;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** The entries of an open directory, which is closed with this; names are bytes, as the kernel has them. */
final class Dirent implements AutoCloseable {

    private static final byte DOT = '.';

    private final Scratch scratch;
    private final int descriptor;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment entry = arena.allocate(LinuxAbi.DIRENT_SIZEOF, Long.BYTES);
    private final MemorySegment result = arena.allocate(ADDRESS);

    /** The stream of the C library; NULL when it could not make one. */
    private final MemorySegment stream;

    private int failure;

    private Dirent(Scratch scratch, int descriptor) {
        this.scratch = scratch;
        this.descriptor = descriptor;
        this.stream = fdopendir(scratch, descriptor);
        this.failure = stream.equals(MemorySegment.NULL) ? scratch.errno() : 0;
    }

    static Dirent open(Scratch scratch, int descriptor) {
        return new Dirent(scratch, descriptor);
    }

    /** False at the end and after a failure. */
    boolean next() {
        while (failure == 0) {
            // readdir(3) tells an error from the end by errno only, which cannot be cleared from here.
            failure = readdir(stream, entry, result);
            if (failure != 0 || result.get(ADDRESS, 0).equals(MemorySegment.NULL)) {
                return false;
            }
            if (!isDots()) {
                return true;
            }
        }
        return false;
    }

    private boolean isDots() {
        int at = LinuxAbi.DIRENT_NAME_OFFSET;
        if (entry.get(JAVA_BYTE, at) != DOT) {
            return false;
        }
        byte second = entry.get(JAVA_BYTE, at + 1L);
        return second == 0 || (second == DOT && entry.get(JAVA_BYTE, at + 2L) == 0);
    }

    /** Valid until the next one. */
    MemorySegment name() {
        return entry.asSlice(LinuxAbi.DIRENT_NAME_OFFSET);
    }

    /** {@link LinuxAbi#DT_DIR} and the like; not every file system tells. */
    int type() {
        return entry.get(JAVA_BYTE, LinuxAbi.DIRENT_TYPE_OFFSET);
    }

    /** An error number, or 0. */
    int failure() {
        return failure;
    }

    @Override
    public void close() {
        if (stream.equals(MemorySegment.NULL)) {
            Libc.close(scratch, descriptor);
        } else {
            closedir(stream);
        }
        arena.close();
    }

    static byte[] bytes(MemorySegment name) {
        int length = 0;
        while (name.get(JAVA_BYTE, length) != 0) {
            length++;
        }
        return name.asSlice(0, length).toArray(JAVA_BYTE);
    }

    static MemorySegment copy(Arena arena, MemorySegment name) {
        byte[] bytes = bytes(name);
        MemorySegment copy = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, copy, JAVA_BYTE, 0, bytes.length);
        return copy;
    }

    private static final class Listing {
        static final MethodHandle FDOPENDIR = Libc.link("fdopendir", ADDRESS, JAVA_INT);
        static final MethodHandle READDIR = Libc.link("readdir_r", JAVA_INT, List.of(), ADDRESS, ADDRESS, ADDRESS);
        static final MethodHandle CLOSEDIR = Libc.link("closedir", JAVA_INT, List.of(), ADDRESS);
    }

    /** NULL for an error, whose number is in the scratch memory. */
    private static MemorySegment fdopendir(Scratch scratch, int descriptor) {
        try {
            return (MemorySegment) Listing.FDOPENDIR.invokeExact(scratch.errno, descriptor);
        } catch (Throwable thrown) {
            throw Libc.unexpected(thrown);
        }
    }

    /** Reads the next entry; 0, or a positive error number. */
    private static int readdir(MemorySegment stream, MemorySegment entry, MemorySegment result) {
        try {
            return (int) Listing.READDIR.invokeExact(stream, entry, result);
        } catch (Throwable thrown) {
            throw Libc.unexpected(thrown);
        }
    }

    private static void closedir(MemorySegment stream) {
        try {
            int ignored = (int) Listing.CLOSEDIR.invokeExact(stream);
        } catch (Throwable thrown) {
            throw Libc.unexpected(thrown);
        }
    }
}

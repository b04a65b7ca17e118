package io.tempfile4j.internal.platform;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the C library that are called, glibc or musl: those that both have.
 *
 * <p>As the kernel does, they return what is not negative on success, and a negative error number on failure. All but
 * {@code close} begin again when a signal interrupts them: after {@code close} the descriptor is gone, and may be
 * another thread's already. Linking takes time: each group is linked when its first function is called.
 */
@SuppressWarnings("restricted") // NativePlatform asks whether it is allowed to, and nothing comes here if not.
final class Libc {

    static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = symbols();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    /** Without one of these there is no native platform; others have a substitute. */
    private static final List<String> NEEDED = List.of(
            "openat",
            "close",
            "pread",
            "pwrite",
            "ftruncate",
            "fsync",
            "fdatasync",
            "lseek",
            "fchmod",
            "fchmodat",
            "fcntl",
            "mkdirat",
            "unlinkat",
            "linkat",
            "renameat",
            "statfs",
            "fdopendir",
            "readdir_r",
            "closedir",
            "strerror");

    private static final int NO_DESCRIPTOR = -1;

    private Libc() {}

    /**
     * The C library, which is open already: glibc has that name, and musl takes it for its own. The JDK's default lookup has
     * to open a library of its own; when no descriptor is left just then, it is empty from then on, for the whole program.
     */
    private static SymbolLookup symbols() {
        try {
            return SymbolLookup.libraryLookup("libc.so.6", Arena.global());
        } catch (IllegalArgumentException unknown) {
            return LINKER.defaultLookup();
        }
    }

    /** Null when all are there. */
    static @Nullable String missingSymbol() {
        for (String name : NEEDED) {
            if (SYMBOLS.find(name).isEmpty()) {
                return name;
            }
        }
        return has("statx") || has("fstatat") ? null : "statx";
    }

    static boolean has(String name) {
        return SYMBOLS.find(name).isPresent();
    }

    static MethodHandle link(String name, MemoryLayout result, List<Linker.Option> options, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                SYMBOLS.find(name).orElseThrow(() -> new IllegalStateException("no " + name)),
                FunctionDescriptor.of(result, arguments),
                options.toArray(Linker.Option[]::new));
    }

    static MethodHandle link(String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(name, result, List.of(ERRNO), arguments);
    }

    /** For functions with {@code ...}, whose later arguments some platforms pass differently. */
    private static MethodHandle linkVariadic(String name, int fixed, MemoryLayout... arguments) {
        return link(name, JAVA_INT, List.of(ERRNO, Linker.Option.firstVariadicArg(fixed)), arguments);
    }

    /**
     * Links what nearly all programs call, and calls each: the JDK prepares a call where it is made for the first time. The
     * kernel refuses them all, for there is neither such a descriptor nor a file whose name is empty.
     */
    static void linkAll() {
        Scratch scratch = Scratch.take();
        try {
            MemorySegment empty = scratch.path("");
            FileStatus.read(scratch, NO_DESCRIPTOR, empty, 0);
            openat(scratch, NO_DESCRIPTOR, empty, LinuxAbi.O_PATH, 0);
            close(scratch, NO_DESCRIPTOR);
            mkdirat(scratch, NO_DESCRIPTOR, empty, 0);
            unlinkat(scratch, NO_DESCRIPTOR, empty, 0);
            fchmod(scratch, NO_DESCRIPTOR, 0);
            pread(scratch, NO_DESCRIPTOR, empty, 0, 0);
            pwrite(scratch, NO_DESCRIPTOR, empty, 0, 0);
            ftruncate(scratch, NO_DESCRIPTOR, 0);
            renameat(scratch, NO_DESCRIPTOR, empty, NO_DESCRIPTOR, empty);
        } finally {
            scratch.give();
        }
    }

    /** A handle of the linker throws nothing but what is a defect here. */
    static AssertionError unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw new AssertionError(thrown);
    }

    private static boolean isInterrupted(Scratch scratch) {
        return scratch.errno() == LinuxAbi.EINTR;
    }

    // ---- Opening and looking

    private static final class Opening {
        static final MethodHandle OPENAT = linkVariadic("openat", 3, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
        static final MethodHandle CLOSE = link("close", JAVA_INT, JAVA_INT);
    }

    private static final class Statx {
        static final MethodHandle STATX = link("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    }

    private static final class Stat {
        static final MethodHandle FSTATAT = link("fstatat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    }

    private static final class Statfs {
        static final MethodHandle STATFS = link("statfs", JAVA_INT, ADDRESS, ADDRESS);
    }

    static int openat(Scratch scratch, int directory, MemorySegment path, int flags, int mode) {
        try {
            int result;
            do {
                result = (int) Opening.OPENAT.invokeExact(scratch.errno, directory, path, flags, mode);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int close(Scratch scratch, int descriptor) {
        try {
            int result = (int) Opening.CLOSE.invokeExact(scratch.errno, descriptor);
            // Interrupted or not, it is closed on Linux.
            return result < 0 && !isInterrupted(scratch) ? -scratch.errno() : 0;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int statx(Scratch scratch, int directory, MemorySegment path, int flags, int mask, MemorySegment status) {
        try {
            int result;
            do {
                result = (int) Statx.STATX.invokeExact(scratch.errno, directory, path, flags, mask, status);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int statfs(Scratch scratch, MemorySegment path, MemorySegment status) {
        try {
            int result;
            do {
                result = (int) Statfs.STATFS.invokeExact(scratch.errno, path, status);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int fstatat(Scratch scratch, int directory, MemorySegment path, MemorySegment status, int flags) {
        try {
            int result;
            do {
                result = (int) Stat.FSTATAT.invokeExact(scratch.errno, directory, path, status, flags);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    // ---- Names

    private static final class Names {
        static final MethodHandle UNLINKAT = link("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle MKDIRAT = link("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    }

    private static final class Moves {
        static final MethodHandle LINKAT = link("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
        static final MethodHandle RENAMEAT = link("renameat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
        static final @Nullable MethodHandle RENAMEAT2 =
                has("renameat2") ? link("renameat2", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT) : null;
    }

    static int unlinkat(Scratch scratch, int directory, MemorySegment path, int flags) {
        try {
            int result;
            do {
                result = (int) Names.UNLINKAT.invokeExact(scratch.errno, directory, path, flags);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int mkdirat(Scratch scratch, int directory, MemorySegment path, int mode) {
        try {
            int result;
            do {
                result = (int) Names.MKDIRAT.invokeExact(scratch.errno, directory, path, mode);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int linkat(Scratch scratch, int from, MemorySegment path, int to, MemorySegment target, int flags) {
        try {
            int result;
            do {
                result = (int) Moves.LINKAT.invokeExact(scratch.errno, from, path, to, target, flags);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int renameat(Scratch scratch, int from, MemorySegment path, int to, MemorySegment target) {
        try {
            int result;
            do {
                result = (int) Moves.RENAMEAT.invokeExact(scratch.errno, from, path, to, target);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** {@code -ENOSYS} also where the C library does not have it. */
    static int renameat2(Scratch scratch, int from, MemorySegment path, int to, MemorySegment target, int flags) {
        MethodHandle renameat2 = Moves.RENAMEAT2;
        if (renameat2 == null) {
            return -LinuxAbi.ENOSYS;
        }
        try {
            int result;
            do {
                result = (int) renameat2.invokeExact(scratch.errno, from, path, to, target, flags);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** Fails with {@code -EEXIST} when there is a target, on every file system that has links. */
    static int renameExclusively(Scratch scratch, int from, MemorySegment path, int to, MemorySegment target) {
        int result = renameat2(scratch, from, path, to, target, LinuxAbi.RENAME_NOREPLACE);
        if (result != -LinuxAbi.EINVAL && result != -LinuxAbi.ENOSYS) {
            return result;
        }
        // Not every file system knows the flag: link(2) does not replace either.
        result = linkat(scratch, from, path, to, target, 0);
        return result < 0 ? result : unlinkat(scratch, from, path, 0);
    }

    // ---- Modes, flags, error texts

    private static final class Modes {
        static final MethodHandle FCHMOD = link("fchmod", JAVA_INT, JAVA_INT, JAVA_INT);
        static final MethodHandle FCHMODAT = link("fchmodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    }

    private static final class Flags {
        static final MethodHandle FCNTL = linkVariadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT);
        static final MethodHandle LSEEK = link("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    }

    private static final class Texts {
        static final MethodHandle STRERROR = link("strerror", ADDRESS, List.of(), JAVA_INT);
    }

    static int fchmod(Scratch scratch, int descriptor, int mode) {
        try {
            int result;
            do {
                result = (int) Modes.FCHMOD.invokeExact(scratch.errno, descriptor, mode);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** Follows links: only for paths that nobody else can change. */
    static int chmod(Scratch scratch, MemorySegment path, int mode) {
        try {
            int result;
            do {
                result = (int) Modes.FCHMODAT.invokeExact(scratch.errno, LinuxAbi.AT_FDCWD, path, mode, 0);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int fcntl(Scratch scratch, int descriptor, int command, int argument) {
        try {
            int result;
            do {
                result = (int) Flags.FCNTL.invokeExact(scratch.errno, descriptor, command, argument);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static long lseek(Scratch scratch, int descriptor, long offset, int whence) {
        try {
            long result = (long) Flags.LSEEK.invokeExact(scratch.errno, descriptor, offset, whence);
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static String strerror(int number) {
        try {
            MemorySegment text = (MemorySegment) Texts.STRERROR.invokeExact(number);
            MemorySegment bounded = text.reinterpret(Integer.MAX_VALUE);
            int length = 0;
            while (bounded.get(JAVA_BYTE, length) != 0) {
                length++;
            }
            // In the locale's charset, as all that the JDK takes from the C library.
            return new String(
                    bounded.asSlice(0, length).toArray(JAVA_BYTE),
                    Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    // ---- Bytes

    private static final class Bytes {
        static final MethodHandle PREAD = link("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
        static final MethodHandle PWRITE = link("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    }

    private static final class Sizes {
        static final MethodHandle FTRUNCATE = link("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
        static final MethodHandle FSYNC = link("fsync", JAVA_INT, JAVA_INT);
        static final MethodHandle FDATASYNC = link("fdatasync", JAVA_INT, JAVA_INT);
    }

    static int pread(Scratch scratch, int descriptor, MemorySegment target, long length, long position) {
        try {
            long result;
            do {
                result = (long) Bytes.PREAD.invokeExact(scratch.errno, descriptor, target, length, position);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : (int) result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int pwrite(Scratch scratch, int descriptor, MemorySegment source, long length, long position) {
        try {
            long result;
            do {
                result = (long) Bytes.PWRITE.invokeExact(scratch.errno, descriptor, source, length, position);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : (int) result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int ftruncate(Scratch scratch, int descriptor, long size) {
        try {
            int result;
            do {
                result = (int) Sizes.FTRUNCATE.invokeExact(scratch.errno, descriptor, size);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    static int fsync(Scratch scratch, int descriptor, boolean metaData) {
        try {
            int result;
            do {
                result = metaData
                        ? (int) Sizes.FSYNC.invokeExact(scratch.errno, descriptor)
                        : (int) Sizes.FDATASYNC.invokeExact(scratch.errno, descriptor);
            } while (result < 0 && isInterrupted(scratch));
            return result < 0 ? -scratch.errno() : result;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }
}

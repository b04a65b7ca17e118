package io.tempfile4j.internal.platform;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Files that never have a name ({@code O_TMPFILE}), and which file systems do not know them. */
final class UnnamedFiles {

    /** Not O_EXCL, which here means that the file can never be given a name. */
    private static final int UNNAMED = LinuxAbi.O_TMPFILE | LinuxAbi.O_RDWR | LinuxAbi.O_CLOEXEC;

    /** The devices of the file systems that do not know them: NFS and overlayfs do not everywhere. */
    private static final Set<Long> UNKNOWN = ConcurrentHashMap.newKeySet();

    private UnnamedFiles() {}

    /** Opens a new one on the file system of the directory; negative for an error. */
    static int open(Scratch scratch, MemorySegment directory, int mode) {
        boolean knownNotTo = !UNKNOWN.isEmpty()
                && FileStatus.read(scratch, LinuxAbi.AT_FDCWD, directory, 0) >= 0
                && UNKNOWN.contains(FileStatus.in(scratch).device());
        return knownNotTo ? -LinuxAbi.EOPNOTSUPP : Libc.openat(scratch, LinuxAbi.AT_FDCWD, directory, UNNAMED, mode);
    }

    /**
     * Whether this is what a file system or kernel says that does not know them (old kernels take it for opening the
     * directory for writing); or else what is said of a directory that is not there.
     */
    static boolean areUnknown(int result) {
        return result == -LinuxAbi.EOPNOTSUPP
                || result == -LinuxAbi.EISDIR
                || result == -LinuxAbi.ENOENT
                || result == -LinuxAbi.EINVAL;
    }

    /** Spares the file system of the directory the question from now on, if the answer was clear. */
    static void remember(Scratch scratch, MemorySegment directory, int result) {
        // A directory that is not there may be made anew a moment later.
        if (result != -LinuxAbi.ENOENT && FileStatus.read(scratch, LinuxAbi.AT_FDCWD, directory, 0) >= 0) {
            UNKNOWN.add(FileStatus.in(scratch).device());
        }
    }
}

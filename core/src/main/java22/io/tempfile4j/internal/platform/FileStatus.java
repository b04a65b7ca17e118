package io.tempfile4j.internal.platform;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What the kernel says about a file: read from an open descriptor, or from a name in an open directory.
 *
 * @param born the instant of its birth in seconds, and the nanoseconds in it; both 0 where the file system knows none
 */
record FileStatus(int mode, int owner, int group, long device, long inode, long size, long born, int bornNanos) {

    /** The name that means the descriptor itself, with {@link LinuxAbi#AT_EMPTY_PATH}. */
    private static final MemorySegment ITSELF = Arena.global().allocate(1);

    private static final int WANTED = LinuxAbi.STATX_TYPE
            | LinuxAbi.STATX_MODE
            | LinuxAbi.STATX_UID
            | LinuxAbi.STATX_GID
            | LinuxAbi.STATX_INO
            | LinuxAbi.STATX_SIZE
            | LinuxAbi.STATX_BTIME;

    /** Containers of old forbid statx(2), old C libraries do not have it: then there is no time of birth. */
    private static final boolean HAS_STATX = Libc.has("statx") && statxWorks();

    private static boolean statxWorks() {
        Scratch scratch = Scratch.take();
        try {
            return statx(scratch, LinuxAbi.AT_FDCWD, ITSELF, LinuxAbi.AT_EMPTY_PATH) != -LinuxAbi.ENOSYS
                    && statx(scratch, LinuxAbi.AT_FDCWD, ITSELF, LinuxAbi.AT_EMPTY_PATH) != -LinuxAbi.EPERM;
        } finally {
            scratch.give();
        }
    }

    /**
     * Asks; the answer is in the scratch memory, for {@link #in}.
     *
     * @return negative for an error
     */
    static int read(Scratch scratch, int directory, MemorySegment name, int flags) {
        return HAS_STATX
                ? statx(scratch, directory, name, flags)
                : Libc.fstatat(scratch, directory, name, scratch.status, flags);
    }

    static int read(Scratch scratch, int descriptor) {
        return read(scratch, descriptor, ITSELF, LinuxAbi.AT_EMPTY_PATH);
    }

    private static int statx(Scratch scratch, int directory, MemorySegment name, int flags) {
        return Libc.statx(scratch, directory, name, flags, WANTED, scratch.status);
    }

    static FileStatus in(Scratch scratch) {
        return HAS_STATX ? ofStatx(scratch.status) : ofStat(scratch.status);
    }

    static FileStatus ofStatx(MemorySegment status) {
        int mask = status.get(JAVA_INT, LinuxAbi.STATX_MASK_OFFSET);
        boolean knowsBirth = (mask & LinuxAbi.STATX_BTIME) != 0;
        return new FileStatus(
                status.get(JAVA_SHORT, LinuxAbi.STATX_MODE_OFFSET) & 0xffff,
                status.get(JAVA_INT, LinuxAbi.STATX_UID_OFFSET),
                status.get(JAVA_INT, LinuxAbi.STATX_GID_OFFSET),
                device(
                        status.get(JAVA_INT, LinuxAbi.STATX_DEV_MAJOR_OFFSET),
                        status.get(JAVA_INT, LinuxAbi.STATX_DEV_MINOR_OFFSET)),
                status.get(JAVA_LONG, LinuxAbi.STATX_INO_OFFSET),
                status.get(JAVA_LONG, LinuxAbi.STATX_SIZE_OFFSET),
                knowsBirth ? status.get(JAVA_LONG, LinuxAbi.STATX_BTIME_SEC_OFFSET) : 0,
                knowsBirth ? status.get(JAVA_INT, LinuxAbi.STATX_BTIME_NSEC_OFFSET) : 0);
    }

    static FileStatus ofStat(MemorySegment status) {
        return new FileStatus(
                status.get(JAVA_INT, LinuxAbi.STAT_MODE_OFFSET),
                status.get(JAVA_INT, LinuxAbi.STAT_UID_OFFSET),
                status.get(JAVA_INT, LinuxAbi.STAT_GID_OFFSET),
                status.get(JAVA_LONG, LinuxAbi.STAT_DEV_OFFSET),
                status.get(JAVA_LONG, LinuxAbi.STAT_INO_OFFSET),
                status.get(JAVA_LONG, LinuxAbi.STAT_SIZE_OFFSET),
                0,
                0);
    }

    /** As stat(2) puts the two numbers together: makedev(3). */
    private static long device(int major, int minor) {
        long high = Integer.toUnsignedLong(major);
        long low = Integer.toUnsignedLong(minor);
        return ((high & 0xfffff000L) << 32) | ((high & 0xfffL) << 8) | ((low & 0xffffff00L) << 12) | (low & 0xffL);
    }

    boolean isDirectory() {
        return (mode & LinuxAbi.S_IFMT) == LinuxAbi.S_IFDIR;
    }

    /** Whether a file may replace it: {@link Attributes#requireReplaceable}. */
    boolean isReplaceable() {
        int kind = mode & LinuxAbi.S_IFMT;
        return kind == LinuxAbi.S_IFREG || kind == LinuxAbi.S_IFLNK;
    }

    Attributes attributes() {
        int kind = mode & LinuxAbi.S_IFMT;
        return new Attributes(
                kind == LinuxAbi.S_IFREG,
                kind == LinuxAbi.S_IFLNK,
                kind == LinuxAbi.S_IFDIR,
                Mode.permissions(mode),
                owner,
                group);
    }

    Identity identity() {
        return new Identity(new InodeKey(device, inode, born, bornNanos), isDirectory());
    }

    /** The same without the time of birth, for where it may change. */
    Identity identityWithoutBirth() {
        return new Identity(new InodeKey(device, inode, 0, 0), isDirectory());
    }

    /** Whether it is what was made, given the time of birth if that was known then. */
    boolean is(Identity made) {
        return made.key() instanceof InodeKey key
                && key.device() == device
                && key.inode() == inode
                && made.directory() == isDirectory()
                && (key.hasNoBirth() || (key.born() == born && key.bornNanos() == bornNanos));
    }

    boolean isSameInode(FileStatus other) {
        return device == other.device && inode == other.inode;
    }

    /**
     * What an inode is recognised by. Numbers of inodes are used again for what is made later; the time of birth is not:
     * nobody can set it.
     */
    record InodeKey(long device, long inode, long born, int bornNanos) implements Inode {

        boolean hasNoBirth() {
            return born == 0 && bornNanos == 0;
        }

        /** As the JDK writes what it knows: the journal of a process is read by others, with the other back-end. */
        @Override
        public String toString() {
            String birth = hasNoBirth() ? "" : ",born=" + born + "." + bornNanos;
            return "(dev=" + Long.toHexString(device) + ",ino=" + inode + birth + ")";
        }
    }
}

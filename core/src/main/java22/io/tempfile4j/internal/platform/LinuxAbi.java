package io.tempfile4j.internal.platform;

/**
 * The numbers of the kernel that are used, under their names in C; offsets in structures are named after the field. The
 * same for glibc and musl; a few differ by architecture. A test compares all of them with the headers of the machine.
 */
final class LinuxAbi {

    private static final String ARCHITECTURE = System.getProperty("os.arch", "");
    private static final boolean X86_64 = ARCHITECTURE.equals("amd64") || ARCHITECTURE.equals("x86_64");
    private static final boolean AARCH64 = ARCHITECTURE.equals("aarch64");

    // ---- open(2)

    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_NONBLOCK = 04000;
    static final int O_DIRECTORY = X86_64 ? 0200000 : 040000;
    static final int O_NOFOLLOW = X86_64 ? 0400000 : 0100000;
    static final int O_CLOEXEC = 02000000;
    static final int O_PATH = 010000000;
    static final int O_TMPFILE = 020000000 | O_DIRECTORY;

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_SYMLINK_FOLLOW = 0x400;
    static final int AT_EMPTY_PATH = 0x1000;

    static final int F_SETFD = 2;
    static final int FD_CLOEXEC = 1;
    static final int SEEK_CUR = 1;
    static final int RENAME_NOREPLACE = 1;

    // ---- inode(7)

    static final int S_IFMT = 0170000;
    static final int S_IFDIR = 0040000;
    static final int S_IFREG = 0100000;
    static final int S_IFLNK = 0120000;
    static final int S_ISGID = 02000;

    // ---- statx(2): the structure is the same everywhere

    static final int STATX_TYPE = 0x1;
    static final int STATX_MODE = 0x2;
    static final int STATX_UID = 0x8;
    static final int STATX_GID = 0x10;
    static final int STATX_INO = 0x100;
    static final int STATX_SIZE = 0x200;
    static final int STATX_BTIME = 0x800;

    static final int STATX_MASK_OFFSET = 0;
    static final int STATX_UID_OFFSET = 20;
    static final int STATX_GID_OFFSET = 24;
    static final int STATX_MODE_OFFSET = 28;
    static final int STATX_INO_OFFSET = 32;
    static final int STATX_SIZE_OFFSET = 40;
    static final int STATX_BTIME_SEC_OFFSET = 80;
    static final int STATX_BTIME_NSEC_OFFSET = 88;
    static final int STATX_DEV_MAJOR_OFFSET = 136;
    static final int STATX_DEV_MINOR_OFFSET = 140;
    static final int STATX_SIZEOF = 256;

    // ---- stat(2), for C libraries without statx

    static final int STAT_DEV_OFFSET = 0;
    static final int STAT_INO_OFFSET = 8;
    static final int STAT_MODE_OFFSET = X86_64 ? 24 : 16;
    static final int STAT_UID_OFFSET = X86_64 ? 28 : 24;
    static final int STAT_GID_OFFSET = X86_64 ? 32 : 28;
    static final int STAT_SIZE_OFFSET = 48;

    // ---- statfs(2)

    static final int STATFS_TYPE_OFFSET = 0;
    static final int OVERLAYFS_SUPER_MAGIC = 0x794c7630;

    // ---- readdir(3)

    static final int DIRENT_TYPE_OFFSET = 18;
    static final int DIRENT_NAME_OFFSET = 19;
    static final int DIRENT_SIZEOF = 280;
    static final int DT_DIR = 4;

    // ---- errno(3)

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int EXDEV = 18;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int EMLINK = 31;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int ENOTEMPTY = 39;
    static final int ELOOP = 40;
    static final int EOPNOTSUPP = 95;

    /** PATH_MAX; what is longer the kernel does not take. */
    static final int PATH_MAX = 4096;

    private LinuxAbi() {}

    static boolean isKnown() {
        return X86_64 || AARCH64;
    }
}

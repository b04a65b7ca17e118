package io.tempfile4j.internal.platform;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes, recognises and removes entries by the calls of Linux: recognises and removes relative to an open descriptor of
 * the directory, and makes by path.
 *
 * <p>By path what is made is where its path says, in whichever directory that is by then, and nothing need be asked before.
 * It is safe because it is exclusive. What a file is, is asked of its descriptor; what something else is, of its name.
 */
final class LinuxDirectory implements Directory {

    private static final int NEW =
            LinuxAbi.O_RDWR | LinuxAbi.O_CREAT | LinuxAbi.O_EXCL | LinuxAbi.O_NOFOLLOW | LinuxAbi.O_CLOEXEC;

    private static final int LOCATE = LinuxAbi.O_PATH | LinuxAbi.O_NOFOLLOW | LinuxAbi.O_CLOEXEC;

    private final Path path;

    /** The path as the kernel takes it, with a slash at its end. */
    private final byte[] prefix;

    private final OpenDirectory open;
    private volatile boolean madeBefore;

    /** What is known of the last device on which a directory was recognised. */
    private volatile @Nullable Layers layers;

    /** Whether its file system was seen to know {@code O_TMPFILE}. */
    private volatile boolean makesWithoutName;

    private LinuxDirectory(Path path) {
        this.path = path;
        byte[] bytes = PathBytes.of(path);
        this.open = new OpenDirectory(path, bytes);
        this.prefix = Arrays.copyOf(bytes, bytes.length + 1);
        this.prefix[bytes.length] = '/';
    }

    /** Takes no descriptor yet. */
    static Directory open(Path path) throws IOException {
        Directory portable = PortableDirectory.open(path);
        return path.getFileSystem().equals(FileSystems.getDefault()) ? new LinuxDirectory(path) : portable;
    }

    /** One that is known to be there, on the default file system. */
    static LinuxDirectory at(Path path) {
        return new LinuxDirectory(path);
    }

    /** The directory as this platform has it; null when it is on another file system provider. */
    static @Nullable LinuxDirectory of(Directory directory) {
        if (directory instanceof LinuxDirectory linux) {
            return linux;
        }
        if (directory instanceof TieredDirectory tiered) {
            return tiered.linux();
        }
        return directory.path().getFileSystem().equals(FileSystems.getDefault())
                ? new LinuxDirectory(directory.path())
                : null;
    }

    @Override
    public Path path() {
        return path;
    }

    String show(String name) {
        return path.resolve(name).toString();
    }

    // ---- Names in the open directory, or in its path when descriptors have run out

    private MemorySegment at(Scratch scratch, @Nullable Descriptor directory, String name) throws IOException {
        return directory == null ? pathOf(scratch, name) : scratch.name(path, name);
    }

    private static int number(@Nullable Descriptor directory) {
        return directory == null ? LinuxAbi.AT_FDCWD : directory.number();
    }

    private static void release(@Nullable Descriptor directory, Scratch scratch) {
        if (directory != null) {
            directory.release(scratch);
        }
    }

    // ---- Making

    /**
     * Opens the directory for the removals to come, from the second making on, and holds it: for one making, or for a
     * removal or move only, it would be open until the garbage collector comes, and a program that does that in a loop
     * would run out of descriptors.
     */
    private void expectRemovals(Scratch scratch) throws IOException {
        if (madeBefore) {
            open.holdNow(scratch);
        }
        madeBefore = true;
    }

    private MemorySegment pathOf(Scratch scratch, String name) throws IOException {
        return scratch.path(path, prefix, name);
    }

    @Override
    public MadeFile createFile(String name, Set<PosixFilePermission> permissions) throws IOException {
        Scratch scratch = Scratch.take();
        try {
            return create(scratch, name, name, Mode.of(permissions));
        } finally {
            scratch.give();
        }
    }

    /** @param known the name that messages call it by; null if it is going to lose it */
    private MadeFile create(Scratch scratch, String name, @Nullable String known, int mode) throws IOException {
        expectRemovals(scratch);
        MemorySegment at = pathOf(scratch, name);
        int file = Libc.openat(scratch, LinuxAbi.AT_FDCWD, at, NEW, mode);
        check(file, name);
        try {
            check(ensureMode(scratch, file, mode), name);
            Identity identity = FileStatus.in(scratch).identity();
            return new MadeFile(new LinuxHandle(path, known, new Descriptor(file)), identity);
        } catch (Throwable failure) {
            try {
                undo(scratch, at, name, 0, failure);
            } finally {
                Libc.close(scratch, file);
            }
            throw failure;
        }
    }

    /** Removes what was created; a failure to do so is added to the other one: the caller keeps it on record then. */
    private void undo(Scratch scratch, MemorySegment created, String name, int flags, Throwable failure) {
        int result = Libc.unlinkat(scratch, LinuxAbi.AT_FDCWD, created, flags);
        if (result < 0 && result != -LinuxAbi.ENOENT) {
            Undo.suppress(failure, Errno.exception(-result, show(name)));
        }
    }

    /** Asks the kernel what it has made, and gives it what the umask took. */
    private static int ensureMode(Scratch scratch, int file, int mode) {
        int result = FileStatus.read(scratch, file);
        if (result >= 0 && (FileStatus.in(scratch).mode() & Mode.PERMISSIONS) != mode) {
            // File systems without permissions refuse, or do nothing: what is in them stays as they are mounted.
            Libc.fchmod(scratch, file, mode);
        }
        return result;
    }

    /** The JDK has to open it, since nothing else makes its channels; so close-on-exec comes a moment later. */
    @Override
    public FileChannel createChannel(String name, Set<PosixFilePermission> permissions) throws IOException {
        Scratch scratch = Scratch.take();
        try {
            Path file = path.resolve(name);
            Procfs.Opened opened = Procfs.open(
                    file, file, Set.of(CREATE_NEW, READ, WRITE), PosixFilePermissions.asFileAttribute(permissions));
            try {
                if (opened.descriptor() >= 0) {
                    check(ensureMode(scratch, opened.descriptor(), Mode.of(permissions)), name);
                }
                return opened.channel();
            } catch (Throwable failure) {
                Undo.close(failure, opened.channel());
                undo(scratch, pathOf(scratch, name), name, 0, failure);
                throw failure;
            }
        } finally {
            scratch.give();
        }
    }

    @Override
    public FileHandle createUnnamed(String name, Set<PosixFilePermission> permissions) throws IOException {
        int mode = Mode.of(permissions);
        Scratch scratch = Scratch.take();
        try {
            int file = UnnamedFiles.open(scratch, open.cPath(), mode);
            if (!UnnamedFiles.areUnknown(file)) {
                check(file, name);
                try {
                    check(ensureMode(scratch, file, mode), name);
                    makesWithoutName = true;
                    return new LinuxHandle(path, null, new Descriptor(file));
                } catch (Throwable failure) {
                    Libc.close(scratch, file);
                    throw failure;
                }
            }
            UnnamedFiles.remember(scratch, open.cPath(), file);
            return createUnlinked(scratch, name, mode);
        } finally {
            scratch.give();
            Reference.reachabilityFence(open);
        }
    }

    @Override
    public boolean makesWithoutName() {
        return makesWithoutName;
    }

    private FileHandle createUnlinked(Scratch scratch, String name, int mode) throws IOException {
        MadeFile made = create(scratch, name, null, mode);
        try {
            removeFile(name, made.identity());
            return made.handle();
        } catch (Throwable failure) {
            Undo.close(failure, made.handle());
            undo(scratch, pathOf(scratch, name), name, 0, failure);
            throw failure;
        }
    }

    @Override
    public Identity createDirectory(String name, Set<PosixFilePermission> permissions) throws IOException {
        int mode = Mode.of(permissions);
        Scratch scratch = Scratch.take();
        try {
            expectRemovals(scratch);
            MemorySegment at = pathOf(scratch, name);
            check(Libc.mkdirat(scratch, LinuxAbi.AT_FDCWD, at, mode), name);
            try {
                check(FileStatus.read(scratch, LinuxAbi.AT_FDCWD, at, LinuxAbi.AT_SYMLINK_NOFOLLOW), name);
                FileStatus made = FileStatus.in(scratch);
                if ((made.mode() & Mode.PERMISSIONS) != mode) {
                    grant(scratch, at, made, mode);
                }
                return identity(scratch, made);
            } catch (Throwable failure) {
                // Written once more: granting has used the memory for another path.
                undo(scratch, pathOf(scratch, name), name, LinuxAbi.AT_REMOVEDIR, failure);
                throw failure;
            }
        } finally {
            scratch.give();
        }
    }

    /**
     * Gives a new directory what the umask took, by a descriptor that only locates it, so that it need not be readable.
     * When that cannot be done it stays stricter than was asked for.
     */
    private static void grant(Scratch scratch, MemorySegment at, FileStatus made, int mode) {
        int located = Libc.openat(scratch, LinuxAbi.AT_FDCWD, at, LOCATE | LinuxAbi.O_DIRECTORY, 0);
        if (located < 0) {
            return;
        }
        try {
            if (FileStatus.read(scratch, located) >= 0 && FileStatus.in(scratch).isSameInode(made)) {
                Libc.chmod(scratch, scratch.pathOf(located), mode | (made.mode() & LinuxAbi.S_ISGID));
            }
        } finally {
            Libc.close(scratch, located);
        }
    }

    // ---- Recognising

    /** By path, as it was made by whoever asks. */
    @Override
    public Identity identify(String name) throws IOException {
        Scratch scratch = Scratch.take();
        try {
            check(readAtPath(scratch, name), name);
            return identity(scratch, FileStatus.in(scratch));
        } finally {
            scratch.give();
        }
    }

    @Override
    public @Nullable Attributes attributes(String name) throws IOException {
        Scratch scratch = Scratch.take();
        try {
            int result = readAtPath(scratch, name);
            if (result == -LinuxAbi.ENOENT) {
                return null;
            }
            check(result, name);
            return FileStatus.in(scratch).attributes();
        } finally {
            scratch.give();
        }
    }

    /** A directory of a lower layer of overlayfs is made anew in the upper one when something in it changes. */
    private Identity identity(Scratch scratch, FileStatus status) {
        return status.isDirectory() && mayBeBornAgain(scratch, status.device())
                ? status.identityWithoutBirth()
                : status.identity();
    }

    /** Asked once for a device: if another file system got its number, a directory would look like another one, and stay. */
    private boolean mayBeBornAgain(Scratch scratch, long device) {
        Layers known = layers;
        if (known == null || known.device() != device) {
            boolean layered = Libc.statfs(scratch, open.cPath(), scratch.status) < 0
                    || scratch.status.get(ValueLayout.JAVA_LONG, LinuxAbi.STATFS_TYPE_OFFSET)
                            == LinuxAbi.OVERLAYFS_SUPER_MAGIC;
            known = new Layers(device, layered);
            layers = known;
        }
        return known.layered();
    }

    private record Layers(long device, boolean layered) {}

    private int readAtPath(Scratch scratch, String name) throws IOException {
        return FileStatus.read(scratch, LinuxAbi.AT_FDCWD, pathOf(scratch, name), LinuxAbi.AT_SYMLINK_NOFOLLOW);
    }

    /** Opens it to be located only, looks whether it is the one, and lets the JDK open exactly that. */
    @Override
    public FileChannel open(String name, Identity identity, Set<? extends OpenOption> options) throws IOException {
        Set<OpenOption> asked = new HashSet<>(options);
        // Opening must not make a file, nor remove the name of a descriptor.
        asked.remove(CREATE);
        boolean deleteOnClose = asked.remove(DELETE_ON_CLOSE);
        Scratch scratch = Scratch.take();
        try {
            int located = Libc.openat(scratch, LinuxAbi.AT_FDCWD, pathOf(scratch, name), LOCATE, 0);
            check(located, name);
            FileChannel channel;
            try {
                check(FileStatus.read(scratch, located), name);
                if (!FileStatus.in(scratch).is(identity)) {
                    throw somethingElse(name);
                }
                channel = Procfs.open(located, path.resolve(name), asked);
            } finally {
                Libc.close(scratch, located);
            }
            if (deleteOnClose) {
                removeFile(name, identity);
            }
            return channel;
        } finally {
            scratch.give();
        }
    }

    private NoSuchFileException somethingElse(String name) {
        return new NoSuchFileException(show(name), null, "something else is there now, the file that was made is not");
    }

    // ---- Removing

    @Override
    public Removal removeFile(String name, Identity identity) throws IOException {
        return remove(name, (scratch, directory) -> removeFile(scratch, directory, name, identity));
    }

    private Removal removeFile(Scratch scratch, @Nullable Descriptor directory, String name, Identity identity)
            throws IOException {
        MemorySegment at = at(scratch, directory, name);
        int result = FileStatus.read(scratch, number(directory), at, LinuxAbi.AT_SYMLINK_NOFOLLOW);
        if (result >= 0) {
            if (!FileStatus.in(scratch).is(identity)) {
                return Removal.STRANGER;
            }
            result = Libc.unlinkat(scratch, number(directory), at, 0);
        }
        if (result == -LinuxAbi.ENOENT) {
            return Removal.ABSENT;
        }
        check(result, name);
        return Removal.REMOVED;
    }

    private Removal remove(String name, Step step) throws IOException {
        Scratch scratch = Scratch.take();
        @Nullable Descriptor directory = null;
        try {
            directory = open.acquireAny(scratch);
            Removal removal = step.in(scratch, directory);
            if (removal != Removal.ABSENT || directory == null || readAtPath(scratch, name) < 0) {
                return removal;
            }
            // Nothing there and yet something at the path: the directory that is open was moved or made anew.
            release(directory, scratch);
            directory = null;
            directory = open.acquireHere(scratch);
            return step.in(scratch, directory);
        } catch (NoSuchFileException directoryIsGone) {
            return Removal.ABSENT;
        } finally {
            release(directory, scratch);
            scratch.give();
        }
    }

    @FunctionalInterface
    private interface Step {
        Removal in(Scratch scratch, @Nullable Descriptor directory) throws IOException;
    }

    @Override
    public Removal removeTree(String name, Identity identity) throws IOException {
        return remove(
                name,
                (scratch, directory) -> LinuxTreeRemoval.remove(
                        scratch, number(directory), at(scratch, directory, name), path.resolve(name), identity));
    }

    // ---- Moving and linking

    /** Gives the file of the descriptor a name; negative for an error. */
    int link(Scratch scratch, int descriptor, String name) throws IOException {
        return Libc.linkat(
                scratch,
                LinuxAbi.AT_FDCWD,
                scratch.pathOf(descriptor),
                LinuxAbi.AT_FDCWD,
                scratch.secondPath(path, prefix, name),
                LinuxAbi.AT_SYMLINK_FOLLOW);
    }

    /** From the open directory, where it is recognised, to a path. */
    @Override
    public void rename(String name, Identity identity, Directory to, String target, boolean replace)
            throws IOException {
        LinuxDirectory there = of(to);
        if (there == null) {
            throw new AtomicMoveNotSupportedException(
                    show(name), to.path().resolve(target).toString(), "not on the same file system");
        }
        Scratch scratch = Scratch.take();
        @Nullable Descriptor source = null;
        try {
            source = open.acquireAny(scratch);
            int found =
                    FileStatus.read(scratch, number(source), at(scratch, source, name), LinuxAbi.AT_SYMLINK_NOFOLLOW);
            if (found == -LinuxAbi.ENOENT && source != null) {
                // The directory that is open was moved or made anew.
                release(source, scratch);
                source = null;
                source = open.acquireHere(scratch);
                found = FileStatus.read(
                        scratch, number(source), at(scratch, source, name), LinuxAbi.AT_SYMLINK_NOFOLLOW);
            }
            check(found, name);
            if (!FileStatus.in(scratch).is(identity)) {
                throw somethingElse(name);
            }
            MemorySegment from = at(scratch, source, name);
            MemorySegment onto = scratch.secondPath(there.path, there.prefix, target);
            if (replace && !identity.directory()) {
                requireReplaceable(scratch, onto, there, target);
            }
            int result = replace
                    ? Libc.renameat(scratch, number(source), from, LinuxAbi.AT_FDCWD, onto)
                    : Libc.renameExclusively(scratch, number(source), from, LinuxAbi.AT_FDCWD, onto);
            if (result < 0) {
                throw Errno.exception(-result, show(name), there.show(target));
            }
        } finally {
            release(source, scratch);
            scratch.give();
        }
    }

    /**
     * Checks the target directly before the rename. rename(2) has no flag for it, so a race remains: an entry that appears
     * between the two calls is replaced. Only a user who may write to the target's directory can use it, and that user
     * could remove the entry anyway.
     */
    private static void requireReplaceable(Scratch scratch, MemorySegment target, LinuxDirectory directory, String name)
            throws IOException {
        int result = FileStatus.read(scratch, LinuxAbi.AT_FDCWD, target, LinuxAbi.AT_SYMLINK_NOFOLLOW);
        if (result >= 0) {
            FileStatus found = FileStatus.in(scratch);
            if (!found.isReplaceable()) {
                throw Attributes.notReplaceable(directory.path.resolve(name), found.isDirectory());
            }
        }
        // Any other failure is reported by the rename itself.
    }

    @Override
    public void force() throws IOException {
        Scratch scratch = Scratch.take();
        try {
            int readable = Libc.openat(
                    scratch,
                    LinuxAbi.AT_FDCWD,
                    open.cPath(),
                    LinuxAbi.O_RDONLY | LinuxAbi.O_DIRECTORY | LinuxAbi.O_CLOEXEC,
                    0);
            if (readable < 0) {
                throw Errno.exception(-readable, path.toString());
            }
            int result = Libc.fsync(scratch, readable, true);
            Libc.close(scratch, readable);
            if (result < 0) {
                throw Errno.exception(-result, path.toString(), Errno.Operation.FORCE, 0);
            }
        } finally {
            scratch.give();
        }
    }

    // ---- The descriptor

    @Override
    public void hold() throws IOException {
        Scratch scratch = Scratch.take();
        try {
            open.holdNow(scratch);
        } finally {
            scratch.give();
        }
    }

    @Override
    public void release() {
        madeBefore = false;
        open.release();
    }

    private void check(int result, String name) throws IOException {
        if (result < 0) {
            throw Errno.exception(-result, show(name));
        }
    }
}

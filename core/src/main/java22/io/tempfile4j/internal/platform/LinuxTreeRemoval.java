package io.tempfile4j.internal.platform;

import io.tempfile4j.internal.platform.Directory.Removal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Removes a tree relative to open descriptors, with constant stack and a constant number of descriptors: what
 * {@link SecureTreeRemoval} does, which says how links, depth, mounts and others at work are dealt with.
 *
 * <p>Two things the system calls do better. A directory is opened as one ({@code O_DIRECTORY}): a named pipe that is put
 * in its place cannot make the opening wait. And one that its owner may not read is given permissions by a descriptor
 * that only locates it: nobody can put anything else in its place meanwhile.
 */
final class LinuxTreeRemoval {

    private static final int ENTER =
            LinuxAbi.O_RDONLY | LinuxAbi.O_DIRECTORY | LinuxAbi.O_NOFOLLOW | LinuxAbi.O_NONBLOCK | LinuxAbi.O_CLOEXEC;

    private static final int LOCATE = LinuxAbi.O_PATH | LinuxAbi.O_DIRECTORY | LinuxAbi.O_NOFOLLOW | LinuxAbi.O_CLOEXEC;

    private static final int OWNER_ONLY = 0700;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_DEPTH_UNMOVABLE = 64;
    private static final int MAX_PASSES = 16;
    private static final int MAX_MOVED_NAME = 64;

    private static final MemorySegment SELF = Arena.global().allocateFrom(".", StandardCharsets.US_ASCII);

    private final Scratch scratch;
    /** Names of directories that were moved into the root: of the one that is emptied, and of the next one. */
    private final MemorySegment emptied;

    private final MemorySegment target;
    private final Path rootPath;
    private final int root;
    private final Remnants remnants;
    private final String movedPrefix = Names.system().next(new Names.Pattern("moved", 16, "-"));
    private long moved;

    private LinuxTreeRemoval(Scratch scratch, Arena arena, Path rootPath, int root) {
        this.scratch = scratch;
        this.emptied = arena.allocate(MAX_MOVED_NAME);
        this.target = arena.allocate(MAX_MOVED_NAME);
        this.rootPath = rootPath;
        this.root = root;
        this.remnants = new Remnants(rootPath);
    }

    /** Where in the tree a directory is; put together only for messages. */
    private static final class Place {
        final @Nullable Place parent;
        final byte[] name;

        Place(@Nullable Place parent, byte[] name) {
            this.parent = parent;
            this.name = name;
        }
    }

    /** Removes the entry of an open directory, if it is the one that is meant. */
    static Removal remove(Scratch scratch, int parent, MemorySegment entry, Path path, Identity identity)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            // The scratch memory it is in is used for other things.
            MemorySegment name = Dirent.copy(arena, entry);
            int result = FileStatus.read(scratch, parent, name, LinuxAbi.AT_SYMLINK_NOFOLLOW);
            if (result == -LinuxAbi.ENOENT) {
                return Removal.ABSENT;
            }
            check(result, path);
            if (!FileStatus.in(scratch).is(identity)) {
                return Removal.STRANGER;
            }
            // Most are empty, or were emptied. Why another cannot be removed, the removal of what is in it will say.
            if (Libc.unlinkat(scratch, parent, name, LinuxAbi.AT_REMOVEDIR) == 0) {
                return Removal.REMOVED;
            }
            int root = openRoot(scratch, parent, name, identity);
            if (root == -LinuxAbi.ENOENT) {
                return Removal.ABSENT;
            }
            check(root, path);
            try {
                // Asked of what is open: from here on nothing can be put in its place.
                check(FileStatus.read(scratch, root), path);
                if (!FileStatus.in(scratch).is(identity)) {
                    return Removal.STRANGER;
                }
                new LinuxTreeRemoval(scratch, arena, path, root).removeRoot(parent, name);
                return Removal.REMOVED;
            } finally {
                Libc.close(scratch, root);
            }
        }
    }

    private static void check(int result, Path path) throws IOException {
        if (result < 0) {
            throw Errno.exception(-result, path.toString());
        }
    }

    private static int openRoot(Scratch scratch, int parent, MemorySegment name, Identity identity) {
        int root = Libc.openat(scratch, parent, name, ENTER, 0);
        if (root == -LinuxAbi.EACCES && grant(scratch, parent, name, identity)) {
            root = Libc.openat(scratch, parent, name, ENTER, 0);
        }
        return root;
    }

    /** Gives the owner all permissions on a directory; on nothing else, whose mode its hard links share. */
    private static boolean grant(Scratch scratch, int parent, MemorySegment name, @Nullable Identity expected) {
        int located = Libc.openat(scratch, parent, name, LOCATE, 0);
        if (located < 0) {
            return false;
        }
        boolean meant = expected == null
                || (FileStatus.read(scratch, located) >= 0
                        && FileStatus.in(scratch).is(expected));
        boolean granted = meant && Libc.chmod(scratch, scratch.pathOf(located), OWNER_ONLY) >= 0;
        Libc.close(scratch, located);
        return granted;
    }

    private void removeRoot(int parent, MemorySegment name) throws IOException {
        long done = 0;
        for (int passes = 0; passes < MAX_PASSES; passes++) {
            int opened = Libc.openat(scratch, root, SELF, ENTER, 0);
            if (opened == -LinuxAbi.EACCES && Libc.fchmod(scratch, root, OWNER_ONLY) >= 0) {
                opened = Libc.openat(scratch, root, SELF, ENTER, 0);
            }
            check(opened, rootPath);
            pass(opened, null, 0);
            for (; done < moved; done++) {
                remove(root, movedName(emptied, done), LinuxAbi.DT_DIR, null, 0);
            }
            remnants.throwIfAny();
            int result = Libc.unlinkat(scratch, parent, name, LinuxAbi.AT_REMOVEDIR);
            if (!isNotEmpty(result)) {
                check(result == -LinuxAbi.ENOENT ? 0 : result, rootPath);
                return;
            }
        }
        throw Remnants.refilled(rootPath);
    }

    private MemorySegment movedName(MemorySegment name, long number) {
        name.setString(0, movedPrefix + number, StandardCharsets.US_ASCII);
        return name;
    }

    /** Removes what the directory lists, and closes it. */
    private void pass(int directory, @Nullable Place place, int depth) {
        try (Dirent entries = Dirent.open(scratch, directory)) {
            while (entries.next()) {
                remove(directory, entries.name(), entries.type(), place, depth);
            }
            if (entries.failure() != 0) {
                Path path = path(place);
                remnants.add(path, Errno.exception(entries.failure(), path.toString()));
            }
        }
    }

    private void remove(int directory, MemorySegment name, int type, @Nullable Place place, int depth) {
        int result = removeEntry(directory, name, type, place, depth);
        if (result == -LinuxAbi.EACCES && Libc.fchmod(scratch, directory, OWNER_ONLY) >= 0) {
            // The directory may not be written to.
            result = removeEntry(directory, name, type, place, depth);
        }
        if (result == -LinuxAbi.EACCES && grant(scratch, directory, name, null)) {
            // The entry may not be read or moved.
            result = removeEntry(directory, name, type, place, depth);
        }
        // What vanished was to go anyway; what was a directory may have become a link, say.
        if (result < 0 && result != -LinuxAbi.ENOENT && !tryUnlink(directory, name)) {
            Path path = path(new Place(place, Dirent.bytes(name)));
            remnants.add(path, Errno.exception(-result, path.toString()));
        }
    }

    /** Whether it is gone. */
    private boolean tryUnlink(int directory, MemorySegment name) {
        int result = Libc.unlinkat(scratch, directory, name, 0);
        return result >= 0 || result == -LinuxAbi.ENOENT;
    }

    private int removeEntry(int directory, MemorySegment name, int type, @Nullable Place place, int depth) {
        if (type != LinuxAbi.DT_DIR) {
            int result = Libc.unlinkat(scratch, directory, name, 0);
            if (result != -LinuxAbi.EISDIR) {
                return result;
            }
        }
        return removeDirectory(directory, name, place, depth);
    }

    private int removeDirectory(int parent, MemorySegment name, @Nullable Place parentPlace, int depth) {
        int result = Libc.unlinkat(scratch, parent, name, LinuxAbi.AT_REMOVEDIR);
        if (!isNotEmpty(result)) {
            return result;
        }
        if (depth >= MAX_DEPTH) {
            result = Libc.renameat(scratch, parent, name, root, movedName(target, moved));
            if (result >= 0) {
                moved++;
                return 0;
            }
            if (result != -LinuxAbi.EXDEV || depth >= MAX_DEPTH_UNMOVABLE) {
                return result;
            }
        }
        Place place = new Place(parentPlace, Dirent.bytes(name));
        long before = remnants.count();
        for (int passes = 0; passes < MAX_PASSES; passes++) {
            int opened = Libc.openat(scratch, parent, name, ENTER, 0);
            if (opened < 0) {
                return opened;
            }
            pass(opened, place, depth + 1);
            if (remnants.count() > before) {
                return 0;
            }
            result = Libc.unlinkat(scratch, parent, name, LinuxAbi.AT_REMOVEDIR);
            if (!isNotEmpty(result)) {
                return result;
            }
        }
        Path path = path(place);
        remnants.add(path, Remnants.refilled(path));
        return 0;
    }

    private static boolean isNotEmpty(int result) {
        return result == -LinuxAbi.ENOTEMPTY || result == -LinuxAbi.EEXIST;
    }

    private Path path(@Nullable Place place) {
        return place == null ? rootPath : PathBytes.resolve(path(place.parent), place.name);
    }
}

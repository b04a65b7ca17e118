package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.tempfile4j.internal.platform.Directory.Removal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** Removes a tree relative to open directory handles, with constant stack and a constant number of descriptors. */
final class SecureTreeRemoval {
    /*
     * Links. Every call names one entry of an open directory. What is not a directory is unlinked, which takes a link
     * and not its target. A directory is entered by opening it without following links, so that one which is swapped
     * for a link after it was looked at is not entered (CVE-2023-6597 is what happens otherwise).
     *
     * Depth. Down to MAX_DEPTH a directory is emptied recursively. What lies deeper is renamed into the root of the
     * tree, under a name with a running number, and emptied from there: no queue is kept, the numbers are the queue.
     * Names, never paths, are given to the system, so that PATH_MAX does not matter. Where a directory cannot be renamed
     * (one of a lower layer of overlayfs, say) recursion goes on for a while.
     *
     * Mounts. rmdir(2) is tried before a directory is entered: it says EBUSY of a mount point, also of a bind mount,
     * which the device number would not show; and it spares an empty directory the opening.
     *
     * Permissions. See Access. Only directories are given any: the mode of a file belongs to all its hard links.
     *
     * Others at work. What vanishes was to go anyway. A directory that is not empty after it was emptied is looked
     * through again, a bounded number of times.
     *
     * Limit. The JDK opens a directory without O_DIRECTORY: who owns a directory in the tree, and swaps what is in it
     * for a named pipe just then, can make the opening wait.
     */

    /** The JDK takes two descriptors for each directory that is open. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_DEPTH_UNMOVABLE = 64;
    private static final int MAX_PASSES = 16;

    private final Path rootPath;
    private final SecureDirectoryStream<Path> root;
    private final Remnants remnants;
    private final String movedPrefix = Names.system().next(new Names.Pattern("moved", 16, "-"));
    private long moved;

    /** Whether the entry before was a directory: tells which of two calls is the more probable to succeed. */
    private boolean directoriesExpected;

    private SecureTreeRemoval(Path rootPath, SecureDirectoryStream<Path> root) {
        this.rootPath = rootPath;
        this.root = root;
        this.remnants = new Remnants(rootPath);
    }

    /** Removes {@code path}, an entry of {@code parent}, if it is the one that is meant. */
    static Removal remove(SecureDirectoryStream<Path> parent, Path path, Identity identity) throws IOException {
        Path name = path.getFileName();
        try {
            if (!Identity.of(attributesOf(parent, name)).equals(identity)) {
                return Removal.STRANGER;
            }
            if (tryRemoveAtOnce(parent, name)) {
                return Removal.REMOVED;
            }
            try (SecureDirectoryStream<Path> root = openRoot(parent, path)) {
                return remove(path, root, identity, () -> parent.deleteDirectory(name));
            }
        } catch (NoSuchFileException gone) {
            return Removal.ABSENT;
        }
    }

    /** Most are empty, or were emptied: to look inside takes longer than all the rest. */
    private static boolean tryRemoveAtOnce(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try {
            parent.deleteDirectory(name);
            return true;
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException notEmptyOrNotPermitted) {
            // Which of them, the removal of what is in it will say.
            return false;
        }
    }

    /** The same without a handle of the parent: the root is opened by its path. */
    static Removal removeByPath(Path path, Identity identity) throws IOException {
        try {
            // A link to what is meant is not what is meant, although it leads to it.
            if (!Identity.of(Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS))
                    .equals(identity)) {
                return Removal.STRANGER;
            }
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
                // Not Files.delete, which removes files and links too, whatever is there by then.
                Path fromInside = path.getFileSystem().getPath("..").resolve(path.getFileName());
                return stream instanceof SecureDirectoryStream<Path> root
                        ? remove(path, root, identity, () -> root.deleteDirectory(fromInside))
                        : Removal.STRANGER;
            }
        } catch (NoSuchFileException gone) {
            return Removal.ABSENT;
        }
    }

    /** Asks the open handle who it is: from here on nothing can be put in its place. */
    private static Removal remove(Path path, SecureDirectoryStream<Path> root, Identity identity, RootRemoval rmdir)
            throws IOException {
        BasicFileAttributes found =
                root.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
        if (!Identity.of(found).equals(identity)) {
            return Removal.STRANGER;
        }
        new SecureTreeRemoval(path, root).removeRoot(rmdir);
        return Removal.REMOVED;
    }

    private static SecureDirectoryStream<Path> openRoot(SecureDirectoryStream<Path> parent, Path path)
            throws IOException {
        Path name = path.getFileName();
        try {
            return parent.newDirectoryStream(name, NOFOLLOW_LINKS);
        } catch (AccessDeniedException denied) {
            Access.grantToRoot(parent, path, denied);
            return parent.newDirectoryStream(name, NOFOLLOW_LINKS);
        }
    }

    private void removeRoot(RootRemoval rmdir) throws IOException {
        pass(root, rootPath, 0);
        long done = emptyMoved(0);
        for (int passes = 1; ; passes++) {
            remnants.throwIfAny();
            try {
                rmdir.remove();
                return;
            } catch (DirectoryNotEmptyException added) {
                if (passes == MAX_PASSES) {
                    throw Remnants.refilled(rootPath);
                }
            }
            try (SecureDirectoryStream<Path> reopened =
                    root.newDirectoryStream(fileSystem().getPath("."), NOFOLLOW_LINKS)) {
                pass(reopened, rootPath, 0);
            }
            done = emptyMoved(done);
        }
    }

    /** Removes the directories that were moved into the root, and those that are moved meanwhile. */
    private long emptyMoved(long from) {
        long number = from;
        for (; number < moved; number++) {
            remove(root, fileSystem().getPath(movedPrefix + number), rootPath, 0);
        }
        return number;
    }

    /** Removes what the stream lists. */
    private void pass(SecureDirectoryStream<Path> directory, Path path, int depth) {
        try {
            for (Path entry : directory) {
                remove(directory, entry.getFileName(), path, depth);
            }
        } catch (DirectoryIteratorException unreadable) {
            remnants.add(path, Objects.requireNonNull(unreadable.getCause()));
        }
    }

    private void remove(SecureDirectoryStream<Path> directory, Path listed, Path path, int depth) {
        Path name = listed;
        try {
            try {
                removeEntry(directory, name, path, depth);
            } catch (AccessDeniedException denied) {
                // The directory may not be written to, or the entry not be read.
                name = Access.grant(directory, path, name, denied);
                removeEntry(directory, name, path, depth);
            }
        } catch (NoSuchFileException gone) {
            // It was to go anyway.
        } catch (IOException cause) {
            if (!tryUnlink(directory, name)) {
                remnants.add(path.resolve(name), cause);
            }
        }
    }

    /** Unlinks what may have become a link, say, while it was removed as a directory; whether it is gone. */
    private static boolean tryUnlink(SecureDirectoryStream<Path> directory, Path name) {
        try {
            directory.deleteFile(name);
            return true;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException asBefore) {
            return false;
        }
    }

    private void removeEntry(SecureDirectoryStream<Path> directory, Path name, Path path, int depth)
            throws IOException {
        if (!directoriesExpected) {
            try {
                directory.deleteFile(name);
                return;
            } catch (NoSuchFileException | AccessDeniedException failure) {
                throw failure;
            } catch (IOException failure) {
                if (!attributesOf(directory, name).isDirectory()) {
                    throw failure;
                }
            }
        } else if (!attributesOf(directory, name).isDirectory()) {
            directoriesExpected = false;
            directory.deleteFile(name);
            return;
        }
        directoriesExpected = true;
        removeDirectory(directory, name, path, depth);
    }

    private void removeDirectory(SecureDirectoryStream<Path> parent, Path name, Path parentPath, int depth)
            throws IOException {
        if (tryRemoveEmpty(parent, name)) {
            return;
        }
        if (depth >= MAX_DEPTH && tryMove(parent, name, depth)) {
            return;
        }
        Path path = parentPath.resolve(name);
        long before = remnants.count();
        for (int passes = 0; passes < MAX_PASSES; passes++) {
            try (SecureDirectoryStream<Path> opened = parent.newDirectoryStream(name, NOFOLLOW_LINKS)) {
                pass(opened, path, depth + 1);
            }
            if (remnants.count() > before || tryRemoveEmpty(parent, name)) {
                return;
            }
        }
        throw Remnants.refilled(path);
    }

    /** Moves the directory into the root of the tree; false when it cannot be moved, and is to be emptied in place. */
    private boolean tryMove(SecureDirectoryStream<Path> parent, Path name, int depth) throws IOException {
        try {
            parent.move(name, root, fileSystem().getPath(movedPrefix + moved));
            moved++;
            return true;
        } catch (AtomicMoveNotSupportedException unmovable) {
            if (depth >= MAX_DEPTH_UNMOVABLE) {
                throw unmovable;
            }
            return false;
        }
    }

    /** Removes the directory if it is empty; false when it is not. */
    private static boolean tryRemoveEmpty(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try {
            parent.deleteDirectory(name);
            return true;
        } catch (DirectoryNotEmptyException notEmpty) {
            return false;
        }
    }

    private FileSystem fileSystem() {
        return rootPath.getFileSystem();
    }

    private static BasicFileAttributes attributesOf(SecureDirectoryStream<Path> directory, Path name)
            throws IOException {
        return directory
                .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes();
    }

    /** Removes the root itself, when it is empty. */
    @FunctionalInterface
    private interface RootRemoval {
        void remove() throws IOException;
    }
}

package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes files and directories look as if they had just been used, by times that no program looks at: that of the last
 * access of a directory, that of the last change of the inode of a file.
 *
 * <p>A file must not be opened for it: closing it again would give back all POSIX record locks that this process holds on
 * it, be it a database's.
 */
final class Touch extends SimpleFileVisitor<Path> {

    /** Each level takes a descriptor meanwhile. */
    private static final int MAX_DEPTH = 32;

    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int STICKY = 01000;

    private final FileTime now = FileTime.fromMillis(System.currentTimeMillis());

    /** Whether another user can replace what is touched first. */
    private final boolean exposed;

    private Touch(boolean exposed) {
        this.exposed = exposed;
    }

    /**
     * One file, or one directory and what is in it. Whatever another user could exchange meanwhile is left alone, for it is
     * reached by path: a directory of theirs that root's program has in its tree, and all in it; in a directory where they
     * can replace entries, everything but the entry itself.
     */
    static void touch(Path path) throws IOException {
        Path parent = path.getParent();
        boolean exposed = parent == null || DirectoryTrust.of(parent).isExposed();
        Files.walkFileTree(path, Set.of(), exposed ? 0 : MAX_DEPTH, new Touch(exposed));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        setTime(directory);
        return isUnchangeableByOthers(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    /** All above it are so already. */
    private static boolean isUnchangeableByOthers(Path directory) {
        if (!hasOwners(directory)) {
            return true;
        }
        try {
            Map<String, Object> found = Files.readAttributes(directory, "unix:mode,uid", NOFOLLOW_LINKS);
            int mode = (Integer) Objects.requireNonNull(found.get("mode"));
            return Objects.equals(found.get("uid"), CurrentUser.uid())
                    && ((mode & WRITABLE_BY_OTHERS) == 0 || (mode & STICKY) != 0);
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean hasOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            setTime(file);
        } else if (attributes.isRegularFile()) {
            changeNothing(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException goneOrClosed) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException goneMeanwhile) {
        return FileVisitResult.CONTINUE;
    }

    /** By chmod(2) to the mode that it has. That follows links: only an entry that nobody else can exchange for one. */
    private void changeNothing(Path file) {
        if (exposed || !hasOwners(file)) {
            return;
        }
        try {
            Map<String, Object> found = Files.readAttributes(file, "unix:mode,uid", NOFOLLOW_LINKS);
            if (Objects.equals(found.get("uid"), CurrentUser.uid())) {
                Files.setAttribute(file, "unix:mode", found.get("mode"));
            }
        } catch (IOException goneOrNotOurs) {
            // It is left as it is.
        }
    }

    private void setTime(Path path) {
        try {
            Files.getFileAttributeView(path, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                    .setTimes(null, now, null);
        } catch (IOException goneOrClosed) {
            // What its owner cannot open, or has just removed, is left as it is.
        }
    }
}

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

    private Touch() {}

    /** One file, or one directory and what is in it. */
    static void touch(Path path) throws IOException {
        Files.walkFileTree(path, Set.of(), MAX_DEPTH, new Touch());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        setTime(directory);
        return FileVisitResult.CONTINUE;
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

    /** By chmod(2) to the mode that it has. It follows links: only where nobody else can put one. */
    private static void changeNothing(Path file) {
        try {
            Path parent = file.getParent();
            if (parent != null
                    && parent.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                int place = (Integer) Files.getAttribute(parent, "unix:mode");
                if ((place & WRITABLE_BY_OTHERS) == 0 || (place & STICKY) != 0) {
                    Files.setAttribute(file, "unix:mode", Files.getAttribute(file, "unix:mode", NOFOLLOW_LINKS));
                }
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

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
 * Sets the time of the last access of files and directories, and no other: nothing that a program looks at. On Unix that
 * also sets the time of the last change, which cleaners look at too.
 */
final class Touch extends SimpleFileVisitor<Path> {

    /** Each level takes a descriptor meanwhile. */
    private static final int MAX_DEPTH = 32;

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
        // The time is set through an open file, and opening a FIFO waits for its other end.
        if (attributes.isRegularFile() || attributes.isDirectory()) {
            setTime(file);
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

    private void setTime(Path path) {
        try {
            Files.getFileAttributeView(path, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                    .setTimes(null, now, null);
        } catch (IOException goneOrClosed) {
            // What its owner cannot open, or has just removed, is left as it is.
        }
    }
}

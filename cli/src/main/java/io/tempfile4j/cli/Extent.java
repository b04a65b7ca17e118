package io.tempfile4j.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How large something is, with all that is in it, and how old.
 *
 * @param bytes what can be looked at; no link is followed
 * @param made when it was made, or, where the file system does not say, last changed; null when it is gone
 */
record Extent(long bytes, @Nullable Instant made) {

    static Extent of(Path path) {
        Sum sum = new Sum();
        try {
            BasicFileAttributes root = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Files.walkFileTree(path, sum);
            return new Extent(sum.bytes, root.creationTime().toInstant());
        } catch (IOException goneOrClosed) {
            return new Extent(sum.bytes, null);
        }
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                bytes += attributes.size();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}

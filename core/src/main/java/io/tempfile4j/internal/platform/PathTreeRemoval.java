package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removes a tree by paths, following no link: for providers that offer no directory handles. */
final class PathTreeRemoval extends SimpleFileVisitor<Path> {

    private final Remnants remnants;

    private PathTreeRemoval(Path root) {
        this.remnants = new Remnants(root);
    }

    static void remove(Path root) throws IOException {
        PathTreeRemoval removal = new PathTreeRemoval(root);
        Files.walkFileTree(root, removal);
        removal.remnants.throwIfAny();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        delete(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) {
        if (!(cause instanceof NoSuchFileException)) {
            remnants.add(file, cause);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException cause) {
        if (cause != null) {
            remnants.add(directory, cause);
        } else {
            delete(directory);
        }
        return FileVisitResult.CONTINUE;
    }

    private void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException cause) {
            remnants.add(path, cause);
        }
    }
}

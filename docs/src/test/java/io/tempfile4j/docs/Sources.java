package io.tempfile4j.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The project's own files, as they are checked out. */
final class Sources {

    /** The tests run in {@code docs/}. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Sources() {}

    /** All documents. */
    static List<Path> documents() {
        return find(".md");
    }

    /** The sources of all test classes, of every module. */
    static List<Path> tests() {
        return find(".java").stream()
                .filter(file -> file.toString().replace('\\', '/').contains("/src/test/java/"))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For messages. */
    static String name(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    static List<Path> find(String end) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    // What is built, and what the version control and the IDEs keep.
                    String name = directory.getFileName().toString();
                    boolean foreign = name.equals("target") || name.startsWith(".");
                    return foreign && !directory.equals(ROOT) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(end)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }
}

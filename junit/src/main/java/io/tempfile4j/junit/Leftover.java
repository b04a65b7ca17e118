package io.tempfile4j.junit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a test has left behind, in words. */
final class Leftover {

    /** The JDK puts 64 random bits between prefix and suffix, in decimal; this library 12 characters of 36. */
    private static final Pattern OF_THE_JDK = Pattern.compile(".*?\\d{15,20}(?<suffix>\\D.*)?");

    private static final Pattern OF_TEMPFILE4J = Pattern.compile(".*?(?=[a-z0-9]*[a-z])[a-z0-9]{12}(\\W.*)?");

    private Leftover() {}

    /** Empty when it is gone meanwhile: then it was not left behind. */
    static Optional<String> describe(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
        Duration age = Duration.between(attributes.creationTime().toInstant(), Instant.now());
        String size = attributes.isDirectory()
                ? "directory with " + content(path)
                : (attributes.isRegularFile() ? "file" : "special file") + ", " + attributes.size() + " bytes";
        return Optional.of(path + ": " + size + ", " + Math.max(0, age.toMillis()) + " ms old" + maker(path));
    }

    private static String content(Path directory) {
        long[] sum = new long[2];
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0]++;
                    sum[1] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            return "unreadable content";
        }
        return sum[0] + " files, " + sum[1] + " bytes";
    }

    /** By name and permissions, which is no proof. */
    private static String maker(Path path) {
        String name = path.getFileName().toString();
        if (OF_TEMPFILE4J.matcher(name).matches()) {
            return ", named as tempfile4j does";
        }
        Matcher jdk = OF_THE_JDK.matcher(name);
        if (!jdk.matches()) {
            return "";
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return ", named as Files.createTempDirectory does";
        }
        try {
            Set<PosixFilePermission> mode = Files.readAttributes(
                            path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .permissions();
            boolean forOthers = mode.contains(PosixFilePermission.GROUP_READ);
            return ", named and protected as " + (forOthers ? "File.createTempFile does" : "Files.createTempFile does");
        } catch (IOException | UnsupportedOperationException unknown) {
            return ", named as File.createTempFile and Files.createTempFile do";
        }
    }
}

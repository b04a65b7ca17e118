package io.tempfile4j.junit.samples;

import static org.assertj.core.api.Assertions.fail;

import io.tempfile4j.junit.TemporaryDirectoryFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What {@code TempDirTest} runs. */
public final class TempDirSamples {

    private TempDirSamples() {}

    public static class Named {
        @Test
        void passes(@TempDir(factory = TemporaryDirectoryFactory.class) Path directory, TestReporter reporter)
                throws IOException {
            report(reporter, directory);
        }
    }

    public static class Plain {
        @TempDir
        static Path ofTheClass;

        @TempDir
        Path ofTheTest;

        @Test
        void passes(@TempDir Path directory, TestReporter reporter) throws IOException {
            report(reporter, directory);
            report(reporter, ofTheTest);
            report(reporter, ofTheClass);
        }
    }

    public static class Failing {
        @Test
        void fails(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws IOException {
            Files.writeString(directory.resolve("evidence"), "content");
            fail("on purpose");
        }
    }

    public static class Never {
        @Test
        void passes(@TempDir(cleanup = CleanupMode.NEVER) Path directory) {}
    }

    /** What is at its bottom has a path that no system call takes. */
    public static class Deep {
        @Test
        void passes(@TempDir Path directory, TestReporter reporter) throws IOException {
            reporter.publishEntry("directory", directory.toString());
            Path top = directory.resolve("top");
            Files.createDirectory(top);
            for (int i = 0; i < 8; i++) {
                // From the bottom up: each path that is used is short.
                Path above = Files.createDirectories(directory
                        .resolve("above")
                        .resolve("d".repeat(200) + i)
                        .resolve("e".repeat(200))
                        .resolve("f".repeat(200))
                        .resolve("g".repeat(200)));
                Files.move(top, above.resolve("top"));
                Files.move(directory.resolve("above"), top);
            }
        }
    }

    /** The directory is no directory any more, but a link to one that is not ours. */
    public static class Replaced {
        @Test
        void passes(@TempDir Path directory, @TempDir Path victim, TestReporter reporter) throws IOException {
            Files.createFile(victim.resolve("precious"));
            Files.delete(directory);
            Files.createSymbolicLink(directory, victim);
            reporter.publishEntry("directory", directory.toString());
        }
    }

    private static void report(TestReporter reporter, Path directory) throws IOException {
        Files.createDirectories(directory.resolve("a/b"));
        Files.createFile(directory.resolve("a/b/file"));
        reporter.publishEntry("directory", directory.toString());
        reporter.publishEntry(
                "mode",
                Files.getFileAttributeView(directory, PosixFileAttributeView.class)
                        .readAttributes()
                        .permissions()
                        .stream()
                        .sorted()
                        .toList()
                        .toString());
    }
}

package io.tempfile4j.junit.samples;

import static org.assertj.core.api.Assertions.fail;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.TemporaryFile;
import io.tempfile4j.junit.Temporary;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;

/** What {@code KeepingTest} runs. */
public final class KeepingSamples {

    private KeepingSamples() {}

    public static class Failing {
        @Test
        void directory(@Temporary(cleanup = CleanupMode.ON_SUCCESS) TemporaryDirectory directory) throws IOException {
            Files.writeString(directory.resolve("evidence"), "content");
            fail("on purpose");
        }

        @Test
        void namedFile(@Temporary(cleanup = CleanupMode.ON_SUCCESS) NamedTemporaryFile file) throws IOException {
            file.text().write("content");
            fail("on purpose");
        }

        @Test
        void space(@Temporary(cleanup = CleanupMode.ON_SUCCESS) TempSpace space, TestReporter reporter)
                throws IOException {
            Files.writeString(space.namedTemporaryFile().path(), "one");
            Files.writeString(space.temporaryDirectory().resolve("evidence"), "other");
            reporter.publishEntry("space", space.directory().toString());
            fail("on purpose");
        }

        @Test
        void namelessFile(@Temporary(cleanup = CleanupMode.ON_SUCCESS) TemporaryFile file) {
            fail("on purpose");
        }

        @Test
        void goneAlready(@Temporary(cleanup = CleanupMode.ON_SUCCESS) TemporaryDirectory directory) throws IOException {
            directory.close();
            fail("on purpose");
        }
    }

    public static class Passing {
        @Temporary(cleanup = CleanupMode.ON_SUCCESS)
        static TemporaryDirectory ofTheClass;

        @Test
        void passes(@Temporary(cleanup = CleanupMode.ON_SUCCESS) TemporaryDirectory directory, TestReporter reporter) {
            reporter.publishEntry("gone", directory.path().toString());
            reporter.publishEntry("gone", ofTheClass.path().toString());
        }
    }

    public static class OneTestFails {
        @Temporary(cleanup = CleanupMode.ON_SUCCESS)
        static TemporaryDirectory ofTheClass;

        @Test
        void fails() {
            fail("on purpose");
        }

        @Test
        void passes() {}
    }

    public static class Unsaid {
        @Test
        void passes(@Temporary TemporaryDirectory directory) {}
    }
}

package io.tempfile4j.junit.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.TemporaryFile;
import io.tempfile4j.junit.Temporary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** What {@code InjectionTest} runs. */
public final class InjectionSamples {

    private InjectionSamples() {}

    public static class Parameters {
        @Test
        void directory(
                @Temporary(prefix = "my-", suffix = ".dir") TemporaryDirectory directory,
                @Temporary TemporaryDirectory other,
                TestReporter reporter)
                throws IOException {
            assertThat(directory.path()).isEmptyDirectory().isNotEqualTo(other.path());
            assertThat(directory.path().getFileName().toString())
                    .startsWith("my-")
                    .endsWith(".dir");
            Files.writeString(directory.resolve("file"), "content");
            report(reporter, directory.path());
        }

        @Test
        void namedFile(@Temporary NamedTemporaryFile file, TestReporter reporter) throws IOException {
            file.text().write("content").flush();
            assertThat(file.path()).hasContent("content");
            report(reporter, file.path());
        }

        @Test
        void namelessFile(@Temporary TemporaryFile file) throws IOException {
            file.write(1);
            assertThat(file.size()).isOne();
        }

        @Test
        void space(@Temporary TempSpace space, TestReporter reporter) throws IOException {
            assertThat(space.directory()).isEmptyDirectory();
            report(reporter, space.namedTemporaryFile().path());
            report(reporter, Files.createFile(space.directory().resolve("another")));
            report(reporter, space.directory());
        }

        @Test
        void closedByTheTest(@Temporary NamedTemporaryFile file, @Temporary TempSpace space) throws IOException {
            file.close();
            space.close();
        }

        @Test
        void keptByTheTest(@Temporary NamedTemporaryFile file, TestReporter reporter) throws IOException {
            reporter.publishEntry("stays", file.keep().toString());
        }
    }

    public static class Fields {
        @Temporary
        static TemporaryDirectory ofTheClass;

        static Path first;

        @Temporary
        private TemporaryDirectory ofTheTest;

        private final TemporaryDirectory given;

        Fields(@Temporary TemporaryDirectory given) {
            this.given = given;
        }

        @BeforeAll
        static void shared(@Temporary TemporaryDirectory also, TestReporter reporter) {
            assertThat(ofTheClass.path()).isDirectory();
            first = null;
            report(reporter, also.path());
        }

        @Test
        void one(TestReporter reporter) throws IOException {
            look(reporter);
        }

        @Test
        void other(TestReporter reporter) throws IOException {
            look(reporter);
        }

        private void look(TestReporter reporter) throws IOException {
            // Of the class: the second test sees what the first has put there. Of the test: it does not.
            if (first == null) {
                first = ofTheTest.path();
                Files.createFile(ofTheClass.resolve("by the first"));
            } else {
                assertThat(ofTheClass.resolve("by the first")).exists();
                assertThat(first).doesNotExist();
            }
            assertThat(ofTheTest.path()).isEmptyDirectory().isNotEqualTo(given.path());
            report(reporter, ofTheTest.path());
            report(reporter, ofTheClass.path());
            report(reporter, given.path());
        }
    }

    public static class Outer {
        @Temporary
        TemporaryDirectory outer;

        @Nested
        class Inner {
            @Temporary
            TemporaryDirectory inner;

            @Test
            void both(TestReporter reporter) {
                assertThat(outer.path()).isDirectory().isNotEqualTo(inner.path());
                report(reporter, outer.path());
                report(reporter, inner.path());
            }
        }
    }

    public static class OtherType {
        @Test
        void parameter(@Temporary Path path) {}
    }

    public static class FinalField {
        @Temporary
        final TemporaryDirectory directory = null;

        @Test
        void field() {}
    }

    static void report(TestReporter reporter, Path path) {
        reporter.publishEntry("gone", path.toString());
    }
}

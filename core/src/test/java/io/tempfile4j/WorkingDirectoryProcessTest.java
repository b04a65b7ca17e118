package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Relative directories, the empty one, and a working directory that is gone. */
class WorkingDirectoryProcessTest extends ProcessSuite {

    private Path good;

    @BeforeEach
    void makeGood() throws IOException {
        good = directory("good");
    }

    /** Its working directory is removed under it. */
    static final class WithoutWorkingDirectory {
        @SuppressWarnings("deprecation") // it is tested, too
        public static void main(String[] arguments) throws IOException {
            Files.delete(Path.of("").toAbsolutePath());
            for (Path here : List.of(Path.of("."), Path.of(""))) {
                assertMissing(() -> Tempfile.mkdtemp(here));
                assertMissing(() -> Tempfile.mkstemp(here));
                assertMissing(() -> Tempfile.mktemp(here, "", ""));
                assertMissing(() -> TempSpace.in(here));
            }
            GettempdirProcessTest.Main.main(arguments);
        }

        private static void assertMissing(Callable<Object> call) {
            try {
                throw new AssertionError(call.call());
            } catch (NoSuchFileException expected) {
                // As it should be.
            } catch (Exception other) {
                throw new AssertionError(other);
            }
        }

        private WithoutWorkingDirectory() {}
    }

    @Test
    @Behaviour({26, 122})
    void workingDirectory_isDeleted_makingInItFailsAndGettempdirWorks() throws Exception {
        ChildJvm.Result result = ChildJvm.of(WithoutWorkingDirectory.class)
                .in(directory("deleted"))
                .env("TMPDIR", good.toString())
                .run();
        assertThat(GettempdirProcessTest.chosen(result)).isEqualTo(good);
        assertThat(scratch.resolve("deleted")).doesNotExist();
    }

    /** Makes things in the working directory. */
    static final class InWorkingDirectory {
        public static void main(String[] arguments) throws IOException {
            for (Path here : List.of(Path.of("."), Path.of(""))) {
                try (MkstempResult file = Tempfile.mkstemp(here, "file", "")) {
                    System.out.println(file.path());
                }
                System.out.println(Tempfile.mkdtemp(here, "directory", ""));
            }
        }

        private InWorkingDirectory() {}
    }

    /** The empty path is the working directory, as everywhere in the JDK; what is handed out is absolute. */
    @Test
    @Behaviour({80, 101, 121})
    void workingDirectory_named_pathsAreAbsolute() throws Exception {
        ChildJvm.Result result = ChildJvm.of(InWorkingDirectory.class).in(good).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines())
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(
                        Backend.entries(good).stream().map(Path::toString).toList());
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the tests have in common that remove real trees, some of which Java cannot make. They need the stronger removal,
 * by directory handles.
 */
@Needs(Need.HANDLES)
abstract class RemovalSuite extends ProcessSuite {

    private static final long PATIENCE_SECONDS = 120;
    private static final Path MEMORY = Path.of("/dev/shm");

    private Path programs;
    private Path trees;

    @BeforeEach
    void rememberScratch() {
        programs = scratch;
    }

    /**
     * Has the test work in memory where that can be: a journaling file system takes its time to remove what was just
     * made.
     */
    final void inMemory() throws IOException {
        if (Files.isWritable(MEMORY)) {
            scratch = Files.createTempDirectory(MEMORY, "tempfile4j-test");
            Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** With other means than those that are tested: what a failed test leaves, JUnit could not remove either. */
    @AfterEach
    void removeScratch() throws IOException, InterruptedException {
        if (programs == null) {
            return;
        }
        for (Path directory : List.of(scratch, programs)) {
            for (Path left : Backend.entries(directory)) {
                run(
                        "/bin/sh",
                        "-c",
                        "rm -rf \"$0\" 2>&1 || { chmod -R u+rwX \"$0\"; rm -rf \"$0\"; }",
                        left.toString());
            }
        }
        if (!scratch.equals(programs)) {
            Files.delete(scratch);
        }
    }

    /** Builds, by the native program, a tree that Java could not. */
    final void build(Object... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = trees().toString();
        for (int i = 0; i < arguments.length; i++) {
            command[i + 1] = arguments[i].toString();
        }
        assertThat(run(command)).as("%s", List.of(command)).isEmpty();
    }

    /** The native program; see {@code trees.c}. */
    final Path trees() throws IOException, InterruptedException {
        requireSaid(Need.CC);
        if (trees == null) {
            Path source = programs.resolve("trees.c");
            Path program = programs.resolve("trees");
            try (InputStream in = RemovalSuite.class.getResourceAsStream("/trees.c")) {
                Files.copy(in, source);
            }
            assertThat(run("cc", "-O2", "-o", program.toString(), source.toString()))
                    .isEmpty();
            Files.delete(source);
            trees = program;
        }
        return trees;
    }

    static boolean hasProgram(String name) throws IOException, InterruptedException {
        return run("/bin/sh", "-c", "command -v " + name + " >/dev/null || echo none")
                .isEmpty();
    }

    /** Runs shell commands in the directory. */
    static void shell(Path directory, String commands) throws IOException, InterruptedException {
        assertThat(run("/bin/sh", "-c", "cd \"$0\" || exit; set -e; " + commands, directory.toString()))
                .as(commands)
                .isEmpty();
    }

    /** What it says; it has to say something when it fails. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("it did not end: " + List.of(command));
        }
        return process.exitValue() == 0 || !said.isEmpty() ? said : "exit " + process.exitValue();
    }
}

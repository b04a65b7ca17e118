package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Groups G and H: other processes in the same directory, other users, another working directory. */
class OtherProcessTest extends ProcessSuite {

    private static final int CYCLES = 10_000;
    private static final long PATIENCE_SECONDS = 60;

    /** Removes all that it sees, again and again, until a file "stop" lies beside the directory. */
    private static Process cleaner(Path directory) throws IOException {
        String loop = "while [ ! -e '" + directory + ".stop' ]; do rm -rf '" + directory + "'/*; done";
        return new ProcessBuilder("/bin/sh", "-c", loop)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    @Behaviour({221, 222})
    void temporaryFile_anotherProcessDeletesEverythingInALoop_allCyclesSucceed() throws Exception {
        Path directory = directory("tmp");
        Process cleaner = cleaner(directory);
        try (TempSpace space = TempSpace.in(directory)) {
            byte[] content = "content".getBytes(UTF_8);
            for (int i = 0; i < CYCLES; i++) {
                try (TemporaryFile file = space.temporaryFile()) {
                    file.write(content);
                    file.flush();
                    file.seek(0);
                    assertThat(file.readAllBytes()).isEqualTo(content);
                }
            }
            assertThat(cleaner.isAlive()).isTrue();
        } finally {
            Files.createFile(directory.resolveSibling("tmp.stop"));
            assertThat(cleaner.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(directory).isEmptyDirectory();
    }

    /** Makes something of its own, and ends. */
    static final class ShortLived {
        public static void main(String[] arguments) throws IOException {
            System.out.println(NamedTemporaryFile.create().path().getParent());
        }

        private ShortLived() {}
    }

    @Test
    @Behaviour(203)
    void namedFile_aChildProcessEnds_isStillThere() throws Exception {
        Path directory = directory("tmp");
        try (TempSpace space = TempSpace.in(directory);
                NamedTemporaryFile file = space.namedTemporaryFile();
                TemporaryDirectory made = space.temporaryDirectory()) {
            ChildJvm.Result result = ChildJvm.of(ShortLived.class)
                    .env("TMPDIR", directory.toString())
                    .run();
            assertThat(result.output().trim()).isEqualTo(directory.toString());
            assertThat(Backend.entries(directory)).containsExactlyInAnyOrder(file.path(), made.path());
        }
    }

    // ---- Relative directories

    /** Makes things in the working directory, by relative paths, and then says that this is elsewhere. */
    static final class Relative {
        public static void main(String[] arguments) throws IOException {
            for (Path here :
                    new Path[] {Path.of("."), Path.of(""), Path.of("inner").resolve("..")}) {
                try (TempSpace space = TempSpace.in(here)) {
                    NamedTemporaryFile file = space.namedTemporaryFile();
                    TemporaryDirectory directory = space.temporaryDirectory();
                    TemporaryPath path = space.temporaryPath("", "", Files::createFile);
                    TemporaryFile nameless = space.temporaryFile();
                    System.setProperty("user.dir", arguments[0]);
                    for (Path made : new Path[] {file.path(), directory.path(), path.path(), space.directory()}) {
                        if (!made.isAbsolute() || !made.equals(made.normalize()) || Files.notExists(made)) {
                            throw new AssertionError(made);
                        }
                    }
                    System.out.println(space.directory());
                    file.close();
                    directory.close();
                    path.close();
                    nameless.close();
                }
            }
        }

        private Relative() {}
    }

    @Test
    @Behaviour({172, 173, 223, 334})
    void make_inARelativeDirectory_isMadeAndRemovedWhereThatWas() throws Exception {
        Path here = directory("here");
        Files.createDirectory(here.resolve("inner"));
        Path elsewhere = directory("elsewhere");
        ChildJvm.Result result =
                ChildJvm.of(Relative.class).in(here).args(elsewhere.toString()).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).hasSize(3).allMatch(here.toString()::equals);
        assertThat(Backend.entries(here)).containsExactly(here.resolve("inner"));
        assertThat(elsewhere).isEmptyDirectory();
    }

    // ---- Permissions

    /** For each mode of the directory, and each kind of target, that a link in it does not pass anything on. */
    static final class Modes {
        public static void main(String[] arguments) throws IOException {
            Path outside = Path.of(arguments[1]);
            try (TempSpace space = TempSpace.in(Path.of(arguments[0]))) {
                for (int mode = 0; mode < 8; mode++) {
                    for (String name : new String[] {"missing", "missing/", "file", "directory"}) {
                        TemporaryDirectory made = space.temporaryDirectory();
                        Files.createSymbolicLink(made.resolve("link"), outside.resolve(name));
                        Files.setPosixFilePermissions(made.path(), permissions(mode));
                        made.close();
                        if (Files.exists(made.path())) {
                            throw new AssertionError(mode + " " + name);
                        }
                    }
                }
            }
            System.out.println("done");
        }

        private static Set<PosixFilePermission> permissions(int mode) {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            if ((mode & 4) != 0) {
                permissions.add(PosixFilePermission.OWNER_READ);
            }
            if ((mode & 2) != 0) {
                permissions.add(PosixFilePermission.OWNER_WRITE);
            }
            if ((mode & 1) != 0) {
                permissions.add(PosixFilePermission.OWNER_EXECUTE);
            }
            return permissions;
        }

        private Modes() {}
    }

    @Test
    @Behaviour({300, 301, 314})
    void cleanup_directoryOfAnyModeWithALinkInIt_isRemovedAndTheTargetsModeStays() throws Exception {
        Path space = unprivilegedDirectory("tmp", 0700);
        Path outside = unprivilegedDirectory("outside", 0755);
        Path directory = unprivilegedDirectory("outside/directory", 0500);
        Path file = Files.createFile(outside.resolve("file"));
        Files.setAttribute(file, "unix:uid", Files.getAttribute(directory, "unix:uid"));
        Files.setAttribute(file, "unix:mode", 0400);
        ChildJvm.Result result = unprivileged(ChildJvm.of(Modes.class))
                .args(space.toString(), outside.toString())
                .run();
        assertThat(result.output()).isEqualTo("done" + System.lineSeparator());
        assertThat(space).isEmptyDirectory();
        assertThat((Integer) Files.getAttribute(directory, "unix:mode") & 07777).isEqualTo(0500);
        assertThat((Integer) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(0400);
    }
}

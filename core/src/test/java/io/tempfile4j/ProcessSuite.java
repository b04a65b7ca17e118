package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What tests with processes of their own have in common. They need a Unix; some need to be root on it. */
@Needs(Need.SHELL)
abstract class ProcessSuite {

    /** Other users may look into it. */
    @TempDir
    Path scratch;

    private Set<Need> needs = Set.of();

    @BeforeEach
    void prepareScratch(TestInfo test) throws IOException {
        needs = NeedsCondition.needs(
                test.getTestClass().orElseThrow(), test.getTestMethod().orElseThrow());
        scratch = scratch.toRealPath();
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A need that a test does not say of itself would be a promise in {@code docs/guarantees.md} that it does not keep. */
    final void requireSaid(Need need) {
        assertThat(needs).as("what the test says that it needs").contains(need);
    }

    final Path directory(String name) throws IOException {
        return Files.createDirectory(scratch.resolve(name));
    }

    /** Has the child run by a user who is not root: another one if this process is root, else the same. */
    final ChildJvm unprivileged(ChildJvm child) throws IOException, InterruptedException {
        if (!ChildJvm.isRoot()) {
            return child;
        }
        String readable = "test -x '" + scratch + "'";
        for (String element : ChildJvm.classPath().split(File.pathSeparator, -1)) {
            readable += " && test -r '" + element + "'";
        }
        String user = ChildJvm.UNPRIVILEGED;
        assumeTrue(
                succeeds("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "/bin/sh", "-c", readable),
                "no setpriv(1), or the user nobody cannot read the class path " + ChildJvm.classPath());
        return child.unprivileged();
    }

    /** A directory that belongs to the user of {@link #unprivileged}. */
    final Path unprivilegedDirectory(String name, int mode) throws IOException {
        Path directory = directory(name);
        if (ChildJvm.isRoot()) {
            Files.setAttribute(directory, "unix:uid", Integer.valueOf(ChildJvm.UNPRIVILEGED));
        }
        Files.setAttribute(directory, "unix:mode", mode);
        return directory;
    }

    /**
     * Has the child run with a file system of its own, which is gone with it, mounted at a directory; what
     * {@code commands} then do in the shell is done before the JVM starts.
     *
     * @param options as of mount(8) for tmpfs
     */
    final ChildJvm mounting(ChildJvm child, Path directory, String options, String commands)
            throws IOException, InterruptedException {
        List<String> unshare = ChildJvm.isRoot()
                ? List.of("unshare", "--mount")
                : List.of("unshare", "--user", "--map-root-user", "--mount");
        String mount = "mount -t tmpfs -o " + options + " tmpfs '" + directory + "'";
        requireSaid(Need.MOUNT);
        return child.wrap(unshare.toArray(String[]::new)).shell(mount + " || exit 99; " + commands);
    }

    /** What a process ignores its children ignore, too; proc(5) tells. */
    static boolean ignores(Process process, int signal) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (Files.notExists(status)) {
            return false;
        }
        String mask = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).trim())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(mask, 16) >>> (signal - 1) & 1) == 1;
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}

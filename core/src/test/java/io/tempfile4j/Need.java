package io.tempfile4j;

import static io.tempfile4j.Place.JIMFS_UNIX;
import static io.tempfile4j.Place.LINUX;
import static io.tempfile4j.Place.LINUX_NATIVE;
import static io.tempfile4j.Place.MACOS;
import static io.tempfile4j.Place.WINDOWS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;

/** What some tests cannot do without: where it can be, and whether it is on this machine. */
public enum Need {
    /** Programs of Unix, and processes of its own. */
    SHELL("shell", Set.of(LINUX, LINUX_NATIVE, MACOS), () -> Files.isExecutable(Path.of("/bin/sh"))),
    NATIVE("native calls", Set.of(LINUX_NATIVE)),
    /** Shows the portable code, whatever this process uses. */
    PORTABLE("portable code", Set.of(LINUX, MACOS, WINDOWS)),
    NOT_WINDOWS("Unix", Set.of(LINUX, LINUX_NATIVE, MACOS, JIMFS_UNIX)),
    PERMISSIONS("POSIX permissions", Set.of(LINUX, LINUX_NATIVE, MACOS, JIMFS_UNIX)),
    HANDLES("directory handles", Set.of(LINUX, LINUX_NATIVE, MACOS)),
    DISK("disk", Place.machines()),
    PROC("/proc", Set.of(LINUX, LINUX_NATIVE), () -> Files.isDirectory(Path.of("/proc/self/fd"))),
    ROOT("root", Set.of(LINUX, LINUX_NATIVE), ChildJvm::isRoot),
    MOUNT("mount", Set.of(LINUX, LINUX_NATIVE), Need::mounts),
    SHM("/dev/shm", Set.of(LINUX, LINUX_NATIVE), () -> Files.isWritable(Path.of("/dev/shm"))),
    CHATTR("chattr", Set.of(LINUX, LINUX_NATIVE), () -> runs("sh", "-c", "command -v chattr")),
    CC("cc", Set.of(LINUX, LINUX_NATIVE, MACOS), () -> runs("cc", "--version")),
    STRACE("strace", Set.of(LINUX, LINUX_NATIVE), () -> runs("strace", "-qq", "-o", "/dev/null", "true")),
    SYSTEMD_TMPFILES("systemd-tmpfiles", Set.of(LINUX, LINUX_NATIVE), () -> runs("systemd-tmpfiles", "--version")),
    PYTHON("python3", Place.machines(), () -> runs("python3", "-c", ""));

    final String name;
    final Set<Place> places;
    private final Callable<Boolean> check;
    private final boolean ofTheMachine;
    private Boolean met;

    Need(String name, Set<Place> places) {
        this.name = name;
        this.places = places;
        this.check = () -> true;
        this.ofTheMachine = false;
    }

    Need(String name, Set<Place> places, Callable<Boolean> check) {
        this.name = name;
        this.places = places;
        this.check = check;
        this.ofTheMachine = true;
    }

    /** Whether one machine has it and the next of its kind has not. */
    boolean isOfTheMachine() {
        return ofTheMachine && this != SHELL;
    }

    synchronized boolean isMet() {
        try {
            if (met == null) {
                met = check.call();
            }
            return met;
        } catch (Exception e) {
            throw new AssertionError("cannot find out about " + name, e);
        }
    }

    private static boolean mounts() throws IOException, InterruptedException {
        return ChildJvm.isRoot()
                ? runs("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                : runs("unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt");
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}

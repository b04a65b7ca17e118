package io.tempfile4j.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a container is to temporary files: mounts of its own. Its processes are started by a shell script. */
final class Container {

    /** An empty /tmp, which can be written to. */
    static final String TMPFS = "mount -t tmpfs tmpfs /tmp && ";

    /** All as it was, which the class path is found under: it may lie in /tmp. */
    private static final String BEFORE = "/mnt";

    /** An image's own, empty /var/tmp: that of this machine has records of other processes. */
    static final String READ_ONLY = "mount --rbind / " + BEFORE + " || exit 99; "
            + "for m in / /dev/shm; do mount --bind $m $m && mount -o remount,bind,ro $m || exit 99; done; "
            + "mount -t tmpfs -o ro tmpfs /var/tmp || exit 99; cd /; ";

    private Container() {}

    /** The command that runs a program of these tests, after {@link #READ_ONLY}. */
    static String java(Class<?> main, String... arguments) {
        List<String> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classPath.add(BEFORE + Path.of(entry).toAbsolutePath());
        }
        return "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1 "
                + "--enable-native-access=ALL-UNNAMED -cp '" + String.join(File.pathSeparator, classPath) + "' '"
                + main.getName() + "' " + String.join(" ", arguments);
    }

    /** Runs a script in one, where that can be done; gives all that is printed. */
    static List<String> run(String script) throws Exception {
        assumeTrue(succeeds(READ_ONLY + TMPFS + "true"), "cannot mount: needs Linux and root, or a container that may");
        Process process = shell(script).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        process.waitFor();
        return lines.stream().filter(line -> !line.contains("Killed")).toList();
    }

    private static boolean succeeds(String script) throws InterruptedException {
        try {
            return shell(script).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static ProcessBuilder shell(String script) {
        ProcessBuilder builder = new ProcessBuilder("unshare", "--mount", "/bin/sh", "-c", script);
        builder.environment().keySet().removeAll(List.of("TMPDIR", "TEMP", "TMP"));
        return builder.redirectErrorStream(true);
    }
}

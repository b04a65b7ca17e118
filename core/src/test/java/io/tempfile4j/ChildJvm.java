package io.tempfile4j;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A second, real process that runs a main class of the tests with the library's JAR, on the JDK of this run.
 *
 * <p>For example {@code ChildJvm.of(MyMain.class).args("x").env("TMPDIR", "/nonexistent").shell("umask 0777").run()}.
 */
final class ChildJvm {

    private static final long PATIENCE_SECONDS = 120;

    /** The user nobody, whom every Unix has. */
    static final String UNPRIVILEGED = "65534";

    /** Whether this run is the one with native access: children have what it has. */
    static final boolean NATIVE = "native".equals(System.getProperty("tempfile4j.backend"));

    private final Class<?> main;
    private final List<String> options = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> wrapper = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private List<String> backend =
            NATIVE ? List.of("-Dtempfile4j.backend=native", "--enable-native-access=ALL-UNNAMED") : List.of();
    private String shell = "";
    private String libraries = "";
    private Path workingDirectory;

    private ChildJvm(Class<?> main) {
        this.main = main;
    }

    static ChildJvm of(Class<?> main) {
        return new ChildJvm(main);
    }

    ChildJvm options(String... jvmOptions) {
        options.addAll(List.of(jvmOptions));
        return this;
    }

    ChildJvm args(String... programArguments) {
        arguments.addAll(List.of(programArguments));
        return this;
    }

    /** Not with the back-end of this run, but with the one that comes by itself, and what the options grant. */
    ChildJvm anyBackend() {
        backend = List.of();
        return this;
    }

    /** Sets an environment variable; TMPDIR, TEMP and TMP are unset unless set here. */
    ChildJvm env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    ChildJvm in(Path directory) {
        workingDirectory = directory;
        return this;
    }

    /** Shell commands that run first, in the process that then becomes the JVM: {@code umask 0}, {@code ulimit -n 64}. */
    ChildJvm shell(String commands) {
        shell = commands + "; ";
        return this;
    }

    /** Runs as a user without privileges; the caller sees to it that this user may read the class path. */
    ChildJvm unprivileged() {
        return wrap("setpriv", "--reuid=" + UNPRIVILEGED, "--regid=" + UNPRIVILEGED, "--clear-groups");
    }

    /** Runs by way of another program, as {@code unshare --mount}. */
    ChildJvm wrap(String... command) {
        wrapper.addAll(List.of(command));
        return this;
    }

    /** Puts the library that has this class on the class path, too. */
    ChildJvm with(Class<?> library) {
        libraries += File.pathSeparator
                + Path.of(library.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toAbsolutePath();
        return this;
    }

    /** Starts it; its error stream goes with its output. */
    Process start() throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of("/bin/sh", "-c", shell + "exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+UseSerialGC"));
        command.addAll(backend);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath() + libraries, main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        List.of("TMPDIR", "TEMP", "TMP").forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        if (workingDirectory != null) {
            builder.directory(workingDirectory.toFile());
        }
        return builder.start();
    }

    /** Runs it to its end. */
    Result run() throws IOException, InterruptedException {
        Process process = start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the child did not end: " + output);
        }
        return new Result(process.exitValue(), output);
    }

    /** What a process left: exit code, and its output as text. */
    record Result(int exitCode, String output) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    static String classPath() {
        String jar = System.getProperty("tempfile4j.test.jar");
        String classes = System.getProperty("tempfile4j.test.classes");
        return Path.of(jar).toAbsolutePath()
                + File.pathSeparator
                + Path.of(classes).toAbsolutePath();
    }

    /** Whether this process may become another user, mount file systems, and so on. */
    static boolean isRoot() throws IOException {
        return Files.exists(Path.of("/proc/self"))
                && (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }
}

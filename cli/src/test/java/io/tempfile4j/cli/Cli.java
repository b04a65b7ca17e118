package io.tempfile4j.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tempfile4j.internal.platform.CurrentUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The executable JAR, started as users start it, with journals of its own. */
final class Cli {

    static final String JAR = System.getProperty("tempfile4j.cli.jar");
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final long PATIENCE_SECONDS = 120;

    /**
     * A shell that starts tests in the background has them ignore SIGINT, which their children inherit, and what is ignored
     * from the start no shell can trap.
     */
    private static final List<String> SIGNALS =
            isAnySignalIgnored() ? List.of("env", "--default-signal=HUP,INT,QUIT,ALRM,TERM") : List.of();

    private final Path journals;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> shell = new ArrayList<>();
    private Path workingDirectory;

    private static boolean isAnySignalIgnored() {
        Path status = Path.of("/proc/self/status");
        try {
            long ignored = Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .sum();
            // Signal n is bit n - 1.
            return (ignored & (1 | 1 << 1 | 1 << 2 | 1 << 13 | 1 << 14)) != 0;
        } catch (IOException notLinux) {
            return false;
        }
    }

    /** Keeps its journals in a directory below this one. */
    Cli(Path scratch) throws IOException {
        journals = Files.createDirectories(scratch.resolve("journals"));
        workingDirectory = scratch;
    }

    /** The private directory in which the journals of this user are. */
    Path journalDirectory() {
        return journals.resolve("tempfile4j-" + CurrentUser.uid());
    }

    Cli env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Cli in(Path directory) {
        workingDirectory = directory;
        return this;
    }

    /** Shell commands that run first, in the process that then becomes the JVM. */
    Cli shell(String commands) {
        shell.clear();
        shell.addAll(List.of("sh", "-c", commands + "; exec \"$0\" \"$@\""));
        return this;
    }

    /** What starts a JVM whose journals are those of this one. */
    List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA, "-Dtempfile4j.journal=" + journals));
        command.addAll(List.of(arguments));
        return command;
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(java("-XX:TieredStopAtLevel=1", "-jar", JAR));
        command.addAll(List.of(arguments));
        return command;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return finish(start(command(arguments)));
    }

    /** Any program, in the same environment. */
    Result runOther(String... command) throws IOException, InterruptedException {
        return finish(start(List.of(command)));
    }

    Process start(List<String> command) throws IOException {
        List<String> all = new ArrayList<>(SIGNALS);
        all.addAll(shell);
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all).directory(workingDirectory.toFile());
        builder.environment().keySet().removeAll(List.of("TMPDIR", "TEMP", "TMP", "NO_COLOR"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Result finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        CompletableFuture<String> error = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(
                    "did not end in " + PATIENCE_SECONDS + " s; it said: " + output.join() + error.join());
        }
        return new Result(process.exitValue(), output.join(), error.join());
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Result(int exitCode, String output, String error) {
        JsonObject json() {
            return JsonParser.parseString(output).getAsJsonObject();
        }

        String line() {
            return output.strip();
        }
    }
}

package io.tempfile4j.benchmarks.turns;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands by which the contestants are started, where this machine has what they want. */
final class Peers {

    private final Path build;
    private final Map<Contestant, List<String>> workers = new EnumMap<>(Contestant.class);
    private final Map<Contestant, String> absent = new EnumMap<>(Contestant.class);

    /** Compiles what has to be, in a directory that is the caller's to remove. */
    Peers(Path build) throws IOException {
        this.build = build;
        if (Runtime.version().feature() < 22) {
            absent.put(Contestant.NATIVE, "it wants JDK 22 or later");
            absent.put(Contestant.AT_ONCE, "it wants JDK 22 or later");
        }
        for (Contestant each : List.of(
                Contestant.NATIVE,
                Contestant.PORTABLE,
                Contestant.UNRECORDED,
                Contestant.JDK,
                Contestant.JDK_ON_EXIT,
                Contestant.BY_HAND,
                Contestant.GUAVA,
                Contestant.COMMONS)) {
            if (!absent.containsKey(each)) {
                workers.put(each, java(each, JavaWorker.class, List.of("-Xmx3g"), each.name()));
            }
        }
        c();
        python();
        rust();
    }

    Path build() {
        return build;
    }

    /** Who is not here, and why. */
    Map<Contestant, String> absent() {
        return absent;
    }

    /** Starts those of them that are here. */
    List<Worker> start(List<Contestant> contestants) throws IOException {
        List<Worker> started = new ArrayList<>();
        for (Contestant each : contestants) {
            List<String> command = workers.get(each);
            if (command != null) {
                started.add(new Worker(each, command));
            }
        }
        return started;
    }

    /** A JVM of this JDK, with this class path, for the contestant. */
    static List<String> java(Contestant contestant, Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        switch (contestant) {
            case NATIVE, AT_ONCE ->
                command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dtempfile4j.backend=native"));
            case PORTABLE, UNRECORDED -> command.add("-Dtempfile4j.backend=portable");
            default -> {}
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private void c() throws IOException {
        String program = build.resolve("worker").toString();
        String failure = run("cc", "-O2", "-pthread", "-o", program, copy("worker.c", build));
        if (failure == null) {
            workers.put(Contestant.C, List.of(program, "fewest"));
            workers.put(Contestant.C_SAME, List.of(program, "same"));
            workers.put(Contestant.RM, List.of(program, "rm"));
        } else {
            List.of(Contestant.C, Contestant.C_SAME, Contestant.RM).forEach(each -> absent.put(each, failure));
        }
    }

    private void python() throws IOException {
        String failure = run("python3", "--version");
        if (failure == null) {
            workers.put(Contestant.PYTHON, List.of("python3", copy("worker.py", build)));
        } else {
            absent.put(Contestant.PYTHON, failure);
        }
    }

    /** Cargo fetches the crate, where it can. */
    private void rust() throws IOException {
        Path sources = Files.createDirectories(build.resolve("rust").resolve("src"));
        Path manifest = Files.writeString(sources.resolveSibling("Cargo.toml"), """
                [package]
                name = "worker"
                version = "0.0.0"
                edition = "2021"
                [dependencies]
                tempfile = "3"
                """);
        Files.move(Path.of(copy("worker.rs", build)), sources.resolve("main.rs"));
        String failure = run("cargo", "build", "-q", "--release", "--manifest-path", manifest.toString());
        if (failure == null) {
            workers.put(
                    Contestant.RUST,
                    List.of(build.resolve("rust/target/release/worker").toString()));
        } else {
            absent.put(Contestant.RUST, failure);
        }
    }

    private static String copy(String name, Path directory) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream resource = Peers.class.getResourceAsStream(name)) {
            Files.copy(resource, file);
        }
        return file.toString();
    }

    /** Returns what went wrong, or null. */
    private static @Nullable String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? null : command[0] + ": " + shortened(output);
        } catch (IOException notThere) {
            return command[0] + " is not on this machine";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** The last line says it; what is before, and where this machine keeps its files, is nobody's concern. */
    private static String shortened(String output) {
        String[] lines = output.split("\n", -1);
        return lines[lines.length - 1].strip().replace(System.getProperty("user.home") + File.separator, "~/");
    }
}

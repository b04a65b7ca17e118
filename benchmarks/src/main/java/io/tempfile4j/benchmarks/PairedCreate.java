package io.tempfile4j.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Making and removing a file against a C program that makes the same system calls: the two take turns, so that whatever
 * else the machine does meets both; and against Python's and Rust's libraries, where the machine has them. Arguments: the
 * directories to do it in.
 */
public final class PairedCreate {

    private static final int ROUNDS = 15;
    private static final int OPERATIONS = 30_000;

    private final Path directory;
    private final TempSpace space;

    private PairedCreate(Path directory, TempSpace space) {
        this.directory = directory;
        this.space = space;
    }

    /** Compiles the programs, and measures in each directory. */
    public static void main(String[] directories) throws IOException, InterruptedException {
        Path build = Files.createTempDirectory("paired");
        String c = build.resolve("create").toString();
        run("cc", "-O2", "-o", c, copy("create.c", build).toString());
        String[] python = {"python3", copy("create.py", build).toString()};
        String[] rust = {rust(build)};
        System.out.printf(
                Locale.ROOT, "%-10s %-8s %-15s %8s %8s %6s%n", "where", "peer", "what", "Java us", "peer us", "ratio");
        for (String parent : directories) {
            Path directory = Files.createTempDirectory(Path.of(parent), "paired");
            try (TempSpace space = TempSpace.in(directory)) {
                PairedCreate pair = new PairedCreate(directory, space);
                for (String kind : List.of("", "-same")) {
                    pair.compare("C", "nameless" + kind, pair::nameless, c);
                    pair.compare("C", "named" + kind, pair::named, c);
                    pair.compare("C", "persist" + kind, pair::persist, c);
                }
                pair.compare("Python", "nameless", pair::nameless, python);
                pair.compare("Python", "named", pair::named, python);
                pair.compare("Rust", "nameless", pair::nameless, rust);
                pair.compare("Rust", "named", pair::named, rust);
                pair.compare("Rust", "persist", pair::persist, rust);
            }
            Files.delete(directory.resolve("target"));
            Files.delete(directory);
        }
        try (TemporaryDirectory done = TemporaryDirectory.adopt(build)) {
            System.out.println("removed " + done.path());
        }
    }

    private static Path copy(String name, Path directory) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream resource = PairedCreate.class.getResourceAsStream(name)) {
            Files.copy(resource, file);
        }
        return file;
    }

    /** Has cargo fetch the crate and compile; the program, even if there is none then. */
    private static String rust(Path build) throws IOException, InterruptedException {
        Path sources = Files.createDirectories(build.resolve("rust/src"));
        Files.writeString(
                build.resolve("rust/Cargo.toml"),
                "[package]\nname = \"create\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[dependencies]\ntempfile = \"3\"\n");
        Files.move(copy("create.rs", build), sources.resolve("main.rs"));
        try {
            run(
                    "cargo",
                    "build",
                    "-q",
                    "--release",
                    "--manifest-path",
                    build.resolve("rust/Cargo.toml").toString());
        } catch (IOException absent) {
            System.out.println("Rust is absent: " + absent.getMessage());
        }
        return build.resolve("rust/target/release/create").toString();
    }

    private void nameless() throws IOException {
        space.temporaryFile().close();
    }

    private void named() throws IOException {
        space.namedTemporaryFile().close();
    }

    private void persist() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            file.persist(directory.resolve("target"));
        }
    }

    /** Prints the medians of the rounds, and that of their ratios. */
    private void compare(String peer, String kind, Operation operation, String... program)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(kind, directory.toString(), Integer.toString(OPERATIONS)));
        double[] java = new double[ROUNDS];
        double[] other = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        // The first rounds are for the JIT compiler.
        for (int round = -ROUNDS / 3; round < ROUNDS; round++) {
            double ours = measure(operation);
            double theirs;
            try {
                theirs = Double.parseDouble(run(command.toArray(String[]::new)));
            } catch (IOException absent) {
                System.out.println(peer + " is absent: " + absent.getMessage());
                return;
            }
            if (round >= 0) {
                java[round] = ours / 1000;
                other[round] = theirs / 1000;
                ratio[round] = ours / theirs;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s %-8s %-15s %8.2f %8.2f %6.2f%n",
                directory.getParent(),
                peer,
                kind,
                median(java),
                median(other),
                median(ratio));
    }

    private static double measure(Operation operation) throws IOException {
        long from = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++) {
            operation.run();
        }
        return (double) (System.nanoTime() - from) / OPERATIONS;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(List.of(command) + " failed");
        }
        return output;
    }

    @FunctionalInterface
    private interface Operation {
        void run() throws IOException;
    }
}

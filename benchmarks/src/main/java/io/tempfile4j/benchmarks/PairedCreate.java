package io.tempfile4j.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Making and removing a file against a C program that makes the same system calls: the two take turns, so that whatever
 * else the machine does meets both. Arguments: the directories to do it in.
 */
public final class PairedCreate {

    private static final int ROUNDS = 15;
    private static final int OPERATIONS = 30_000;

    private final Path program;
    private final Path directory;
    private final TempSpace space;

    private PairedCreate(Path program, Path directory, TempSpace space) {
        this.program = program;
        this.directory = directory;
        this.space = space;
    }

    /** Compiles the C program, and measures in each directory. */
    public static void main(String[] directories) throws IOException, InterruptedException {
        Path build = Files.createTempDirectory("paired");
        Path source = build.resolve("create.c");
        try (InputStream resource = PairedCreate.class.getResourceAsStream("create.c")) {
            Files.copy(resource, source);
        }
        Path program = build.resolve("create");
        run("cc", "-O2", "-o", program.toString(), source.toString());
        System.out.printf(Locale.ROOT, "%-10s %-15s %8s %8s %6s%n", "where", "against", "Java us", "C us", "ratio");
        for (String parent : directories) {
            Path directory = Files.createTempDirectory(Path.of(parent), "paired");
            try (TempSpace space = TempSpace.in(directory)) {
                PairedCreate pair = new PairedCreate(program, directory, space);
                pair.compare("nameless", pair::nameless);
                pair.compare("nameless-same", pair::nameless);
                pair.compare("named", pair::named);
                pair.compare("named-same", pair::named);
                pair.compare("persist", pair::persist);
                pair.compare("persist-same", pair::persist);
            }
            Files.delete(directory.resolve("target"));
            Files.delete(directory);
        }
        Files.delete(program);
        Files.delete(source);
        Files.delete(build);
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
    private void compare(String kind, Operation operation) throws IOException, InterruptedException {
        double[] java = new double[ROUNDS];
        double[] c = new double[ROUNDS];
        double[] ratio = new double[ROUNDS];
        // The first rounds are for the JIT compiler.
        for (int round = -ROUNDS / 3; round < ROUNDS; round++) {
            double ours = measure(operation);
            double theirs = Double.parseDouble(
                    run(program.toString(), kind, directory.toString(), Integer.toString(OPERATIONS)));
            if (round >= 0) {
                java[round] = ours / 1000;
                c[round] = theirs / 1000;
                ratio[round] = ours / theirs;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s %-15s %8.2f %8.2f %6.2f%n",
                directory.getParent(),
                kind,
                median(java),
                median(c),
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

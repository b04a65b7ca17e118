package io.tempfile4j.benchmarks;

import io.tempfile4j.TempSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the crash journal adds: making and closing a named file with it and without it, taking turns; and the first file
 * of a process, in processes that take turns. Arguments: the directories to do it in.
 */
public final class PairedJournal {

    private static final int ROUNDS = 40;
    private static final int OPERATIONS = 5_000;
    private static final int PROCESSES = 21;

    private PairedJournal() {}

    /** Measures in each directory. */
    public static void main(String[] directories) throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%-10s %-8s %9s %9s %6s%n", "where", "what", "with us", "without", "ratio");
        for (String parent : directories) {
            Path directory = Files.createTempDirectory(Path.of(parent), "paired");
            steady(directory);
            first(directory);
            Files.delete(directory);
        }
    }

    private static TempSpace space(Path directory, boolean recorded) throws IOException {
        return TempSpace.builder().directory(directory).crashCleanup(recorded).open();
    }

    private static void steady(Path directory) throws IOException {
        double[] with = new double[ROUNDS];
        double[] without = new double[ROUNDS];
        try (TempSpace recorded = space(directory, true);
                TempSpace unrecorded = space(directory, false)) {
            for (int round = -5; round < ROUNDS; round++) {
                double first = perOperation(recorded);
                double second = perOperation(unrecorded);
                if (round >= 0) {
                    with[round] = first;
                    without[round] = second;
                }
            }
        }
        print(directory, "named", with, without);
    }

    private static double perOperation(TempSpace space) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++) {
            space.namedTemporaryFile().close();
        }
        return (System.nanoTime() - start) / 1e3 / OPERATIONS;
    }

    private static void first(Path directory) throws IOException, InterruptedException {
        double[] with = new double[PROCESSES];
        double[] without = new double[PROCESSES];
        for (int i = 0; i < PROCESSES; i++) {
            with[i] = firstOfAProcess(directory, true);
            without[i] = firstOfAProcess(directory, false);
        }
        print(directory, "first", with, without);
    }

    private static double firstOfAProcess(Path directory, boolean recorded) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dtempfile4j.backend=" + System.getProperty("tempfile4j.backend", "portable"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(First.class.getName(), directory.toString(), Boolean.toString(recorded)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IOException("the process failed: " + output);
        }
        return Double.parseDouble(output.strip());
    }

    /** Says how many microseconds the first file of the process took. */
    static final class First {
        public static void main(String[] args) throws IOException {
            TempSpace space = space(Path.of(args[0]), Boolean.parseBoolean(args[1]));
            long start = System.nanoTime();
            space.namedTemporaryFile();
            System.out.println((System.nanoTime() - start) / 1e3);
        }

        private First() {}
    }

    private static void print(Path directory, String what, double[] with, double[] without) {
        double[] ratios = new double[with.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = with[i] / without[i];
        }
        System.out.printf(
                Locale.ROOT,
                "%-10s %-8s %9.1f %9.1f %6.3f%n",
                directory.getParent(),
                what,
                median(with),
                median(without),
                median(ratios));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

package io.tempfile4j.benchmarks.turns;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that is measured as a whole.
 *
 * @param lines what it printed
 * @param firstLine nanoseconds from its start to its first line
 * @param afterwards nanoseconds from its last line to its end
 */
record Child(List<String> lines, long firstLine, long afterwards) {

    /** Runs one to its end. */
    static Child run(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        long first = 0;
        long last = start;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last = System.nanoTime();
                first = lines.isEmpty() ? last - start : first;
                lines.add(line);
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
        return new Child(lines, first, System.nanoTime() - last);
    }

    /** What its only line says. */
    double number() {
        return Double.parseDouble(lines.get(0));
    }
}

package io.tempfile4j.benchmarks.turns;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * A process that does a work when it is told to, and says how long that took.
 *
 * <p>A request is a line, {@code WORK DIRECTORY THREADS OPERATIONS}; the answer is the nanoseconds of all of it, {@code !}
 * and what went wrong, or {@code ?} if it has no such work. The process ends at the end of its input.
 */
final class Worker implements AutoCloseable {

    private static final String NO_SUCH_WORK = "?";

    private final Contestant contestant;
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    Worker(Contestant contestant, List<String> command) throws IOException {
        this.contestant = contestant;
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    Contestant contestant() {
        return contestant;
    }

    /**
     * Has it done.
     *
     * @return nanoseconds of the clock on the wall, for all operations
     * @throws IOException if it cannot do it, or is gone
     */
    long work(String work, Path directory, int threads, long operations) throws IOException {
        return tryWork(work, directory, threads, operations)
                .orElseThrow(() -> new IOException(contestant + " has no such work: " + work));
    }

    /** The same; nothing if the work is none of this contestant's. */
    OptionalLong tryWork(String work, Path directory, int threads, long operations) throws IOException {
        requests.write(work + " " + directory + " " + threads + " " + operations + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (NO_SUCH_WORK.equals(answer)) {
            return OptionalLong.empty();
        }
        if (answer == null || answer.startsWith("!")) {
            throw new IOException(contestant + " cannot do " + work + " in " + directory + ": " + answer);
        }
        return OptionalLong.of(Long.parseLong(answer));
    }

    @Override
    public void close() throws IOException {
        requests.close();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

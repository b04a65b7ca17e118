package io.tempfile4j.benchmarks;

import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryFile;
import io.tempfile4j.TextFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What does a line of text cost; against the JDK's buffered writer and reader on the same file system. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TextBenchmark {

    private static final int LINES = 10_000;
    private static final String LINE = "2026-01-31T23:59:59Z INFO  a line of a log, of usual length, with grüßen\n";
    private static final String BARE = LINE.substring(0, LINE.length() - 1);

    private Path directory;
    private Path path;
    private TempSpace space;
    private TemporaryFile file;
    private TextFile text;

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "text");
        path = Files.writeString(directory.resolve("jdk"), LINE.repeat(LINES));
        space = TempSpace.in(directory);
        file = space.temporaryFile();
        text = file.text();
        text.write(LINE.repeat(LINES));
    }

    @TearDown
    public void close() throws IOException {
        space.close();
        Files.delete(path);
        Files.delete(directory);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void write() throws IOException {
        text.seek(0);
        for (int i = 0; i < LINES; i++) {
            text.write(LINE);
        }
        text.flush();
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public void writeJdk() throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(path)) {
            for (int i = 0; i < LINES; i++) {
                writer.write(BARE);
                writer.newLine();
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public int read() throws IOException {
        text.seek(0);
        int length = 0;
        for (int i = 0; i < LINES; i++) {
            length += text.readLine().length();
        }
        return length;
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public int readJdk() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            int length = 0;
            for (int i = 0; i < LINES; i++) {
                length += reader.readLine().length();
            }
            return length;
        }
    }
}

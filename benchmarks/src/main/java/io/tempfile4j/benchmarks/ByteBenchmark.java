package io.tempfile4j.benchmarks;

import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

/**
 * What does one byte cost, written or read by itself; against the JDK's buffered streams on the same file system.
 *
 * <p>The streams are held in a field, as the file is: of a stream that never leaves the loop which made it, C2 removes
 * the lock, and that is not the cost of a stream which somebody else was handed.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ByteBenchmark {

    private static final int BYTES = 1 << 20;

    private Path directory;
    private Path path;
    private TempSpace space;
    private TemporaryFile file;
    private OutputStream out = OutputStream.nullOutputStream();
    private InputStream in = InputStream.nullInputStream();

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "bytes");
        path = Files.write(directory.resolve("jdk"), new byte[BYTES]);
        space = TempSpace.in(directory);
        file = space.temporaryFile();
        file.write(new byte[BYTES]);
    }

    @TearDown
    public void close() throws IOException {
        space.close();
        Files.delete(path);
        Files.delete(directory);
    }

    @Benchmark
    @OperationsPerInvocation(BYTES)
    public void write() throws IOException {
        file.seek(0);
        for (int i = 0; i < BYTES; i++) {
            file.write(i);
        }
        file.flush();
    }

    @Benchmark
    @OperationsPerInvocation(BYTES)
    public void writeJdk() throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.WRITE));
        for (int i = 0; i < BYTES; i++) {
            out.write(i);
        }
        out.close();
    }

    @Benchmark
    @OperationsPerInvocation(BYTES)
    public int read() throws IOException {
        file.seek(0);
        int sum = 0;
        for (int i = 0; i < BYTES; i++) {
            sum += file.read();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(BYTES)
    public int readJdk() throws IOException {
        in = new BufferedInputStream(Files.newInputStream(path));
        int sum = 0;
        for (int i = 0; i < BYTES; i++) {
            sum += in.read();
        }
        in.close();
        return sum;
    }
}

package io.tempfile4j.benchmarks;

import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What do 64 MiB cost, written in pieces of 64 KiB; against a {@code FileChannel} with direct and with heap buffers. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SequentialBenchmark {

    private static final int PIECE = 64 * 1024;
    private static final int PIECES = 1024;

    /** Where: a disk and a file system in memory. */
    @Param({"/var/tmp", "/dev/shm"})
    public String parent;

    private Path directory;
    private Path path;
    private TempSpace space;
    private TemporaryFile file;

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of(parent), "sequential");
        path = directory.resolve("jdk");
        space = TempSpace.in(directory);
        file = space.temporaryFile();
    }

    @TearDown
    public void close() throws IOException {
        space.close();
        Files.deleteIfExists(path);
        Files.delete(directory);
    }

    @Benchmark
    public void outputStream() throws IOException {
        byte[] piece = new byte[PIECE];
        file.seek(0);
        OutputStream out = file.outputStream();
        for (int i = 0; i < PIECES; i++) {
            out.write(piece);
        }
        out.flush();
    }

    @Benchmark
    public void jdkHeapBuffer() throws IOException {
        writeWithJdk(ByteBuffer.allocate(PIECE));
    }

    @Benchmark
    public void jdkDirectBuffer() throws IOException {
        writeWithJdk(ByteBuffer.allocateDirect(PIECE));
    }

    private void writeWithJdk(ByteBuffer piece) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < PIECES; i++) {
                piece.clear();
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
        }
    }
}

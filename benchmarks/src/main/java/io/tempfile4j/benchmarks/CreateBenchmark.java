package io.tempfile4j.benchmarks;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryFile;
import java.io.IOException;
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

/** What does it cost to make a file, open, and to close it, gone; against the JDK's four calls for the same. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
// Forks do not have what the manifest of the JAR grants.
@Fork(value = 2, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CreateBenchmark {

    /** Where: a disk and a file system in memory. A directory of its own is made there. */
    @Param({"/var/tmp", "/dev/shm"})
    public String parent;

    /** By which calls: with {@code auto} native ones, where this JDK and machine have them. */
    @Param({"auto", "portable"})
    public String backend;

    private Path directory;
    private TempSpace space;

    @Setup
    public void open() throws IOException {
        // Each combination of parameters has a JVM of its own, in which nothing has been made yet.
        System.setProperty("tempfile4j.backend", backend);
        directory = Files.createTempDirectory(Path.of(parent), "create");
        space = TempSpace.in(directory);
    }

    @TearDown
    public void close() throws IOException {
        space.close();
        Files.delete(directory);
    }

    @Benchmark
    public long nameless() throws IOException {
        try (TemporaryFile file = space.temporaryFile()) {
            return file.position();
        }
    }

    @Benchmark
    public long named() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            return file.position();
        }
    }

    @Benchmark
    public long jdkCreateOpenCloseDelete() throws IOException {
        Path path = Files.createTempFile(directory, "tmp", null);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.position();
        } finally {
            Files.delete(path);
        }
    }
}

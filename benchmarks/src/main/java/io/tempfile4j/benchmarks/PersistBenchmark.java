package io.tempfile4j.benchmarks;

import io.tempfile4j.AtomicFile;
import io.tempfile4j.FileObject;
import io.tempfile4j.TempSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

/** What does it cost to replace a file of 4 KiB atomically; against the JDK's calls for the same. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PersistBenchmark {

    private static final int SIZE = 4096;

    /** Where: a disk and a file system in memory. A directory of its own is made there. */
    @Param({"/var/tmp", "/dev/shm"})
    public String parent;

    private final byte[] content = new byte[SIZE];
    private Path directory;
    private Path target;
    private TempSpace space;

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of(parent), "persist");
        target = directory.resolve("target");
        space = TempSpace.in(directory);
    }

    @TearDown
    public void close() throws IOException {
        space.close();
        Files.delete(target);
        Files.delete(directory);
    }

    @Benchmark
    public Path named() throws IOException {
        return persist(space.namedTemporaryFile());
    }

    @Benchmark
    public Path nameless() throws IOException {
        return persist(space.temporaryFile());
    }

    @Benchmark
    public Path inMemory() throws IOException {
        return persist(space.spooledTemporaryFile(0));
    }

    private Path persist(FileObject made) throws IOException {
        try (FileObject file = made) {
            file.write(content);
            return file.persist(target);
        }
    }

    @Benchmark
    public Path jdkCreateWriteMove() throws IOException {
        return jdk(false);
    }

    @Benchmark
    public Path replaceDurably() throws IOException {
        return AtomicFile.replace(target, file -> file.write(content));
    }

    @Benchmark
    public Path jdkCreateWriteForceMoveForce() throws IOException {
        Path moved = jdk(true);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
        return moved;
    }

    private Path jdk(boolean force) throws IOException {
        Path path = Files.createTempFile(directory, "tmp", null);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            if (force) {
                channel.force(true);
            }
        }
        return Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }
}

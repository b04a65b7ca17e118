package io.tempfile4j.benchmarks;

import com.google.common.io.FileBackedOutputStream;
import io.tempfile4j.SpooledTemporaryFile;
import io.tempfile4j.TempSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.output.DeferredFileOutputStream;
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

/** What does it cost to spool some bytes and to read them back, around a limit of 64 KiB; against Guava and Commons IO. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
// Guava has no other way to be told where.
@Fork(
        value = 2,
        jvmArgsAppend = {"-Djava.io.tmpdir=/dev/shm", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SpooledBenchmark {

    private static final int MAX_SIZE = 64 * 1024;

    /** How many bytes. */
    @Param({"100", "1024", "65536", "1048576", "67108864"})
    public int size;

    private byte[] content;
    private Path directory;
    private TempSpace space;

    @Setup
    public void open() throws IOException {
        content = new byte[size];
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "spooled");
        space = TempSpace.in(directory);
    }

    @TearDown
    public void close() throws IOException {
        space.close();
        Files.delete(directory);
    }

    @Benchmark
    public byte[] spooledTemporaryFile() throws IOException {
        try (SpooledTemporaryFile file = space.spooledTemporaryFile(MAX_SIZE)) {
            file.write(content);
            file.seek(0);
            return file.readAllBytes();
        }
    }

    @Benchmark
    public byte[] guavaFileBackedOutputStream() throws IOException {
        FileBackedOutputStream out = new FileBackedOutputStream(MAX_SIZE);
        try {
            out.write(content);
            out.close();
            return out.asByteSource().read();
        } finally {
            out.reset();
        }
    }

    /** As ours is: on the list of what is removed at the end of the program, and watched, lest it is forgotten. */
    @Benchmark
    public byte[] guavaOnAList() throws IOException {
        FileBackedOutputStream out = new FileBackedOutputStream(MAX_SIZE);
        Listed listed = new Listed(out);
        LISTED.add(out);
        Cleaner.Cleanable watch = CLEANER.register(listed, new Reset(out));
        try {
            out.write(content);
            out.close();
            return out.asByteSource().read();
        } finally {
            LISTED.remove(out);
            watch.clean();
            Reference.reachabilityFence(listed);
        }
    }

    private static final Set<FileBackedOutputStream> LISTED = ConcurrentHashMap.newKeySet();
    private static final Cleaner CLEANER = Cleaner.create();

    private record Listed(FileBackedOutputStream out) {}

    private record Reset(FileBackedOutputStream out) implements Runnable {
        @Override
        public void run() {
            try {
                out.reset();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Benchmark
    public byte[] commonsDeferredFileOutputStream() throws IOException {
        DeferredFileOutputStream out = DeferredFileOutputStream.builder()
                .setThreshold(MAX_SIZE)
                .setPrefix("spooled")
                .setDirectory(directory)
                .get();
        try {
            out.write(content);
            out.close();
            try (InputStream in = out.toInputStream()) {
                return in.readAllBytes();
            }
        } finally {
            if (!out.isInMemory()) {
                Files.delete(out.getPath());
            }
        }
    }
}

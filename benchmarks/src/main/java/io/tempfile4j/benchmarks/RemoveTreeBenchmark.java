package io.tempfile4j.benchmarks;

import io.tempfile4j.TemporaryDirectory;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to remove a tree; against {@code rm -rf}, Commons IO, {@code Files.walkFileTree}, and Python's
 * {@code shutil.rmtree}. Each invocation removes a tree of its own, made just before and not measured.
 *
 * <p>{@code rm} is started for each tree, which is in its figure (about a millisecond). Python runs all the time and is
 * sent the path of each tree: its figure is that of {@code rmtree} and one line through a pipe. Where a peer cannot
 * remove a tree at all (a deep one), JMH says so and goes on. {@code -p percent=100} is the full size.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class RemoveTreeBenchmark {

    private static final int FILES_IN_EACH = 100;
    private static final int DIRECTORIES = 1_000;
    private static final int FLAT_FILES = 200_000;
    private static final int LEVELS = 10_000;

    /** A path of so many levels is short enough for the system. */
    private static final int LEVELS_AT_ONCE = 500;

    /** The trees. */
    public enum Shape {
        /** 1,000 directories of 100 files. */
        DIRECTORIES,
        /** One directory of 200,000 files. */
        FLAT,
        /** 10,000 directories, each in the other. */
        DEEP
    }

    /** Where: a disk and a file system in memory. A directory of its own is made there. */
    @Param({"/var/tmp", "/dev/shm"})
    public String parent;

    @Param
    public Shape shape;

    /** How much of it. */
    @Param("10")
    public int percent;

    private Path directory;
    private Path tree;

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(Path.of(parent), "remove");
        tree = directory.resolve("tree");
        // Not by a @TearDown, which is left out when a peer fails.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private void close() {
        try {
            rm(directory);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("left: " + directory, failure);
        }
    }

    @Setup(Level.Invocation)
    public void build() throws IOException, InterruptedException {
        if (Files.exists(tree)) {
            rm(tree); // which somebody could not remove
        }
        Files.createDirectory(tree);
        switch (shape) {
            case DIRECTORIES -> {
                for (int i = 0; i < DIRECTORIES * percent / 100; i++) {
                    fill(Files.createDirectory(tree.resolve("directory-" + i)), FILES_IN_EACH);
                }
            }
            case FLAT -> fill(tree, FLAT_FILES * percent / 100);
            case DEEP -> buildChain(LEVELS * percent / 100);
        }
    }

    private static void fill(Path directory, int files) throws IOException {
        for (int i = 0; i < files; i++) {
            Files.createFile(directory.resolve("file-" + i));
        }
    }

    /** In pieces, each of which is put below the next: only the piece that is made has a path then. */
    private void buildChain(int levels) throws IOException {
        Path part = directory.resolve("part");
        Path chain = directory.resolve("chain");
        for (int made = 0; made < levels; ) {
            Path end = Files.createDirectory(part);
            for (int i = 1; i < LEVELS_AT_ONCE; i++) {
                end = Files.createDirectory(end.resolve("d"));
            }
            if (Files.exists(chain)) {
                Files.move(chain, end.resolve("d"));
            }
            Files.move(part, chain);
            made += LEVELS_AT_ONCE;
        }
        Files.move(chain, tree.resolve("d"));
    }

    private static void rm(Path tree) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("rm", "-rf", tree.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("rm: " + exit);
        }
    }

    @Benchmark
    public void temporaryDirectory() throws IOException {
        TemporaryDirectory.adopt(tree).close();
    }

    @Benchmark
    public void rm() throws IOException, InterruptedException {
        rm(tree);
    }

    @Benchmark
    public void commonsDeleteDirectory() throws IOException {
        FileUtils.deleteDirectory(tree.toFile());
    }

    @Benchmark
    public void jdkWalkFileTree() throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Benchmark
    public void pythonRmtree(Python python) throws IOException {
        python.rmtree(tree);
    }

    /** A Python that removes each tree whose path is on a line of its own. */
    @State(Scope.Benchmark)
    public static class Python {
        private static final String SERVER = """
                import shutil, sys
                for line in sys.stdin:
                    try:
                        shutil.rmtree(line[:-1])
                        print(flush=True)
                    except BaseException as failure:
                        print(type(failure).__name__, flush=True)
                """;

        private Process process;
        private BufferedWriter trees;
        private BufferedReader answers;

        @Setup
        public void start() throws IOException {
            process = new ProcessBuilder("python3", "-c", SERVER).start();
            trees = process.outputWriter(StandardCharsets.UTF_8);
            answers = process.inputReader(StandardCharsets.UTF_8);
        }

        @TearDown
        public void stop() throws IOException {
            trees.close();
            process.destroy();
        }

        void rmtree(Path tree) throws IOException {
            trees.write(tree + "\n");
            trees.flush();
            String answer = answers.readLine();
            if (!"".equals(answer)) {
                throw new IOException("rmtree: " + answer);
            }
        }
    }
}

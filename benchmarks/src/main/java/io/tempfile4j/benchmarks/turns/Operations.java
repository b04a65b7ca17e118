package io.tempfile4j.benchmarks.turns;

import io.tempfile4j.AtomicFile;
import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryPath;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The works, each once with tempfile4j and once as one would do it with the JDK. */
final class Operations {

    private static final byte[] CONTENT = new byte[4096];

    /** One work, done once. */
    @FunctionalInterface
    interface Operation {
        void run() throws IOException;
    }

    private Operations() {}

    /** With tempfile4j. */
    static final class Ours implements AutoCloseable {
        private final Path target;
        private final TempSpace space;
        private final List<TemporaryPath> held = new ArrayList<>();

        Ours(Path directory, boolean recorded) throws IOException {
            this.target = directory.resolve("target-of-ours");
            this.space = TempSpace.builder()
                    .directory(directory)
                    .crashCleanup(recorded)
                    .open();
        }

        Map<String, Operation> works() {
            return Map.of(
                    "nameless", () -> space.temporaryFile().close(),
                    "named", () -> space.namedTemporaryFile().close(),
                    "directory", () -> space.temporaryDirectory().close(),
                    "persist", this::persist,
                    "replace", () -> AtomicFile.replace(target, file -> file.write(CONTENT)),
                    "hold", () -> held.add(space.temporaryPath("held", "", Files::createFile)));
        }

        private void persist() throws IOException {
            try (NamedTemporaryFile file = space.namedTemporaryFile()) {
                file.write(CONTENT);
                file.persist(target);
            }
        }

        @Override
        public void close() throws IOException {
            space.close();
            Files.deleteIfExists(target);
        }
    }

    /** With the JDK. */
    static final class Jdk implements AutoCloseable {
        private final Path directory;
        private final Path target;

        Jdk(Path directory) {
            this.directory = directory;
            this.target = directory.resolve("target-of-the-jdk");
        }

        Map<String, Operation> works() {
            return Map.of(
                    "nameless", this::nameless,
                    "named", this::named,
                    "directory", () -> Files.delete(Files.createTempDirectory(directory, "tmp")),
                    "persist", () -> persist(false),
                    "replace", this::replace);
        }

        /** The nearest there is: the name goes when it is closed. */
        private void nameless() throws IOException {
            Path path = Files.createTempFile(directory, "tmp", null);
            FileChannel.open(
                            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)
                    .close();
        }

        private void named() throws IOException {
            Path path = Files.createTempFile(directory, "tmp", null);
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    .close();
            Files.delete(path);
        }

        private void persist(boolean durably) throws IOException {
            Path path = Files.createTempFile(directory, "tmp", null);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(CONTENT));
                if (durably) {
                    channel.force(true);
                }
            }
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        }

        private void replace() throws IOException {
            persist(true);
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(target);
        }
    }

    /** With {@code deleteOnExit}, which forgets nothing until then. */
    static Map<String, Operation> onExit(Path directory) {
        File parent = directory.toFile();
        return Map.of(
                "named",
                () -> {
                    File file = File.createTempFile("tmp", null, parent);
                    file.deleteOnExit();
                    FileChannel.open(file.toPath(), StandardOpenOption.READ, StandardOpenOption.WRITE)
                            .close();
                    Files.delete(file.toPath());
                },
                "hold",
                () -> File.createTempFile("held", null, parent).deleteOnExit());
    }
}

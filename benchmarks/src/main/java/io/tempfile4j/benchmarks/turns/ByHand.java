package io.tempfile4j.benchmarks.turns;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.io.FileBackedOutputStream;
import io.tempfile4j.benchmarks.turns.Operations.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * With the JDK, and with what it does not do by itself: permissions whatever the umask, nothing removed or moved that is
 * not what was made, a target's owner and permissions kept. What one would have to write to promise what tempfile4j does.
 */
final class ByHand implements AutoCloseable {

    private static final byte[] CONTENT = new byte[4096];
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PERSISTED = PosixFilePermissions.fromString("rw-r--r--");

    private final Path directory;
    private final Path target;
    private final SecureDirectoryStream<Path> open;

    @SuppressWarnings("StreamResourceLeak") // close() closes it
    ByHand(Path directory) throws IOException {
        this.directory = directory;
        this.target = directory.resolve("target-by-hand");
        DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
        if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
            stream.close();
            throw new IOException("no handles of directories here");
        }
        this.open = secure;
    }

    Map<String, Operation> works() {
        return Map.of(
                "named", this::named,
                "directory", this::directory,
                "persist", () -> persist(false),
                "replace", this::replace);
    }

    private void named() throws IOException {
        Path path = Files.createTempFile(directory, "tmp", null);
        Object made = made(path, FILE);
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
                .close();
        Path name = path.getFileName();
        require(made, lookAt(name));
        open.deleteFile(name);
    }

    private void directory() throws IOException {
        Path path = Files.createTempDirectory(directory, "tmp");
        Object made = made(path, DIRECTORY);
        Path name = path.getFileName();
        require(made, lookAt(name));
        open.deleteDirectory(name);
    }

    private void persist(boolean likeTheTarget) throws IOException {
        Path path = Files.createTempFile(directory, "tmp", null);
        Object made = made(path, FILE);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(CONTENT));
            PosixFileAttributes replaced = attributes(target);
            if (replaced != null && replaced.isSymbolicLink() && Files.notExists(target)) {
                throw new NoSuchFileException(target.toString());
            }
            Set<PosixFilePermission> wanted = PERSISTED;
            if (likeTheTarget && replaced != null) {
                wanted = replaced.permissions();
                if (!numbers(target).equals(numbers(path))) {
                    throw new IOException("of another owner: never here");
                }
            }
            Files.setPosixFilePermissions(path, wanted);
            if (likeTheTarget) {
                channel.force(true);
            }
        }
        Path name = path.getFileName();
        require(made, lookAt(name));
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void replace() throws IOException {
        persist(true);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Map<String, Object> numbers(Path file) throws IOException {
        return Files.readAttributes(file, "unix:uid,gid", NOFOLLOW_LINKS);
    }

    private static @Nullable PosixFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException nothing) {
            return null;
        }
    }

    /** Sees what was made, and gives it what the umask took. */
    private static Object made(Path path, Set<PosixFilePermission> wanted) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
        if (!attributes.permissions().equals(wanted)) {
            Files.setPosixFilePermissions(path, wanted);
        }
        return attributes.fileKey();
    }

    private Object lookAt(Path name) throws IOException {
        return open.getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes()
                .fileKey();
    }

    private static void require(Object made, Object found) throws IOException {
        if (!made.equals(found)) {
            throw new IOException("something else is there now");
        }
    }

    @Override
    public void close() throws IOException {
        open.close();
        Files.deleteIfExists(target);
    }

    /** What must not outlive its owner, nor the program: on a list until it is removed, and watched, lest it is forgotten. */
    static final class Watched {
        private static final Set<Runnable> LIST = ConcurrentHashMap.newKeySet();
        private static final Cleaner CLEANER = Cleaner.create();

        @SuppressWarnings("UnusedVariable") // what its owner would close it by; here it only takes its room
        private final Cleaner.Cleanable watch;

        private Watched(Runnable removal) {
            LIST.add(removal);
            watch = CLEANER.register(this, removal);
        }

        /** A file, removed if it is the one that was made. */
        static Watched path(Path directory) throws IOException {
            Path path = Files.createTempFile(directory, "tmp", null);
            return new Watched(new Removal(path, made(path, FILE)));
        }

        static Watched spooled(int maxSize) {
            return new Watched(new Reset(new FileBackedOutputStream(maxSize)));
        }

        private record Removal(Path path, Object made) implements Runnable {
            @Override
            public void run() {
                LIST.remove(this);
                try {
                    require(
                            made,
                            Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS)
                                    .fileKey());
                    Files.delete(path);
                } catch (IOException failure) {
                    System.err.println(path + " stays: " + failure);
                }
            }
        }

        private record Reset(FileBackedOutputStream out) implements Runnable {
            @Override
            public void run() {
                LIST.remove(this);
                try {
                    out.reset();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        }
    }

    /** As {@code deleteOnExit}, but removes only what was made. */
    static final class AtExit extends Thread {
        private final List<Path> paths = new ArrayList<>();
        private final List<Object> keys = new ArrayList<>();

        AtExit() {
            Runtime.getRuntime().addShutdownHook(this);
        }

        void make(Path directory) throws IOException {
            Path path = Files.createTempFile(directory, "tmp", null);
            paths.add(path);
            keys.add(made(path, FILE));
        }

        @Override
        public void run() {
            for (int i = paths.size() - 1; i >= 0; i--) {
                Path path = paths.get(i);
                try {
                    Object found = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS)
                            .fileKey();
                    if (Objects.equals(found, keys.get(i))) {
                        Files.delete(path);
                    }
                } catch (IOException failure) {
                    System.err.println(path + " stays: " + failure);
                }
            }
        }
    }
}

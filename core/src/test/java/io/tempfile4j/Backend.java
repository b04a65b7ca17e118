package io.tempfile4j;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.tempfile4j.internal.platform.AlternatingPlatform;
import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file system to run a contract over, and what can be expected of it: tests ask for capabilities, never for names. Each
 * test has a backend of its own, in an empty {@link #directory()} that is removed afterwards.
 */
abstract class Backend implements AutoCloseable {

    private static final Set<String> HAVE_NAMELESS_FILES = Set.of("btrfs", "ext4", "f2fs", "tmpfs", "xfs");

    /** The kinds of back-end that the contracts run over. */
    enum Kind {
        /** The machine's own file system; in the run with native access by native calls. */
        PORTABLE {
            @Override
            Backend open() throws IOException {
                return new Default();
            }
        },
        /** The same while the native calls are being linked: now by these, now portably. */
        TIERED {
            @Override
            Backend open() throws IOException {
                // Without the grant a native call would print a warning, and count as granted from then on.
                assumeTrue(ChildJvm.NATIVE, "not the run with native access");
                return new Default() {
                    private final Platform alternating = new AlternatingPlatform();

                    @Override
                    Platform platform() {
                        return alternating;
                    }

                    @Override
                    boolean namesNamelessFiles() {
                        return abort("now it does, and now it does not");
                    }
                };
            }
        },
        /** In memory, with POSIX permissions, directory handles, inodes. */
        JIMFS_UNIX {
            @Override
            Backend open() throws IOException {
                return new InMemory(
                        Jimfs.newFileSystem(Configuration.unix().toBuilder()
                                .setAttributeViews("basic", "owner", "posix", "unix")
                                .build()),
                        "/space");
            }
        },
        /** In memory, with drives, backslashes, names without case, access control lists, no directory handles. */
        JIMFS_WINDOWS {
            @Override
            Backend open() throws IOException {
                return new InMemory(
                        Jimfs.newFileSystem(Configuration.windows().toBuilder()
                                .setAttributeViews("basic", "owner", "dos", "acl")
                                .setSupportedFeatures(
                                        com.google.common.jimfs.Feature.LINKS,
                                        com.google.common.jimfs.Feature.SYMBOLIC_LINKS,
                                        com.google.common.jimfs.Feature.FILE_CHANNEL)
                                .build()),
                        "C:\\space");
            }
        };

        abstract Backend open() throws IOException;
    }

    /** Exists and is empty when the test begins. */
    abstract Path directory();

    /** A builder of spaces in {@link #directory()}. */
    final TempSpace.Builder builder() {
        return TempSpace.builder().platform(platform()).directory(directory());
    }

    Platform platform() {
        return Platform.current();
    }

    /** A space in {@link #directory()} with the default policy. */
    final TempSpace space() throws IOException {
        return builder().open();
    }

    final boolean hasPosixPermissions() {
        return directory().getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    final boolean hasWindowsNames() {
        return directory().getFileSystem().getSeparator().equals("\\");
    }

    /** Whether the file system is in memory: other processes cannot see it. */
    abstract boolean isInMemory();

    /** Whether a file without a name has one for a moment, which must be possible and free then. */
    boolean namesNamelessFiles() throws IOException {
        if (isInMemory() || !ChildJvm.NATIVE) {
            return true;
        }
        String type = Files.getFileStore(directory()).type();
        assumeTrue(HAVE_NAMELESS_FILES.contains(type), "whether " + type + " has O_TMPFILE is not known");
        return false;
    }

    final Set<PosixFilePermission> permissions(Path path) throws IOException {
        return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** What is in {@link #directory()}. */
    final List<Path> entries() throws IOException {
        return entries(directory());
    }

    static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    @Override
    public abstract void close() throws IOException;

    private static class Default extends Backend {
        private final Path directory =
                Files.createTempDirectory("tempfile4j-test").toRealPath();

        Default() throws IOException {}

        @Override
        Path directory() {
            return directory;
        }

        @Override
        boolean isInMemory() {
            return false;
        }

        /** With the JDK's means, not with those that are tested. */
        @Override
        public void close() throws IOException {
            if (Files.notExists(directory)) {
                return;
            }
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static final class InMemory extends Backend {
        private final FileSystem fileSystem;
        private final Path directory;

        InMemory(FileSystem fileSystem, String directory) throws IOException {
            this.fileSystem = fileSystem;
            this.directory = Files.createDirectory(fileSystem.getPath(directory));
        }

        @Override
        Path directory() {
            return directory;
        }

        @Override
        boolean isInMemory() {
            return true;
        }

        @Override
        public void close() throws IOException {
            fileSystem.close();
        }
    }
}

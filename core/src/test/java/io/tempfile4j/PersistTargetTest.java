package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets that are neither a regular file nor a symbolic link are rejected, and left untouched. */
class PersistTargetTest extends ProcessSuite {

    private static final List<Set<PersistOption>> REPLACING = List.of(
            EnumSet.noneOf(PersistOption.class),
            EnumSet.of(PersistOption.KEEP_TARGET_ATTRIBUTES),
            EnumSet.of(PersistOption.DURABLE, PersistOption.KEEP_TARGET_ATTRIBUTES));

    private Path targets;
    private Path sources;
    private TempSpace space;

    /** What is at the target. */
    enum Occupant {
        CHARACTER_DEVICE("mknod \"$0\" c 1 3"),
        BLOCK_DEVICE("mknod \"$0\" b 240 99"),
        FIFO("mkfifo \"$0\""),
        SOCKET(null),
        DIRECTORY("mkdir \"$0\"");

        private final String command;

        Occupant(String command) {
            this.command = command;
        }

        boolean needsRoot() {
            return this == CHARACTER_DEVICE || this == BLOCK_DEVICE;
        }

        void createAt(Path path) throws Exception {
            if (command == null) {
                // The entry stays when the channel is closed.
                ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(path))
                        .close();
                return;
            }
            Process process = new ProcessBuilder("/bin/sh", "-c", command, path.toString()).start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    /** What is persisted. */
    enum Persisted {
        UNNAMED,
        NAMED,
        NAMED_WITH_CLOSED_CHANNEL,
        SPOOLED_IN_MEMORY,
        SPOOLED_ROLLED_OVER,
        PATH_OF_A_FILE,
        PATH_OF_A_FIFO;

        AutoCloseable open(TempSpace space) throws IOException {
            switch (this) {
                case UNNAMED -> {
                    return written(space.temporaryFile());
                }
                case NAMED -> {
                    return written(space.namedTemporaryFile());
                }
                case NAMED_WITH_CLOSED_CHANNEL -> {
                    NamedTemporaryFile file = space.namedTemporaryFile();
                    file.write('x');
                    file.closeChannel();
                    return file;
                }
                case SPOOLED_IN_MEMORY -> {
                    return written(space.spooledTemporaryFile(0));
                }
                case SPOOLED_ROLLED_OVER -> {
                    SpooledTemporaryFile file = space.spooledTemporaryFile(0);
                    file.rollover();
                    return written(file);
                }
                case PATH_OF_A_FILE -> {
                    return space.temporaryPath("", "", path -> Files.writeString(path, "x"));
                }
                case PATH_OF_A_FIFO -> {
                    return space.temporaryPath("", "", path -> {
                        try {
                            Occupant.FIFO.createAt(path);
                        } catch (Exception failure) {
                            throw new IOException(failure);
                        }
                    });
                }
                default -> throw new AssertionError(this);
            }
        }

        private static FileObject written(FileObject file) throws IOException {
            file.write('x');
            return file;
        }

        static void persist(AutoCloseable source, Path target, Set<PersistOption> options) throws IOException {
            PersistOption[] asked = options.toArray(PersistOption[]::new);
            if (source instanceof TemporaryPath path) {
                path.persist(target, asked);
            } else {
                ((FileObject) source).persist(target, asked);
            }
        }
    }

    @BeforeEach
    void openSpace() throws IOException {
        // Short: the path of a socket has hardly a hundred bytes.
        targets = Files.createTempDirectory("t4j-t").toRealPath();
        sources = directory("sources");
        space = TempSpace.in(sources);
    }

    @AfterEach
    void closeSpace() throws IOException {
        space.close();
        assertThat(Backend.entries(sources)).isEmpty();
        for (Path target : Backend.entries(targets)) {
            Files.delete(target);
        }
        Files.delete(targets);
    }

    private static Object kindOf(Path path) throws IOException {
        return Files.readAttributes(path, "unix:mode,ino,rdev,ctime", LinkOption.NOFOLLOW_LINKS);
    }

    /** The target is the same entry, with the same mode; nothing was created next to it. */
    private void assertRejected(Path occupant, ThrowingCallable replacing, String kind) throws Exception {
        List<Path> before = Backend.entries(targets);
        Object was = kindOf(occupant);
        assertThatThrownBy(replacing)
                .isInstanceOf(PersistException.class)
                .cause()
                .isInstanceOf(FileSystemException.class)
                .isNotInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(
                        kind.equals("DIRECTORY")
                                ? occupant + ": is a directory"
                                : occupant + ": cannot be replaced: is a device, socket or FIFO, not a regular file;"
                                        + " remove it first, or choose another target");
        assertThat(kindOf(occupant)).isEqualTo(was);
        assertThat(Backend.entries(targets)).isEqualTo(before);
    }

    static Stream<Arguments> ofUser() {
        return combinations(false);
    }

    static Stream<Arguments> ofRoot() {
        return combinations(true);
    }

    private static Stream<Arguments> combinations(boolean root) {
        List<Arguments> all = new ArrayList<>();
        for (Persisted persisted : Persisted.values()) {
            for (Occupant occupant : Occupant.values()) {
                if (occupant.needsRoot() == root) {
                    all.add(Arguments.of(persisted, occupant));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("ofUser")
    void persist_targetIsNoRegularFile_isRejectedAndLeftUntouched(Persisted persisted, Occupant occupant)
            throws Exception {
        requireRejected(persisted, occupant);
    }

    @ParameterizedTest
    @MethodSource("ofRoot")
    @Needs(Need.ROOT)
    void persist_targetIsADevice_isRejectedAndLeftUntouched(Persisted persisted, Occupant occupant) throws Exception {
        requireRejected(persisted, occupant);
    }

    private void requireRejected(Persisted persisted, Occupant occupant) throws Exception {
        Path target = targets.resolve("target");
        occupant.createAt(target);
        try (AutoCloseable source = persisted.open(space)) {
            for (Set<PersistOption> options : REPLACING) {
                assertRejected(target, () -> Persisted.persist(source, target, options), occupant.name());
            }
            Set<PersistOption> exclusive = EnumSet.of(PersistOption.NO_CLOBBER);
            assertThatThrownBy(() -> Persisted.persist(source, target, exclusive))
                    .isInstanceOf(PersistException.class)
                    .hasCauseInstanceOf(FileAlreadyExistsException.class);
            Path free = targets.resolve("free");
            Persisted.persist(source, free, EnumSet.noneOf(PersistOption.class));
            assertThat(free).exists();
        }
    }

    /** As systemd masks a unit. */
    @Test
    @Needs(Need.ROOT)
    void replace_linkToADevice_isRejectedBeforeTheWriterIsCalled() throws Exception {
        requireReplacementRejected(Occupant.CHARACTER_DEVICE);
    }

    @ParameterizedTest
    @EnumSource(names = {"FIFO", "SOCKET", "DIRECTORY"})
    void replace_targetIsNoRegularFile_isRejectedBeforeTheWriterIsCalled(Occupant occupant) throws Exception {
        requireReplacementRejected(occupant);
    }

    private void requireReplacementRejected(Occupant occupant) throws Exception {
        Path node = targets.resolve("node");
        occupant.createAt(node);
        Path link = Files.createSymbolicLink(targets.resolve("link"), node);
        ContentWriter writer = file -> {
            throw new AssertionError("the writer is called");
        };
        for (Path target : List.of(node, link)) {
            assertRejected(node, () -> AtomicFile.replace(target, writer), occupant.name());
            for (Set<PersistOption> options : REPLACING) {
                assertRejected(node, () -> AtomicFile.replace(target, options, writer), occupant.name());
            }
            assertThatThrownBy(() ->
                            AtomicFile.replace(target, EnumSet.of(PersistOption.NO_CLOBBER), file -> file.write(1)))
                    .isInstanceOf(PersistException.class)
                    .hasCauseInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(Files.readSymbolicLink(link)).isEqualTo(node);
    }

    /** The node appears after the first look, while the content is written. */
    @Test
    void replace_fifoAppearsWhileWriting_isRejected() throws Exception {
        Path target = Files.writeString(targets.resolve("target"), "old");
        assertThatThrownBy(() -> AtomicFile.replace(target, file -> {
                    Files.delete(target);
                    try {
                        Occupant.FIFO.createAt(target);
                    } catch (Exception failure) {
                        throw new IOException(failure);
                    }
                }))
                .isInstanceOf(PersistException.class)
                .hasMessageContaining("not a regular file");
        assertThat(Backend.entries(targets)).containsExactly(target);
        assertThat(Files.readAttributes(target, java.nio.file.attribute.BasicFileAttributes.class)
                        .isOther())
                .isTrue();
    }

    /** The node appears after the look before anything is written: that directly before the rename finds it. */
    @ParameterizedTest
    @EnumSource(names = {"NAMED", "SPOOLED_IN_MEMORY"})
    void persist_fifoAppearsDirectlyBeforeTheRename_isRejected(Persisted persisted) throws Exception {
        FailingPlatform platform = new FailingPlatform();
        Path target = targets.resolve("target");
        platform.after(FailingPlatform.Verb.BEFORE_RENAME, () -> {
            try {
                Occupant.FIFO.createAt(target);
            } catch (Exception failure) {
                throw new IOException(failure);
            }
        });
        try (TempSpace faulty = TempSpace.builder()
                        .platform(platform)
                        .directory(sources)
                        .open();
                AutoCloseable source = persisted.open(faulty)) {
            assertThatThrownBy(() -> Persisted.persist(source, target, EnumSet.noneOf(PersistOption.class)))
                    .isInstanceOf(PersistException.class)
                    .hasMessageContaining("not a regular file");
        }
        assertThat(Backend.entries(targets)).containsExactly(target);
    }

    @Test
    void persist_linkToAFifo_replacesTheLinkAndLeavesTheFifo() throws Exception {
        Path node = targets.resolve("node");
        Occupant.FIFO.createAt(node);
        Object was = kindOf(node);
        Path link = Files.createSymbolicLink(targets.resolve("link"), node);
        try (FileObject file = space.temporaryFile()) {
            file.write('x');
            file.persist(link);
        }
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(link).hasContent("x");
        assertThat(kindOf(node)).isEqualTo(was);
    }

    @Test
    void persist_fifoOntoARegularFile_replacesIt() throws Exception {
        Path target = Files.writeString(targets.resolve("target"), "old");
        try (AutoCloseable source = Persisted.PATH_OF_A_FIFO.open(space)) {
            Persisted.persist(source, target, EnumSet.noneOf(PersistOption.class));
        }
        assertThat(Files.readAttributes(target, java.nio.file.attribute.BasicFileAttributes.class)
                        .isOther())
                .isTrue();
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Group K between file systems, and on those that are full or read-only. */
class PersistDiskTest extends ProcessSuite {

    private Path disk;
    private Path other;

    @BeforeEach
    void makeDirectories() throws IOException {
        disk = directory("disk");
        other = directory("other");
    }

    @Test
    @Behaviour({350, 361})
    @Needs(Need.SHM)
    void persist_toAnotherDevice_isWholeAndTheSourceIsGone() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(!Files.getFileStore(memory).equals(Files.getFileStore(scratch)), "it is the same file system");
        Path sources = Files.createTempDirectory(memory, "tempfile4j-test");
        try (TempSpace space = TempSpace.in(sources)) {
            byte[] content = new byte[200_000];
            java.util.Arrays.fill(content, (byte) 'x');
            for (FileKind kind : FileKind.values()) {
                for (PersistOption[] options : new PersistOption[][] {{}, PersistOption.values()}) {
                    Path target = other.resolve(kind + "-" + options.length);
                    if (options.length == 0) {
                        Files.writeString(target, "old");
                    }
                    try (FileObject file = kind.open(space)) {
                        file.write(content);
                        file.persist(target, options);
                        assertThat(target).hasBinaryContent(content);
                        assertThat(Backend.entries(sources)).isEmpty();
                        file.write('y');
                    }
                    assertThat(Files.size(target)).isEqualTo(content.length + 1);
                }
            }
            NamedTemporaryFile closed = space.namedTemporaryFile();
            closed.text().write("text");
            closed.closeChannel();
            closed.persist(other.resolve("closed"));
            assertThat(closed.isOpen()).isFalse();
            assertThat(closed.path()).isEqualTo(other.resolve("closed")).hasContent("text");
            NamedTemporaryFile kept = space.namedTemporaryFile();
            kept.keep();
            kept.persist(other.resolve("kept"));
            kept.close();
            assertThat(other.resolve("kept")).exists();
            assertThat(Backend.entries(sources)).isEmpty();
            assertThat(Backend.entries(other)).hasSize(FileKind.values().length * 2 + 2);
        } finally {
            Files.delete(sources);
        }
    }

    /** Persists from the second directory to a full disk; then makes room, and does so again. */
    static final class Full {
        public static void main(String[] arguments) throws IOException {
            Path disk = Path.of(arguments[0]);
            Path target = disk.resolve("target");
            TempSpace space = TempSpace.in(Path.of(arguments[1]));
            List<Path> before = Backend.entries(disk);
            for (FileKind kind : FileKind.values()) {
                try (FileObject file = kind.open(space)) {
                    file.write(new byte[50_000]);
                    try {
                        file.persist(target, PersistOption.DURABLE);
                        throw new AssertionError("there is room");
                    } catch (PersistException full) {
                        System.out.println(full.getMessage());
                    }
                    require(Backend.entries(disk).equals(before) && Files.size(target) == 4, Backend.entries(disk));
                    require(file.size() == 50_000, file);
                }
            }
            Files.delete(disk.resolve("full"));
            try (FileObject file = space.namedTemporaryFile()) {
                file.write(new byte[50_000]);
                file.persist(target, PersistOption.DURABLE);
            }
            require(Files.size(target) == 50_000 && Backend.entries(disk).size() == 1, Backend.entries(disk));
            System.out.println("done");
        }

        private static void require(boolean holds, Object otherwise) {
            if (!holds) {
                throw new AssertionError(otherwise);
            }
        }

        private Full() {}
    }

    @Test
    @Behaviour({348, 350})
    @Needs(Need.MOUNT)
    void persist_toFullDisk_oldContentStaysAndNothingIsLeft() throws Exception {
        ChildJvm child = ChildJvm.of(Full.class).args(disk.toString(), other.toString());
        ChildJvm.Result result = mounting(
                        child,
                        disk,
                        "size=128k",
                        String.format("echo old > '%1$s/target'; cat /dev/zero > '%1$s/full' 2> /dev/null", disk))
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).hasSize(FileKind.values().length + 1).endsWith("done");
        assertThat(result.lines())
                .filteredOn(line -> !line.equals("done"))
                .allSatisfy(line -> assertThat(line).contains("No space left on device", disk.toString()));
    }

    /** Persists from the second directory to a read-only disk. */
    static final class ReadOnly {
        public static void main(String[] arguments) throws IOException {
            TempSpace space = TempSpace.in(Path.of(arguments[1]));
            for (FileKind kind : FileKind.values()) {
                for (PersistOption[] options : new PersistOption[][] {{}, PersistOption.values()}) {
                    try (FileObject file = kind.open(space)) {
                        file.write(1);
                        file.persist(Path.of(arguments[0], "target"), options);
                        System.out.println("persisted");
                    } catch (PersistException expected) {
                        System.out.println(expected.getMessage());
                    }
                }
            }
        }

        private ReadOnly() {}
    }

    @Test
    @Behaviour(351)
    @Needs(Need.MOUNT)
    void persist_toReadOnlyDisk_isSaid() throws Exception {
        ChildJvm child = ChildJvm.of(ReadOnly.class).args(disk.toString(), other.toString());
        ChildJvm.Result result = mounting(child, disk, "size=64k,ro", ":").run();
        assertThat(result.lines())
                .hasSize(FileKind.values().length * 2)
                .allSatisfy(line -> assertThat(line).contains("Read-only file system"));
        assertThat(Backend.entries(other)).isEmpty();
    }

    /** Persists from one mount of a file system to another of the same, between which rename(2) and link(2) fail. */
    static final class Bound {
        public static void main(String[] arguments) throws IOException {
            Path real = Path.of(arguments[0], "real");
            Path bound = Path.of(arguments[0], "bound");
            TempSpace space = TempSpace.in(real);
            for (PersistOption[] options : new PersistOption[][] {{}, {PersistOption.NO_CLOBBER}}) {
                Path target = bound.resolve("target" + options.length);
                try (NamedTemporaryFile file = space.namedTemporaryFile()) {
                    file.text().write("content");
                    file.persist(target, options);
                }
                System.out.println(
                        Files.readString(target) + " " + Backend.entries(bound).size());
            }
        }

        private Bound() {}
    }

    @Test
    @Behaviour(350)
    @Needs(Need.MOUNT)
    void persist_toAnotherMountOfTheSameDevice_isCopied() throws Exception {
        String bind = String.format(
                "mkdir '%1$s/real' '%1$s/bound' '%1$s/dir' && mount --bind '%1$s/dir' '%1$s/bound' || exit 98", disk);
        ChildJvm child = ChildJvm.of(Bound.class).args(disk.toString());
        ChildJvm.Result result = mounting(child, disk, "size=128k", bind).run();
        assertThat(result.lines()).containsExactly("content 1", "content 2");
    }
}

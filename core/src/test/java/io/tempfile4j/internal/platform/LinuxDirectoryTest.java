package io.tempfile4j.internal.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.Behaviour;
import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import io.tempfile4j.internal.platform.Directory.MadeFile;
import io.tempfile4j.internal.platform.Directory.Removal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the directory of native calls does, or does better; all else the suites of the public API show. */
@Needs(Need.NATIVE)
class LinuxDirectoryTest {

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PRIVATE_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    @TempDir
    Path scratch;

    private Path place;
    private Directory directory;

    @BeforeEach
    void open() throws IOException {
        place = Files.createDirectory(scratch.toRealPath().resolve("place"));
        directory = Platform.current().open(place);
    }

    private static void write(FileHandle handle, String text) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(text.getBytes(UTF_8));
        long position = 0;
        while (source.hasRemaining()) {
            position += handle.write(source, position);
        }
    }

    // ---- Identity

    /** File systems give the number of an inode to what is made next; the time of birth tells them apart. */
    @Test
    void removeTree_strangersDirectoryHasTheSameInode_isAStranger() throws IOException {
        Identity made = directory.createDirectory("entry", PRIVATE_DIRECTORY);
        Object inode = Files.getAttribute(place.resolve("entry"), "unix:ino");
        Files.delete(place.resolve("entry"));
        assumeTrue(
                isMadeWithInode(inode, () -> Files.createDirectory(place.resolve("entry"))), "no inode is used again");
        Files.createFile(place.resolve("entry/precious"));
        assertThat(directory.removeTree("entry", made)).isEqualTo(Removal.STRANGER);
        assertThat(place.resolve("entry/precious")).exists();
    }

    @Test
    void removeFile_strangersFileHasTheSameInode_isAStranger() throws IOException {
        MadeFile made = directory.createFile("entry", PRIVATE);
        Object inode = Files.getAttribute(place.resolve("entry"), "unix:ino");
        // As closeChannel() does: as long as the file is open nobody else can have its inode.
        made.handle().close();
        Files.delete(place.resolve("entry"));
        assumeTrue(isMadeWithInode(inode, () -> Files.createFile(place.resolve("entry"))), "no inode is used again");
        assertThat(directory.removeFile("entry", made.identity())).isEqualTo(Removal.STRANGER);
        assertThat(place.resolve("entry")).exists();
        assertThatThrownBy(() -> directory.open("entry", made.identity(), Set.of()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("something else is there now");
    }

    private boolean isMadeWithInode(Object inode, Making making) throws IOException {
        for (int i = 0; i < 1000; i++) {
            making.make();
            if (Files.getAttribute(place.resolve("entry"), "unix:ino").equals(inode)) {
                return true;
            }
            Files.move(place.resolve("entry"), place.resolve("other" + i));
        }
        return false;
    }

    @FunctionalInterface
    private interface Making {
        void make() throws IOException;
    }

    // ---- The directory is moved, made anew, closed

    @Test
    void createFile_directoryWasMovedAndMadeAnew_isInTheOneAtThePath() throws IOException {
        directory.hold();
        MadeFile before = directory.createFile("before", PRIVATE);
        Path moved = Files.move(place, place.resolveSibling("moved"));
        Files.createDirectory(place);
        MadeFile after = directory.createFile("after", PRIVATE);
        Identity tree = directory.createDirectory("tree", PRIVATE_DIRECTORY);
        assertThat(place.resolve("after")).exists();
        assertThat(place.resolve("tree")).isDirectory();
        assertThat(directory.removeFile("after", after.identity())).isEqualTo(Removal.REMOVED);
        assertThat(directory.removeTree("tree", tree)).isEqualTo(Removal.REMOVED);
        assertThat(directory.removeFile("before", before.identity())).isEqualTo(Removal.ABSENT);
        assertThat(moved.resolve("before")).exists();
        before.handle().close();
        after.handle().close();
    }

    @Test
    void removeFile_directoryWasMoved_isRemovedWhereItIs() throws IOException {
        directory.hold();
        MadeFile made = directory.createFile("file", PRIVATE);
        Path moved = Files.move(place, place.resolveSibling("moved"));
        assertThat(directory.removeFile("file", made.identity())).isEqualTo(Removal.REMOVED);
        assertThat(moved).isEmptyDirectory();
        made.handle().close();
    }

    @Test
    void removeFile_entryWasMovedIntoANewDirectory_isRemovedThere() throws IOException {
        directory.hold();
        MadeFile made = directory.createFile("file", PRIVATE);
        Path moved = Files.move(place, place.resolveSibling("moved"));
        Files.createDirectory(place);
        Files.move(moved.resolve("file"), place.resolve("file"));
        assertThat(directory.removeFile("file", made.identity())).isEqualTo(Removal.REMOVED);
        assertThat(place).isEmptyDirectory();
        made.handle().close();
    }

    @Test
    void directory_usedOnce_isNotHeld() throws IOException {
        MadeFile made = directory.createFile("file", PRIVATE);
        assertThat(descriptorsOf(place)).isZero();
        directory.rename("file", made.identity(), directory, "other", true);
        directory.force();
        directory.identify("other");
        directory.open("other", made.identity(), Set.of()).close();
        assertThat(directory.removeFile("other", made.identity())).isEqualTo(Removal.REMOVED);
        made.handle().close();
        directory.createUnnamed("unused", PRIVATE).close();
        assertThat(descriptorsOf(place)).isZero();
    }

    @Test
    void release_directoryIsHeld_closesItAndItIsHeldAgainWhenUsedAgain() throws IOException {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 3; i++) {
                directory.createFile("file" + round + i, PRIVATE).handle().close();
            }
            assertThat(descriptorsOf(place)).isEqualTo(1);
            directory.release();
            assertThat(descriptorsOf(place)).isZero();
        }
    }

    @Test
    void hold_directory_staysOpen() throws IOException {
        directory.hold();
        assertThat(descriptorsOf(place)).isEqualTo(1);
        directory.release();
    }

    @Test
    void directory_isForgotten_isClosedByTheGarbageCollector() throws Exception {
        directory.hold();
        directory = null;
        for (int i = 0; i < 1000 && descriptorsOf(place) > 0; i++) {
            System.gc();
            Thread.sleep(1);
        }
        assertThat(descriptorsOf(place)).isZero();
    }

    private static long descriptorsOf(Path path) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(descriptor -> leadsTo(descriptor, path)).count();
        }
    }

    private static boolean leadsTo(Path descriptor, Path path) {
        try {
            return Files.readSymbolicLink(descriptor).equals(path);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** Nor does a FileChannel of the JDK mind, before it is used. */
    @Test
    void open_threadIsInterrupted_opensAndLeavesItInterrupted() throws IOException {
        MadeFile file = directory.createFile("file", PRIVATE);
        Thread.currentThread().interrupt();
        try (FileChannel first = file.handle().channel();
                FileChannel second = directory.open("file", file.identity(), Set.of(StandardOpenOption.READ));
                FileChannel third = directory.createChannel("other", PRIVATE)) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(first.size() + second.size() + third.size()).isZero();
        } finally {
            assertThat(Thread.interrupted()).isFalse();
            file.handle().close();
        }
    }

    // ---- Names for what has none, other names for what has one

    @Test
    @Behaviour({227})
    void link_namelessFile_givesItTheNameOnce() throws IOException {
        FileHandle handle = directory.createUnnamed("unused", PRIVATE);
        write(handle, "content");
        assertThat(handle.link(directory, "name")).isTrue();
        assertThat(place.resolve("name")).hasContent("content");
        assertThatThrownBy(() -> handle.link(directory, "name"))
                .isExactlyInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(place.resolve("name").toString());
        handle.close();
        assertThat(place.resolve("name")).hasContent("content");
    }

    @Test
    void link_directoryOnAnotherFileSystem_cannot() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isDirectory(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(place)),
                "there is no second file system");
        FileHandle handle = directory.createUnnamed("unused", PRIVATE);
        assertThat(handle.link(Platform.current().open(memory), "tempfile4j-test-never-made"))
                .isFalse();
        handle.close();
        MadeFile file = directory.createFile("file", PRIVATE);
        assertThatThrownBy(() -> directory.rename(
                        "file", file.identity(), Platform.current().open(memory), "tempfile4j-test-never-made", true))
                .isInstanceOf(AtomicMoveNotSupportedException.class)
                .hasMessageContaining(place.resolve("file").toString());
        assertThat(place.resolve("file")).exists();
        file.handle().close();
    }

    @Test
    void rename_targetExists_replacesItOrRefuses() throws IOException {
        MadeFile file = directory.createFile("file", PRIVATE);
        write(file.handle(), "new");
        Path other = Files.createDirectory(scratch.toRealPath().resolve("other"));
        Path target = Files.writeString(other.resolve("target"), "old");
        Directory to = Platform.current().open(other);
        assertThatThrownBy(() -> directory.rename("file", file.identity(), to, "target", false))
                .isExactlyInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(target.toString());
        assertThat(target).hasContent("old");
        assertThat(place.resolve("file")).hasContent("new");
        directory.rename("file", file.identity(), to, "target", true);
        assertThat(target).hasContent("new");
        assertThat(place).isEmptyDirectory();
        to.rename("target", file.identity(), directory, "back", false);
        assertThat(place.resolve("back")).hasContent("new");
        directory.force();
        to.force();
        file.handle().close();
    }

    @Test
    void rename_somethingElseIsThere_isRefused() throws IOException {
        MadeFile file = directory.createFile("file", PRIVATE);
        Files.delete(place.resolve("file"));
        Files.writeString(place.resolve("file"), "stranger");
        assertThatThrownBy(() -> directory.rename("file", file.identity(), directory, "target", true))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("something else is there now");
        assertThat(place.resolve("file")).hasContent("stranger");
        file.handle().close();
    }

    @Test
    void setPermissions_openFile_areExact() throws IOException {
        MadeFile file = directory.createFile("file", PRIVATE);
        Set<PosixFilePermission> wide = PosixFilePermissions.fromString("rwxrw-r--");
        file.handle().setPermissions(wide);
        assertThat(Files.getPosixFilePermissions(place.resolve("file"), LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(wide);
        file.handle().close();
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.internal.platform.Entropy;
import io.tempfile4j.internal.platform.Names;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No room, no inode, no writing at all: on small file systems of the child's own. */
@Needs(Need.MOUNT)
class FullDiskProcessTest extends ProcessSuite {

    private static final String FILL = "cat /dev/zero > '%1$s/full' 2> /dev/null";

    private Path disk;
    private Path other;

    @BeforeEach
    void makeDirectories() throws IOException {
        disk = directory("disk");
        other = directory("other");
    }

    private ChildJvm.Result run(Class<?> main, String options, String commands, String... arguments) throws Exception {
        ChildJvm child =
                ChildJvm.of(main).args(arguments).env("TMPDIR", disk.toString()).env("TMP", other.toString());
        ChildJvm.Result result =
                mounting(child, disk, options, String.format(commands, disk)).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result;
    }

    /** Has no inodes: nothing can be made. Says how each way of making fails, and how many names were drawn for it. */
    static final class MakingAll {
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            List<Path> before = Backend.entries(directory);
            for (Making making : Making.values()) {
                AtomicInteger draws = new AtomicInteger();
                SecureRandom random = new SecureRandom();
                // A draw is 512 bytes: enough for 8 names of 64 characters.
                Names counted = new Names(new Entropy(bytes -> {
                    draws.incrementAndGet();
                    random.nextBytes(bytes);
                }));
                TempSpace space = TempSpace.builder()
                        .directory(directory)
                        .names(counted)
                        .randomLength(64)
                        .open();
                try (Making.Made made = making.in(space)) {
                    System.out.println(making + " made " + made);
                } catch (FileAlreadyExistsException wrong) {
                    System.out.println(making + " " + wrong);
                } catch (FileSystemException failure) {
                    System.out.println(making + " after " + draws + ": "
                            + failure.getFile().startsWith(arguments[0]) + " " + failure.getReason());
                }
                space.close();
                if (!Backend.entries(directory).equals(before)) {
                    throw new AssertionError(making + " left " + Backend.entries(directory));
                }
            }
        }

        private MakingAll() {}
    }

    @Test
    @Behaviour({103})
    void make_noInodeIsLeft_failsAfterOneAttemptAndLeavesNothing() throws Exception {
        ChildJvm.Result result = run(
                MakingAll.class, "size=64k,nr_inodes=5", "for i in 1 2 3 4; do : > '%1$s/'$i; done", disk.toString());
        assertThat(result.lines())
                .hasSize(Making.values().length)
                .allSatisfy(line -> assertThat(line).matches("[A-Z_]+ after 1: true No space left on device"));
    }

    @Test
    @Behaviour({103})
    void make_fileSystemIsReadOnly_failsAfterOneAttempt() throws Exception {
        ChildJvm.Result result = run(MakingAll.class, "size=64k,ro", ":", disk.toString());
        assertThat(result.lines())
                .hasSize(Making.values().length)
                .allSatisfy(line -> assertThat(line).matches("[A-Z_]+ after 1: true Read-only file system"));
    }

    /** Has no room: files can be made, but not written. */
    static final class Writing {
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            TempSpace space = TempSpace.in(directory);
            List<Path> before = Backend.entries(directory);
            NamedTemporaryFile named = space.namedTemporaryFile();
            try (named) {
                expectFull(() -> {
                    named.write(new byte[100_000]);
                    named.flush();
                });
            } catch (FileSystemException closing) {
                // What is in the buffer cannot be written at close either, which is said; the file goes all the same.
                require(closing.getMessage().contains("No space left on device"), closing);
            }
            require(Files.notExists(named.path()), named);
            try (TemporaryFile file = space.temporaryFile()) {
                expectFull(() -> {
                    file.write(new byte[100_000]);
                    file.flush();
                });
            } catch (FileSystemException closing) {
                require(closing.getMessage().contains("No space left on device"), closing);
            }
            try (SpooledTemporaryFile file = space.spooledTemporaryFile(1000)) {
                file.write(new byte[] {1, 2, 3});
                expectFull(() -> file.write(new byte[100_000]));
                require(!file.rolled() && file.tell() == 3 && file.size() == 3, file);
                file.seek(0);
                require(file.read() == 1 && file.read() == 2 && file.read() == 3 && file.read() == -1, file);
            }
            try (MkstempResult made = space.mkstemp("", "")) {
                try {
                    require(made.channel().write(ByteBuffer.wrap(new byte[100_000])) < 0, made);
                } catch (IOException full) {
                    Files.delete(made.path());
                }
            }
            space.close();
            require(Backend.entries(directory).equals(before), Backend.entries(directory));
            System.out.println("done");
        }

        private interface Action {
            void run() throws IOException;
        }

        private static void expectFull(Action action) throws IOException {
            try {
                action.run();
            } catch (FileSystemException failure) {
                System.out.println("failed: " + failure.getMessage());
                return;
            }
            throw new AssertionError("there is room");
        }

        private static void require(boolean holds, Object otherwise) {
            if (!holds) {
                throw new AssertionError(otherwise);
            }
        }

        private Writing() {}
    }

    @Test
    @Behaviour({103, 105, 170, 185, 249, 250})
    void write_noRoomIsLeft_failureNamesTheFileAndNothingIsLeftBehind() throws Exception {
        ChildJvm.Result result = run(Writing.class, "size=64k", FILL, disk.toString());
        assertThat(result.lines()).endsWith("done");
        assertThat(result.lines())
                .filteredOn(line -> line.startsWith("failed: "))
                .satisfiesExactly(
                        named -> assertThat(named)
                                .matches("failed: " + disk
                                        + "/tmp\\w+: write at byte \\d+ failed: No space left on device"),
                        nameless -> assertThat(nameless).matches(noSpaceForNameless()),
                        spooled -> assertThat(spooled).matches(noSpaceForNameless()));
    }

    /** Of a path that nobody can find it is not said. */
    private String noSpaceForNameless() {
        return "failed: " + disk + ": write at byte \\d+ of a file without a name failed: No space left on device";
    }

    /** Creates more than its journal has room for, and counts the threads that were started to make room. */
    static final class RecordingOnAFullDisk {
        private static final int FITTING = 300;
        private static final int MORE = 3_000;
        private static final List<Object> HELD = new ArrayList<>();

        public static void main(String[] arguments) throws Exception {
            Path disk = Path.of(arguments[0]);
            TempSpace space = TempSpace.in(Path.of(arguments[1]));
            HELD.add(space.namedTemporaryFile());
            Path filler = Files.createFile(disk.resolve("full"));
            fill(filler);
            Path journal = journal(disk);
            long size = Files.size(journal);
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            for (int i = 0; i < FITTING; i++) {
                HELD.add(space.namedTemporaryFile());
            }
            long before = threads.getTotalStartedThreadCount();
            for (int i = 0; i < MORE; i++) {
                space.namedTemporaryFile().close();
            }
            System.out.println("attempts " + (threads.getTotalStartedThreadCount() - before));
            System.out.println("grown " + (Files.size(journal) - size));
            Files.delete(filler);
            while (Files.size(journal) == size) {
                // Until the pause is over.
                space.namedTemporaryFile().close();
            }
            HELD.add(space.namedTemporaryFile("recorded", ""));
            System.out.println("recording");
            Runtime.getRuntime().halt(0);
        }

        private static void fill(Path filler) throws IOException {
            try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.WRITE)) {
                while (channel.write(ByteBuffer.allocate(1)) > 0) {
                    // To the last byte.
                }
            } catch (IOException full) {
                // As it is meant to be.
            }
        }

        private static Path journal(Path disk) throws IOException {
            for (Path entry : Backend.entries(disk)) {
                if (Files.isDirectory(entry)) {
                    return Backend.entries(entry).get(0);
                }
            }
            throw new AssertionError("no journal in " + Backend.entries(disk));
        }

        private RecordingOnAFullDisk() {}
    }

    /** An attempt takes a few hundred times as long as creating a file, so they must not be as many as the files. */
    @Test
    void create_noRoomIsLeftForTheJournal_isTriedRarelyAndLoggedOnceAndRecordingResumes() throws Exception {
        Path space = directory("space");
        ChildJvm child = ChildJvm.of(RecordingOnAFullDisk.class)
                .options("-Dtempfile4j.journal=" + disk)
                .args(disk.toString(), space.toString());
        // Room for a journal of two segments: the second is taken away before it is needed, and given back.
        ChildJvm.Result result =
                mounting(child, disk, "size=160k,mode=700", ":").run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .containsOnlyOnce("WARNING")
                .containsOnlyOnce("the journal cannot be written")
                .contains("grown 0")
                .endsWith("recording\n");
        String attempts = result.lines().stream()
                .filter(line -> line.startsWith("attempts "))
                .findFirst()
                .orElseThrow();
        assertThat(Integer.parseInt(attempts.substring("attempts ".length()))).isLessThan(50);
        assertThat(Backend.entries(space))
                .as("the process was halted, and its journal is gone with its disk")
                .isNotEmpty();
    }

    /** Where is the directory now, and what is on the disk? */
    static final class Choosing {
        public static void main(String[] arguments) throws IOException {
            System.out.println("dir=" + Tempfile.gettempdir());
            Backend.entries(Path.of(arguments[0])).forEach(entry -> System.out.println("entry=" + entry.getFileName()));
        }

        private Choosing() {}
    }

    private void assertRefused(ChildJvm.Result result, String reason, String... left) {
        assertThat(result.lines()).contains("dir=" + other);
        assertThat(result.lines())
                .filteredOn(line -> line.contains("not used for temporary files: "))
                .singleElement()
                .asString()
                .contains("TMPDIR " + disk + ": is not usable: ", reason);
        assertThat(result.lines()).filteredOn(line -> line.startsWith("entry=")).containsExactly(left);
        assertThat(other).isEmptyDirectory();
    }

    /** The probe can be made, not written; it is removed. */
    @Test
    @Behaviour({9, 11, 14})
    void gettempdir_noRoomIsLeft_isRefusedAndTheProbeRemoved() throws Exception {
        ChildJvm.Result result = run(Choosing.class, "size=64k", FILL, disk.toString());
        assertRefused(result, "No space left on device", "entry=full");
    }

    @Test
    @Behaviour(9)
    void gettempdir_noInodeIsLeft_isRefused() throws Exception {
        ChildJvm.Result result = run(Choosing.class, "size=64k,nr_inodes=2", ": > '%1$s/full'", disk.toString());
        assertRefused(result, "No space left on device", "entry=full");
    }

    @Test
    @Behaviour(9)
    void gettempdir_fileSystemIsReadOnly_isRefused() throws Exception {
        ChildJvm.Result result = run(Choosing.class, "size=64k,ro", ":", disk.toString());
        assertRefused(result, "Read-only file system");
    }
}

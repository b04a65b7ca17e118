package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What is alive outlives the operating system's own cleaner, however long; what is not ours does not. */
@Needs(Need.SYSTEMD_TMPFILES)
class SystemCleanerTest extends CrashSuite {

    private static final String FAST = "-Dtempfile4j.refresh=PT0.1S";

    static final class Lives {
        public static void main(String[] args) throws IOException {
            NamedTemporaryFile open = NamedTemporaryFile.create("open", "");
            NamedTemporaryFile closed = NamedTemporaryFile.create("closed", "");
            closed.closeChannel();
            TemporaryDirectory empty = TemporaryDirectory.create("empty", "");
            TemporaryDirectory full = TemporaryDirectory.create("full", "");
            Files.createDirectories(full.resolve("a/b"));
            Files.writeString(full.resolve("a/b/file"), "content");
            List<Object> held = new ArrayList<>(List.of(open, closed, empty, full));
            readyAndWait();
            System.out.println(held.size());
        }

        private Lives() {}
    }

    /** Runs the real program on our directory until it has removed a file that is nobody's. */
    private void clean() throws IOException, InterruptedException {
        Path bystander = Files.createFile(space.resolve("bystander"));
        Path configuration = Files.writeString(scratch.resolve("own.conf"), "d " + space + " - - - 1s\n");
        for (int i = 0; i < 600 && Files.exists(bystander); i++) {
            Process cleaner = new ProcessBuilder(
                            "systemd-tmpfiles", "--clean", "--prefix=" + space, configuration.toString())
                    .redirectErrorStream(true)
                    .start();
            String output =
                    new String(cleaner.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assumeTrue(cleaner.waitFor() == 0, "systemd-tmpfiles(8) does not work here: " + output);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(bystander).as("the cleaner cleans").doesNotExist();
    }

    @Test
    @Behaviour(385)
    void clean_whatIsAlive_stays() throws Exception {
        Process child = child(Lives.class).options(FAST).start();
        try {
            awaitReady(child);
            clean();
            clean();
            assertThat(Backend.entries(space)).hasSize(4);
            Path full = Backend.entries(space).stream()
                    .filter(path -> path.getFileName().toString().startsWith("full"))
                    .findFirst()
                    .orElseThrow();
            assertThat(full.resolve("a/b/file")).hasContent("content");
        } finally {
            killHard(child);
        }
    }

    /** The test of the test: the cleaner would have removed all of it. */
    @Test
    void clean_whatIsNotRefreshed_goes() throws Exception {
        Process child = child(Lives.class).options("-Dtempfile4j.refresh=PT0S").start();
        try {
            awaitReady(child);
            clean();
            assertThat(Backend.entries(space)).isEmpty();
        } finally {
            killHard(child);
        }
    }

    /** A program that looks at the time of a file's last change sees no difference. */
    @Test
    void refresh_ofFilesAndDirectories_leavesTheirTimesOfChangeAndStrangersAlone() throws Exception {
        FileTime old = FileTime.from(1_000_000_000, TimeUnit.SECONDS);
        Path outside = Files.createFile(scratch.resolve("outside"));
        setTimes(outside, old);
        Process child = child(Lives.class).options(FAST).start();
        try {
            awaitReady(child);
            Path file = null;
            for (Path entry : Backend.entries(space)) {
                if (entry.getFileName().toString().startsWith("full")) {
                    file = entry.resolve("a/b/file");
                    Files.createSymbolicLink(entry.resolve("link"), outside);
                }
            }
            setTimes(file, old);
            setTimes(file.getParent(), old);
            FileTime outsideChanged = changed(outside);
            awaitRefresh(child, file);
            awaitRefresh(child, file);
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(old);
            assertThat(accessed(file)).isEqualTo(old);
            assertThat(Files.getLastModifiedTime(file.getParent())).isEqualTo(old);
            assertThat(accessed(file.getParent())).isNotEqualTo(old);
            assertThat(accessed(outside)).isEqualTo(old);
            assertThat(changed(outside)).isEqualTo(outsideChanged);
        } finally {
            killHard(child);
        }
    }

    private static void awaitRefresh(Process child, Path file) throws IOException {
        FileTime before = changed(file);
        while (changed(file).equals(before)) {
            assertThat(child.isAlive()).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static FileTime changed(Path file) throws IOException {
        return (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    }

    /** Has locked files of its own, as a database has. */
    static final class Locks {
        public static void main(String[] args) throws IOException {
            TemporaryDirectory directory = TemporaryDirectory.create();
            Path file = Files.createFile(directory.resolve("locked"));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                System.out.println(file);
                readyAndWait();
                System.out.println(lock.isValid());
            }
            directory.close();
        }

        private Locks() {}
    }

    /** To open a file and to close it again gives back all locks that a process has on it. */
    @Test
    void refresh_ofAFileThatTheProgramHasLocked_leavesItLocked() throws Exception {
        Process child = child(Locks.class).options(FAST).start();
        try {
            Path file = Path.of(awaitReady(child).get(0));
            awaitRefresh(child, file);
            awaitRefresh(child, file);
            try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
                assertThat(other.tryLock()).isNull();
            }
        } finally {
            killHard(child);
        }
    }

    private static FileTime accessed(Path file) throws IOException {
        return (FileTime) Files.getAttribute(file, "lastAccessTime", LinkOption.NOFOLLOW_LINKS);
    }

    private static void setTimes(Path file, FileTime time) throws IOException {
        Files.setAttribute(file, "lastAccessTime", time);
        Files.setAttribute(file, "lastModifiedTime", time);
    }

    /** The journal too, whose age nobody may change, since to open it is to lose its lock. */
    @Test
    void clean_journals_areSpared() throws Exception {
        Process child = child(Lives.class).start();
        try {
            awaitReady(child);
            Path journal = journalFiles().get(0);
            assertThat((Integer) Files.getAttribute(journal, "unix:mode") & 07777)
                    .isEqualTo(01600);
        } finally {
            killHard(child);
        }
    }
}

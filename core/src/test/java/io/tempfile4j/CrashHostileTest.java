package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals that are damaged, and a private directory that somebody else has put there. */
class CrashHostileTest extends CrashSuite {

    private static final int SEGMENT = 4096;

    /** The journal of a killed process that made one file and one directory. */
    private Path deadJournal() throws Exception {
        kill(child(CrashTest.MakesAndPrints.class));
        List<Path> files = journalFiles();
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private void assertNothingWasTouched() throws IOException {
        assertThat(Backend.entries(space)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4095})
    void reap_journalCutWithinItsHeader_isSkippedAndSaid(int size) throws Exception {
        Path journal = deadJournal();
        cut(journal, size);
        Reaped reaped = reap();
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.skipped()).hasSize(1).allMatch(line -> line.startsWith(journal.toString()));
        assertThat(journal).exists();
        assertNothingWasTouched();
    }

    @ParameterizedTest
    @ValueSource(ints = {SEGMENT, SEGMENT + 300, SEGMENT + 65535})
    void reap_journalCutWithinASegment_isSkippedAsFarAsItIsCut(int size) throws Exception {
        Path journal = deadJournal();
        cut(journal, size);
        Reaped reaped = reap();
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.skipped()).hasSize(size == SEGMENT ? 0 : 1);
        assertNothingWasTouched();
    }

    private static void cut(Path journal, int size) throws IOException {
        try (FileChannel file = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            file.truncate(size);
        }
    }

    @Test
    void reap_garbage_isSkippedAndSaidAndTheOthersAreReaped() throws Exception {
        Path journal = deadJournal();
        byte[] garbage = new byte[100_000];
        new java.util.Random(1).nextBytes(garbage);
        Files.write(journal.resolveSibling("1-garbage.journal"), garbage);
        Reaped reaped = reap();
        assertThat(reaped.removed()).hasSize(2);
        assertThat(reaped.skipped()).hasSize(1).allMatch(line -> line.contains("1-garbage.journal"));
        assertThat(space).isEmptyDirectory();
    }

    /** Each byte of the records is turned over: none of them makes a reaper remove what was not made. */
    @Test
    void reap_anyByteOfItWrong_neverRemovesAnythingElse() throws Exception {
        Path journal = deadJournal();
        Path stranger = Files.createFile(space.resolve("stranger"));
        byte[] right = Files.readAllBytes(journal);
        for (int at = SEGMENT + 256; at < SEGMENT + 3 * 256; at++) {
            byte[] wrong = right.clone();
            wrong[at] ^= (byte) 0xff;
            Files.write(journal.resolveSibling("1-" + at + ".journal"), wrong);
        }
        Files.delete(journal);
        Reaped reaped = reap();
        assertThat(reaped.removed()).hasSizeLessThanOrEqualTo(2).doesNotContain(stranger.toString());
        assertThat(reaped.skipped()).hasSizeGreaterThan(100);
        assertThat(Backend.entries(space)).contains(stranger);
    }

    @Test
    void reap_journalOfALaterVersion_isLeftToItAndSaid() throws Exception {
        Path journal = deadJournal();
        try (FileChannel file = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {99}), 8);
        }
        Reaped reaped = reap();
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.skipped()).hasSize(1).allMatch(line -> line.contains("version 99"));
        assertThat(journal).exists();
        assertNothingWasTouched();
    }

    /** A kill between two steps of making a journal. */
    @Test
    void reap_journalThatWasNotFinished_isRemoved() throws Exception {
        Path journal = deadJournal();
        Path unfinished = Files.createFile(journal.resolveSibling("abc.journal"));
        assertThat(reap().skipped()).isEmpty();
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void reap_aFifoOrLinkAmongTheJournals_isNotOpened() throws Exception {
        Path journal = deadJournal();
        Path victim = Files.writeString(scratch.resolve("victim"), "precious");
        Files.createSymbolicLink(journal.resolveSibling("1-link.journal"), victim);
        assumeTrue(
                new ProcessBuilder(
                                        "mkfifo",
                                        journal.resolveSibling("1-fifo.journal").toString())
                                .start()
                                .waitFor()
                        == 0,
                "no mkfifo(1)");
        Reaped reaped = reap();
        assertThat(reaped.removed()).hasSize(2);
        assertThat(reaped.skipped()).hasSize(2);
        assertThat(victim).hasContent("precious");
    }

    // ---- The private directory is somebody else's

    /** As found by a process that makes a file and ends: it works, and says that crash clean-up is off. */
    private void assertWorksWithoutJournal() throws Exception {
        ChildJvm.Result result = child(CrashTest.EndsWellWithout.class).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("made").containsOnlyOnce("WARNING");
        assertThat(space).isEmptyDirectory();
        Reaped reaped = reap();
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.skipped()).hasSize(1);
    }

    private Path privateDirectory() throws Exception {
        deadJournal();
        return journalDirectory();
    }

    @Test
    void make_privateDirectoryIsALink_isNotFollowed() throws Exception {
        Path directory = privateDirectory();
        Path moved = scratch.resolve("moved");
        Files.move(directory, moved);
        Files.createSymbolicLink(directory, moved);
        List<Path> before = Backend.entries(moved);
        removeAllOf(space);
        assertWorksWithoutJournal();
        assertThat(Backend.entries(moved)).isEqualTo(before);
    }

    @Test
    void make_privateDirectoryIsOpenToOthers_isNotUsed() throws Exception {
        Path directory = privateDirectory();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xrwx"));
        List<Path> before = Backend.entries(directory);
        removeAllOf(space);
        assertWorksWithoutJournal();
        assertThat(Backend.entries(directory)).isEqualTo(before);
    }

    @Test
    void make_privateDirectoryIsAFile_isLeftAlone() throws Exception {
        Path directory = privateDirectory();
        Files.move(directory, scratch.resolve("moved"));
        Files.writeString(directory, "a file");
        removeAllOf(space);
        assertWorksWithoutJournal();
        assertThat(directory).hasContent("a file");
    }

    /** It holds a well-formed journal which names a file of the victim's, with its true identity. */
    @Test
    @Needs(Need.ROOT)
    void reap_journalsOfAnotherUser_removeNothing() throws Exception {
        Path directory = privateDirectory();
        assertThat(Backend.entries(space)).hasSize(2);
        Files.setAttribute(directory, "unix:uid", Integer.valueOf(ChildJvm.UNPRIVILEGED));
        for (Path journal : Backend.entries(directory)) {
            Files.setAttribute(journal, "unix:uid", Integer.valueOf(ChildJvm.UNPRIVILEGED));
        }
        Reaped reaped = reap();
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.skipped()).hasSize(1).allMatch(line -> line.contains("another user"));
        assertNothingWasTouched();
        removeAllOf(space);
        assertWorksWithoutJournal();
    }

    /** One journal of another user's in our own directory, be it by a file system that somebody else has mounted. */
    @Test
    @Needs(Need.ROOT)
    void reap_oneJournalOfAnotherUser_removesNothing() throws Exception {
        Path journal = deadJournal();
        Files.setAttribute(journal, "unix:uid", Integer.valueOf(ChildJvm.UNPRIVILEGED));
        Reaped reaped = reap();
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.skipped()).hasSize(1).allMatch(line -> line.startsWith(journal.toString()));
        assertNothingWasTouched();
    }

    @Test
    void make_placeThatOthersCanWriteTo_isNotUsed() throws Exception {
        Files.setPosixFilePermissions(journals, PosixFilePermissions.fromString("rwxrwxrwx"));
        ChildJvm.Result result = child(CrashTest.EndsWellWithout.class).run();
        assertThat(result.output()).contains("made").contains("sticky bit");
        assertThat(journals).isEmptyDirectory();
        Files.setAttribute(journals, "unix:mode", 01777);
        assertThat(child(CrashTest.EndsWell.class, "return").run().lines()).containsExactly("true");
    }

    @Test
    void make_placeThatDoesNotExist_saysSo() throws Exception {
        Files.delete(journals);
        ChildJvm.Result result = child(CrashTest.EndsWellWithout.class).run();
        assertThat(result.output())
                .contains("made")
                .contains("NoSuchFileException: " + journals + ": does not exist")
                .doesNotContain("other processes");
        assertThat(journals).doesNotExist();
    }

    private static void removeAllOf(Path directory) throws IOException {
        for (Path entry : Backend.entries(directory)) {
            Files.delete(entry);
        }
    }
}

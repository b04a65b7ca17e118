package io.tempfile4j.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.internal.platform.NumericIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals that version 1 of the library wrote, with each back-end, before its process was halted in a PathMaker. */
class FirstFormatTest {

    @TempDir
    Path directory;

    private static byte[] recorded(String backend) throws IOException {
        InputStream resource = FirstFormatTest.class.getResourceAsStream("version-1-" + backend + ".journal.gz");
        try (InputStream in = new GZIPInputStream(Objects.requireNonNull(resource))) {
            return in.readAllBytes();
        }
    }

    private List<JournalEntry> read(byte[] journal) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        try (FileChannel file = FileChannel.open(Files.write(directory.resolve("1.journal"), journal))) {
            JournalReader reader = new JournalReader(file, damage -> {
                throw new AssertionError(damage);
            });
            assertThat(reader.header().version()).isEqualTo(1);
            assertThat(reader.header().program()).isEqualTo("example.Program");
            reader.entries((entry, position) -> entries.add(entry));
        }
        return entries;
    }

    private static JournalEntry entry(
            String path, boolean unguessable, boolean live, boolean tree, NumericIdentity key) {
        return new JournalEntry(Path.of(path), path, true, unguessable, NumericIdentity.UNKNOWN, live, tree, key);
    }

    private static NumericIdentity inode(long inode, long born, int nanos) {
        return new NumericIdentity(NumericIdentity.INODE, 0x27, inode, born, nanos);
    }

    @Test
    void read_ofThePortableBackend_hasAllEntries() throws IOException {
        assertThat(read(recorded("portable")))
                .containsExactly(
                        entry("/mnt/space/file-tz8kdgf6drnj.txt", true, true, false, inode(7, 0, 0)),
                        entry("/mnt/space/tree-34grfdsuaeyd", true, true, true, inode(9, 0, 0)),
                        entry("/mnt/space/short-se", false, true, false, inode(10, 0, 0)),
                        entry("/mnt/space/path-vrrtokszm1as", true, false, false, NumericIdentity.UNKNOWN));
    }

    @Test
    void read_ofTheNativeBackend_hasTheTimesOfBirth() throws IOException {
        assertThat(read(recorded("native")))
                .containsExactly(
                        entry(
                                "/mnt/space/file-7q7hy0osaf3h.txt",
                                true,
                                true,
                                false,
                                inode(7, 1_795_893_504, 180_448_157)),
                        entry("/mnt/space/tree-21vj7sslj5r6", true, true, true, inode(9, 1_795_893_504, 232_448_156)),
                        entry("/mnt/space/short-yw", false, true, false, inode(10, 1_795_893_504, 256_448_156)),
                        entry("/mnt/space/path-m0jgbulpsd85", true, false, false, NumericIdentity.UNKNOWN));
    }

    /** So that what other tests write in this format is what the library wrote. */
    @Test
    void firstFormatJournal_ofTheSameEntries_isTheSameBytes() throws IOException {
        byte[] recorded = recorded("portable");
        Header header;
        try (FileChannel file = FileChannel.open(Files.write(directory.resolve("1.journal"), recorded))) {
            header = new JournalReader(file, damage -> {}).header();
        }
        byte[] written = new FirstFormatJournal(header.pid(), header.startedMillis(), header.boot(), header.program())
                .made(1, "/mnt/space/file-tz8kdgf6drnj.txt", true, "(dev=27,ino=7)", false)
                .made(2, "/mnt/space/tree-34grfdsuaeyd", true, "(dev=27,ino=9)", true)
                .made(3, "/mnt/space/short-se", false, "(dev=27,ino=10)", false)
                .planned(4, "/mnt/space/path-vrrtokszm1as", true)
                .bytes();
        assertThat(written).isEqualTo(recorded);
    }

    /** The JDK decoded each byte that the locale did not know to U+FFFD. */
    @Test
    void read_pathThatLostBytes_isNotExact() throws IOException {
        byte[] journal = FirstFormatJournal.current()
                .planned(1, "/mnt/caf\ufffd/tmpabc", true)
                .bytes();
        assertThat(read(journal)).hasSize(1).noneMatch(JournalEntry::exact);
    }
}

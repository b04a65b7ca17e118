package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.NumericIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Writes the first inputs of both targets, with the format of a version. Arguments: directory of the corpus, version. */
final class SeedMain {

    /** Where the fields of an entry begin, in version 1. */
    private static final int[] FIRST_FIELDS = {0, 8, 9, 10, 11, 13, 16, 30};

    /** And in version 2; 70 is in the path. */
    private static final int[] FIELDS = {0, 4, 8, 12, 13, 14, 15, 16, 24, 32, 33, 36, 40, 48, 56, 70};

    private SeedMain() {}

    /** Writes them. */
    public static void main(String[] args) throws IOException {
        Path reader = Files.createDirectories(Path.of(args[0], "ReaderTarget"));
        Path recovery = Files.createDirectories(Path.of(args[0], "RecoveryTarget"));
        int version = Integer.parseInt(args[1]);
        boolean first = version == FormatOne.VERSION;
        for (int slotSize : new int[] {256, 1024, 8192}) {
            byte[] file = journal(version, slotSize);
            Path seed = reader.resolve("seed-v" + version + "-" + slotSize);
            write(seed, "", file);
            for (int damaged : first ? FIRST_FIELDS : slotSize == 256 ? FIELDS : new int[] {13}) {
                byte[] copy = file.clone();
                copy[Header.SIZE + 2 * slotSize + damaged] ^= 0x40;
                write(seed, "-damaged-" + damaged, copy);
            }
            // A path that would end behind the file.
            byte[] overlong = file.clone();
            int last = overlong.length - slotSize;
            ByteBuffer slots = ByteBuffer.wrap(overlong).order(JournalFile.BYTE_ORDER);
            if (first) {
                FormatOne.writeRegistered(overlong, last, new byte[0], false);
                slots.putInt(last + 4, 0).putShort(last + 10, Short.MAX_VALUE);
            } else {
                JournalEntry.stateRegistered(slots, last);
                slots.putShort(last + 12, Short.MAX_VALUE);
            }
            write(seed, "-overlong", overlong);
            write(seed, "-cut", Arrays.copyOf(file, Header.SIZE + 3 * slotSize));
        }
        if (!first) {
            // In UTF-16, and bytes that are no text in any usual locale.
            byte[] file = Arrays.copyOf(journal(version, 256), Header.SIZE + Segment.SIZE);
            ByteBuffer slots = ByteBuffer.wrap(file).order(JournalFile.BYTE_ORDER);
            register(slots, Header.SIZE + 4 * 256, "C:\\\u00e9\ud83d\ude00".getBytes(StandardCharsets.UTF_16LE), (byte)
                    1);
            byte[] latin = "/var/tmp/\u00e9//%41/\u00ff".getBytes(StandardCharsets.ISO_8859_1);
            register(slots, Header.SIZE + 5 * 256, latin, (byte) 2);
            write(reader.resolve("seed-v2-bytes"), "", file);
        }
        Files.write(recovery.resolve("seed-usual"), JournalCorpusTest.USUAL);
        Files.write(recovery.resolve("seed-empty"), new byte[0]);
        // The header, a segment of small slots, then commands: see RecoveryTarget.record.
        Files.write(recovery.resolve("seed-other-identity"), new byte[] {0, 0, 0, 0, 0, 1, 2});
        Files.write(recovery.resolve("seed-any-identity"), new byte[] {0, 0, 0, 0, 2, 1, 4});
        Files.write(recovery.resolve("seed-registered"), new byte[] {0, 0, 3, 0, 1, 1, 3, 1, 2, 1});
        Files.write(recovery.resolve("seed-registered-short-name"), new byte[] {0, 0, 3, 0, 1, 0});
        Files.write(recovery.resolve("seed-other-boot"), new byte[] {1, 0, 0, 0, 0, 1, 3});
        // Version 1; and of version 2: another parent, no parent, the path as text, an entry that goes by its name.
        Files.write(recovery.resolve("seed-first-version"), new byte[] {2, 0, 0, 0, 0, 1, 0, 3, 1, 10, 1});
        Files.write(recovery.resolve("seed-other-parent"), new byte[] {0, 0, 3, 0, 9, 25, 0, 1, 0, 25, 2});
        Files.write(recovery.resolve("seed-no-parent"), new byte[] {0, 0, 3, 0, 9, 17, 0, 1, 0, 17, 2});
        Files.write(recovery.resolve("seed-text"), new byte[] {0, 0, 0, 0, 12, 7, 0});
        Files.write(recovery.resolve("seed-by-name"), new byte[] {0, 0, 0, 0, 2, 1, 5});
        // Jazzer makes no input longer than the longest it begins with.
        Random random = new Random(11);
        for (int i = 1; i <= 3; i++) {
            byte[] commands = new byte[256];
            random.nextBytes(commands);
            Files.write(recovery.resolve("seed-long-" + i), commands);
        }
    }

    private static void write(Path seed, String suffix, byte[] file) throws IOException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(0);
        input.write(SparseBytes.compress(file));
        Files.write(seed.resolveSibling(seed.getFileName() + suffix), input.toByteArray());
    }

    /** A free slot, a registered and two live entries. The header is always the same, so that the seeds are. */
    private static byte[] journal(int version, int slotSize) {
        ByteBuffer file = ByteBuffer.allocate(Header.SIZE + Segment.SIZE).order(JournalFile.BYTE_ORDER);
        file.put(new Header(version, 4711, 1_700_000_000_000L, "2f6b2cd1-boot", "example.Main").encode());
        file.putInt(Header.SIZE, Segment.MAGIC).putInt(Header.SIZE + Segment.SLOT_SIZE, slotSize);
        for (int i = 1; i <= 3; i++) {
            int slot = Header.SIZE + i * slotSize;
            byte[] path = ("/var/tmp/" + "d/".repeat(slotSize / 16) + "entry" + i).getBytes(StandardCharsets.UTF_8);
            if (version == FormatOne.VERSION) {
                FormatOne.writeRegistered(file.array(), slot, path, i < 3);
                if (i > 1) {
                    FormatOne.writeLive(file.array(), slot, "(dev=fd00,ino=" + i + ",born=1.2)", i == 3);
                }
                continue;
            }
            register(file, slot, path, JournalEntry.flags(true, i < 3));
            if (i > 1) {
                NumericIdentity identity = new NumericIdentity(NumericIdentity.INODE, 0xfd00, i, 1, 2);
                JournalEntry.writeLive(file, slot, identity, i == 3);
                JournalEntry.stateLive(file, slot);
            }
        }
        return file.array();
    }

    private static void register(ByteBuffer slots, int slot, byte[] path, byte flags) {
        NumericIdentity parent = new NumericIdentity(NumericIdentity.INODE, 0xfd00, 7, 0, 0);
        JournalEntry.writeRegistration(slots, slot, path, flags, parent);
        JournalEntry.stateRegistered(slots, slot);
    }
}

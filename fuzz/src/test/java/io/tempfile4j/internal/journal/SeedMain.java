package io.tempfile4j.internal.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Writes the first inputs of both targets, with the format that the library writes. Arguments: directory of the corpus, version. */
final class SeedMain {

    private SeedMain() {}

    /** Writes them. */
    public static void main(String[] args) throws IOException {
        Path reader = Files.createDirectories(Path.of(args[0], "ReaderTarget"));
        Path recovery = Files.createDirectories(Path.of(args[0], "RecoveryTarget"));
        for (int slotSize : new int[] {256, 1024, 8192}) {
            byte[] file = journal(slotSize);
            write(reader.resolve("seed-v" + args[1] + "-" + slotSize), SparseBytes.compress(file));
            for (int damaged : new int[] {0, 8, 9, 10, 11, 13, 16, 30}) {
                byte[] copy = file.clone();
                copy[Header.SIZE + 2 * slotSize + damaged] ^= 0x40;
                write(
                        reader.resolve("seed-v" + args[1] + "-" + slotSize + "-damaged-" + damaged),
                        SparseBytes.compress(copy));
            }
            // A path that would end behind the file.
            byte[] overlong = file.clone();
            ByteBuffer last = ByteBuffer.wrap(overlong).order(JournalFile.BYTE_ORDER);
            JournalEntry.statePlanned(last, overlong.length - slotSize);
            last.putShort(overlong.length - slotSize + 10, Short.MAX_VALUE);
            write(reader.resolve("seed-v" + args[1] + "-" + slotSize + "-overlong"), SparseBytes.compress(overlong));
            byte[] cut = java.util.Arrays.copyOf(file, Header.SIZE + 3 * slotSize);
            write(reader.resolve("seed-v" + args[1] + "-" + slotSize + "-cut"), SparseBytes.compress(cut));
        }
        Files.write(recovery.resolve("seed-usual"), JournalCorpusTest.USUAL);
        Files.write(recovery.resolve("seed-empty"), new byte[0]);
        // The header, a segment of small slots, then commands: see RecoveryTarget.record.
        Files.write(recovery.resolve("seed-other-identity"), new byte[] {0, 0, 0, 0, 0, 1, 2});
        Files.write(recovery.resolve("seed-any-identity"), new byte[] {0, 0, 0, 0, 2, 1, 4});
        Files.write(recovery.resolve("seed-registered"), new byte[] {0, 0, 3, 0, 1, 1, 3, 1, 2, 1});
        Files.write(recovery.resolve("seed-registered-short-name"), new byte[] {0, 0, 3, 0, 1, 0});
        Files.write(recovery.resolve("seed-other-boot"), new byte[] {1, 0, 0, 0, 0, 1, 3});
        // Jazzer makes no input longer than the longest it begins with.
        Random random = new Random(11);
        for (int i = 1; i <= 3; i++) {
            byte[] commands = new byte[256];
            random.nextBytes(commands);
            Files.write(recovery.resolve("seed-long-" + i), commands);
        }
    }

    private static void write(Path path, byte[] sparse) throws IOException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(0);
        input.write(sparse);
        Files.write(path, input.toByteArray());
    }

    /** A free slot, a registered and two live entries. The header is always the same, so that the seeds are. */
    private static byte[] journal(int slotSize) {
        ByteBuffer file = ByteBuffer.allocate(Header.SIZE + Segment.SIZE).order(JournalFile.BYTE_ORDER);
        file.put(new Header(4711, 1_700_000_000_000L, "2f6b2cd1-boot", "example.Main").encode());
        ByteBuffer slots = file.slice(Header.SIZE, Segment.SIZE).order(JournalFile.BYTE_ORDER);
        slots.putInt(0, Segment.MAGIC).putInt(Segment.SLOT_SIZE, slotSize);
        for (int i = 1; i <= 3; i++) {
            int slot = i * slotSize;
            byte[] path = ("/var/tmp/" + "d/".repeat(slotSize / 16) + "entry" + i).getBytes(StandardCharsets.UTF_8);
            JournalEntry.writePlan(slots, slot, path, i < 3);
            JournalEntry.statePlanned(slots, slot);
            if (i > 1) {
                JournalEntry.writeIdentity(slots, slot, "(dev=fd00,ino=" + i + ",born=1.2)", i == 3);
                JournalEntry.stateMade(slots, slot);
            }
        }
        return file.array();
    }
}

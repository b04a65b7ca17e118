package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.NumericIdentity;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The entries of version 2, decoded a second time: by the layout in the description of {@link JournalEntry}, with none of the
 * library's code.
 *
 * <p>A checksum is the lower half of a number of 64 bits into which others are mixed: exclusive or, times the golden ratio, exclusive or
 * with its own upper half. The registration begins with the CRC of the path plus 1, then its length, flags and kind of the parent in one
 * number, then the parent; the rest begins with 1, then nanoseconds, flags and kind in one number, then device, inode and second.
 */
final class FormatTwo {

    static final int VERSION = 2;

    private static final int PATH = 64;
    private static final BigInteger RATIO = new BigInteger("9e3779b97f4a7c15", 16);

    private FormatTwo() {}

    /** Returns the valid entries. */
    static List<FoundEntry> entries(byte[] file) {
        List<FoundEntry> entries = new ArrayList<>();
        Slots.each(file, (bytes, slot, slotSize) -> {
            String state = new String(file, slot, 4, StandardCharsets.ISO_8859_1);
            boolean live = state.equals("LVE2");
            int length = bytes.getShort(slot + 12);
            if ((!live && !state.equals("REG2"))
                    || length < 1
                    || length > slotSize - PATH
                    || bytes.getInt(slot + 4) != registration(file, bytes, slot, length)
                    || (live && bytes.getInt(slot + 8) != rest(bytes, slot))) {
                return;
            }
            int flags = bytes.get(slot + 14);
            boolean exact = (flags & 2) != 0;
            byte[] path = Arrays.copyOfRange(file, slot + PATH, slot + PATH + length);
            String text = new String(path, exact ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE);
            entries.add(new FoundEntry(
                    FoundEntry.expected(exact ? path : text.getBytes(StandardCharsets.UTF_8), exact),
                    text,
                    true,
                    (flags & 1) != 0,
                    new NumericIdentity(bytes.get(slot + 15), bytes.getLong(slot + 16), bytes.getLong(slot + 24), 0, 0),
                    live,
                    live && (bytes.get(slot + 32) & 1) != 0,
                    live
                            ? new NumericIdentity(
                                    bytes.get(slot + 33),
                                    bytes.getLong(slot + 40),
                                    bytes.getLong(slot + 48),
                                    bytes.getLong(slot + 56),
                                    bytes.getInt(slot + 36))
                            : new NumericIdentity((byte) 0, 0, 0, 0, 0)));
        });
        return entries;
    }

    /** Makes the checksums right of all that could be entries, so that more than checksums is reached. */
    static void repair(byte[] file) {
        Slots.each(file, (bytes, slot, slotSize) -> {
            int length = bytes.getShort(slot + 12);
            if (bytes.getInt(slot) != 0 && length >= 0 && length <= slotSize - PATH) {
                bytes.putInt(slot + 4, registration(file, bytes, slot, length));
                bytes.putInt(slot + 8, rest(bytes, slot));
            }
        });
    }

    private static int registration(byte[] file, ByteBuffer bytes, int slot, int length) {
        CRC32 path = new CRC32();
        path.update(file, slot + PATH, length);
        long lengthFlagsKind = length * 65_536L
                + Byte.toUnsignedInt(bytes.get(slot + 14)) * 256L
                + Byte.toUnsignedInt(bytes.get(slot + 15));
        return sum(path.getValue() + 1, lengthFlagsKind, bytes.getLong(slot + 16), bytes.getLong(slot + 24));
    }

    private static int rest(ByteBuffer bytes, int slot) {
        long nanosFlagsKind = bytes.getInt(slot + 36) * 65_536L
                + Byte.toUnsignedInt(bytes.get(slot + 32)) * 256L
                + Byte.toUnsignedInt(bytes.get(slot + 33));
        return sum(1, nanosFlagsKind, bytes.getLong(slot + 40), bytes.getLong(slot + 48), bytes.getLong(slot + 56));
    }

    private static int sum(long first, long... numbers) {
        long sum = first;
        for (long number : numbers) {
            long product = (sum ^ number) * RATIO.longValue();
            sum = product ^ product >>> 32;
        }
        return (int) sum;
    }
}

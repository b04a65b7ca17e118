package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.NumericIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The entries of version 1, decoded a second time: by the description, with none of the library's code but the numbers of an identity.
 * What this and the library's reader find must be the same. The library does not write this version any more, so it is written here.
 */
final class FormatOne {

    static final int VERSION = 1;

    private static final int PLANNED = 0x4e414c50;
    private static final int MADE = 0x4544414d;

    private FormatOne() {}

    /** Returns the valid entries. */
    static List<FoundEntry> entries(byte[] file) {
        List<FoundEntry> entries = new ArrayList<>();
        Slots.each(file, (bytes, slot, slotSize) -> {
            int state = bytes.getInt(slot);
            int pathLength = bytes.getShort(slot + 10);
            if ((state != PLANNED && state != MADE) || pathLength < 1 || 20 + pathLength > slotSize) {
                return;
            }
            byte flags = bytes.get(slot + 8);
            if (checksum(flags, file, slot + 20, pathLength) != bytes.getInt(slot + 4)) {
                return;
            }
            int identityLength = bytes.getShort(slot + 12);
            byte directory = bytes.get(slot + 9);
            boolean live = state == MADE;
            if (live
                    && (identityLength < 1
                            || 20 + pathLength + identityLength > slotSize
                            || checksum(directory, file, slot + 20 + pathLength, identityLength)
                                    != bytes.getInt(slot + 16))) {
                return;
            }
            String path = text(file, slot + 20, pathLength);
            NumericIdentity identity = live
                    ? NumericIdentity.parse(text(file, slot + 20 + pathLength, identityLength))
                    : NumericIdentity.UNKNOWN;
            entries.add(new FoundEntry(
                    FoundEntry.expected(path.getBytes(StandardCharsets.UTF_8), false),
                    path,
                    !path.contains("\ufffd"),
                    (flags & 1) != 0,
                    NumericIdentity.UNKNOWN,
                    live,
                    live && directory != 0,
                    identity));
        });
        return entries;
    }

    /** Makes the checksums right of all that could be entries, so that more than checksums is reached. */
    static void repair(byte[] file) {
        Slots.each(file, (bytes, slot, slotSize) -> {
            int pathLength = bytes.getShort(slot + 10);
            int identityLength = bytes.getShort(slot + 12);
            if (bytes.getInt(slot) != 0 && pathLength > 0 && 20 + pathLength <= slotSize) {
                bytes.putInt(slot + 4, checksum(bytes.get(slot + 8), file, slot + 20, pathLength));
                if (identityLength >= 0 && 20 + pathLength + identityLength <= slotSize) {
                    bytes.putInt(
                            slot + 16, checksum(bytes.get(slot + 9), file, slot + 20 + pathLength, identityLength));
                }
            }
        });
    }

    /** Writes an entry that was registered. */
    static void writeRegistered(byte[] file, int slot, byte[] path, boolean unguessable) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        byte flags = (byte) (unguessable ? 1 : 0);
        bytes.put(slot + 8, flags).putShort(slot + 10, (short) path.length).put(slot + 20, path);
        bytes.putInt(slot + 4, checksum(flags, path, 0, path.length)).putInt(slot, PLANNED);
    }

    /** Makes it a live one. */
    static void writeLive(byte[] file, int slot, String identity, boolean directory) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        byte[] key = identity.getBytes(StandardCharsets.UTF_8);
        byte kind = (byte) (directory ? 1 : 0);
        bytes.put(slot + 9, kind).putShort(slot + 12, (short) key.length);
        bytes.put(slot + 20 + bytes.getShort(slot + 10), key);
        bytes.putInt(slot + 16, checksum(kind, key, 0, key.length)).putInt(slot, MADE);
    }

    private static String text(byte[] file, int start, int length) {
        return new String(file, start, length, StandardCharsets.UTF_8);
    }

    private static int checksum(byte first, byte[] file, int start, int length) {
        CRC32 checksum = new CRC32();
        checksum.update(first);
        checksum.update(file, start, length);
        return (int) checksum.getValue();
    }
}

package io.tempfile4j.internal.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The released format of journals, version 1, decoded a second time: by the description, with none of the library's code. What this
 * and the library's reader find must be the same.
 */
final class FormatOne {

    private static final int PAGE = 4096;
    private static final int SEGMENT = 65_536;
    private static final int SEGMENT_MAGIC = 0x31676573;
    private static final int PLANNED = 0x4e414c50;
    private static final int MADE = 0x4544414d;

    private FormatOne() {}

    /** A valid record. */
    record Found(String path, boolean unguessable, String identity, boolean directory) {}

    /** Returns the valid records in whole segments; whatever the header is. */
    static List<Found> records(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Found> records = new ArrayList<>();
        for (int segment = PAGE; segment + SEGMENT <= file.length; segment += SEGMENT) {
            int slotSize = bytes.getInt(segment + 4);
            if (bytes.getInt(segment) == SEGMENT_MAGIC && (slotSize == 256 || slotSize == 1024 || slotSize == 8192)) {
                for (int slot = segment + slotSize; slot < segment + SEGMENT; slot += slotSize) {
                    record(file, bytes, slot, slotSize, records);
                }
            }
        }
        return records;
    }

    private static void record(byte[] file, ByteBuffer bytes, int slot, int slotSize, List<Found> records) {
        int state = bytes.getInt(slot);
        int pathLength = bytes.getShort(slot + 10);
        if ((state != PLANNED && state != MADE) || pathLength < 1 || 20 + pathLength > slotSize) {
            return;
        }
        byte flags = bytes.get(slot + 8);
        if (checksum(flags, file, slot + 20, pathLength) != bytes.getInt(slot + 4)) {
            return;
        }
        String path = text(file, slot + 20, pathLength);
        boolean unguessable = (flags & 1) != 0;
        if (state == PLANNED) {
            records.add(new Found(path, unguessable, null, false));
            return;
        }
        int identityLength = bytes.getShort(slot + 12);
        byte directory = bytes.get(slot + 9);
        if (identityLength < 1
                || 20 + pathLength + identityLength > slotSize
                || checksum(directory, file, slot + 20 + pathLength, identityLength) != bytes.getInt(slot + 16)) {
            return;
        }
        records.add(new Found(path, unguessable, text(file, slot + 20 + pathLength, identityLength), directory != 0));
    }

    /** Makes the checksums right of all that could be records, so that more than checksums is reached. */
    static void repair(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length >= PAGE) {
            CRC32 header = new CRC32();
            header.update(file, 16, PAGE - 16);
            bytes.putInt(12, (int) header.getValue());
        }
        for (int segment = PAGE; segment + SEGMENT <= file.length; segment += SEGMENT) {
            int slotSize = bytes.getInt(segment + 4);
            if (slotSize != 256 && slotSize != 1024 && slotSize != 8192) {
                continue;
            }
            for (int slot = segment + slotSize; slot < segment + SEGMENT; slot += slotSize) {
                int pathLength = bytes.getShort(slot + 10);
                int identityLength = bytes.getShort(slot + 12);
                if (bytes.getInt(slot) != 0 && pathLength > 0 && 20 + pathLength <= slotSize) {
                    bytes.putInt(slot + 4, checksum(bytes.get(slot + 8), file, slot + 20, pathLength));
                    if (identityLength > 0 && 20 + pathLength + identityLength <= slotSize) {
                        bytes.putInt(
                                slot + 16, checksum(bytes.get(slot + 9), file, slot + 20 + pathLength, identityLength));
                    }
                }
            }
        }
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

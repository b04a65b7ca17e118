package io.tempfile4j.internal.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The first page of a journal, which both versions have in common, decoded with none of the library's code.
 *
 * <pre>
 *   0  "tmpfjrnl"   8  int version   12  int CRC of what follows   16  long process   24  long start   32  two texts
 *   a text is a short, at most 512, and so many bytes
 * </pre>
 */
final class JournalHeader {

    static final int SIZE = 4096;

    /** The version of a journal that the library does not read. */
    static final int REFUSED = 0;

    private static final int LATEST = 2;
    private static final int LONGEST_TEXT = 512;

    private JournalHeader() {}

    /** Returns the version of the entries in a file. */
    static int version(byte[] file) {
        if (file.length < SIZE || !new String(file, 0, 8, StandardCharsets.ISO_8859_1).equals("tmpfjrnl")) {
            return REFUSED;
        }
        ByteBuffer page = page(file);
        int version = page.getInt(8);
        int first = page.getShort(32);
        if (version < 1 || version > LATEST || page.getInt(12) != checksum(file) || first < 0 || first > LONGEST_TEXT) {
            return REFUSED;
        }
        int second = page.getShort(34 + first);
        return second < 0 || second > LONGEST_TEXT ? REFUSED : version;
    }

    /** Makes the checksum right. */
    static void repair(byte[] file) {
        if (file.length >= SIZE) {
            page(file).putInt(12, checksum(file));
        }
    }

    /** Changes the version of a page that the library has written. */
    static void setVersion(byte[] file, int version) {
        page(file).putInt(8, version);
    }

    private static ByteBuffer page(byte[] file) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(byte[] file) {
        CRC32 checksum = new CRC32();
        checksum.update(file, 16, SIZE - 16);
        return (int) checksum.getValue();
    }
}

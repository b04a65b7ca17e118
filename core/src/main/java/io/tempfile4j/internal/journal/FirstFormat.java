package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.NumericIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The entries of version 1 of the journal, which are only read: processes that had it may have been killed.
 *
 * <pre>
 *   0  int    state: free (0), planned or made
 *   4  int    checksum of the flags and the path
 *   8  byte   flags of the plan
 *   9  byte   whether what was made is a directory
 *  10  short  length of the path
 *  12  short  length of the identity
 *  16  int    checksum of the identity, and of whether it is a directory
 *  20  bytes  path, then identity, both text in UTF-8
 * </pre>
 *
 * <p>The identity of the parent is not in it. Bytes of a path that the locale could not decode are lost.
 */
final class FirstFormat {

    static final int VERSION = 1;

    private static final int PLANNED = 0x4e414c50;
    private static final int MADE = 0x4544414d;

    private static final int CHECKSUM = 4;
    private static final int FLAGS = 8;
    private static final int DIRECTORY = 9;
    private static final int PATH_LENGTH = 10;
    private static final int IDENTITY_LENGTH = 12;
    private static final int IDENTITY_CHECKSUM = 16;
    private static final int PATH = 20;

    private static final byte UNGUESSABLE = 1;

    /** What the JDK decodes bytes to that are no text in the locale. */
    private static final int REPLACEMENT = 0xfffd;

    private FirstFormat() {}

    /**
     * Reads a slot; null if it is free.
     *
     * @throws CorruptJournalException if no process has written it so
     */
    static @Nullable JournalEntry read(ByteBuffer slots, int slot, int slotSize) throws CorruptJournalException {
        int state = slots.getInt(slot);
        if (state == JournalEntry.FREE) {
            return null;
        }
        if (state != PLANNED && state != MADE) {
            throw new CorruptJournalException("a slot is in no known state");
        }
        byte flags = slots.get(slot + FLAGS);
        byte[] bytes = JournalEntry.bytes(slots, slot, PATH, slots.getShort(slot + PATH_LENGTH), slotSize);
        if (bytes.length == 0 || checksum(flags, bytes) != slots.getInt(slot + CHECKSUM)) {
            throw new CorruptJournalException("the checksum of a path is wrong");
        }
        boolean unguessable = (flags & UNGUESSABLE) != 0;
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean exact = text.indexOf(REPLACEMENT) < 0;
        boolean live = state == MADE;
        byte kind = live ? slots.get(slot + DIRECTORY) : 0;
        NumericIdentity identity = NumericIdentity.UNKNOWN;
        if (live) {
            byte[] key = JournalEntry.bytes(
                    slots, slot, PATH + bytes.length, slots.getShort(slot + IDENTITY_LENGTH), slotSize);
            if (key.length == 0 || checksum(kind, key) != slots.getInt(slot + IDENTITY_CHECKSUM)) {
                throw new CorruptJournalException("the checksum of an identity is wrong");
            }
            identity = NumericIdentity.parse(new String(key, StandardCharsets.UTF_8));
        }
        return new JournalEntry(
                JournalEntry.ofText(text),
                text,
                exact,
                unguessable,
                NumericIdentity.UNKNOWN,
                live,
                kind != 0,
                identity);
    }

    private static int checksum(byte first, byte[] rest) {
        CRC32 checksum = new CRC32();
        checksum.update(first);
        checksum.update(rest);
        return (int) checksum.getValue();
    }
}

package io.tempfile4j.internal.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a journal, and how it lies in its slot.
 *
 * <pre>
 *   0  int    state: free (0), planned or made; written last
 *   4  int    checksum of the flags and the path
 *   8  byte   flags of the plan
 *   9  byte   whether what was made is a directory
 *  10  short  length of the path
 *  12  short  length of the identity
 *  16  int    checksum of the identity, and of whether it is a directory
 *  20  bytes  path, then identity, both UTF-8
 * </pre>
 *
 * @param path of what was going to be made
 * @param unguessable whether the name is so random that nothing but what was going to be made can have it
 * @param identity of what was made; null if it was only planned
 * @param directory whether what was made is one
 */
record JournalEntry(
        String path, boolean unguessable, @Nullable String identity, boolean directory) {

    static final int FREE = 0;
    private static final int PLANNED = 0x4e414c50;
    private static final int MADE = 0x4544414d;

    private static final int CHECKSUM = 4;
    private static final int FLAGS = 8;
    private static final int DIRECTORY = 9;
    private static final int PATH_LENGTH = 10;
    private static final int IDENTITY_LENGTH = 12;
    private static final int IDENTITY_CHECKSUM = 16;
    private static final int PATH = 20;

    /** Room for an identity: device, inode and time of birth, each as long as it can be. */
    private static final int IDENTITY_ROOM = 100;

    private static final byte UNGUESSABLE = 1;

    /** How large a slot a path needs. */
    static int sizeFor(byte[] path) {
        return PATH + path.length + IDENTITY_ROOM;
    }

    /** Writes all but the state. */
    static void writePlan(ByteBuffer slots, int slot, byte[] path, boolean unguessable) {
        byte flags = unguessable ? UNGUESSABLE : 0;
        slots.put(slot + FLAGS, flags);
        slots.putShort(slot + PATH_LENGTH, (short) path.length);
        slots.put(slot + PATH, path);
        slots.putInt(slot + CHECKSUM, checksum(flags, path));
    }

    /** Writes all that is to be added once it was made, but the state. */
    static void writeIdentity(ByteBuffer slots, int slot, String identity, boolean directory) {
        byte[] bytes = identity.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > IDENTITY_ROOM) {
            throw new IllegalArgumentException("an identity longer than " + IDENTITY_ROOM + " bytes: " + identity);
        }
        byte kind = (byte) (directory ? 1 : 0);
        slots.put(slot + DIRECTORY, kind);
        slots.putShort(slot + IDENTITY_LENGTH, (short) bytes.length);
        slots.put(slot + PATH + slots.getShort(slot + PATH_LENGTH), bytes);
        slots.putInt(slot + IDENTITY_CHECKSUM, checksum(kind, bytes));
    }

    static void statePlanned(ByteBuffer slots, int slot) {
        slots.putInt(slot, PLANNED);
    }

    static void stateMade(ByteBuffer slots, int slot) {
        slots.putInt(slot, MADE);
    }

    static void stateFree(ByteBuffer slots, int slot) {
        slots.putInt(slot, FREE);
    }

    /**
     * Reads a slot; null if it is free.
     *
     * @throws CorruptJournalException if it holds what no process has written so
     */
    static @Nullable JournalEntry read(ByteBuffer slots, int slot, int slotSize) throws CorruptJournalException {
        int state = slots.getInt(slot);
        if (state == FREE) {
            return null;
        }
        if (state != PLANNED && state != MADE) {
            throw new CorruptJournalException("a slot is in no known state");
        }
        byte flags = slots.get(slot + FLAGS);
        byte[] path = bytes(slots, slot, PATH, slots.getShort(slot + PATH_LENGTH), slotSize);
        if (checksum(flags, path) != slots.getInt(slot + CHECKSUM)) {
            throw new CorruptJournalException("the checksum of a path is wrong");
        }
        String name = new String(path, StandardCharsets.UTF_8);
        boolean unguessable = (flags & UNGUESSABLE) != 0;
        if (state == PLANNED) {
            return new JournalEntry(name, unguessable, null, false);
        }
        byte kind = slots.get(slot + DIRECTORY);
        byte[] identity = bytes(slots, slot, PATH + path.length, slots.getShort(slot + IDENTITY_LENGTH), slotSize);
        if (checksum(kind, identity) != slots.getInt(slot + IDENTITY_CHECKSUM)) {
            throw new CorruptJournalException("the checksum of an identity is wrong");
        }
        return new JournalEntry(name, unguessable, new String(identity, StandardCharsets.UTF_8), kind != 0);
    }

    private static byte[] bytes(ByteBuffer slots, int slot, int offset, short length, int slotSize)
            throws CorruptJournalException {
        if (length <= 0 || offset + length > slotSize) {
            throw new CorruptJournalException("a length is out of bounds");
        }
        byte[] bytes = new byte[length];
        slots.get(slot + offset, bytes);
        return bytes;
    }

    private static int checksum(byte first, byte[] rest) {
        CRC32 checksum = new CRC32();
        checksum.update(first);
        checksum.update(rest);
        return (int) checksum.getValue();
    }
}

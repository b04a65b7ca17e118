package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.NumericIdentity;
import io.tempfile4j.internal.platform.PathBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a journal, and its layout in a slot.
 *
 * <pre>
 *   0  int    state: free (0), registered or live; written last
 *   4  int    checksum of the registration: flags, path, identity of the parent
 *   8  int    checksum of the rest: kind and identity
 *  12  short  length of the path
 *  14  byte   flags of the registration
 *  15  byte   kind of the identity of the parent; 0 if it is not known
 *  16  long   device of the parent
 *  24  long   inode of the parent
 *  32  byte   flags of what was created
 *  33  byte   kind of the identity of what was created; 0 if there is none: then the entry goes by its name
 *  36  int    its nanoseconds of birth
 *  40  long   its device
 *  48  long   its inode
 *  56  long   its second of birth
 *  64  bytes  path, as {@link io.tempfile4j.internal.platform.PathBytes} has it
 * </pre>
 *
 * <p>The kinds, and what the numbers of another kind than an inode are, are those of {@link NumericIdentity}. Readers
 * ignore flags that they do not know.
 *
 * @param path of what was going to be created; null if this process has no path for it
 * @param text the path for messages
 * @param exact whether the path is recorded exactly; if not, nothing is concluded from its absence
 * @param unguessable whether the name is so random that nothing but what was going to be created can have it
 * @param parent identity of the directory that the entry is in
 * @param live whether the creation is complete
 * @param directory whether what was created is a directory; only of a live entry
 * @param identity of what was created; unknown if it was only registered, or goes by its name
 */
record JournalEntry(
        @Nullable Path path,
        String text,
        boolean exact,
        boolean unguessable,
        NumericIdentity parent,
        boolean live,
        boolean directory,
        NumericIdentity identity) {

    static final int FREE = 0;
    private static final int REGISTERED = 0x32474552;
    private static final int LIVE = 0x3245564c;

    private static final int CHECKSUM = 4;
    private static final int LIVE_CHECKSUM = 8;
    private static final int PATH_LENGTH = 12;
    private static final int FLAGS = 14;
    private static final int PARENT_KIND = 15;
    private static final int PARENT_FIRST = 16;
    private static final int PARENT_SECOND = 24;
    private static final int LIVE_FLAGS = 32;
    private static final int KIND = 33;
    private static final int BORN_NANOS = 36;
    private static final int FIRST = 40;
    private static final int SECOND = 48;
    private static final int BORN = 56;
    private static final int PATH = 64;

    /** Flags of the registration. */
    private static final byte UNGUESSABLE = 1;

    private static final byte NATIVE_PATH = 2;

    /** Flag of what was created. */
    private static final byte DIRECTORY = 1;

    /** The golden ratio: odd, so that no two numbers become the same by multiplication. */
    private static final long MIX = 0x9e3779b97f4a7c15L;

    /** Returns how large a slot a path needs. */
    static int sizeFor(byte[] path) {
        return PATH + path.length;
    }

    /** Writes all of a registration but the state. */
    static void writeRegistration(ByteBuffer slots, int slot, byte[] path, byte flags, NumericIdentity parent) {
        slots.putShort(slot + PATH_LENGTH, (short) path.length);
        slots.put(slot + FLAGS, flags);
        slots.put(slot + PARENT_KIND, parent.kind());
        slots.putLong(slot + PARENT_FIRST, parent.first());
        slots.putLong(slot + PARENT_SECOND, parent.second());
        slots.put(slot + PATH, path);
        slots.putInt(slot + CHECKSUM, checksum(path, flags, parent.kind(), parent.first(), parent.second()));
    }

    static byte flags(boolean nativePath, boolean unguessable) {
        return (byte) ((nativePath ? NATIVE_PATH : 0) | (unguessable ? UNGUESSABLE : 0));
    }

    /** Writes all that is added once it was created, but the state. */
    static void writeLive(ByteBuffer slots, int slot, NumericIdentity identity, boolean directory) {
        byte flags = directory ? DIRECTORY : 0;
        slots.put(slot + LIVE_FLAGS, flags);
        slots.put(slot + KIND, identity.kind());
        slots.putInt(slot + BORN_NANOS, identity.bornNanos());
        slots.putLong(slot + FIRST, identity.first());
        slots.putLong(slot + SECOND, identity.second());
        slots.putLong(slot + BORN, identity.born());
        slots.putInt(slot + LIVE_CHECKSUM, checksum(flags, identity));
    }

    static void stateRegistered(ByteBuffer slots, int slot) {
        slots.putInt(slot, REGISTERED);
    }

    static void stateLive(ByteBuffer slots, int slot) {
        slots.putInt(slot, LIVE);
    }

    static void stateFree(ByteBuffer slots, int slot) {
        slots.putInt(slot, FREE);
    }

    /**
     * Reads a slot; null if it is free.
     *
     * @throws CorruptJournalException if no process has written it so
     */
    static @Nullable JournalEntry read(ByteBuffer slots, int slot, int slotSize) throws CorruptJournalException {
        int state = slots.getInt(slot);
        if (state == FREE) {
            return null;
        }
        if (state != REGISTERED && state != LIVE) {
            throw new CorruptJournalException("a slot is in no known state");
        }
        byte flags = slots.get(slot + FLAGS);
        byte[] path = bytes(slots, slot, PATH, slots.getShort(slot + PATH_LENGTH), slotSize);
        NumericIdentity parent = new NumericIdentity(
                slots.get(slot + PARENT_KIND),
                slots.getLong(slot + PARENT_FIRST),
                slots.getLong(slot + PARENT_SECOND),
                0,
                0);
        if (path.length == 0
                || slots.getInt(slot + CHECKSUM)
                        != checksum(path, flags, parent.kind(), parent.first(), parent.second())) {
            throw new CorruptJournalException("the checksum of a path is wrong");
        }
        boolean live = state == LIVE;
        boolean directory = live && (slots.get(slot + LIVE_FLAGS) & DIRECTORY) != 0;
        NumericIdentity identity = live ? identity(slots, slot) : NumericIdentity.UNKNOWN;
        boolean unguessable = (flags & UNGUESSABLE) != 0;
        if ((flags & NATIVE_PATH) != 0) {
            String text = new String(path, StandardCharsets.UTF_8);
            return new JournalEntry(ofBytes(path), text, true, unguessable, parent, live, directory, identity);
        }
        String text = new String(path, StandardCharsets.UTF_16LE);
        return new JournalEntry(ofText(text), text, true, unguessable, parent, live, directory, identity);
    }

    private static @Nullable Path ofBytes(byte[] path) {
        try {
            return PathBytes.areNative() ? PathBytes.decode(path) : null;
        } catch (InvalidPathException notOfThisSystem) {
            return null;
        }
    }

    /** Returns the path that has this text here; null if none has. */
    static @Nullable Path ofText(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException notOfThisSystem) {
            return null;
        }
    }

    private static NumericIdentity identity(ByteBuffer slots, int slot) throws CorruptJournalException {
        NumericIdentity identity = new NumericIdentity(
                slots.get(slot + KIND),
                slots.getLong(slot + FIRST),
                slots.getLong(slot + SECOND),
                slots.getLong(slot + BORN),
                slots.getInt(slot + BORN_NANOS));
        if (slots.getInt(slot + LIVE_CHECKSUM) != checksum(slots.get(slot + LIVE_FLAGS), identity)) {
            throw new CorruptJournalException("the checksum of an identity is wrong");
        }
        return identity;
    }

    static byte[] bytes(ByteBuffer slots, int slot, int offset, int length, int slotSize)
            throws CorruptJournalException {
        if (length < 0 || offset + length > slotSize) {
            throw new CorruptJournalException("a length is out of bounds");
        }
        byte[] bytes = new byte[length];
        slots.get(slot + offset, bytes);
        return bytes;
    }

    private static int checksum(byte[] path, byte flags, byte parentKind, long parentFirst, long parentSecond) {
        CRC32 checksum = new CRC32();
        checksum.update(path);
        long sum = mix(checksum.getValue() + 1, (long) path.length << 16 | (flags & 0xff) << 8 | (parentKind & 0xff));
        return (int) mix(mix(sum, parentFirst), parentSecond);
    }

    private static int checksum(byte flags, NumericIdentity identity) {
        long sum = mix(1, (long) identity.bornNanos() << 16 | (flags & 0xff) << 8 | (identity.kind() & 0xff));
        return (int) mix(mix(mix(sum, identity.first()), identity.second()), identity.born());
    }

    private static long mix(long sum, long added) {
        long product = (sum ^ added) * MIX;
        return product ^ (product >>> 32);
    }
}

package io.tempfile4j.internal.platform;

import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The identity of an entry as numbers, which mean the same to every back-end and to the next process.
 *
 * @param kind one of the constants
 * @param first the device; of a creation its second; of other text its hash
 * @param second the inode; of a creation its nanosecond
 * @param born the second of birth of an inode; 0, with the nanoseconds, if it is not known
 * @param bornNanos the nanoseconds in that second
 */
public record NumericIdentity(byte kind, long first, long second, long born, int bornNanos) {

    /** No identity. */
    public static final byte NONE = 0;

    /** Device and inode, and the time of birth where it is known. */
    public static final byte INODE = 1;

    /** The time of creation, where the JDK has no key: on Windows. */
    public static final byte CREATION = 2;

    /** The hash of a key of another file system provider. */
    public static final byte HASH = 3;

    /** The identity of which nothing is known. */
    public static final NumericIdentity UNKNOWN = new NumericIdentity(NONE, 0, 0, 0, 0);

    private static final String DEVICE = "(dev=";
    private static final String NUMBER = ",ino=";
    private static final String BIRTH = ",born=";

    /** Returns the numbers of an identity. */
    public static NumericIdentity of(Identity identity) {
        return ofKey(identity.key());
    }

    static NumericIdentity ofKey(Object key) {
        if (key instanceof Inode inode) {
            return new NumericIdentity(INODE, inode.device(), inode.inode(), inode.born(), inode.bornNanos());
        }
        return key instanceof FileTime created ? ofCreation(created.toInstant()) : parse(key.toString());
    }

    private static NumericIdentity ofCreation(Instant created) {
        return new NumericIdentity(CREATION, created.getEpochSecond(), created.getNano(), 0, 0);
    }

    /**
     * Returns the identity that was written as text: by the JDK, which shows the numbers of an inode in no other way, as
     * {@code (dev=fd00,ino=12)}; or by version 1 of the journal, which adds {@code ,born=5.1}, or has a time of creation.
     */
    public static NumericIdentity parse(String text) {
        int number = text.indexOf(NUMBER);
        if (text.startsWith(DEVICE) && number > 0 && text.endsWith(")")) {
            try {
                return parseInode(text, number);
            } catch (NumberFormatException notOfThisForm) {
                return ofOtherText(text);
            }
        }
        if (!text.isEmpty() && text.endsWith("Z")) {
            try {
                return ofCreation(Instant.parse(text));
            } catch (DateTimeException noTime) {
                return ofOtherText(text);
            }
        }
        return ofOtherText(text);
    }

    private static NumericIdentity parseInode(String text, int number) {
        int end = text.length() - 1;
        int birth = text.indexOf(BIRTH, number);
        int numberEnd = birth < 0 ? end : birth;
        long device = Long.parseUnsignedLong(text, DEVICE.length(), number, 16);
        long inode = Long.parseUnsignedLong(text, number + NUMBER.length(), numberEnd, 10);
        if (birth < 0) {
            return new NumericIdentity(INODE, device, inode, 0, 0);
        }
        int point = text.indexOf('.', birth);
        if (point < 0) {
            throw new NumberFormatException(text);
        }
        long born = Long.parseLong(text, birth + BIRTH.length(), point, 10);
        int nanos = Integer.parseInt(text, point + 1, end, 10);
        return new NumericIdentity(INODE, device, inode, born, nanos);
    }

    /** Two hashes of 32 bits with nothing in common. */
    private static NumericIdentity ofOtherText(String text) {
        long other = 0;
        for (int i = 0; i < text.length(); i++) {
            other = (other ^ text.charAt(i)) * 0x100000001b3L;
        }
        return new NumericIdentity(HASH, text.hashCode(), other, 0, 0);
    }

    /** Returns whether anything is known. */
    public boolean isKnown() {
        return kind != NONE;
    }

    private boolean hasBirth() {
        return kind == INODE && (born != 0 || bornNanos != 0);
    }

    /**
     * Returns whether this is the identity of the same directory; of one, only the inode is compared, which outlives its
     * renaming. The identity of which nothing is known is that of no directory.
     *
     * @param sameBoot whether the machine has not been started since: many file systems get another device number then
     */
    public boolean isSameDirectory(NumericIdentity found, boolean sameBoot) {
        if (kind == NONE || kind != found.kind) {
            return false;
        }
        return second == found.second && (first == found.first || (kind == INODE && !sameBoot));
    }

    /**
     * Returns whether this is the identity of what was found at a path that nothing else can have.
     *
     * @param sameBoot as above
     */
    public boolean isSame(NumericIdentity found, boolean sameBoot) {
        // A process without native access does not know the time of birth.
        return isSameDirectory(found, sameBoot)
                && (!hasBirth() || !found.hasBirth() || (born == found.born && bornNanos == found.bornNanos));
    }

    /** Returns whether both have a time of birth, which no process can set, and all numbers are the same. */
    public boolean isSameWithBirth(NumericIdentity found) {
        return hasBirth() && equals(found);
    }

    /** Written out: deriving it takes the first use in a process milliseconds. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NumericIdentity identity
                && kind == identity.kind
                && first == identity.first
                && second == identity.second
                && born == identity.born
                && bornNanos == identity.bornNanos;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first * 31 + second);
    }
}

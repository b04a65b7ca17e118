package io.tempfile4j.internal.journal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A short form of a journal, which is mostly zeros: runs of bytes, each behind a gap. Any file has such a form, and any bytes are the
 * form of a file, so a fuzzer mutates hundreds of bytes instead of 70,000.
 *
 * <pre>
 *   repeated:  short gap (unsigned)   byte length (unsigned)   the bytes
 *   a run of length 0 is a gap alone; the last gap may so end the file in zeros
 * </pre>
 */
final class SparseBytes {

    /** The largest file made of one input: a header and three segments. */
    static final int LIMIT = Header.SIZE + 3 * Segment.SIZE;

    private static final int LONGEST_RUN = 0xff;
    private static final int LONGEST_GAP = 0xffff;

    private SparseBytes() {}

    /** Returns the file that {@code sparse} describes. */
    static byte[] expand(ByteBuffer sparse) {
        byte[] file = new byte[LIMIT];
        int position = 0;
        while (sparse.remaining() > 2) {
            position = Math.min(LIMIT, position + (sparse.getShort() & LONGEST_GAP));
            int length = sparse.get() & LONGEST_RUN;
            int taken = Math.min(length, Math.min(sparse.remaining(), LIMIT - position));
            sparse.get(file, position, taken);
            position += taken;
        }
        return java.util.Arrays.copyOf(file, position);
    }

    /** Returns a form of {@code file}. */
    static byte[] compress(byte[] file) {
        ByteArrayOutputStream sparse = new ByteArrayOutputStream();
        int position = 0;
        while (position < file.length) {
            int gap = 0;
            while (gap < LONGEST_GAP && position < file.length && file[position] == 0) {
                gap++;
                position++;
            }
            int start = position;
            while (position - start < LONGEST_RUN && position < file.length && !isGap(file, position)) {
                position++;
            }
            sparse.write(gap >>> Byte.SIZE);
            sparse.write(gap);
            sparse.write(position - start);
            sparse.write(file, start, position - start);
        }
        return sparse.toByteArray();
    }

    /** Four zeros cost more than the head of another run. */
    private static boolean isGap(byte[] file, int position) {
        for (int i = position; i < Math.min(file.length, position + 4); i++) {
            if (file[i] != 0) {
                return false;
            }
        }
        return true;
    }
}

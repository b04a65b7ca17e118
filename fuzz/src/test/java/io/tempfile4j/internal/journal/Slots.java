package io.tempfile4j.internal.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The slots in the whole segments of a journal, found with none of the library's code. */
final class Slots {

    private static final int SEGMENT = 65_536;
    private static final int MAGIC = 0x31676573;

    private Slots() {}

    /** Takes a slot: where it begins in the file, and its size. */
    @FunctionalInterface
    interface Visitor {
        void visit(ByteBuffer file, int slot, int slotSize);
    }

    /** Visits the slots of each segment that begins as one does. */
    static void each(byte[] file, Visitor visitor) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int segment = JournalHeader.SIZE; segment + SEGMENT <= file.length; segment += SEGMENT) {
            int slotSize = bytes.getInt(segment + 4);
            if (bytes.getInt(segment) == MAGIC && (slotSize == 256 || slotSize == 1024 || slotSize == 8192)) {
                for (int slot = segment + slotSize; slot < segment + SEGMENT; slot += slotSize) {
                    visitor.visit(bytes, slot, slotSize);
                }
            }
        }
    }
}

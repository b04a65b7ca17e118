package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.NumericIdentity;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * A piece of a journal, cut into slots of one size; the first slot says which.
 *
 * <p>It is mapped, so that writing to it is a few stores. The first mapping of a process takes the JDK as long as a
 * thousand files (it looks for a constructor by reflection); until another thread has done that, writing is by system
 * calls.
 */
final class Segment {

    static final int SIZE = 1 << 16;

    static final int MAGIC = 0x31676573;

    /** Where it stands in the first slot. */
    static final int SLOT_SIZE = 4;

    /** Of the first slot so many bytes are used. */
    static final int HEADER = 8;

    /** The sizes of slots that there are: for usual paths, long ones, and the longest. */
    private static final int[] SLOT_SIZES = {256, 1024, 8192};

    static final int SLOT_SIZE_COUNT = SLOT_SIZES.length;

    private final JournalFile file;
    private final long position;
    private final int slotSize;

    /** The content; direct when it is mapped. */
    private volatile ByteBuffer content;

    /** For each free slot the one that is free after it. */
    final int[] next;

    /** Writes one of zeros at the end of the file. */
    Segment(JournalFile file, int sizeClass) throws IOException {
        this.file = file;
        this.slotSize = SLOT_SIZES[sizeClass];
        this.next = new int[slotCount(slotSize)];
        ByteBuffer initial = ByteBuffer.allocate(SIZE).order(JournalFile.BYTE_ORDER);
        initial.putInt(0, MAGIC).putInt(SLOT_SIZE, slotSize);
        this.content = initial;
        this.position = file.append(initial.array());
    }

    /** The number of the smallest of the slot sizes that is enough; -1 if none is. */
    static int sizeClass(int needed) {
        for (int i = 0; i < SLOT_SIZES.length; i++) {
            if (needed <= SLOT_SIZES[i]) {
                return i;
            }
        }
        return -1;
    }

    /** Whether there are slots of that size. */
    static boolean isSlotSize(int size) {
        int sizeClass = sizeClass(size);
        return sizeClass >= 0 && SLOT_SIZES[sizeClass] == size;
    }

    static int slotCount(int slotSize) {
        return SIZE / slotSize;
    }

    int slotCount() {
        return slotCount(slotSize);
    }

    int sizeClass() {
        return sizeClass(slotSize);
    }

    /** From now on writing goes to memory; called on a thread that nobody interrupts. */
    void map() throws IOException {
        // This thread is the library's own: nobody waits for the flag, and with it the channel would close.
        Thread.interrupted();
        ByteBuffer mapping = file.map(position, SIZE);
        file.lock();
        try {
            content = mapping;
        } finally {
            file.unlock();
        }
    }

    /** Writes a registration but its state, and then that. */
    void plan(int slot, byte[] path, byte flags, NumericIdentity parent) throws IOException {
        ByteBuffer target = begin();
        try {
            JournalEntry.writeRegistration(target, slot * slotSize, path, flags, parent);
            // The state comes last: the reader believes what comes before it.
            VarHandle.releaseFence();
            JournalEntry.stateRegistered(target, slot * slotSize);
        } finally {
            end(target, slot);
        }
    }

    void made(int slot, NumericIdentity identity, boolean directory) throws IOException {
        ByteBuffer target = begin();
        try {
            JournalEntry.writeLive(target, slot * slotSize, identity, directory);
            VarHandle.releaseFence();
            JournalEntry.stateLive(target, slot * slotSize);
        } finally {
            end(target, slot);
        }
    }

    void clear(int slot) throws IOException {
        ByteBuffer target = begin();
        try {
            JournalEntry.stateFree(target, slot * slotSize);
        } finally {
            end(target, slot);
        }
    }

    boolean isFree(int slot) {
        return content.getInt(slot * slotSize) == JournalEntry.FREE;
    }

    /** Where to write; if that is not the mapping, with the lock held. */
    private ByteBuffer begin() {
        ByteBuffer memory = content;
        if (!memory.isDirect()) {
            file.lock();
            memory = content;
            if (memory.isDirect()) {
                file.unlock();
            }
        }
        return memory;
    }

    @SuppressWarnings("ByteBufferBackingArray") // what is not direct was allocated here
    private void end(ByteBuffer written, int slot) throws IOException {
        if (!written.isDirect()) {
            try {
                file.write(position + (long) slot * slotSize, written.array(), slot * slotSize, slotSize);
            } finally {
                file.unlock();
            }
        }
    }
}

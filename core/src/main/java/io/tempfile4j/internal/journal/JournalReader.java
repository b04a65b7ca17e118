package io.tempfile4j.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Reads a journal from its file, a segment at a time; what is damaged in it does not hide the rest.
 *
 * <p>What {@link Header} and {@link Segment} write is decoded here, not there: the exceptions would be loaded with them,
 * before the first file of a process.
 */
final class JournalReader {

    private final FileChannel file;
    private final Consumer<CorruptJournalException> damages;

    /** Of the format; known once the header was read. */
    private int version = Header.VERSION;

    /** Reports each damage to {@code damages}. */
    JournalReader(FileChannel file, Consumer<CorruptJournalException> damages) {
        this.file = file;
        this.damages = damages;
    }

    /**
     * Who has written it.
     *
     * @throws NewerJournalException if that was a later version of the library
     * @throws CorruptJournalException if it is no journal
     */
    Header header() throws IOException {
        ByteBuffer page = ByteBuffer.allocate(Header.SIZE);
        if (!fill(page, 0)) {
            throw new CorruptJournalException("it ends within its header");
        }
        Header header = decode(page);
        version = header.version();
        return header;
    }

    /**
     * Reads a page.
     *
     * @throws NewerJournalException if a later version of the library has written it
     * @throws CorruptJournalException if it is none
     */
    private static Header decode(ByteBuffer page) throws IOException {
        page.clear().order(JournalFile.BYTE_ORDER);
        if (page.getLong() != Header.MAGIC) {
            throw new CorruptJournalException("it does not begin as a journal does");
        }
        int version = page.getInt();
        if (version > Header.VERSION) {
            throw new NewerJournalException(version);
        }
        int checksum = page.getInt();
        long pid = page.getLong();
        long started = page.getLong();
        if (version < FirstFormat.VERSION || checksum != Header.checksum(page)) {
            throw new CorruptJournalException("the checksum of its header is wrong");
        }
        return new Header(version, pid, started, text(page), text(page));
    }

    private static String text(ByteBuffer page) throws CorruptJournalException {
        int length = page.getShort();
        if (length < 0 || length > Header.LONGEST_TEXT) {
            throw new CorruptJournalException("a length in its header is out of bounds");
        }
        byte[] bytes = new byte[length];
        page.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Takes what is on record. */
    @FunctionalInterface
    interface Entries {
        /** Takes an entry; {@code position} is that of its slot in the file. */
        void take(JournalEntry entry, long position);
    }

    /** Passes on all that is on record; after {@link #header()}. */
    void entries(Entries entries) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Segment.SIZE).order(JournalFile.BYTE_ORDER);
        for (long position = Header.SIZE; position < file.size(); position += Segment.SIZE) {
            if (!fill(bytes, position)) {
                if (holdsSomething(bytes)) {
                    damages.accept(new CorruptJournalException("it ends within a segment"));
                }
                return;
            }
            try {
                int slotSize = slotSize(bytes);
                if (slotSize > 0) {
                    entries(bytes, position, slotSize, entries);
                }
            } catch (CorruptJournalException damaged) {
                damages.accept(damaged);
            }
        }
    }

    /**
     * The size of the slots of one that was read; 0 if it was never written, because its process died before.
     *
     * @throws CorruptJournalException if it is none
     */
    private static int slotSize(ByteBuffer segment) throws CorruptJournalException {
        int magic = segment.getInt(0);
        int slotSize = segment.getInt(Segment.SLOT_SIZE);
        if (magic == 0) {
            return 0;
        }
        if (magic != Segment.MAGIC || !Segment.isSlotSize(slotSize)) {
            throw new CorruptJournalException("a segment does not begin as one does");
        }
        return slotSize;
    }

    private void entries(ByteBuffer segment, long position, int slotSize, Entries entries) {
        for (int slot = 1; slot < Segment.slotCount(slotSize); slot++) {
            try {
                int offset = slot * slotSize;
                JournalEntry entry = version == FirstFormat.VERSION
                        ? FirstFormat.read(segment, offset, slotSize)
                        : JournalEntry.read(segment, offset, slotSize);
                if (entry != null) {
                    entries.take(entry, position + offset);
                }
            } catch (CorruptJournalException damaged) {
                damages.accept(damaged);
            }
        }
    }

    /** Or it was cut by a kill while it was added, and nothing was on record in it yet. */
    private static boolean holdsSomething(ByteBuffer cut) {
        for (int i = Segment.HEADER; i < cut.position(); i++) {
            if (cut.get(i) != 0) {
                return true;
            }
        }
        return false;
    }

    private boolean fill(ByteBuffer target, long position) throws IOException {
        target.clear();
        while (target.hasRemaining()) {
            if (file.read(target, position + target.position()) < 0) {
                return false;
            }
        }
        return true;
    }
}

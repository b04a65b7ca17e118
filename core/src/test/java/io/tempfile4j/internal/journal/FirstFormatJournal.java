package io.tempfile4j.internal.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A journal as version 1 of the format had it, written byte by byte. */
public final class FirstFormatJournal {

    private static final int HEADER = 4096;
    private static final int SEGMENT = 1 << 16;
    private static final int SLOT = 256;

    private final ByteBuffer content = ByteBuffer.allocate(HEADER + SEGMENT).order(JournalFile.BYTE_ORDER);

    public FirstFormatJournal(long pid, long startedMillis, String boot, String program) {
        content.putLong(0x6c6e726a_66706d74L).putInt(1).putInt(0).putLong(pid).putLong(startedMillis);
        putText(boot);
        putText(program);
        CRC32 checksum = new CRC32();
        checksum.update(content.array(), 16, HEADER - 16);
        content.putInt(12, (int) checksum.getValue());
        content.putInt(HEADER, 0x31676573).putInt(HEADER + 4, SLOT);
    }

    /** Of this machine, as it is now. */
    public static FirstFormatJournal current() {
        return new FirstFormatJournal(1, 2, Header.currentBoot(), "example.Program");
    }

    private void putText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        content.putShort((short) bytes.length).put(bytes);
    }

    /** Writes what a process knows before it creates an entry. */
    public FirstFormatJournal planned(int slot, String path, boolean unguessable) {
        int at = HEADER + slot * SLOT;
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        byte flags = (byte) (unguessable ? 1 : 0);
        content.put(at + 8, flags).putShort(at + 10, (short) bytes.length).put(at + 20, bytes);
        content.putInt(at + 4, checksum(flags, bytes));
        content.putInt(at, 0x4e414c50);
        return this;
    }

    /** Writes what it knows afterwards. */
    public FirstFormatJournal made(int slot, String path, boolean unguessable, String key, boolean directory) {
        planned(slot, path, unguessable);
        int at = HEADER + slot * SLOT;
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        byte kind = (byte) (directory ? 1 : 0);
        content.put(at + 9, kind).putShort(at + 12, (short) bytes.length);
        content.put(at + 20 + content.getShort(at + 10), bytes);
        content.putInt(at + 16, checksum(kind, bytes));
        content.putInt(at, 0x4544414d);
        return this;
    }

    private static int checksum(byte first, byte[] rest) {
        CRC32 checksum = new CRC32();
        checksum.update(first);
        checksum.update(rest);
        return (int) checksum.getValue();
    }

    public byte[] bytes() {
        return content.array();
    }
}

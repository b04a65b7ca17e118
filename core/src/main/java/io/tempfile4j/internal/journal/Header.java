package io.tempfile4j.internal.journal;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The first page of a journal: whose it is.
 *
 * @param version of the format of the journal
 * @param pid of the process, in its own namespace: to tell a person, never to conclude anything from
 * @param startedMillis when the journal was opened
 * @param boot of the machine; device numbers mean the same only until the next one
 * @param program what the process runs
 */
record Header(int version, long pid, long startedMillis, String boot, String program) {

    static final int SIZE = 4096;
    static final int VERSION = 2;

    /** "tmpfjrnl", the first byte first. */
    static final long MAGIC = 0x6c6e726a_66706d74L;

    static final int LONGEST_TEXT = 512;

    /** Where the checksum stands: behind magic number and version. */
    private static final int CHECKSUM = 12;

    private static final int CHECKED_FROM = CHECKSUM + Integer.BYTES;

    /** Of this process. */
    static Header current() {
        // The program's arguments may hold secrets.
        String program = System.getProperty("sun.java.command", "").split(" ", 2)[0];
        return new Header(VERSION, currentPid(), System.currentTimeMillis(), currentBoot(), program);
    }

    /** {@link ProcessHandle} would tell as well, but it takes a pool of threads with it. */
    private static long currentPid() {
        try {
            return Long.parseLong(read("/proc/self/stat").split(" ", 2)[0]);
        } catch (IOException | NumberFormatException noProc) {
            return ProcessHandle.current().pid();
        }
    }

    /** Changes with each start of the machine; empty where it cannot be known. */
    static String currentBoot() {
        try {
            return read("/proc/sys/kernel/random/boot_id").strip();
        } catch (IOException unknown) {
            return "";
        }
    }

    /** By the classes that any program has loaded. */
    private static String read(String file) throws IOException {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8);
        }
    }

    ByteBuffer encode() {
        ByteBuffer page = ByteBuffer.allocate(SIZE).order(JournalFile.BYTE_ORDER);
        page.putLong(MAGIC).putInt(version).putInt(0).putLong(pid).putLong(startedMillis);
        putText(page, boot);
        putText(page, program);
        page.putInt(CHECKSUM, checksum(page));
        return page.clear();
    }

    private static void putText(ByteBuffer page, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, LONGEST_TEXT);
        page.putShort((short) length).put(bytes, 0, length);
    }

    /** Of all that follows it. */
    static int checksum(ByteBuffer page) {
        CRC32 checksum = new CRC32();
        checksum.update(page.slice(CHECKED_FROM, SIZE - CHECKED_FROM));
        return (int) checksum.getValue();
    }
}

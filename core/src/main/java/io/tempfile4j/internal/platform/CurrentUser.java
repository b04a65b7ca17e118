package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The user as whom this process acts on files.
 *
 * <p>The number comes from the kernel, never from a place that another user could prepare: an entry created in a directory
 * of theirs can be exchanged for one of theirs before it is looked at. Neither does the owner of {@code /proc/self} tell,
 * which is root for a process with privileges that its user does not have (proc(5), "dumpable"). Asked for once: Java has
 * no means to change it.
 */
public final class CurrentUser {

    private static final String STATUS = "/proc/self/status";
    private static final String LINE = "\nUid:";

    /** Real, effective, saved, and the one that owns what is created (proc_pid_status(5)). */
    private static final int FILE_SYSTEM_UID = 3;

    private static final int STATUS_BYTES = 8192;

    private static final Names.Pattern PROBE = new Names.Pattern("tmp", Names.DEFAULT_RANDOM_LENGTH, "");

    private static volatile @Nullable Integer known;

    private CurrentUser() {}

    /** Returns the number of the user; null where nothing trustworthy tells it, as on Windows. */
    public static @Nullable Integer uid() {
        Integer uid = known;
        if (uid == null) {
            uid = fromProc();
            known = uid == null ? fromProbe() : uid;
            uid = known;
        }
        return uid;
    }

    /** Reads it by the classes that any program has loaded. */
    private static @Nullable Integer fromProc() {
        try (FileInputStream in = new FileInputStream(STATUS)) {
            return fileSystemUid(new String(in.readNBytes(STATUS_BYTES), StandardCharsets.ISO_8859_1));
        } catch (IOException noProc) {
            return null;
        }
    }

    static @Nullable Integer fileSystemUid(String status) {
        int line = status.indexOf(LINE);
        if (line < 0) {
            return null;
        }
        int start = line + LINE.length();
        int end = status.indexOf('\n', start);
        String[] numbers =
                status.substring(start, end < 0 ? status.length() : end).trim().split("\\s+", -1);
        try {
            // Unsigned: nobody may be 4294967294. The attribute of a file has the same bits.
            return numbers.length > FILE_SYSTEM_UID ? Integer.parseUnsignedInt(numbers[FILE_SYSTEM_UID]) : null;
        } catch (NumberFormatException unknownFormat) {
            return null;
        }
    }

    /**
     * Where there is no {@code /proc}, as on macOS and in many a chroot: creates a file in a shared directory of root's,
     * in which the sticky bit keeps all others from exchanging it.
     */
    private static @Nullable Integer fromProbe() {
        for (Path shared : LocationSearch.ofSystem()) {
            try {
                if (shared.getFileSystem().supportedFileAttributeViews().contains("unix")
                        && !DirectoryTrust.ofRootsDirectory(shared).isExposed()) {
                    Path probe = Files.createFile(shared.resolve(Names.system().next(PROBE)));
                    try {
                        return (Integer) Files.getAttribute(probe, "unix:uid", NOFOLLOW_LINKS);
                    } finally {
                        Files.deleteIfExists(probe);
                    }
                }
            } catch (IOException notHere) {
                // The next one may do.
            }
        }
        return null;
    }
}

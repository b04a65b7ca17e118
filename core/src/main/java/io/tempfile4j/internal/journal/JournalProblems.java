package io.tempfile4j.internal.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.tempfile4j.internal.platform.EscapedText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a reaper cannot do about one journal, logged as a warning by the first process that finds it so.
 *
 * <p>The mark is the modification time of the journal: the checksum of the problems, as seconds. Nobody writes to the journal
 * of a dead process, every file system has that time, and of a journal that cannot be read nothing is overwritten.
 */
final class JournalProblems {

    /** Of a checksum: even, since FAT knows every second second only, and before 2038. */
    private static final long SECONDS = 0x7fff_fffeL;

    private final Path journal;
    private final List<Problem> problems = new ArrayList<>();

    /** When the reaper came; it changes the time itself when it frees slots. Null if there is no file to mark. */
    private final @Nullable FileTime modified;

    JournalProblems(Path journal) {
        this.journal = journal;
        this.modified = modifiedTime(journal);
    }

    private static @Nullable FileTime modifiedTime(Path journal) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(journal, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? attributes.lastModifiedTime() : null;
        } catch (IOException noFile) {
            return null;
        }
    }

    private record Problem(Path path, IOException cause, boolean unreadable) {
        String message() {
            return (unreadable
                            ? "skipped the journal of a dead process: "
                            : "could not remove what a dead process left: ")
                    + EscapedText.ofName(path);
        }
    }

    void add(Path path, IOException cause, boolean unreadable) {
        problems.add(new Problem(path, cause, unreadable));
    }

    /** Logs them, after the journal was closed: to mark it by its path gives back its lock. */
    void log() {
        if (problems.isEmpty()) {
            return;
        }
        System.Logger.Level level = isWorthAWarning() ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG;
        for (Problem problem : problems) {
            Journal.logger().log(level, problem.message(), problem.cause());
        }
    }

    private boolean isWorthAWarning() {
        // Anybody can put a directory there that is not ours: that is no reason to warn everybody else each time.
        if (!journal.toString().endsWith(JournalFile.SUFFIX)) {
            return false;
        }
        FileTime mark = FileTime.from(checksum() & SECONDS, TimeUnit.SECONDS);
        if (mark.equals(modified)) {
            return false;
        }
        if (modified != null) {
            mark(mark);
        }
        return true;
    }

    private void mark(FileTime mark) {
        try {
            Files.getFileAttributeView(journal, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                    .setTimes(mark, null, null);
        } catch (IOException gone) {
            // Of a journal that is not there any more, or cannot be marked, the next process warns as well.
            Journal.logger().log(System.Logger.Level.DEBUG, "could not mark the journal " + journal, gone);
        }
    }

    private long checksum() {
        CRC32 checksum = new CRC32();
        for (Problem problem : problems) {
            checksum.update((problem.path() + " " + problem.cause() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return checksum.getValue();
    }
}

package io.tempfile4j.internal.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.tempfile4j.internal.events.Events;
import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.EscapedText;
import io.tempfile4j.internal.platform.Identity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Removes what processes of this user have left that are dead.
 *
 * <p>A process is dead if nobody holds the lock of its journal: that holds across containers which share a directory, where
 * process numbers mean nothing, and no age can tell it. Several reapers at once do not disturb each other.
 */
public final class Reaper {

    private static final ReentrantLock REAPING = new ReentrantLock();

    private static final LongAdder REAPED = new LongAdder();

    private final Orphans orphans = new Orphans();

    /** Whether the next reaper has to look at the journal again. */
    private boolean unfinished;

    private final String boot = Header.currentBoot();

    private final Consumer<Path> progress;

    private Reaper(Consumer<Path> progress) {
        this.progress = progress;
    }

    /** How many things of the dead this process has removed. */
    public static long reaped() {
        return REAPED.sum();
    }

    /** Reaps now; waits for one that is at it. */
    public static Orphans reap() throws IOException {
        return reap(path -> {});
    }

    /** The same; says before each removal what is next, on another thread. */
    public static Orphans reap(Consumer<Path> progress) throws IOException {
        REAPING.lock();
        try {
            return Uninterruptible.call("tempfile4j-reaper", () -> new Reaper(progress).reapAll());
        } finally {
            REAPING.unlock();
        }
    }

    /** Reaps, and says what it could not do. */
    static void reapAndReport() {
        REAPING.lock();
        try {
            report(new Reaper(path -> {}).reapAll());
        } catch (IOException | RuntimeException failure) {
            Journal.logger().log(System.Logger.Level.WARNING, "could not look for orphans", failure);
        } finally {
            REAPING.unlock();
        }
    }

    private static void report(Orphans orphans) {
        for (Orphans.Remaining remaining : orphans.remaining()) {
            Journal.logger()
                    .log(
                            System.Logger.Level.WARNING,
                            "could not remove what a dead process left: " + EscapedText.ofName(remaining.path()),
                            remaining.cause());
        }
        for (Orphans.Remaining journal : orphans.unreadable()) {
            // Anybody can put a directory there that is not ours: that is no reason to warn everybody else each time.
            boolean own = journal.path().toString().endsWith(JournalFile.SUFFIX);
            Journal.logger()
                    .log(
                            own ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                            "skipped the journal of a dead process: " + EscapedText.ofName(journal.path()),
                            journal.cause());
        }
    }

    private Orphans reapAll() throws IOException {
        if (JournalStart.isOff()) {
            return orphans;
        }
        Set<JournalDirectory> directories = new LinkedHashSet<>(JournalDirectory.candidates());
        // Its own is among them, unless it had to be the last resort: to look for that again takes a probe.
        for (JournalFile own : JournalFile.own()) {
            directories.add(own.directory());
        }
        for (JournalDirectory directory : directories) {
            reapIn(directory);
        }
        return orphans;
    }

    private void reapIn(JournalDirectory directory) throws IOException {
        try {
            directory.requireOwn();
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException notOurs) {
            orphans.unreadable(directory.path(), notOurs);
            return;
        }
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(directory.path())) {
            for (Path journal : journals) {
                if (journal.toString().endsWith(JournalFile.SUFFIX) && !OwnJournals.contain(journal)) {
                    reap(directory, journal);
                }
            }
        } catch (NoSuchFileException gone) {
            return;
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        directory.removeIfEmpty();
    }

    /** One journal, if its process is dead. */
    private void reap(JournalDirectory directory, Path journal) {
        FileChannel file;
        try {
            directory.requireOwnFile(journal);
            file = FileChannel.open(journal, StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS);
        } catch (NoSuchFileException reapedByAnother) {
            return;
        } catch (IOException cannotBeOpened) {
            orphans.unreadable(journal, cannotBeOpened);
            return;
        }
        boolean close = true;
        try {
            // Looked for once more: since it was opened another reaper may have done all this, and others made things.
            if (file.tryLock(JournalFile.LOCKED_BYTE, 1, false) != null && Files.exists(journal, NOFOLLOW_LINKS)) {
                reapDead(journal, file);
            }
        } catch (OverlappingFileLockException ownedByAnotherClassLoader) {
            close = false;
            OwnJournals.keepOpen(journal, file);
        } catch (IOException failure) {
            orphans.unreadable(journal, failure);
        } finally {
            if (close) {
                close(file);
            }
        }
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException failure) {
            Journal.logger().log(System.Logger.Level.DEBUG, "closing a journal failed", failure);
        }
    }

    /** With the lock held. */
    private void reapDead(Path journal, FileChannel file) throws IOException {
        if (file.size() == 0) {
            // Its process died before it made anything; or is about to lock this, finds it gone, and makes another.
            Files.deleteIfExists(journal);
            return;
        }
        unfinished = false;
        JournalReader reader = new JournalReader(file, damage -> {
            orphans.unreadable(journal, damage);
            unfinished = true;
        });
        Header header = reader.header();
        UserPrincipal owner = Files.getOwner(journal, NOFOLLOW_LINKS);
        boolean sameBoot = header.boot().equals(boot);
        reader.entries(entry -> remove(journal, entry, owner, sameBoot));
        if (!unfinished) {
            Files.deleteIfExists(journal);
        }
    }

    private void remove(Path journal, JournalEntry entry, UserPrincipal owner, boolean sameBoot) {
        Path path;
        try {
            path = Path.of(entry.path());
        } catch (InvalidPathException notFromHere) {
            // Written by a process with another locale, as a later one may have. Said once: all may be in one
            // directory.
            if (!unfinished) {
                orphans.unreadable(
                        journal, new FileSystemException(entry.path(), null, "is not encoded as paths are here"));
                unfinished = true;
            }
            return;
        }
        progress.accept(path);
        try {
            if (removeIfIdentical(path, entry, owner, sameBoot)) {
                orphans.removed(path);
                REAPED.increment();
                Events.reaped(path);
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            // It, or the directory it was in.
        } catch (IOException failure) {
            orphans.remains(path, failure);
            unfinished = true;
        }
    }

    private boolean removeIfIdentical(Path path, JournalEntry entry, UserPrincipal owner, boolean sameBoot)
            throws IOException {
        Recognition recognition = Recognition.of(entry, path, owner, sameBoot);
        if (recognition.doubt() != null) {
            orphans.remains(path, recognition.doubt());
            return false;
        }
        Identity found = recognition.found();
        if (found == null) {
            return false;
        }
        String name = path.getFileName().toString();
        Directory.Removal removal = found.directory()
                ? recognition.directory().removeTree(name, found)
                : recognition.directory().removeFile(name, found);
        return removal == Directory.Removal.REMOVED;
    }
}

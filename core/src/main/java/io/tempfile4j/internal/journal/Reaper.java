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
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes what processes of this user have left that are dead.
 *
 * <p>A process is dead if nobody holds the lock of its journal: that holds across containers which share a directory, where
 * process numbers mean nothing, and no age can tell it. Several reapers at once do not disturb each other.
 *
 * <p>An entry goes off the record when it was removed, or is gone: its parent directory is there, is the one that was
 * recorded, and has no such entry. Whatever merely cannot be seen (the file system is not mounted, the parent was renamed,
 * another mount namespace, no permission, a name that this locale cannot decode) stays on record for a later process.
 */
public final class Reaper {

    private static final ReentrantLock REAPING = new ReentrantLock();

    private static final LongAdder REAPED = new LongAdder();

    /** The entries about which the last reaping could not decide. */
    private static volatile long undecidedByTheLast;

    private final Orphans orphans = new Orphans();

    private final String boot = Header.currentBoot();

    private final Consumer<Path> progress;

    /** Whether what cannot be decided goes off the record. */
    private final boolean forget;

    /** The directories that were removed, or are gone for certain; and so is all that was below them. */
    private final Set<Path> goneTrees = new HashSet<>();

    private final List<Undecided> undecided = new ArrayList<>();

    private final List<JournalProblems> problems = new ArrayList<>();

    /** Entries that stay on record because nothing tells what has become of them, and that are still there. */
    private long doubtful;

    private Reaper(Consumer<Path> progress, boolean forget) {
        this.progress = progress;
        this.forget = forget;
    }

    /** An entry that cannot be seen, and where it is on record. */
    private record Undecided(
            JournalDirectory directory, Path journal, JournalEntry entry, long position, FileSystemException reason) {

        /** Returns what it is shown as: its journal if this process has no path for it. */
        Path shown() {
            Path path = entry.path();
            return path == null ? journal : path;
        }
    }

    /** How many things of the dead this process has removed. */
    public static long reaped() {
        return REAPED.sum();
    }

    /** Returns how many entries stay on record because the last reaping of this process could not decide about them. */
    public static long undecided() {
        return undecidedByTheLast;
    }

    /** Reaps now; waits for one that is at it. */
    public static Orphans reap() throws IOException {
        return reap(path -> {}, false);
    }

    /**
     * Reaps now; waits for another thread that does.
     *
     * @param progress is given each path before it is looked at, on another thread
     * @param forget whether entries that cannot be decided about are taken off the record; their files stay
     */
    public static Orphans reap(Consumer<Path> progress, boolean forget) throws IOException {
        REAPING.lock();
        try {
            return Uninterruptible.call("tempfile4j-reaper", () -> new Reaper(progress, forget).reapAll());
        } finally {
            REAPING.unlock();
        }
    }

    /**
     * Takes entries of dead processes off the record that were below a directory; it was removed by the caller, and with
     * it all that it contained.
     */
    public static void forgetBelow(Path directory) throws IOException {
        REAPING.lock();
        try {
            Uninterruptible.call("tempfile4j-reaper", () -> {
                Reaper reaper = new Reaper(path -> {}, false);
                reaper.goneTrees.add(directory);
                reaper.eachJournal(reaper::forgetBelowGone);
                return reaper;
            });
        } finally {
            REAPING.unlock();
        }
    }

    /** Reaps, and logs what it could not do. */
    static void reapAndReport() {
        REAPING.lock();
        try {
            Reaper reaper = new Reaper(path -> {}, false);
            reaper.reapAll();
            reaper.report();
        } catch (IOException | RuntimeException failure) {
            Journal.logger().log(System.Logger.Level.WARNING, "could not look for orphans", failure);
        } finally {
            REAPING.unlock();
        }
    }

    private void report() {
        for (JournalProblems ofOne : problems) {
            ofOne.log();
        }
        for (Orphans.Remaining entry : orphans.undecided()) {
            Journal.logger()
                    .log(
                            System.Logger.Level.DEBUG,
                            "cannot decide about what a dead process left: " + EscapedText.ofName(entry.path()),
                            entry.cause());
        }
    }

    private Orphans reapAll() throws IOException {
        eachJournal(this::reap);
        forgetUndecidedBelowGone();
        for (Undecided entry : undecided) {
            orphans.undecided(entry.shown(), entry.reason());
        }
        undecidedByTheLast = undecided.size() + doubtful;
        return orphans;
    }

    /** What is done with a journal whose process may be dead. */
    @FunctionalInterface
    private interface Visitor {
        void visit(JournalDirectory directory, Path journal) throws IOException;
    }

    private void eachJournal(Visitor visitor) throws IOException {
        if (JournalStart.isOff()) {
            return;
        }
        Set<JournalDirectory> directories = new LinkedHashSet<>(JournalDirectory.candidates());
        // Its own is among them, unless it had to be the last resort: to look for that again takes a probe.
        for (JournalFile own : JournalFile.own()) {
            directories.add(own.directory());
        }
        for (JournalDirectory directory : directories) {
            eachJournalIn(directory, visitor);
        }
    }

    private void eachJournalIn(JournalDirectory directory, Visitor visitor) throws IOException {
        try {
            directory.requireOwn();
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException notOurs) {
            unreadable(directory.path(), notOurs);
            return;
        }
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(directory.path())) {
            for (Path journal : journals) {
                if (journal.toString().endsWith(JournalFile.SUFFIX) && !OwnJournals.contain(journal)) {
                    visitor.visit(directory, journal);
                }
            }
        } catch (NoSuchFileException gone) {
            return;
        } catch (DirectoryIteratorException broken) {
            unreadable(directory.path(), Objects.requireNonNull(broken.getCause()));
            return;
        } catch (IOException notListed) {
            // The others are looked at all the same.
            unreadable(directory.path(), notListed);
            return;
        }
        directory.removeIfEmpty();
    }

    /** What cannot be opened as a journal, or is not one. */
    private void unreadable(Path journal, IOException cause) {
        JournalProblems ofOne = new JournalProblems(journal);
        ofOne.add(journal, cause, true);
        problems.add(ofOne);
        orphans.unreadable(journal, cause);
    }

    /** What is done with a journal whose process is dead, with its lock held. */
    @FunctionalInterface
    private interface Action {
        void on(Path journal, FileChannel file) throws IOException;
    }

    private void reap(JournalDirectory directory, Path journal) {
        ifDead(directory, journal, (path, file) -> reapDead(directory, path, file));
    }

    private void ifDead(JournalDirectory directory, Path journal, Action action) {
        FileChannel file;
        @Nullable Object key;
        try {
            directory.requireOwnFile(journal);
            key = fileKey(journal);
            file = FileChannel.open(journal, StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS);
        } catch (NoSuchFileException reapedByAnother) {
            return;
        } catch (IOException cannotBeOpened) {
            unreadable(journal, cannotBeOpened);
            return;
        }
        boolean close = true;
        try {
            // Compared once more: since it was opened another reaper may have done all this.
            if (file.tryLock(JournalFile.LOCKED_BYTE, 1, false) != null && Objects.equals(key, fileKey(journal))) {
                action.on(journal, file);
            }
        } catch (NoSuchFileException reapedMeanwhile) {
            // By another process, or it has ended in an orderly way.
        } catch (OverlappingFileLockException ownedByAnotherClassLoader) {
            close = false;
            OwnJournals.keepOpen(journal, file);
        } catch (IOException failure) {
            unreadable(journal, failure);
        } finally {
            if (close) {
                close(file);
            }
        }
    }

    /** Returns what tells the file from another one of its name; null where the system does not tell. */
    private static @Nullable Object fileKey(Path journal) throws IOException {
        return Files.readAttributes(journal, BasicFileAttributes.class, NOFOLLOW_LINKS)
                .fileKey();
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException failure) {
            Journal.logger().log(System.Logger.Level.DEBUG, "closing a journal failed", failure);
        }
    }

    /** With the lock held. */
    private void reapDead(JournalDirectory directory, Path journal, FileChannel file) throws IOException {
        if (file.size() == 0) {
            // Its process died before it made anything; or is about to lock this, finds it gone, and makes another.
            Files.deleteIfExists(journal);
            return;
        }
        new OneJournal(directory, new DeadJournal(journal, file)).reap();
    }

    /** What becomes of the entries of one journal. */
    private final class OneJournal {
        private final JournalDirectory directory;
        private final DeadJournal journal;
        private final JournalProblems found;
        private final List<Undecided> unseen = new ArrayList<>();

        OneJournal(JournalDirectory directory, DeadJournal journal) {
            this.directory = directory;
            this.journal = journal;
            this.found = new JournalProblems(journal.path());
        }

        void reap() throws IOException {
            JournalReader reader = new JournalReader(journal.file(), this::damaged);
            Header header = reader.header();
            UserPrincipal owner = Files.getOwner(journal.path(), NOFOLLOW_LINKS);
            boolean sameBoot = header.boot().equals(boot);
            problems.add(found);
            reader.entries((entry, position) -> look(entry, position, owner, sameBoot));
            decideUnseen();
            journal.finish();
        }

        private void damaged(CorruptJournalException damage) {
            orphans.unreadable(journal.path(), damage);
            found.add(journal.path(), damage, true);
            journal.keep();
        }

        private void look(JournalEntry entry, long position, UserPrincipal owner, boolean sameBoot) {
            Path path = entry.path();
            if (path != null) {
                progress.accept(path);
            }
            Recognition recognition = Recognition.of(entry, owner, sameBoot);
            FileSystemException reason = recognition.reason();
            if (path == null || recognition.status() == Recognition.Status.UNDECIDED) {
                unseen.add(new Undecided(directory, journal.path(), entry, position, Objects.requireNonNull(reason)));
                return;
            }
            switch (recognition.status()) {
                case RECOGNIZED -> remove(path, entry, position, recognition);
                case DOUBTFUL -> doubt(path, position, Objects.requireNonNull(reason));
                case REPLACED -> {
                    // Reported once: it is the record that has come to its end, not what is there.
                    remains(path, Objects.requireNonNull(reason));
                    journal.done(position);
                }
                default -> gone(path, entry, position);
            }
        }

        private void remove(Path path, JournalEntry entry, long position, Recognition recognition) {
            Identity identity = Objects.requireNonNull(recognition.found());
            Directory parent = Objects.requireNonNull(recognition.directory());
            String name = path.getFileName().toString();
            try {
                Directory.Removal removal =
                        identity.directory() ? parent.removeTree(name, identity) : parent.removeFile(name, identity);
                if (removal == Directory.Removal.STRANGER) {
                    remains(path, new FileSystemException(path.toString(), null, "another entry is at its path"));
                } else if (removal == Directory.Removal.REMOVED) {
                    orphans.removed(path);
                    REAPED.increment();
                    Events.reaped(path);
                }
                gone(path, entry, position);
            } catch (NoSuchFileException | NotDirectoryException removedByAnother) {
                gone(path, entry, position);
            } catch (IOException failure) {
                remains(path, failure);
                journal.keep();
            }
        }

        private void gone(Path path, JournalEntry entry, long position) {
            journal.done(position);
            // Of what was not yet live it is not known whether it was a directory.
            if (entry.directory() || !entry.live()) {
                goneTrees.add(path);
            }
        }

        private void doubt(Path path, long position, FileSystemException reason) {
            if (forget) {
                orphans.forgotten(path, reason);
                journal.done(position);
            } else {
                doubtful++;
                remains(path, reason);
                journal.keep();
            }
        }

        private void remains(Path path, IOException cause) {
            orphans.remains(path, cause);
            found.add(path, cause, false);
        }

        /** What was below a tree that another entry names is known to be gone only when that one has been looked at. */
        private void decideUnseen() {
            for (Undecided entry : unseen) {
                if (isBelowGone(entry.entry())) {
                    journal.done(entry.position());
                } else if (forget) {
                    orphans.forgotten(entry.shown(), entry.reason());
                    journal.done(entry.position());
                } else {
                    undecided.add(entry);
                    journal.keep();
                }
            }
        }
    }

    /** Whether it is not there, and was below a tree that is gone. */
    private boolean isBelowGone(JournalEntry entry) {
        Path path = entry.path();
        if (path == null || !entry.exact() || goneTrees.isEmpty()) {
            return false;
        }
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (goneTrees.contains(above)) {
                return Files.notExists(path, NOFOLLOW_LINKS);
            }
        }
        return false;
    }

    /** The tree may have been on record in a journal that was looked at later. */
    private void forgetUndecidedBelowGone() throws IOException {
        Map<Path, JournalDirectory> again = new LinkedHashMap<>();
        for (Iterator<Undecided> entries = undecided.iterator(); entries.hasNext(); ) {
            Undecided entry = entries.next();
            if (isBelowGone(entry.entry())) {
                again.put(entry.journal(), entry.directory());
                entries.remove();
            }
        }
        for (Map.Entry<Path, JournalDirectory> journal : again.entrySet()) {
            forgetBelowGone(journal.getValue(), journal.getKey());
            journal.getValue().removeIfEmpty();
        }
    }

    private void forgetBelowGone(JournalDirectory directory, Path journal) {
        ifDead(directory, journal, this::forgetBelowGone);
    }

    /** With the lock held. */
    private void forgetBelowGone(Path path, FileChannel file) throws IOException {
        DeadJournal journal = new DeadJournal(path, file);
        JournalReader reader = new JournalReader(file, damage -> journal.keep());
        reader.header();
        reader.entries((entry, position) -> {
            if (isBelowGone(entry)) {
                journal.done(position);
            } else {
                journal.keep();
            }
        });
        journal.finish();
    }
}

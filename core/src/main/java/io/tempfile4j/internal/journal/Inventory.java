package io.tempfile4j.internal.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of this user have on record, the living and the dead; removes nothing.
 *
 * <p>The journals of the process that asks are left out, its own and those of other copies of this library in it: reading
 * one would give back its lock.
 *
 * @param owners one for each journal that could be read
 * @param unreadable journals, and directories that ought to be this user's, with the reason
 * @param places where journals can be, in the order of preference
 */
public record Inventory(List<Owner> owners, List<Orphans.Remaining> unreadable, List<Place> places) {

    /**
     * A process that has, or had, a journal.
     *
     * @param pid in its own namespace
     * @param startedMillis when it made its first thing
     * @param program what it runs
     * @param alive whether it still holds the lock of its journal
     */
    public record Owner(Path journal, long pid, long startedMillis, String program, boolean alive, List<Item> items) {}

    /**
     * What a process has made, and is still there, or may be where this process cannot see it.
     *
     * @param doubt why it cannot be told whether it is what was made, so that it will not be removed; null otherwise
     * @param undecided whether that is because it cannot be seen; it then stays on record until it can, or is forgotten
     */
    public record Item(
            Path path, boolean directory, @Nullable String doubt, boolean undecided) {}

    /**
     * A directory for journals.
     *
     * @param there whether it exists
     * @param refused why journals are not kept in it; null if they are, or will be
     */
    public record Place(Path path, boolean there, @Nullable String refused) {}

    /** Looks at all journals. */
    public static Inventory take() throws IOException {
        return Uninterruptible.call("tempfile4j-inventory", () -> new Taking().take());
    }

    /** Whether nobody wants journals. */
    public static boolean isOff() {
        return JournalStart.isOff();
    }

    private static final class Taking {
        private final List<Owner> owners = new ArrayList<>();
        private final List<Orphans.Remaining> unreadable = new ArrayList<>();
        private final List<Place> places = new ArrayList<>();
        private final String boot = Header.currentBoot();

        Inventory take() throws IOException {
            if (!isOff()) {
                for (JournalDirectory directory : JournalDirectory.candidates()) {
                    look(directory);
                }
            }
            return new Inventory(List.copyOf(owners), List.copyOf(unreadable), List.copyOf(places));
        }

        private void look(JournalDirectory directory) throws IOException {
            try {
                directory.requireOwn();
            } catch (NoSuchFileException none) {
                places.add(new Place(directory.path(), false, refusal(directory.place())));
                return;
            } catch (IOException notOurs) {
                places.add(new Place(directory.path(), true, notOurs.getMessage()));
                unreadable.add(new Orphans.Remaining(directory.path(), notOurs));
                return;
            }
            places.add(new Place(directory.path(), true, null));
            try (DirectoryStream<Path> journals =
                    Files.newDirectoryStream(directory.path(), "*" + JournalFile.SUFFIX)) {
                for (Path journal : journals) {
                    if (!OwnJournals.contain(journal)) {
                        read(directory, journal);
                    }
                }
            } catch (NoSuchFileException gone) {
                return;
            } catch (DirectoryIteratorException broken) {
                throw broken.getCause();
            }
        }

        private static @Nullable String refusal(Path place) {
            if (Files.notExists(place)) {
                return place + " does not exist";
            }
            if (!Files.isDirectory(place)) {
                return place + " is not a directory";
            }
            return Files.isWritable(place) ? null : place + " is not writable";
        }

        private void read(JournalDirectory directory, Path journal) {
            try {
                directory.requireOwnFile(journal);
                if (Files.size(journal) == 0) {
                    // Just being made, and perhaps locked by now: another copy's must not even be opened, to be closed
                    // again.
                    return;
                }
                FileChannel file = FileChannel.open(journal, StandardOpenOption.READ, NOFOLLOW_LINKS);
                boolean close = true;
                try {
                    read(journal, file);
                } catch (OverlappingFileLockException ownedByAnotherClassLoader) {
                    close = false;
                    OwnJournals.keepOpen(journal, file);
                } finally {
                    if (close) {
                        file.close();
                    }
                }
            } catch (NoSuchFileException removedMeanwhile) {
                // Its process has ended.
            } catch (IOException failure) {
                unreadable.add(new Orphans.Remaining(journal, failure));
            }
        }

        private void read(Path journal, FileChannel file) throws IOException {
            // Asked before reading: what a living process adds meanwhile must not be listed as a dead one's.
            boolean alive = isAlive(file);
            JournalReader reader =
                    new JournalReader(file, damage -> unreadable.add(new Orphans.Remaining(journal, damage)));
            Header header = reader.header();
            UserPrincipal owner = Files.getOwner(journal, NOFOLLOW_LINKS);
            List<Item> items = new ArrayList<>();
            boolean sameBoot = header.boot().equals(boot);
            reader.entries(
                    (entry, position) -> item(journal, entry, Recognition.of(entry, owner, sameBoot), alive, items));
            owners.add(new Owner(
                    journal, header.pid(), header.startedMillis(), header.program(), alive, List.copyOf(items)));
        }

        /** A shared lock, so that two who look do not take each other for the process. */
        private static boolean isAlive(FileChannel file) throws IOException {
            try (FileLock lock = file.tryLock(JournalFile.LOCKED_BYTE, 1, true)) {
                return lock == null;
            }
        }

        private static void item(
                Path journal, JournalEntry entry, Recognition recognition, boolean alive, List<Item> items) {
            Path path = entry.path() == null ? journal : entry.path();
            String reason =
                    recognition.reason() == null ? null : recognition.reason().getReason();
            switch (recognition.status()) {
                case RECOGNIZED ->
                    items.add(new Item(
                            path, Objects.requireNonNull(recognition.found()).directory(), null, false));
                case DOUBTFUL -> items.add(new Item(path, entry.directory(), reason, false));
                case UNDECIDED -> {
                    // A living process knows better.
                    if (!alive) {
                        items.add(new Item(path, entry.directory(), reason, true));
                    }
                }
                default -> {
                    // Removed, and not yet off the record; or replaced by another entry.
                }
            }
        }
    }
}

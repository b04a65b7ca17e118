package io.tempfile4j.internal.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.Identity;
import io.tempfile4j.internal.platform.NumericIdentity;
import io.tempfile4j.internal.platform.PathBytes;
import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The answer to whether an entry of a directory is the one that an entry of a journal names.
 *
 * @param status the answer
 * @param directory that the entry is in; null if it could not be looked at
 * @param found what was recognized; null in every other status
 * @param reason for the answer; null if the entry was recognized, or is gone
 */
record Recognition(
        Status status,
        @Nullable Directory directory,
        @Nullable Identity found,
        @Nullable FileSystemException reason) {

    /** The possible answers. */
    enum Status {
        /** It is the one that was created. */
        RECOGNIZED,
        /** Another entry is at its path. */
        REPLACED,
        /** An entry is at its path, and nothing tells whether it is the one. */
        DOUBTFUL,
        /** Nothing is at its path, in the directory that it was created in. */
        GONE,
        /** Its path cannot be seen, or leads to another directory. */
        UNDECIDED
    }

    private static final Recognition IS_GONE = new Recognition(Status.GONE, null, null, null);

    /**
     * Looks; changes nothing.
     *
     * @param owner of the journal
     * @param sameBoot whether the machine has not been started since the journal was opened
     */
    static Recognition of(JournalEntry entry, UserPrincipal owner, boolean sameBoot) {
        Path path = entry.path();
        if (path == null) {
            return undecided(entry, "its path is none in this locale, or on this system");
        }
        Path parent = path.getParent();
        if (parent == null || path.getFileName() == null || !path.isAbsolute()) {
            return undecided(entry, "its path is not that of an entry of a directory");
        }
        String name = PathBytes.nameOf(path);
        if (name == null) {
            return undecided(
                    entry, "its name cannot be decoded in this locale: " + System.getProperty("sun.jnu.encoding"));
        }
        try {
            // The back-end that knows most of what an entry is recognized by.
            Platform platform = Platform.current().settled();
            Directory directory = platform.open(parent);
            Identity found;
            try {
                found = directory.identify(name);
            } catch (NoSuchFileException | NotDirectoryException absent) {
                return absent(entry, parent, directory, platform.open(parent), sameBoot);
            }
            return present(entry, path, directory, found, owner, sameBoot);
        } catch (NoSuchFileException | NotDirectoryException noParent) {
            return undecided(entry, "its parent directory is missing");
        } catch (IOException unknown) {
            return undecided(entry, "it cannot be looked at: " + unknown);
        }
    }

    /** Asked before and after the entry was looked for: its file system may be unmounted, or its parent be renamed. */
    private static Recognition absent(
            JournalEntry entry, Path parent, Directory before, Directory after, boolean sameBoot) {
        if (!entry.exact()) {
            return undecided(entry, "its path was recorded as text that lost some of its bytes");
        }
        NumericIdentity recorded = entry.parent();
        if (!recorded.isKnown()) {
            return undecided(entry, "its parent directory was not recorded");
        }
        if (!recorded.isSameDirectory(before.identityOfDirectory(), sameBoot)
                || !recorded.isSameDirectory(after.identityOfDirectory(), sameBoot)) {
            return undecided(entry, parent + " is another directory than the one it was created in");
        }
        return IS_GONE;
    }

    private static Recognition present(
            JournalEntry entry, Path path, Directory directory, Identity found, UserPrincipal owner, boolean sameBoot)
            throws IOException {
        NumericIdentity recorded = entry.identity();
        NumericIdentity now = NumericIdentity.of(found);
        if (!recorded.isKnown()) {
            // Killed between creating it and recording its identity. Nothing else can have a name of 62 random bits.
            if (!entry.unguessable()) {
                return doubtful(
                        directory, entry, "its process was killed while creating it, and others could have the name");
            }
            return owner.equals(Files.getOwner(path, NOFOLLOW_LINKS))
                    ? recognized(directory, found)
                    : replaced(entry, directory, sameBoot, "it belongs to another user");
        }
        if (entry.directory() != found.directory()) {
            return replaced(entry, directory, sameBoot, "another entry is at its path");
        }
        if (entry.unguessable()) {
            return recorded.isSame(now, sameBoot)
                    ? recognized(directory, found)
                    : replaced(entry, directory, sameBoot, "another entry is at its path");
        }
        // The inode is not enough where others can have the name as well: they may get one that was used before.
        return recorded.isSameWithBirth(now)
                ? recognized(directory, found)
                : doubtful(directory, entry, "others could have the name, and it may not be what was created");
    }

    private static Recognition recognized(Directory directory, Identity found) {
        return new Recognition(Status.RECOGNIZED, directory, found, null);
    }

    /** In another directory that is known to be another one nothing is learned of the entry. */
    private static Recognition replaced(JournalEntry entry, Directory directory, boolean sameBoot, String why) {
        NumericIdentity parent = entry.parent();
        if (parent.isKnown() && !parent.isSameDirectory(directory.identityOfDirectory(), sameBoot)) {
            return undecided(
                    entry, directory.path() + " is another directory than the one it was created in, and " + why);
        }
        return new Recognition(Status.REPLACED, directory, null, reason(entry, why));
    }

    private static Recognition doubtful(Directory directory, JournalEntry entry, String why) {
        return new Recognition(Status.DOUBTFUL, directory, null, reason(entry, why));
    }

    private static Recognition undecided(JournalEntry entry, String why) {
        return new Recognition(Status.UNDECIDED, null, null, reason(entry, why));
    }

    private static FileSystemException reason(JournalEntry entry, String why) {
        return new FileSystemException(entry.text(), null, why);
    }
}

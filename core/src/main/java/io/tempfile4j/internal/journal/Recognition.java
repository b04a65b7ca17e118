package io.tempfile4j.internal.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.Identity;
import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is at the path of an entry is what the entry says was made there.
 *
 * @param directory that it is in
 * @param found what was recognised; null if something else is there, or nobody can tell
 * @param doubt why nobody can tell; null otherwise
 */
record Recognition(
        Directory directory,
        @Nullable Identity found,
        @Nullable FileSystemException doubt) {

    /**
     * Looks; changes nothing.
     *
     * @param owner of the journal
     * @throws java.nio.file.NoSuchFileException if nothing is there
     * @throws java.nio.file.NotDirectoryException if what it was in is no directory any more
     */
    static Recognition of(JournalEntry entry, Path path, UserPrincipal owner, boolean sameBoot) throws IOException {
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null || !path.isAbsolute()) {
            throw new FileSystemException(path.toString(), null, "a journal names it, and it is no entry's path");
        }
        // The one that knows most of what a thing is recognised by.
        Directory directory = Platform.current().settled().open(parent);
        Identity found = directory.identify(name.toString());
        String recorded = entry.identity();
        if (recorded == null) {
            // Killed between making it and saying what was made. Nothing else can have a name of 62 random bits.
            if (!entry.unguessable()) {
                return doubtful(
                        directory, path, "its process was killed while making it, and others could have the name");
            }
            return new Recognition(directory, owner.equals(Files.getOwner(path, NOFOLLOW_LINKS)) ? found : null, null);
        }
        if (entry.directory() != found.directory()) {
            return new Recognition(directory, null, null);
        }
        String now = found.key().toString();
        if (entry.unguessable()) {
            return new Recognition(directory, Sameness.of(recorded, now, sameBoot) ? found : null, null);
        }
        // Of what others can make as well the inode is not enough: they may get one that was used before.
        return Sameness.ofBirths(recorded, now)
                ? new Recognition(directory, found, null)
                : doubtful(directory, path, "others could have the name, and it may not be what was made");
    }

    private static Recognition doubtful(Directory directory, Path path, String why) {
        return new Recognition(directory, null, new FileSystemException(path.toString(), null, why));
    }
}

package io.tempfile4j.internal.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import io.tempfile4j.internal.platform.CurrentUser;
import io.tempfile4j.internal.platform.DirectoryTrust;
import io.tempfile4j.internal.platform.Location;
import io.tempfile4j.internal.platform.LocationSearch;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A private directory of this user, in which the journals of his processes lie.
 *
 * <p>Its place does not depend on where a process puts its temporary files: the next process of the user finds it, with
 * whatever {@code TMPDIR}. {@code /var/tmp} comes first, since it outlives a restart of the machine, as the files in the
 * directories that users name do.
 *
 * @param place the directory that it is in, where others may have theirs
 * @param path of this one
 * @param named whether the operator has named the place, and answers for the way to it: a private directory in the volume
 *     of a pod, which is open to all
 */
record JournalDirectory(Path place, Path path, boolean named) {

    private static final Set<PosixFilePermission> OWNER_ONLY = Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int ANYTHING_BY_OTHERS = 0077;

    /** All directories of this user that there may be; a journal is made in the first in which one can. */
    static List<JournalDirectory> candidates() {
        String asked = System.getProperty(JournalStart.PROPERTY);
        if (asked != null) {
            return List.of(in(Path.of(asked).toAbsolutePath(), true));
        }
        List<JournalDirectory> candidates = new ArrayList<>();
        for (Path place : LocationSearch.ofSystem()) {
            candidates.add(in(place, false));
        }
        return candidates;
    }

    /** Where nothing else serves: the directory for temporary files; none if there is none. */
    static List<JournalDirectory> lastResort() {
        if (System.getProperty(JournalStart.PROPERTY) != null) {
            return List.of();
        }
        Path directory = Location.choose().directory();
        return directory == null ? List.of() : List.of(in(directory, false));
    }

    private static JournalDirectory in(Path place, boolean named) {
        StringBuilder name = new StringBuilder("tempfile4j-");
        for (char c : user().toCharArray()) {
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-');
            name.append(plain ? c : '_');
        }
        return new JournalDirectory(place, place.resolve(name.toString()), named);
    }

    /** The number, where there are numbers: in many a container the user has no name. */
    private static String user() {
        Integer uid = CurrentUser.uid();
        return uid == null ? System.getProperty("user.name", "?") : Integer.toUnsignedString(uid);
    }

    /**
     * Creates the directory, or sees that it is this user's own.
     *
     * @throws FileSystemException if it is not: others could have put journals in it that name what is not ours
     */
    void make() throws IOException {
        if (!isPosix()) {
            Files.createDirectories(path);
            return;
        }
        // First: what follows is done by path, and that leads where it did only if nobody else can change it.
        requireSafePlace();
        boolean created = create();
        requireOwnDirectory();
        if (created) {
            // What the umask took would be missing for good.
            Files.setPosixFilePermissions(path, OWNER_ONLY);
        }
    }

    private boolean create() throws IOException {
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            return true;
        } catch (FileAlreadyExistsException here) {
            // Perhaps another user's.
            return false;
        }
    }

    /**
     * Sees that it is a directory, no link, which belongs to this user and is open to nobody else, where nobody else can
     * put another one.
     *
     * @throws NoSuchFileException if there is none
     */
    void requireOwn() throws IOException {
        if (isPosix()) {
            requireSafePlace();
        }
        requireOwnDirectory();
    }

    private void requireOwnDirectory() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
        if (!attributes.isDirectory() || attributes.isOther()) {
            throw new NotDirectoryException(path.toString());
        }
        if (!isPosix()) {
            return;
        }
        requireOwner(path);
        // Of a file system that somebody else has mounted there, the server says whose it is (FUSE, allow_other).
        if (!Files.getAttribute(path, "unix:dev", NOFOLLOW_LINKS).equals(Files.getAttribute(place, "unix:dev"))) {
            throw new FileSystemException(path.toString(), null, "is a mount point, not a directory of its place");
        }
        if (((Integer) Files.getAttribute(path, "unix:mode", NOFOLLOW_LINKS) & ANYTHING_BY_OTHERS) != 0) {
            throw new FileSystemException(path.toString(), null, "is not private: others have permissions on it");
        }
    }

    /** The place must be one in which others can neither rename nor replace this one. */
    private void requireSafePlace() throws IOException {
        if (CurrentUser.uid() == null) {
            throw new FileSystemException(
                    path.toString(), null, "cannot find out which user this is: /proc is not there, nor a safe /tmp");
        }
        DirectoryTrust trust = DirectoryTrust.of(place);
        if (trust.isExposed() && !(named && trust.exposedOnTheWay())) {
            throw new FileSystemException(place.toString(), null, trust.reason());
        }
    }

    private void requireOwner(Path file) throws IOException {
        if (isPosix() && !Objects.equals(Files.getAttribute(file, "unix:uid", NOFOLLOW_LINKS), CurrentUser.uid())) {
            throw new FileSystemException(file.toString(), null, "belongs to another user");
        }
    }

    /** Whether what is in it is a file, no link, of this user. */
    void requireOwnFile(Path journal) throws IOException {
        if (!Files.readAttributes(journal, BasicFileAttributes.class, NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new FileSystemException(journal.toString(), null, "is not a file");
        }
        requireOwner(journal);
    }

    /**
     * Removes it if it is empty. Not where others can make something in its place: what is this user's once stays so, and
     * nobody can put another directory there just after it was looked at.
     */
    void removeIfEmpty() throws IOException {
        if (isPosix() && ((Integer) Files.getAttribute(place, "unix:mode") & WRITABLE_BY_OTHERS) != 0) {
            return;
        }
        try {
            Files.delete(path);
        } catch (DirectoryNotEmptyException othersAreAlive) {
            // They remove it.
        } catch (NoSuchFileException gone) {
            // Another process was faster.
        }
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}

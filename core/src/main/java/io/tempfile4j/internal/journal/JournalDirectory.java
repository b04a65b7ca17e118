package io.tempfile4j.internal.journal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import io.tempfile4j.internal.platform.Location;
import io.tempfile4j.internal.platform.LocationSearch;
import io.tempfile4j.internal.platform.Names;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A private directory of this user, in which the journals of his processes lie.
 *
 * <p>Its place does not depend on where a process puts its temporary files: the next process of the user finds it, with
 * whatever {@code TMPDIR}. {@code /var/tmp} comes first, since it outlives a restart of the machine, as the files in the
 * directories that users name do.
 *
 * @param place the directory that it is in, where others may have theirs
 * @param path of this one
 */
record JournalDirectory(Path place, Path path) {

    private static final Names.Pattern PROBE = new Names.Pattern("probe-", Names.DEFAULT_RANDOM_LENGTH, "");

    private static final int TRIES = 10;

    /** Who this process is, as the file system calls it: Java does not say, but what it makes does. */
    private static volatile @Nullable Object self;

    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int ANYTHING_BY_OTHERS = 0077;

    /** All directories of this user that there may be; a journal is made in the first in which one can. */
    static List<JournalDirectory> candidates() {
        String asked = System.getProperty(JournalStart.PROPERTY);
        if (asked != null) {
            return List.of(in(Path.of(asked).toAbsolutePath()));
        }
        List<JournalDirectory> candidates = new ArrayList<>();
        for (Path place : LocationSearch.ofSystem()) {
            candidates.add(in(place));
        }
        return candidates;
    }

    /** Where nothing else serves: the directory for temporary files; none if there is none. */
    static List<JournalDirectory> lastResort() {
        if (System.getProperty(JournalStart.PROPERTY) != null) {
            return List.of();
        }
        Path directory = Location.choose().directory();
        return directory == null ? List.of() : List.of(in(directory));
    }

    private static JournalDirectory in(Path place) {
        StringBuilder name = new StringBuilder("tempfile4j-");
        for (char c : user().toCharArray()) {
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-');
            name.append(plain ? c : '_');
        }
        return new JournalDirectory(place, place.resolve(name.toString()));
    }

    /** The JDK says "?" of a user whom the system has no name for, as in many containers. */
    private static String user() {
        String name = System.getProperty("user.name", "?");
        try {
            return name.equals("?") ? uid(Path.of("/proc/self")).toString() : name;
        } catch (IOException | RuntimeException noProc) {
            return name;
        }
    }

    /**
     * Makes the directory, or sees that it is this user's own.
     *
     * @throws FileSystemException if it is not: others could have put journals in it that name what is not ours
     */
    void make() throws IOException {
        if (!isPosix()) {
            Files.createDirectories(path);
            return;
        }
        requireSafePlace();
        Set<PosixFilePermission> ownerOnly = Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(ownerOnly));
            // What the umask took would be missing for good. By path: nobody else can replace what has just been made.
            Files.setPosixFilePermissions(path, ownerOnly);
        } catch (FileAlreadyExistsException here) {
            // Perhaps somebody else's.
        }
        requireOwnDirectory();
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
        if (((Integer) Files.getAttribute(path, "unix:mode", NOFOLLOW_LINKS) & ANYTHING_BY_OTHERS) != 0) {
            throw new FileSystemException(path.toString(), null, "is not private: others have permissions on it");
        }
        for (int i = 0; i < TRIES; i++) {
            try {
                requireOwnedByThisProcess();
                return;
            } catch (NoSuchFileException removedByAReaper) {
                if (Files.notExists(path, NOFOLLOW_LINKS)) {
                    throw removedByAReaper;
                }
            }
        }
        throw new FileSystemException(path.toString(), null, "others remove all that is made in it");
    }

    private void requireOwnedByThisProcess() throws IOException {
        if (self == null) {
            Path made = Files.createFile(path.resolve(Names.system().next(PROBE) + JournalFile.SUFFIX));
            try {
                self = uid(made);
            } finally {
                Files.deleteIfExists(made);
            }
        }
        requireOwner(path);
        Object owner = uid(place);
        if (!owner.equals(0) && !owner.equals(self)) {
            throw new FileSystemException(
                    place.toString(), null, "belongs to another user, who could replace journals");
        }
    }

    /** The place must be one in which others can neither rename nor replace this one. */
    private void requireSafePlace() throws IOException {
        int mode = (Integer) Files.getAttribute(place, "unix:mode");
        if ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
            throw new FileSystemException(
                    place.toString(), null, "is writable by others and has no sticky bit: they could replace journals");
        }
    }

    private void requireOwner(Path file) throws IOException {
        if (isPosix() && !uid(file).equals(self)) {
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

    private static Object uid(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid", NOFOLLOW_LINKS);
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }
}

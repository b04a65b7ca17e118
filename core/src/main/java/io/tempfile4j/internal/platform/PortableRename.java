package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One move of an entry that is known to be ours, by path.
 *
 * <p>NIO has no rename that replaces nothing: {@code Files.move} looks first and moves then. A second link is made
 * exclusively by every system that has links, so that is what is done. Without links the name is first taken by an
 * empty file, made exclusively, which is then replaced: others see that empty file for a moment, but nobody loses one.
 */
final class PortableRename {

    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(1);
    private static final long FIRST_PAUSE_NANOS = 1_000_000;

    private final PortableDirectory from;
    private final String name;
    private final Identity identity;
    private final Directory to;
    private final String targetName;
    private final boolean posix;
    private final Path source;
    private final Path target;

    PortableRename(
            PortableDirectory from, String name, Identity identity, Directory to, String targetName, boolean posix) {
        this.from = from;
        this.name = name;
        this.identity = identity;
        this.to = to;
        this.targetName = targetName;
        this.posix = posix;
        this.source = from.path().resolve(name);
        this.target = to.path().resolve(targetName);
    }

    void replacing() throws IOException {
        requireOneFileSystem();
        requireReplaceable();
        move();
    }

    void exclusively() throws IOException {
        requireOneFileSystem();
        if (!identity.directory()) {
            link();
        } else if (posix) {
            replaceClaim(to.createDirectory(targetName, OWNER_DIRECTORY));
        } else {
            moveDirectory();
        }
    }

    private void requireOneFileSystem() throws AtomicMoveNotSupportedException {
        if (!source.getFileSystem().equals(target.getFileSystem())) {
            throw otherFileSystem("these are two file systems");
        }
    }

    private AtomicMoveNotSupportedException otherFileSystem(String reason) {
        return new AtomicMoveNotSupportedException(source.toString(), target.toString(), reason);
    }

    /**
     * Checks the target directly before the move. The system has no move that replaces regular files only, so a race
     * remains: an entry that appears between the two calls is replaced. Only a user who may write to the target's directory
     * can use it, and that user could remove the entry anyway.
     */
    private void requireReplaceable() throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(target, BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException free) {
            return;
        }
        if (!identity.directory() && !found.isRegularFile() && !found.isSymbolicLink()) {
            throw Attributes.notReplaceable(target, found.isDirectory());
        }
        if (!found.isDirectory() && identity.directory()) {
            throw new NotDirectoryException(target.toString());
        }
    }

    /** On Windows who has the target open, a virus scanner say, denies its replacement as long. */
    private void move() throws IOException {
        Patience patience = Patience.of(MOST_PATIENCE);
        for (long pause = FIRST_PAUSE_NANOS; ; pause *= 2) {
            try {
                // Providers other than the JDK's want to be told both.
                Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (AccessDeniedException denied) {
                if (posix || !patience.pause(pause)) {
                    throw denied;
                }
            }
        }
    }

    private void link() throws IOException {
        try {
            Files.createLink(target, source);
        } catch (FileAlreadyExistsException taken) {
            // The JDK's names both, as if the target were to be moved.
            throw new FileAlreadyExistsException(target.toString());
        } catch (NoSuchFileException | AccessDeniedException said) {
            throw said;
        } catch (UnsupportedOperationException | FileSystemException noLink) {
            linkFailed(noLink);
            return;
        }
        requireLinked();
        try {
            from.removeFile(name, identity);
        } catch (IOException twoNames) {
            // It is where it was asked for, and cannot be taken back: others may have seen it.
        }
    }

    /** By now others may have removed or replaced the target; but it must be ours that was linked. */
    private void requireLinked() throws IOException {
        Identity linked = lookAt(to, targetName);
        if (identity.equals(linked)) {
            return;
        }
        Identity present = lookAt(from, name);
        if (identity.equals(present)) {
            return;
        }
        if (linked != null && linked.equals(present)) {
            // Put in place of the source before the link was made, and so given a name by it.
            Files.deleteIfExists(target);
        }
        throw new NoSuchFileException(source.toString(), null, "something else is there now, not what was made");
    }

    private static @Nullable Identity lookAt(Directory directory, String entry) throws IOException {
        try {
            return directory.identify(entry);
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    /** The file system has no links, or the two directories are on different ones: the JDK does not tell. */
    private void linkFailed(Exception noLink) throws IOException {
        if (!from.path().equals(to.path())) {
            AtomicMoveNotSupportedException notHere =
                    otherFileSystem("no link can be made there: " + noLink.getMessage());
            notHere.initCause(noLink);
            throw notHere;
        }
        Directory.MadeFile claim = to.createFile(targetName, OWNER_FILE);
        claim.handle().close();
        replaceClaim(claim.identity());
    }

    /** A directory replaces an empty one, and no other; a file whatever is there, so that is looked at again. */
    private void replaceClaim(Identity claim) throws IOException {
        try {
            if (!to.identify(targetName).equals(claim)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            move();
        } catch (Throwable failure) {
            try {
                if (to.identify(targetName).equals(claim)) {
                    // Never with what others have put into it.
                    Files.deleteIfExists(target);
                }
            } catch (NoSuchFileException gone) {
                // Nothing is left.
            } catch (IOException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    /** Without POSIX a directory replaces none, and a move that is not told to replace does not, but may copy. */
    private void moveDirectory() throws IOException {
        if (!Files.getFileStore(source).equals(Files.getFileStore(to.path()))) {
            throw otherFileSystem("these are two volumes");
        }
        Files.move(source, target);
    }
}

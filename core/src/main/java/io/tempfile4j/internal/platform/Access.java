package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the owner the permissions on directories without which what is in them cannot be removed.
 *
 * <p>An open directory gets them through its handle. One that cannot be opened, because the owner may not read it, can
 * be had only by name, and chmod(2) follows a link that is put there at the wrong moment. So its parent is first closed
 * to all others, through its handle: after that nobody but this user can put anything there.
 */
final class Access {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 0022;

    private Access() {}

    /** Makes the open directory usable for its owner only, and the entry as well if it is a directory. */
    static void grant(SecureDirectoryStream<Path> directory, Path path, Path name) throws IOException {
        PosixFileAttributeView own = directory.getFileAttributeView(PosixFileAttributeView.class);
        if (own == null) {
            return;
        }
        own.setPermissions(OWNER_ONLY);
        BasicFileAttributes entry = directory
                .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes();
        if (entry.isDirectory()) {
            grantByName(pathOf(directory, path).resolve(name));
        }
    }

    /**
     * Makes the root of a tree usable, when its place is safe: no one else may write to the directory that it is in, or
     * the sticky bit keeps them from renaming what is not theirs.
     */
    static void grantToRoot(Path root, AccessDeniedException denied) throws IOException {
        Path parent = root.getParent();
        if (parent == null
                || !root.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            throw denied;
        }
        int mode = (Integer) Files.getAttribute(parent, "unix:mode");
        boolean safe = (mode & WRITABLE_BY_OTHERS) == 0 || (mode & STICKY) != 0;
        if (!safe || !Files.isDirectory(root, NOFOLLOW_LINKS)) {
            throw denied;
        }
        grantByName(root);
    }

    private static void grantByName(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, OWNER_ONLY);
    }

    /** A path of the open directory that does not depend on what happens to its own: its descriptor's, on Linux. */
    private static Path pathOf(SecureDirectoryStream<Path> directory, Path path) throws IOException {
        if (!path.getFileSystem().equals(FileSystems.getDefault()) || !Files.isDirectory(OWN_DESCRIPTORS)) {
            return path;
        }
        Identity identity = Identity.of(
                directory.getFileAttributeView(BasicFileAttributeView.class).readAttributes());
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OWN_DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (identity.equals(identityOfTarget(descriptor))) {
                    return descriptor;
                }
            }
        }
        throw new NoSuchFileException(path.toString(), null, "the open directory is not among " + OWN_DESCRIPTORS);
    }

    /** Other threads open and close descriptors meanwhile: one that is gone is not ours. */
    private static @Nullable Identity identityOfTarget(Path descriptor) throws IOException {
        try {
            return Identity.of(Files.readAttributes(descriptor, BasicFileAttributes.class));
        } catch (NoSuchFileException closedMeanwhile) {
            return null;
        }
    }
}

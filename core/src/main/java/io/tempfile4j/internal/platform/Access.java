package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives the owner the permissions on directories without which what is in them cannot be removed.
 *
 * <p>A directory that its owner may read gets them through a handle. Any other can be had only by name, and chmod(2)
 * follows a link that is put there at the wrong moment. So nobody but this user may be able to put anything there, and
 * within a tree the directory first gets a name that nobody knows.
 */
final class Access {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");

    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 0022;

    private Access() {}

    /**
     * Makes the open directory usable for its owner only, and the entry as well if it is a directory.
     *
     * @param denied what was refused; thrown again when nothing can be done about it
     * @return the name that the entry has now
     */
    static Path grant(SecureDirectoryStream<Path> directory, Path path, Path name, AccessDeniedException denied)
            throws IOException {
        PosixFileAttributeView own = directory.getFileAttributeView(PosixFileAttributeView.class);
        if (own == null) {
            throw denied;
        }
        try {
            own.setPermissions(OWNER_ONLY);
            if (!isDirectory(directory, name) || tryGrantByHandle(directory, name)) {
                return name;
            }
            requireUnchangeableByOthers(directory, path, false);
            Path unknown = path.getFileSystem().getPath(Names.system().next(new Names.Pattern("closed", 16, "")));
            directory.move(name, directory, unknown);
            try {
                grantByName(directory, path, unknown);
            } catch (IOException notOurs) {
                directory.move(unknown, directory, name);
                throw notOurs;
            }
            return unknown;
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException cannot) {
            denied.addSuppressed(cannot);
            throw denied;
        }
    }

    /** Makes the root of a tree usable, if nobody else can put anything in its place. */
    static void grantToRoot(SecureDirectoryStream<Path> parent, Path root, AccessDeniedException denied)
            throws IOException {
        Path place = root.getParent();
        if (place == null || parent.getFileAttributeView(PosixFileAttributeView.class) == null) {
            throw denied;
        }
        try {
            if (!tryGrantByHandle(parent, root.getFileName())) {
                requireUnchangeableByOthers(parent, place, true);
                grantByName(parent, place, root.getFileName());
            }
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException cannot) {
            denied.addSuppressed(cannot);
            throw denied;
        }
    }

    /**
     * The same without handles, and so only where nobody else can change what the path leads to; whether it could be
     * done.
     */
    static boolean grantByPath(Path directory) throws IOException {
        Path sure = unchangeableByOthers(directory);
        if (sure == null || !Files.isDirectory(sure, NOFOLLOW_LINKS)) {
            return false;
        }
        Files.setPosixFilePermissions(sure, OWNER_ONLY);
        return true;
    }

    /**
     * The path of an entry where nobody but this user and root can put anything in its place, or make the path lead
     * elsewhere; null where others can, and where it cannot be told. Another than the one given: a link in that may be
     * others', who would change it as soon as it was looked at.
     */
    static @Nullable Path unchangeableByOthers(Path entry) throws IOException {
        Path parent = entry.getParent();
        if (parent == null
                || !entry.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return null;
        }
        Path place = parent.toRealPath();
        return DirectoryTrust.of(place).isExposed() ? null : place.resolve(entry.getFileName());
    }

    private static boolean tryGrantByHandle(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        try {
            directory
                    .getFileAttributeView(name, PosixFileAttributeView.class, NOFOLLOW_LINKS)
                    .setPermissions(OWNER_ONLY);
            return true;
        } catch (AccessDeniedException unreadable) {
            return false;
        }
    }

    private static void grantByName(SecureDirectoryStream<Path> directory, Path path, Path name) throws IOException {
        Path place = pathOf(directory, path);
        if (!isDirectory(directory, name)) {
            throw new NotDirectoryException(path.resolve(name).toString());
        }
        Files.setPosixFilePermissions(place.resolve(name), OWNER_ONLY);
    }

    private static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        return directory
                .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
    }

    /**
     * Root changes the mode of directories that belong to others, and these could go on changing what is in them; with
     * the sticky bit a directory may also be root's and open to all.
     */
    private static void requireUnchangeableByOthers(
            SecureDirectoryStream<Path> directory, Path path, boolean rootsWillDo) throws IOException {
        Path place = pathOf(directory, path);
        Map<String, Object> found = Files.readAttributes(place, "unix:mode,uid");
        int mode = (Integer) Objects.requireNonNull(found.get("mode"));
        Object owner = found.get("uid");
        boolean shared = (mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0;
        boolean ours = Objects.equals(owner, CurrentUser.uid()) || (rootsWillDo && Objects.equals(owner, 0));
        if (shared || !ours) {
            throw new FileSystemException(path.toString(), null, "others may change what is in this directory");
        }
    }

    /** A path of the open directory that others cannot make lead elsewhere: its descriptor's, on Linux. */
    private static Path pathOf(SecureDirectoryStream<Path> directory, Path path) throws IOException {
        Identity identity = Identity.of(
                directory.getFileAttributeView(BasicFileAttributeView.class).readAttributes());
        if (path.getFileSystem().equals(FileSystems.getDefault()) && Files.isDirectory(OWN_DESCRIPTORS)) {
            return descriptorOf(identity, path);
        }
        Path real = path.toRealPath();
        Path parent = real.getParent();
        DirectoryTrust trust = parent == null ? null : DirectoryTrust.of(parent);
        if (trust != null && trust.isExposed()) {
            throw new FileSystemException(path.toString(), null, trust.reason());
        }
        if (!identity.equals(identityOf(real))) {
            throw new NoSuchFileException(path.toString());
        }
        return real;
    }

    private static Path descriptorOf(Identity identity, Path path) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OWN_DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                if (identity.equals(identityOf(descriptor))) {
                    return descriptor;
                }
            }
        }
        throw new FileSystemException(path.toString(), null, "its handle is not among " + OWN_DESCRIPTORS);
    }

    /** Other threads open and close descriptors meanwhile: one that is gone is not ours. */
    private static @Nullable Identity identityOf(Path path) throws IOException {
        try {
            return Identity.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException goneMeanwhile) {
            return null;
        }
    }
}

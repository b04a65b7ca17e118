package io.tempfile4j.internal.platform;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of what kind something is, who owns it and who may use it: read by one call, so that all of it is of one and the same
 * file, whatever others put at its path meanwhile.
 *
 * <p>Users and groups are known by their numbers where there are any: to look up their names takes longer than all else
 * that is done to replace a file.
 *
 * @param permissions null where there are none
 * @param owner null where there are no permissions
 * @param group null where there are no permissions
 */
public record Attributes(
        boolean isRegularFile,
        boolean isSymbolicLink,
        boolean isDirectory,
        @Nullable Set<PosixFilePermission> permissions,
        @Nullable Object owner,
        @Nullable Object group) {

    private static final String UNIX = "unix:isRegularFile,isSymbolicLink,isDirectory,permissions,uid,gid";

    /** Of what is at the path now, be it a link; null if there is nothing. By {@code java.nio}. */
    static @Nullable Attributes at(Path path) throws IOException {
        Set<String> views = path.getFileSystem().supportedFileAttributeViews();
        try {
            if (views.contains("unix")) {
                return of(Files.readAttributes(path, UNIX, NOFOLLOW_LINKS));
            }
            if (views.contains("posix")) {
                PosixFileAttributes posix = Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
                return new Attributes(
                        posix.isRegularFile(),
                        posix.isSymbolicLink(),
                        posix.isDirectory(),
                        posix.permissions(),
                        posix.owner(),
                        posix.group());
            }
            BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return new Attributes(basic.isRegularFile(), basic.isSymbolicLink(), basic.isDirectory(), null, null, null);
        } catch (NoSuchFileException nothing) {
            return null;
        }
    }

    /**
     * Checks that a file may replace this entry. rename(2) replaces a device node, a socket or a FIFO without an error, and
     * systemd masks a unit by a link to a device node: only a regular file or a symbolic link is replaced.
     *
     * @param path of the entry, for the message
     * @throws FileSystemException if the entry is neither a regular file nor a symbolic link
     */
    public void requireReplaceable(Path path) throws FileSystemException {
        if (!isRegularFile && !isSymbolicLink) {
            throw notReplaceable(path, isDirectory);
        }
    }

    /** The failure of {@link #requireReplaceable}. */
    public static FileSystemException notReplaceable(Path path, boolean directory) {
        return new FileSystemException(
                path.toString(),
                null,
                directory
                        ? "is a directory"
                        : "cannot be replaced: is a device, socket or FIFO, not a regular file; remove it first,"
                                + " or choose another target");
    }

    @SuppressWarnings("unchecked") // as the JDK documents the attribute
    private static Attributes of(Map<String, Object> unix) {
        return new Attributes(
                Boolean.TRUE.equals(unix.get("isRegularFile")),
                Boolean.TRUE.equals(unix.get("isSymbolicLink")),
                Boolean.TRUE.equals(unix.get("isDirectory")),
                (Set<PosixFilePermission>) unix.get("permissions"),
                unix.get("uid"),
                unix.get("gid"));
    }
}

package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory in which entries are made, recognised and removed; names are single components.
 *
 * <p>Whatever is made is made exclusively ({@link FileAlreadyExistsException} when the name is taken, be it by a
 * dangling symbolic link), follows no link, and has the given permissions whatever the umask. A verb that fails leaves
 * nothing behind. Safe for use by many threads.
 */
public interface Directory {

    /** Absolute and normalised. */
    Path path();

    /** The bytes of the path of an entry, as {@link PathBytes} has them; of the default file system. */
    default byte[] pathBytesOf(String name) {
        return PathBytes.encode(path(), PathBytes.prefix(path()), name);
    }

    /**
     * The identity of this directory, as it was when it was opened, or when a verb last found that another one is at its
     * path. Unknown to a directory that does not say.
     */
    default NumericIdentity identityOfDirectory() {
        return NumericIdentity.UNKNOWN;
    }

    /** Makes a file and opens it for reading and writing. */
    MadeFile createFile(String name, Set<PosixFilePermission> permissions) throws IOException;

    /** Makes a file and opens the JDK's own channel on it; the file stays when the channel is closed. */
    FileChannel createChannel(String name, Set<PosixFilePermission> permissions) throws IOException;

    /** Makes a file without a name; {@code name} is used for the moment in which the system wants one. */
    FileHandle createUnnamed(String name, Set<PosixFilePermission> permissions) throws IOException;

    /** Whether such a file has no name even for a moment; true only when that was seen. */
    default boolean makesWithoutName() {
        return false;
    }

    /** Makes a directory. */
    Identity createDirectory(String name, Set<PosixFilePermission> permissions) throws IOException;

    /** What is at the name now; a link is not followed. */
    Identity identify(String name) throws NoSuchFileException, IOException;

    /** Of what kind what is at the name is, and whose; a link is not followed. Null if nothing is there. */
    default @Nullable Attributes attributes(String name) throws IOException {
        return Attributes.at(path().resolve(name));
    }

    /** Opens the file at the name if it is the one that was made, else {@link NoSuchFileException}. */
    FileChannel open(String name, Identity identity, Set<? extends OpenOption> options) throws IOException;

    /**
     * Moves the entry, if it is the one that was made; atomically replaces what is at the target, be it a link itself,
     * or, without {@code replace}, never does.
     *
     * @throws FileAlreadyExistsException if something is there and is not to be replaced
     * @throws AtomicMoveNotSupportedException to another file system
     */
    void rename(String name, Identity identity, Directory to, String target, boolean replace) throws IOException;

    /**
     * Sets the permissions of an entry that is not open, if it is the one that was made. Does nothing where there are
     * no POSIX permissions.
     */
    default void setPermissions(String name, Identity identity, Set<PosixFilePermission> permissions)
            throws IOException {
        Path entry = path().resolve(name);
        if (!identify(name).equals(identity)) {
            throw new NoSuchFileException(entry.toString(), null, "something else is there now, what was made is not");
        }
        Permissions.of(entry.getFileSystem()).set(entry, permissions);
    }

    /** Forces the names in this directory to the device, where the system can. */
    void force() throws IOException;

    /** Removes what is not a directory, if it is the one that was made. */
    Removal removeFile(String name, Identity identity) throws IOException;

    /**
     * Removes a directory, if it is the one that was made, and all that is in it, following no link; what cannot be
     * removed does not stop the rest.
     *
     * @throws TreeRemovalException naming what is left
     */
    Removal removeTree(String name, Identity identity) throws IOException;

    /**
     * Makes an entry, and what is in it, look as if it had just been used ({@link Touch} says by which times), if it is the
     * one that was made; follows no link.
     */
    default void touch(String name, Identity identity) throws IOException {
        if (identify(name).equals(identity)) {
            Touch.touch(path().resolve(name));
        }
    }

    /**
     * Keeps the handle of this directory open until {@link #release()}, which spares each removal an opening. For the
     * directory that is used all the time, and for one of which much is to be removed. Does nothing when it is held.
     */
    void hold() throws IOException;

    /** Gives back what is held open of this directory; the next verb opens it again. */
    default void release() {}

    /** A new file: its handle and what it is recognised by. */
    record MadeFile(FileHandle handle, Identity identity) {}

    /** What a removal found. */
    enum Removal {
        /** It was there and is gone. */
        REMOVED,
        /** Nothing was there. */
        ABSENT,
        /** Something else was there, and is still. */
        STRANGER
    }
}

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

    /** Makes a file and opens it for reading and writing. */
    MadeFile createFile(String name, Set<PosixFilePermission> permissions) throws IOException;

    /** Makes a file and opens the JDK's own channel on it; the file stays when the channel is closed. */
    FileChannel createChannel(String name, Set<PosixFilePermission> permissions) throws IOException;

    /** Makes a file without a name; {@code name} is used for the moment in which the system wants one. */
    FileHandle createUnnamed(String name, Set<PosixFilePermission> permissions) throws IOException;

    /** Makes a directory. */
    Identity createDirectory(String name, Set<PosixFilePermission> permissions) throws IOException;

    /** What is at the name now; a link is not followed. */
    Identity identify(String name) throws NoSuchFileException, IOException;

    /** Opens the file at the name if it is the one that was made, else {@link NoSuchFileException}. */
    FileChannel open(String name, Identity identity, Set<? extends OpenOption> options) throws IOException;

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
     * Keeps the handle of this directory open for the life of the process, which spares each removal an opening. For
     * the one directory that is used all the time.
     */
    void hold() throws IOException;

    /** Gives back what is held open of this directory; the next verb opens it again. */
    default void release() {}

    /**
     * Moves the entry if it is the one made; atomically replaces what is at target, or, without replace, fails with
     * {@link FileAlreadyExistsException}.
     *
     * @throws AtomicMoveNotSupportedException across file systems
     */
    default void rename(String name, Identity identity, Directory to, String target, boolean replace)
            throws IOException {
        throw new UnsupportedOperationException("rename");
    }

    /** Forces the entries of this directory to the device. */
    default void force() throws IOException {
        throw new UnsupportedOperationException("force");
    }

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

package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.Names;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file of this process's journal: made, locked, and grown.
 *
 * <p>The lock is what others know by that this process is alive. It is a POSIX record lock and is lost when any
 * descriptor of the file is closed in this process; a {@link FileChannel} closes itself when its thread is interrupted.
 * So this must be used on threads that nobody interrupts, and nothing else in this process may open the file.
 */
final class JournalFile {

    static final String SUFFIX = ".journal";

    /** Past all content: on Windows nobody else can read what is locked. */
    static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;

    private static final int TRIES = 10;
    private static final Names.Pattern RANDOM = new Names.Pattern("", Names.DEFAULT_RANDOM_LENGTH, "");

    /** Those of this process, for the reaper to leave alone. */
    private static final List<JournalFile> OWN = new CopyOnWriteArrayList<>();

    private final JournalDirectory directory;
    private final Path path;
    private final RandomAccessFile file;
    private final FileLock lock;
    private final ReentrantLock writing = new ReentrantLock();

    private JournalFile(JournalDirectory directory, Path path, RandomAccessFile file, FileLock lock) {
        this.directory = directory;
        this.path = path;
        this.file = file;
        this.lock = lock;
    }

    static List<JournalFile> own() {
        return OWN;
    }

    JournalDirectory directory() {
        return directory;
    }

    Path path() {
        return path;
    }

    /** Makes and locks one, in the first directory in which that can be done. */
    static JournalFile create() throws IOException {
        List<IOException> failures = new ArrayList<>();
        JournalFile made = create(JournalDirectory.candidates(), failures);
        if (made == null) {
            made = create(JournalDirectory.lastResort(), failures);
        }
        if (made == null) {
            IOException failure = new IOException("no directory serves for a journal: " + failures);
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
        return made;
    }

    private static @Nullable JournalFile create(List<JournalDirectory> directories, List<IOException> failures) {
        for (JournalDirectory directory : directories) {
            try {
                return createIn(directory);
            } catch (IOException failure) {
                failures.add(failure);
            }
        }
        return null;
    }

    private static JournalFile createIn(JournalDirectory directory) throws IOException {
        IOException last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                directory.make();
                JournalFile made = tryToCreate(directory);
                if (made != null) {
                    return made;
                }
            } catch (NoSuchFileException | FileNotFoundException removed) {
                // The last process before this one has just removed its journal and the empty directory.
                last = removed;
            }
        }
        Path place = directory.path().getParent();
        if (place != null && Files.notExists(place)) {
            throw new NoSuchFileException(place.toString(), null, "does not exist");
        }
        String reason = last == null ? "other processes remove each new journal" : "no journal can be made: " + last;
        throw new FileSystemException(directory.path().toString(), null, reason);
    }

    /**
     * Creates and locks one. It is created by the same call that opens it: were it created first, a reaper could remove it in
     * between, the opening would create a second one, and another reaper that has the first one open would remove that.
     *
     * @return null if a reaper removed it between its creation and its locking, taking it for a dead process's
     */
    private static @Nullable JournalFile tryToCreate(JournalDirectory directory) throws IOException {
        Path path = directory.path().resolve(Names.system().next(RANDOM) + SUFFIX);
        JournalFile made = null;
        OwnJournals.register(path);
        try {
            made = createAndLock(directory, path);
            return made;
        } finally {
            if (made == null) {
                OwnJournals.unregister(path);
            }
        }
    }

    private static @Nullable JournalFile createAndLock(JournalDirectory directory, Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            protect(path);
            FileLock lock = tryLock(file.getChannel());
            if (lock == null || Files.notExists(path)) {
                file.close();
                return null;
            }
            file.write(Header.current().encode().array());
            JournalFile made = new JournalFile(directory, path, file, lock);
            OWN.add(made);
            return made;
        } catch (Throwable failure) {
            try (file) {
                Files.deleteIfExists(path);
            } catch (IOException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    /**
     * Readable and writable whatever the umask, and with the sticky bit: systemd-tmpfiles spares such files, however old.
     * Set by path, in a directory that was found to be this user's and private: once it is locked the file must not be
     * opened and closed again, as setting its times would do.
     */
    private static void protect(Path journal) throws IOException {
        if (journal.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Files.setAttribute(journal, "unix:mode", 01600);
        }
    }

    /**
     * Null if the other copy of this library in this process holds it, or another process does.
     */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException byAnotherClassLoader) {
            return null;
        }
    }

    /**
     * Writes at the end; where that was. What is to be mapped is written first, not only made room for: where a hole
     * cannot be filled because the device is full, the kernel kills whoever writes to its mapping.
     */
    long append(byte[] bytes) throws IOException {
        lock();
        try {
            long end = file.length();
            file.seek(end);
            try {
                file.write(bytes);
                return end;
            } catch (IOException full) {
                file.setLength(end);
                throw full;
            }
        } finally {
            unlock();
        }
    }

    /** Writes over what is there; {@link RandomAccessFile} heeds no interrupts. */
    void write(long position, byte[] bytes, int offset, int length) throws IOException {
        file.seek(position);
        file.write(bytes, offset, length);
    }

    /** On a thread that nobody interrupts. */
    ByteBuffer map(long position, int size) throws IOException {
        return file.getChannel()
                .map(FileChannel.MapMode.READ_WRITE, position, size)
                .order(BYTE_ORDER);
    }

    /** To write, and to exchange what is written to. */
    void lock() {
        writing.lock();
    }

    void unlock() {
        writing.unlock();
    }

    /** Removes it; the lock is given back with the end of the process, or now. */
    void delete() throws IOException {
        Files.deleteIfExists(path);
        lock.release();
        file.close();
        OwnJournals.unregister(path);
        directory.removeIfEmpty();
    }
}

package io.tempfile4j;

import io.tempfile4j.internal.bytes.BufferedBytes;
import io.tempfile4j.internal.journal.JournalStart;
import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.platform.FileHandle;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/**
 * A temporary file with a path, removed when it is closed.
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "named"}
 *
 * <p><b>Removal.</b> By {@link #close()}, or when this object is garbage, at the end of its space or of the program. A
 * file that is gone already is no error. When something else is at the path by then, it is left alone, with a warning
 * to the {@link System.Logger} {@code io.tempfile4j}.
 *
 * <p><b>The early-drop pitfall.</b> A {@link #path()} does not keep the file: as soon as nothing refers to this object,
 * the file may be removed. Hold the object, best in a try-with-resources, for as long as the path is used.
 *
 * <p>Python: {@code tempfile.NamedTemporaryFile}; Rust: {@code NamedTempFile}. Threads: see {@link FileObject}.
 */
public final class NamedTemporaryFile extends BufferedFile implements FileObject {

    NamedTemporaryFile(TempSpace space, LivingEntry entry, FileHandle handle) {
        super(space, entry, new BufferedBytes(handle));
    }

    private LivingEntry entry() {
        return (LivingEntry) resource();
    }

    /**
     * Makes one in {@link TempSpace#system()}.
     *
     * @return a new, empty file, open for reading and writing
     * @throws IOException if it cannot be made; nothing is left then
     */
    public static NamedTemporaryFile create() throws IOException {
        JournalStart.now();
        return TempSpace.system().namedTemporaryFile();
    }

    /**
     * Makes one in {@link TempSpace#system()}.
     *
     * @param prefix what the name begins with; may be empty
     * @param suffix what it ends with, as {@code ".txt"}; may be empty
     * @return a new, empty file, open for reading and writing
     * @throws IllegalArgumentException if a part holds a separator, NUL, or what the file system does not allow
     * @throws IOException if it cannot be made; nothing is left then
     */
    public static NamedTemporaryFile create(String prefix, String suffix) throws IOException {
        JournalStart.now();
        return TempSpace.system().namedTemporaryFile(prefix, suffix);
    }

    /**
     * Where it is, or was: after {@link #persist} the target.
     *
     * @return absolute
     */
    public Path path() {
        return entry().path();
    }

    /**
     * Gives back the handle, so that another program can have the file for itself, or to spare a descriptor; the file
     * stays until {@link #close()}. Afterwards this file is not {@linkplain #isOpen() open}: reading and writing throw
     * {@link ClosedChannelException}; {@link #path()}, {@link #reopen}, {@link #keep()}, {@link #persist} and {@link
     * #close()} work.
     *
     * @throws IOException if what is in the buffer cannot be written
     */
    public void closeChannel() throws IOException {
        closeOnly(() -> entry().closeHandle());
    }

    /**
     * Opens the file once more, with a position of its own; the caller closes it. It goes on working after this file is
     * closed, on Unix.
     *
     * @param options as of {@link FileChannel#open(Path, OpenOption...)}; none: for reading. {@code CREATE} does nothing
     * @return a new channel
     * @throws NoSuchFileException if the file is gone, or something else is at its path
     * @throws ClosedChannelException if the file was closed
     * @throws IOException if it cannot be opened
     */
    public FileChannel reopen(OpenOption... options) throws IOException {
        Objects.requireNonNull(options, "options");
        Set<OpenOption> asked = options.length == 0 ? Set.of(StandardOpenOption.READ) : Set.of(options);
        return withEntry(entry -> {
            if (!entry.isLive()) {
                throw new ClosedChannelException();
            }
            return entry.open(asked);
        });
    }

    /**
     * Makes it a file like any other: nothing removes it. It stays open, if it was, until {@link #close()}.
     *
     * @return its path
     * @throws ClosedChannelException if the file was closed
     * @throws IOException if what is in the buffer cannot be written; it is still temporary then
     */
    public Path keep() throws IOException {
        return withEntry(entry -> {
            if (!entry.keep()) {
                throw new ClosedChannelException();
            }
            return entry.path();
        });
    }

    /** It always has a name. */
    @Override
    FileChannel openUnnamedChannel() {
        throw new AssertionError(describe());
    }

    /** Says where it is, for messages. */
    @Override
    public String toString() {
        return "NamedTemporaryFile[" + describe() + "]";
    }
}

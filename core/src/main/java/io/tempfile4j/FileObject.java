package io.tempfile4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * An open temporary file: the verbs of Python's file objects, and the views that Java code asks for.
 *
 * <p>All views share <b>one position</b>: the verbs of this type, {@link #inputStream()}, {@link #outputStream()} and
 * {@link #text()}. Only {@link #newInputStream()} and {@link #channel()} have one of their own. Small reads and writes
 * go through one buffer; what was written is read back without a {@link #flush()}, and switching between reading and
 * writing needs no {@link #seek(long)}.
 *
 * <p><b>Threads.</b> Every operation is atomic, also with respect to the position. Interrupting a thread in an
 * operation changes nothing but its interrupt flag: the file stays open and no byte is lost; this is what a
 * {@link FileChannel} does not give.
 *
 * <p><b>End.</b> {@link #close()} is idempotent; afterwards every operation throws
 * {@link java.nio.channels.ClosedChannelException}. A negative position, size or count is an
 * {@link IllegalArgumentException} and changes nothing. Any other failure names the file and says what was tried.
 *
 * <p>Python: {@code io.BufferedRandom}.
 */
public sealed interface FileObject extends SeekableByteChannel
        permits BufferedFile, TemporaryFile, NamedTemporaryFile, SpooledTemporaryFile {

    /**
     * Reads one byte.
     *
     * @return the byte, 0 to 255, or -1 at the end
     * @throws IOException if reading fails
     */
    int read() throws IOException;

    /**
     * Reads up to {@code n} bytes; fewer only when the file ends.
     *
     * @param n at least 0
     * @return the bytes; empty at the end
     * @throws IOException if reading fails
     */
    byte[] read(int n) throws IOException;

    /**
     * Reads into the buffer until it is full or the file ends.
     *
     * @return the number of bytes read, or -1 at the end
     * @throws IllegalArgumentException if the buffer is read-only
     * @throws IOException if reading fails; the positions of buffer and file are then where they were
     */
    @Override
    int read(ByteBuffer target) throws IOException;

    /**
     * Reads from the position to the end.
     *
     * @return the bytes; empty at the end
     * @throws IOException if reading fails
     * @throws OutOfMemoryError if there are more than an array can hold
     */
    byte[] readAllBytes() throws IOException;

    /**
     * Reads through the next {@code '\n'}, or to the end when there is none.
     *
     * @return the bytes with the line end; empty at the end
     * @throws IOException if reading fails
     */
    byte[] readLine() throws IOException;

    /**
     * Writes one byte, the low eight bits of {@code b}.
     *
     * @param b the byte
     * @throws IOException if writing fails
     */
    void write(int b) throws IOException;

    /**
     * Writes all of the bytes.
     *
     * @param b the bytes
     * @throws IOException if writing fails
     */
    void write(byte[] b) throws IOException;

    /**
     * Writes a part of the array.
     *
     * @param b the array
     * @param off where the part begins
     * @param len its length
     * @throws IndexOutOfBoundsException if it is not a part of the array
     * @throws IOException if writing fails; the position is then behind what was written
     */
    void write(byte[] b, int off, int len) throws IOException;

    /**
     * Writes all that remains in the buffer. A position past the end makes a gap, which reads as zeros.
     *
     * @return the number of bytes written
     * @throws IOException if writing fails; the positions of buffer and file are then behind what was written
     */
    @Override
    int write(ByteBuffer source) throws IOException;

    /**
     * Moves to a position, which may lie past the end; nothing is written by that.
     *
     * @param offset from the start, at least 0
     * @return the new position
     * @throws IOException if the file is closed
     */
    long seek(long offset) throws IOException;

    /**
     * Moves relative to the start, the position or the end.
     *
     * @param offset may be negative, but not lead before the start
     * @param whence what it is relative to
     * @return the new position
     * @throws IllegalArgumentException if it would be negative; the position stays
     * @throws IOException if the size cannot be read
     */
    long seek(long offset, Whence whence) throws IOException;

    /**
     * The position.
     *
     * @return as {@link #position()}
     * @throws IOException if the file is closed
     */
    long tell() throws IOException;

    /** The position. */
    @Override
    long position() throws IOException;

    /**
     * As {@link #seek(long)}.
     *
     * @param newPosition at least 0
     * @return this file
     * @throws IOException if the file is closed
     */
    @Override
    FileObject position(long newPosition) throws IOException;

    /** The size in bytes, with what is still in the buffer. */
    @Override
    long size() throws IOException;

    /**
     * Cuts the file to the size; never makes it larger. A position behind the new end is pulled back to it.
     *
     * @param size at least 0
     * @return this file
     * @throws IOException if what is in the buffer cannot be written or the file not be cut
     */
    @Override
    FileObject truncate(long size) throws IOException;

    /**
     * Makes the file as large as this, with zeros or by cutting; the position stays. Python: {@code truncate(size)}.
     *
     * @param size at least 0
     * @throws IOException if it cannot be had
     */
    void setSize(long size) throws IOException;

    /**
     * Writes the buffer to the file, and forgets what was read into it: afterwards another handle on the file sees what
     * was written here, and this one sees what was written there. Forces nothing to the device:
     * {@code channel().force(true)} does.
     *
     * @throws IOException if writing fails; what could not be written stays in the buffer
     */
    void flush() throws IOException;

    /**
     * A stream that reads from the shared position, and moves it. Closing it leaves the file open. It keeps the file
     * from being garbage.
     *
     * @return a new view
     */
    InputStream inputStream();

    /**
     * A stream that writes at the shared position, and moves it. Closing it flushes it and leaves the file open.
     *
     * @return a new view
     */
    OutputStream outputStream();

    /**
     * A stream with a position of its own, from byte 0; any number of them may be read at once, each by one thread. It
     * sees what is written until it reads it, and ends with the file object.
     *
     * @return a new stream
     * @throws IOException if flushing fails
     */
    InputStream newInputStream() throws IOException;

    /**
     * The JDK's own channel on the same file, to map, lock, transfer or force it; opened on the first call, and again
     * when it was closed meanwhile (a file without a name only on Linux and Windows: elsewhere the first channel is the
     * only one). The position of the channel is its own. A spooled file rolls over.
     *
     * <p>What the JDK says of a {@code FileChannel} holds for this one: an interrupt of a thread that uses it closes it.
     * That closes the channel only, and this file object stays usable. The channel is closed with the file object.
     * {@link #flush()} makes both agree.
     *
     * @return the channel
     * @throws IOException if flushing fails or the file cannot be opened
     */
    FileChannel channel() throws IOException;

    /**
     * This file as text: UTF-8, any line end read as {@code '\n'}, errors reported.
     *
     * @return the view that was used last if it has the same options, else a new one
     */
    TextFile text();

    /**
     * This file as text in a charset, any line end read as {@code '\n'}, errors reported.
     *
     * @param charset one that can encode
     * @return the view that was used last if it has the same options, else a new one
     * @throws UnsupportedOperationException if the charset can only decode
     */
    TextFile text(Charset charset);

    /**
     * This file as text.
     *
     * @param options charset, line ends, and what to do with what does not fit
     * @return the view that was used last if it has the same options, else a new one
     * @throws UnsupportedOperationException if the charset can only decode
     */
    TextFile text(TextOptions options);

    /**
     * Atomically gives the file a name for good; replaces what is there, as rename(2) does. Whoever opens the target sees
     * all of the old or all of the new content, never a part. What was written here, text too, is in it.
     *
     * {@snippet class = "io.tempfile4j.SnippetsTest" region = "persist"}
     *
     * <p><b>Afterwards</b> this object stays open until {@link #close()}, at the same position; it reads and writes the
     * file at the target, and nothing removes that. It can be persisted once more, which moves the file on if it is still
     * there, and {@code keep()} does nothing. Views stay usable. When the content had to be copied, which is said below,
     * a {@link #channel()} opened before is closed, lest it write to what is gone: ask for it again.
     *
     * <p><b>Permissions.</b> Those that the space was {@linkplain TempSpace.Builder#filePermissions told} to give; if it
     * was told none, not the private 0600 of a temporary file but those of any new file, 0666 less the umask of the
     * process as it was when first asked for. Permissions that were changed meanwhile stay. {@link
     * PersistOption#KEEP_TARGET_ATTRIBUTES} takes those of the file that is replaced. They are set before the file is
     * at the target. <b>Windows:</b> it keeps its access control list, for the owner alone.
     *
     * <p><b>How.</b> A named file on the same file system is renamed. Any other is copied into a file next to the
     * target, whose name begins with {@code .tmp-}, or linked there if the system can, and that is renamed; so nothing
     * is ever half-written at the target, also from one file system or {@link java.nio.file.FileSystem provider} to
     * another. A temporary file in the target's own directory is the cheapest.
     *
     * <p><b>Symbolic links.</b> A link at the target is itself replaced, not what it leads to; one that leads nowhere is
     * refused. {@link AtomicFile} resolves links.
     *
     * <p><b>Other targets.</b> A device node, a socket, a FIFO or a directory at the target is rejected before anything is
     * written.
     *
     * <p>Rust: {@code NamedTempFile::persist}. Python: {@code os.replace} of a file made with {@code delete=False}.
     *
     * @param target where; relative to the working directory. Its directory must exist
     * @param options any
     * @return the target, absolute
     * @throws PersistException if it could not be done: the target is as it was, nothing is left beside it, and this
     *     file is still open, with its content, and still temporary. The cause is {@link
     *     java.nio.file.FileAlreadyExistsException} for {@link PersistOption#NO_CLOBBER}, {@link
     *     java.nio.file.NoSuchFileException} without the directory or for a link that leads nowhere, {@link
     *     java.nio.file.AccessDeniedException}, or another {@link java.nio.file.FileSystemException}, for a target that
     *     is neither a regular file nor a symbolic link, a full or read-only disk
     * @throws java.nio.channels.ClosedChannelException if this file was closed
     * @throws IllegalStateException if it must be copied, and its space is closed
     * @throws IOException if it is persisted, but its name cannot be forced to the device for {@link
     *     PersistOption#DURABLE}
     */
    Path persist(Path target, PersistOption... options) throws IOException;

    /** Whether it can be read and written: false once it is closed, or its space is. */
    @Override
    boolean isOpen();

    /**
     * Ends it, as its kind says. Closing it again does nothing, except that a removal that failed is tried again.
     *
     * @throws IOException if what is in the buffer cannot be written or the file not be removed; it is closed then
     */
    @Override
    void close() throws IOException;
}

package io.tempfile4j;

import io.tempfile4j.internal.bytes.BufferedBytes;
import io.tempfile4j.internal.bytes.Bytes;
import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.lifetime.LivingResource;
import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.FrameLock;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the three kinds of file object have in common: one position and one lock over {@link Bytes}.
 */
abstract sealed class BufferedFile implements FileObject
        permits TemporaryFile, NamedTemporaryFile, SpooledTemporaryFile {

    private static final Set<OpenOption> READ_WRITE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    /** Released by a store, in each frame that has entered. */
    final FrameLock lock = new FrameLock();

    private final TempSpace space;

    /** What is responsible for it; another one after it was persisted. Volatile as {@link #closed} is. */
    private volatile LivingResource resource;

    private boolean persisted;
    private Bytes bytes;
    private long position;

    /** Volatile for isOpen(), which is asked without the lock. */
    private volatile boolean closed;

    private @Nullable FileChannel channel;

    /** The text view used last; the only one that may hold text which is not in the bytes yet, or read ahead. */
    private @Nullable TextFile text;

    BufferedFile(TempSpace space, LivingResource resource, Bytes bytes) {
        this.space = space;
        this.resource = resource;
        this.bytes = bytes;
    }

    // ---- What the kinds differ in

    /** Called before the bytes grow to {@code end}; may exchange them. */
    void reach(long end) throws IOException {}

    /** Opens a channel on a file without a name; called with the lock held, after a flush. */
    abstract FileChannel openUnnamedChannel() throws IOException;

    /** What messages call this file. */
    final String describe() {
        return resource.toString();
    }

    // ---- Entering and leaving an operation

    /*
     * Each operation is one frame that enters and leaves, as FrameLock describes: no Error leaves the lock held.
     */

    /**
     * Enters an operation on bytes: the text that is on its way gets there first.
     *
     * @return whether the caller has acquired the lock, and releases it by a store
     */
    final boolean enter() throws IOException {
        boolean entered = enterText();
        try {
            settleText();
            return entered;
        } catch (Throwable failure) {
            if (entered) {
                lock.owner = null;
            }
            left();
            throw failure;
        }
    }

    /** Enters an operation of a text view, which knows what it has on its way; returns as {@link #enter()} does. */
    final boolean enterText() throws IOException {
        boolean entered = lock.acquire();
        try {
            if (!isOpen()) {
                throw new ClosedChannelException();
            }
            return entered;
        } catch (Throwable failure) {
            if (entered) {
                lock.owner = null;
            }
            left();
            throw failure;
        }
    }

    /**
     * Called after the lock was released. The fence keeps a file whose last use this is from being collected, and so closed,
     * in the operation.
     */
    final void left() {
        try {
            lock.wake();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void settleText() throws IOException {
        TextFile unsettled = text;
        if (unsettled != null) {
            unsettled.settle();
        }
    }

    /** Makes the view the one that may hold text on its way. */
    final void activate(TextFile view) throws IOException {
        if (text != view) {
            settleText();
            text = view;
        }
    }

    // ---- For the views, which hold the lock

    final Bytes bytes() {
        return bytes;
    }

    final long positionNow() {
        return position;
    }

    final void moveTo(long newPosition) {
        position = newPosition;
    }

    final void exchange(Bytes rolledOver) {
        bytes = rolledOver;
    }

    final LivingResource resource() {
        return resource;
    }

    /** Writes at the position and moves it behind what was taken, also when that was not all. */
    final void writeAtPosition(ByteBuffer source) throws IOException {
        int length = source.remaining();
        if (length == 0) {
            return;
        }
        requireAddressable(length);
        reach(position + length);
        try {
            bytes.write(position, source);
            position += length;
        } catch (Throwable failure) {
            position += length - source.remaining();
            throw failure;
        }
    }

    private void requireAddressable(long length) throws IOException {
        if (position > Long.MAX_VALUE - length) {
            throw new IOException("cannot write " + length + " bytes at " + position + ": no file is so large");
        }
    }

    /** Reads at the given position, without the buffer and without the lock while the file is read. */
    final int readDirectly(long at, ByteBuffer target) throws IOException {
        while (true) {
            LivingResource read;
            FileHandle file;
            boolean entered = enter();
            try {
                read = resource;
                file = bytes.file();
                if (file == null) {
                    return bytes.read(at, target);
                }
                bytes.flush();
            } finally {
                if (entered) {
                    lock.owner = null;
                }
                left();
            }
            try {
                return file.read(target, at);
            } catch (ClosedChannelException closedMeanwhile) {
                // Not when it was persisted meanwhile: then a copy is read on.
                if (read.equals(resource)) {
                    throw closedMeanwhile;
                }
            } finally {
                Reference.reachabilityFence(this);
            }
        }
    }

    // ---- Reading

    @Override
    public int read() throws IOException {
        boolean entered = enter();
        try {
            int value = bytes.get(position);
            if (value >= 0) {
                position++;
            }
            return value;
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @Override
    public byte[] read(int n) throws IOException {
        requireNotNegative("n", n);
        boolean entered = enter();
        try {
            return readUpTo(n);
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @Override
    public byte[] readAllBytes() throws IOException {
        boolean entered = enter();
        try {
            long from = position;
            try {
                byte[] all = readUpTo(MAX_ARRAY);
                if (bytes.get(position) >= 0) {
                    throw new OutOfMemoryError(describe() + " has more bytes than an array can hold");
                }
                return all;
            } catch (Throwable failure) {
                position = from;
                throw failure;
            }
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    private byte[] readUpTo(int n) throws IOException {
        int expected = (int) Math.max(0, Math.min(n, bytes.size() - position));
        byte[] read = new byte[expected];
        int length = Math.max(0, bytes.read(position, ByteBuffer.wrap(read)));
        position += length;
        return length == expected ? read : Arrays.copyOf(read, length);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        Objects.requireNonNull(target, "target");
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("target is read-only");
        }
        boolean entered = enter();
        try {
            int from = target.position();
            try {
                int length = bytes.read(position, target);
                position += Math.max(0, length);
                return length;
            } catch (Throwable failure) {
                target.position(from);
                throw failure;
            }
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @Override
    public byte[] readLine() throws IOException {
        boolean entered = enter();
        try {
            long at = position;
            ByteArrayOutputStream line = null;
            while (true) {
                ByteBuffer some = bytes.peek(at);
                int end = endOfLine(some);
                byte[] part = new byte[end < 0 ? some.remaining() : end];
                some.get(part);
                at += part.length;
                boolean complete = end >= 0 || part.length == 0;
                // Nearly all are: nothing is collected then.
                if (complete && line == null) {
                    position = at;
                    return part;
                }
                line = line == null ? new ByteArrayOutputStream() : line;
                line.write(part);
                if (complete) {
                    position = at;
                    return line.toByteArray();
                }
            }
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    /** The length through the first line feed, or -1. */
    private static int endOfLine(ByteBuffer some) {
        for (int i = 0; i < some.limit(); i++) {
            if (some.get(i) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    // ---- Writing

    @Override
    public void write(int b) throws IOException {
        boolean entered = enter();
        try {
            requireAddressable(1);
            reach(position + 1);
            bytes.put(position, (byte) b);
            position++;
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @Override
    public void write(byte[] b) throws IOException {
        write(b, 0, Objects.requireNonNull(b, "b").length);
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        Objects.requireNonNull(b, "b");
        Objects.checkFromIndexSize(off, len, b.length);
        write(ByteBuffer.wrap(b, off, len));
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        Objects.requireNonNull(source, "source");
        boolean entered = enter();
        try {
            int length = source.remaining();
            writeAtPosition(source);
            return length;
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    // ---- Position and size

    @Override
    public long seek(long offset) throws IOException {
        return seek(offset, Whence.SET);
    }

    @Override
    public long seek(long offset, Whence whence) throws IOException {
        Objects.requireNonNull(whence, "whence");
        boolean entered = enter();
        try {
            long base = switch (whence) {
                case SET -> 0;
                case CUR -> position;
                case END -> bytes.size();
            };
            long target = base + offset;
            if (target < 0) {
                throw new IllegalArgumentException("seek to " + offset + " from " + whence + " at " + base
                        + (offset < 0 ? " is before the start" : " is more than a position can be"));
            }
            position = target;
            return target;
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @Override
    public long tell() throws IOException {
        return position();
    }

    @Override
    public long position() throws IOException {
        boolean entered = enter();
        try {
            return position;
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @Override
    public FileObject position(long newPosition) throws IOException {
        seek(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        boolean entered = enter();
        try {
            return bytes.size();
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @Override
    public FileObject truncate(long size) throws IOException {
        requireNotNegative("size", size);
        boolean entered = enter();
        try {
            if (size < bytes.size()) {
                bytes.setSize(size);
            }
            position = Math.min(position, size);
            return this;
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @Override
    public void setSize(long size) throws IOException {
        requireNotNegative("size", size);
        boolean entered = enter();
        try {
            reach(size);
            bytes.setSize(size);
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is negative: " + value);
        }
    }

    // ---- Views

    @Override
    public void flush() throws IOException {
        boolean entered = enter();
        try {
            bytes.flush();
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @Override
    public InputStream inputStream() {
        return SharedInputStream.on(this);
    }

    @Override
    public OutputStream outputStream() {
        return SharedOutputStream.on(this);
    }

    @Override
    public InputStream newInputStream() throws IOException {
        flush();
        return IndependentInputStream.on(this);
    }

    @Override
    public FileChannel channel() throws IOException {
        boolean entered = enter();
        try {
            FileChannel open = channel;
            if (open == null || !open.isOpen()) {
                bytes.flush();
                open = resource instanceof LivingEntry entry ? entry.open(READ_WRITE) : openUnnamedChannel();
                channel = open;
            }
            return open;
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @Override
    public TextFile text() {
        return text(TextOptions.defaults());
    }

    @Override
    public TextFile text(Charset charset) {
        TextOptions defaults = TextOptions.defaults();
        return text(new TextOptions(charset, defaults.newline(), defaults.onError()));
    }

    @Override
    public TextFile text(TextOptions options) {
        Objects.requireNonNull(options, "options");
        boolean entered = lock.acquire();
        try {
            TextFile active = text;
            return active != null && active.options().equals(options) ? active : new TextFile(this, options);
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    // ---- Becoming permanent

    @Override
    public final Path persist(Path target, PersistOption... options) throws IOException {
        boolean entered = lock.acquire();
        try {
            return Persistence.persist(space, new PersistedFile(this), target, options);
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    /** Flushes, if it is open, and does something with the entry of what has a name, which nobody moves meanwhile. */
    final <T> T withEntry(EntryAction<T> action) throws IOException {
        boolean entered = lock.acquire();
        try {
            if (isOpen()) {
                flush();
            }
            return action.on((LivingEntry) resource);
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }

    @FunctionalInterface
    interface EntryAction<T> {
        T on(LivingEntry entry) throws IOException;
    }

    final boolean isPersisted() {
        return persisted;
    }

    /**
     * From now on it is what that entry is. A copy is read and written by its handle, and a channel on what was copied is
     * closed, lest somebody writes on to what is gone. Called with the lock held.
     */
    final void become(LivingEntry entry, boolean copy) {
        entry.watch(this);
        resource = entry;
        persisted = true;
        if (!copy) {
            return;
        }
        FileHandle handle = Objects.requireNonNull(entry.handle());
        // After closeChannel() the new handle is not wanted either.
        try (Closeable superfluous = closed ? handle : null;
                FileChannel stale = channel) {
            bytes = new BufferedBytes(handle);
        } catch (IOException closing) {
            // Nothing was written through them that is not in the file.
        }
        channel = null;
    }

    // ---- End

    @Override
    public boolean isOpen() {
        return !closed && resource.isLive();
    }

    @Override
    public void close() throws IOException {
        closeOnly(new Ending());
    }

    /** The resource ends after all else, whatever failed before. */
    private final class Ending implements Closeable {
        @Override
        public void close() throws IOException {
            resource.end();
        }
    }

    /** Writes what must be written, and closes the channel; called with the lock held. */
    private void closeViews() throws IOException {
        // Closed in any case: the end of the space may have come before, and does not know the channel.
        try (FileChannel closing = channel) {
            // What has a name somebody may read after it was closed: who has reopened it, or kept it.
            if (isOpen() && resource instanceof LivingEntry) {
                settleText();
                bytes.flush();
            }
        } finally {
            closed = true;
        }
    }

    /** Closes the file, and the handle after it. */
    final void closeOnly(Closeable handle) throws IOException {
        boolean entered = lock.acquire();
        try (handle) {
            closeViews();
        } finally {
            if (entered) {
                lock.owner = null;
            }
            left();
        }
    }
}

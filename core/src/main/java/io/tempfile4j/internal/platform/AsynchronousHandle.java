package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A handle that no interrupt closes: of all channels of the JDK only the asynchronous one keeps that promise.
 *
 * <p>A StackOverflowError or OutOfMemoryError inside an operation of the JDK's channel may leave the channel's own lock held
 * (seen on JDK 17). Then its {@code close()} never returns. So after an Error the
 * channel is closed on another thread, which is not waited for to the end.
 */
final class AsynchronousHandle implements FileHandle {

    /** The JDK copies heap buffers through a native buffer of the same size, which it then keeps for each thread. */
    private static final int MAX_HEAP_TRANSFER = 128 * 1024;

    private final AsynchronousFileChannel channel;
    private final PortableDirectory.Channels channels;

    /** Whether an Error has ended an operation of the channel: its lock may be held for good. */
    private volatile boolean doubtful;

    /** Set first: a thread that comes later must not wait for the lock of the channel. */
    private volatile boolean closed;

    AsynchronousHandle(AsynchronousFileChannel channel, PortableDirectory.Channels channels) {
        this.channel = channel;
        this.channels = channels;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        if (position > Long.MAX_VALUE - target.remaining()) {
            // The system refuses what would reach beyond, where no file has a byte.
            return -1;
        }
        int limit = bound(target);
        try {
            requireOpen();
            return await(channel.read(target, position));
        } catch (IOException failure) {
            throw channels.describe(failure, "read at byte " + position);
        } catch (Error failure) {
            doubtful = true;
            throw failure;
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        int limit = bound(source);
        try {
            requireOpen();
            return await(channel.write(source, position));
        } catch (IOException failure) {
            throw channels.describe(failure, "write at byte " + position);
        } catch (Error failure) {
            doubtful = true;
            throw failure;
        } finally {
            source.limit(limit);
        }
    }

    /** Shortens a large heap buffer for one transfer; returns its limit. */
    private static int bound(ByteBuffer buffer) {
        int limit = buffer.limit();
        if (!buffer.isDirect() && buffer.remaining() > MAX_HEAP_TRANSFER) {
            buffer.limit(buffer.position() + MAX_HEAP_TRANSFER);
        }
        return limit;
    }

    /** Waits for a transfer to its end, whatever interrupts: leaving it alone would let it use the buffer later. */
    private static int await(Future<Integer> transfer) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return transfer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public long size() throws IOException {
        try {
            requireOpen();
            return channel.size();
        } catch (IOException failure) {
            throw channels.describe(failure, "size");
        } catch (Error failure) {
            doubtful = true;
            throw failure;
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        try {
            requireOpen();
            channel.truncate(size);
        } catch (IOException failure) {
            throw channels.describe(failure, "truncate to " + size);
        } catch (Error failure) {
            doubtful = true;
            throw failure;
        }
    }

    @Override
    public void force(boolean metaData) throws IOException {
        try {
            requireOpen();
            channel.force(metaData);
        } catch (IOException failure) {
            throw channels.describe(failure, "force");
        } catch (Error failure) {
            doubtful = true;
            throw failure;
        }
    }

    @Override
    public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        channels.setPermissions(permissions);
    }

    @Override
    public boolean isOpen() {
        return !closed && channel.isOpen();
    }

    @Override
    public FileChannel channel() throws IOException {
        return channels.open();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            if (doubtful) {
                Closing.close(channel);
            } else {
                channel.close();
            }
        } catch (Error failure) {
            doubtful = true;
            throw failure;
        } finally {
            channels.close();
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    /** Closes a channel whose lock may be held for good: then the descriptor stays open until the process ends. */
    private static final class Closing implements Runnable {

        /** A channel that can be closed at all is closed sooner; one that comes later is closed all the same. */
        private static final long PATIENCE_NANOS = 200_000_000;

        private final AsynchronousFileChannel channel;

        private Closing(AsynchronousFileChannel channel) {
            this.channel = channel;
        }

        static void close(AsynchronousFileChannel channel) {
            Thread thread = Daemon.thread(new Closing(channel), "tempfile4j-closer");
            thread.start();
            boolean interrupted = false;
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (thread.isAlive() && System.nanoTime() < end) {
                try {
                    thread.join(1);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            try {
                channel.close();
            } catch (IOException written) {
                // All that was written is in the file, which is removed or has its name.
            }
        }
    }
}

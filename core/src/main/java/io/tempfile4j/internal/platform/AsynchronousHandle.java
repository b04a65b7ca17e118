package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A handle that no interrupt closes: of all channels of the JDK only the asynchronous one keeps that promise. */
final class AsynchronousHandle implements FileHandle {

    /** The JDK copies heap buffers through a native buffer of the same size, which it then keeps for each thread. */
    private static final int MAX_HEAP_TRANSFER = 128 * 1024;

    private final AsynchronousFileChannel channel;
    private final PortableDirectory.Channels channels;

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
            return await(channel.read(target, position));
        } catch (IOException failure) {
            throw channels.describe(failure, "read at byte " + position);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        int limit = bound(source);
        try {
            return await(channel.write(source, position));
        } catch (IOException failure) {
            throw channels.describe(failure, "write at byte " + position);
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
            return channel.size();
        } catch (IOException failure) {
            throw channels.describe(failure, "size");
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        try {
            channel.truncate(size);
        } catch (IOException failure) {
            throw channels.describe(failure, "truncate to " + size);
        }
    }

    @Override
    public void force(boolean metaData) throws IOException {
        try {
            channel.force(metaData);
        } catch (IOException failure) {
            throw channels.describe(failure, "force");
        }
    }

    @Override
    public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
        channels.setPermissions(permissions);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public FileChannel channel() throws IOException {
        return channels.open();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            channels.close();
        }
    }
}

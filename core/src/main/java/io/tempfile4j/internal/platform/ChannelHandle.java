package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A handle for providers without asynchronous channels; there, and only there, an interrupt closes the file. */
final class ChannelHandle implements FileHandle {

    private final Path file;
    private final FileChannel channel;
    private final PortableDirectory.Channels channels;

    ChannelHandle(Path file, FileChannel channel, PortableDirectory.Channels channels) {
        this.file = file;
        this.channel = channel;
        this.channels = channels;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        try {
            return channel.read(target, position);
        } catch (IOException failure) {
            throw AsynchronousHandle.describe(file, failure, "read at byte " + position);
        }
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        try {
            return channel.write(source, position);
        } catch (IOException failure) {
            throw AsynchronousHandle.describe(file, failure, "write at byte " + position);
        }
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        channel.force(metaData);
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

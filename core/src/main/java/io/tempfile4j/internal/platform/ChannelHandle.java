package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A handle for providers without asynchronous channels; there, and only there, an interrupt closes the file. */
final class ChannelHandle implements FileHandle {

    private final FileChannel channel;
    private final PortableDirectory.Channels channels;

    ChannelHandle(FileChannel channel, PortableDirectory.Channels channels) {
        this.channel = channel;
        this.channels = channels;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        try {
            return channel.read(target, position);
        } catch (IOException failure) {
            throw channels.describe(failure, "read at byte " + position);
        }
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        try {
            return channel.write(source, position);
        } catch (IOException failure) {
            throw channels.describe(failure, "write at byte " + position);
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

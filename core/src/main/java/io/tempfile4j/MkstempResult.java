package io.tempfile4j;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What {@link Tempfile#mkstemp()} made: an open channel, at position 0, for reading and writing, and its path. The
 * caller removes the file.
 *
 * @param channel the channel
 * @param path absolute
 */
public record MkstempResult(FileChannel channel, Path path) implements Closeable {

    /** Checks that nothing is null. */
    public MkstempResult {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(path, "path");
    }

    /** Closes the channel; the file stays. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}

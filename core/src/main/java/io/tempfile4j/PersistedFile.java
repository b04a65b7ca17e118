package io.tempfile4j;

import io.tempfile4j.internal.bytes.Bytes;
import io.tempfile4j.internal.bytes.MemoryBytes;
import io.tempfile4j.internal.lifetime.LivingEntry;
import io.tempfile4j.internal.lifetime.LivingResource;
import io.tempfile4j.internal.platform.FileHandle;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file object that is being persisted; its lock is held. */
final class PersistedFile implements Persistence.Source {

    private final BufferedFile file;

    PersistedFile(BufferedFile file) {
        this.file = file;
    }

    @Override
    public LivingResource resource() {
        return file.resource();
    }

    @Override
    public IOException ended() {
        return new ClosedChannelException();
    }

    @Override
    public boolean isFresh() {
        return !file.isPersisted();
    }

    /** After {@code closeChannel()} there is nothing left to write. */
    @Override
    public void flush() throws IOException {
        if (file.isOpen()) {
            file.flush();
        }
    }

    @Override
    public @Nullable FileHandle unnamed() {
        return resource() instanceof LivingEntry ? null : file.bytes().file();
    }

    @Override
    public void copyTo(FileHandle copy) throws IOException {
        Bytes bytes = file.bytes();
        if (bytes instanceof MemoryBytes memory) {
            memory.copyTo(copy);
        } else if (file.isOpen()) {
            ContentCopy.copy(Objects.requireNonNull(bytes.file())::read, copy);
        } else {
            try (FileChannel reopened = ((LivingEntry) resource()).open(Set.of(StandardOpenOption.READ))) {
                ContentCopy.copy(reopened::read, copy);
            }
        }
    }

    @Override
    public void become(LivingEntry persisted, boolean copy) {
        file.become(persisted, copy);
    }
}

package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.platform.FileHandle;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A file without a name, or one that is still in memory: giving back its handle is all there is to do. */
public final class LivingHandle extends LivingResource {

    private final String kind;
    private final Path directory;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable FileHandle handle;

    /** The parts of what it is called in messages; put together only for one. */
    public LivingHandle(Registry registry, String kind, Path directory) {
        super(registry);
        this.kind = kind;
        this.directory = directory;
    }

    /** Says by which handle it is open, before it is alive. */
    public void opened(FileHandle opened) {
        handle = opened;
    }

    /**
     * Opens the handle of one that is alive already; its end waits for that, so that a file which has a name for a
     * moment is not left when the program ends just then.
     *
     * @throws ClosedChannelException if it has ended
     */
    public FileHandle open(Opener opener) throws IOException {
        opening.lock();
        try {
            if (!isLive()) {
                throw new ClosedChannelException();
            }
            FileHandle opened = opener.open();
            handle = opened;
            return opened;
        } finally {
            opening.unlock();
        }
    }

    /** The handle by which it is open, if it is. */
    public @Nullable FileHandle handle() {
        return handle;
    }

    /** Leaves the handle to another resource. */
    public void disown() {
        handle = null;
    }

    @Override
    protected void remove(boolean kept) throws IOException {
        opening.lock();
        try {
            FileHandle open = handle;
            if (open != null) {
                open.close();
            }
        } finally {
            opening.unlock();
        }
    }

    /** Opens a file. */
    @FunctionalInterface
    public interface Opener {
        FileHandle open() throws IOException;
    }

    @Override
    public String toString() {
        return kind + " in " + directory;
    }
}

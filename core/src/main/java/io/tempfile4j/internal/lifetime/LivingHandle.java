package io.tempfile4j.internal.lifetime;

import io.tempfile4j.internal.platform.FileHandle;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file without a name, or one that is still in memory: giving back its handle is all there is to do. */
public final class LivingHandle extends LivingResource {

    private final String kind;
    private final Path directory;
    private volatile @Nullable FileHandle handle;

    /** The parts of what it is called in messages; put together only for one. */
    public LivingHandle(Registry registry, String kind, Path directory) {
        super(registry);
        this.kind = kind;
        this.directory = directory;
    }

    /** Says by which handle it is open; closes that when this has ended meanwhile. */
    public void opened(FileHandle opened) throws IOException {
        handle = opened;
        if (hasEnded()) {
            opened.close();
        }
    }

    @Override
    protected void remove(boolean kept) throws IOException {
        FileHandle open = handle;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public String toString() {
        return kind + " in " + directory;
    }
}

package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Recognises and removes by path: the weaker way, for Windows and providers that offer no directory handles. */
final class PathDirectory extends PortableDirectory {

    PathDirectory(Path path, @Nullable Identity identity) {
        super(path, identity);
    }

    /** There is no handle to hold. */
    @Override
    public void hold() {}

    @Override
    public Removal removeFile(String name, Identity identity) throws IOException {
        return remove(name, identity, Files::delete);
    }

    @Override
    public Removal removeTree(String name, Identity identity) throws IOException {
        return remove(name, identity, PathTreeRemoval::remove);
    }

    private Removal remove(String name, Identity identity, Step step) throws IOException {
        try {
            if (!identify(name).equals(identity)) {
                return Removal.STRANGER;
            }
            step.remove(resolve(name));
            return Removal.REMOVED;
        } catch (NoSuchFileException gone) {
            return Removal.ABSENT;
        }
    }

    @FunctionalInterface
    private interface Step {
        void remove(Path path) throws IOException;
    }
}

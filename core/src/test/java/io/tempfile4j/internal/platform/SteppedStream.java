package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;

/** A real directory handle, and all that are opened through it, of which somebody hears before each call. */
final class SteppedStream implements SecureDirectoryStream<Path> {

    /** Called before each step; what it throws, the step throws. */
    @FunctionalInterface
    interface Listener {
        void before(Call call, Path name) throws IOException;
    }

    /** What is going to be called. */
    enum Call {
        OPEN,
        DELETE_FILE,
        DELETE_DIRECTORY,
        MOVE,
        VIEW,
        HAS_NEXT,
        NEXT,
        CLOSE
    }

    private static final Path SELF = Path.of("");

    private final SecureDirectoryStream<Path> real;
    private final Listener listener;

    SteppedStream(SecureDirectoryStream<Path> real, Listener listener) {
        this.real = real;
        this.listener = listener;
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path name, LinkOption... options) throws IOException {
        listener.before(Call.OPEN, name);
        return new SteppedStream(real.newDirectoryStream(name, options), listener);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path name, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
        throw new AssertionError("nothing is opened but directories");
    }

    @Override
    public void deleteFile(Path name) throws IOException {
        listener.before(Call.DELETE_FILE, name);
        real.deleteFile(name);
    }

    @Override
    public void deleteDirectory(Path name) throws IOException {
        listener.before(Call.DELETE_DIRECTORY, name);
        real.deleteDirectory(name);
    }

    @Override
    public void move(Path name, SecureDirectoryStream<Path> target, Path targetName) throws IOException {
        listener.before(Call.MOVE, name);
        real.move(name, ((SteppedStream) target).real, targetName);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
        announce(Call.VIEW, SELF);
        return real.getFileAttributeView(type);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path name, Class<V> type, LinkOption... options) {
        announce(Call.VIEW, name);
        return real.getFileAttributeView(name, type, options);
    }

    @Override
    public Iterator<Path> iterator() {
        Iterator<Path> entries = real.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                announceInIteration(Call.HAS_NEXT);
                return entries.hasNext();
            }

            @Override
            public Path next() {
                announceInIteration(Call.NEXT);
                return entries.next();
            }
        };
    }

    @Override
    public void close() throws IOException {
        try {
            listener.before(Call.CLOSE, SELF);
        } finally {
            real.close();
        }
    }

    private void announce(Call call, Path name) {
        try {
            listener.before(call, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void announceInIteration(Call call) {
        try {
            listener.before(call, SELF);
        } catch (IOException e) {
            throw new DirectoryIteratorException(e);
        }
    }
}

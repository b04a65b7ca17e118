package io.tempfile4j;

import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.Identity;
import io.tempfile4j.internal.platform.NumericIdentity;
import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The platform of this process on a bad day: calls fail when asked to, disks are full, transfers come in pieces. */
final class FaultyPlatform implements Platform {

    /** What the message of every injected failure says. */
    static final String INJECTED = "injected";

    private final Random random;
    private final List<FileHandle> opened = new ArrayList<>();
    private int callsUntilFailure = -1;
    private boolean forGood;
    private long bytesLeft = Long.MAX_VALUE;
    private boolean piecemeal;
    private Path stash;

    FaultyPlatform(long seed) {
        random = new Random(seed);
    }

    /** The next call but so many fails, once. */
    void failAfter(int calls) {
        callsUntilFailure = calls;
    }

    /** Every call but the first so many fails. */
    void failFrom(int calls) {
        callsUntilFailure = calls;
        forGood = true;
    }

    void heal() {
        callsUntilFailure = -1;
        forGood = false;
        bytesLeft = Long.MAX_VALUE;
    }

    /** The disk takes so many bytes more. */
    void fullAfter(long bytes) {
        bytesLeft = bytes;
    }

    /** Reads and writes transfer as much as they like, but something. */
    void transferInPieces() {
        piecemeal = true;
    }

    /** Files without a name can be given one: they have another, in this directory, that nobody is told. */
    void linkFrom(Path directory) {
        stash = directory;
    }

    /** Handles that nobody has closed. */
    long openHandles() {
        return opened.stream().filter(FileHandle::isOpen).count();
    }

    private void call(String what) throws IOException {
        if (callsUntilFailure == 0) {
            callsUntilFailure = forGood ? 0 : -1;
            throw new IOException(INJECTED + " failure of " + what);
        }
        callsUntilFailure -= callsUntilFailure > 0 ? 1 : 0;
    }

    @Override
    public Directory open(Path directory) throws IOException {
        return new FaultyDirectory(Platform.current().open(directory));
    }

    private FileHandle faulty(FileHandle handle) {
        return faulty(handle, null);
    }

    private FileHandle faulty(FileHandle handle, Path stashed) {
        opened.add(handle);
        return new FaultyHandle(handle, stashed);
    }

    private final class FaultyDirectory implements Directory {
        private final Directory directory;

        FaultyDirectory(Directory directory) {
            this.directory = directory;
        }

        @Override
        public Path path() {
            return directory.path();
        }

        @Override
        public NumericIdentity identityOfDirectory() {
            return directory.identityOfDirectory();
        }

        @Override
        public MadeFile createFile(String name, Set<PosixFilePermission> permissions) throws IOException {
            call("createFile");
            MadeFile made = directory.createFile(name, permissions);
            return new MadeFile(faulty(made.handle()), made.identity());
        }

        @Override
        public FileChannel createChannel(String name, Set<PosixFilePermission> permissions) throws IOException {
            call("createChannel");
            return directory.createChannel(name, permissions);
        }

        @Override
        public FileHandle createUnnamed(String name, Set<PosixFilePermission> permissions) throws IOException {
            call("createUnnamed");
            if (stash == null) {
                return faulty(directory.createUnnamed(name, permissions));
            }
            MadeFile made = Platform.current().open(stash).createFile(name, permissions);
            return faulty(made.handle(), stash.resolve(name));
        }

        @Override
        public Identity createDirectory(String name, Set<PosixFilePermission> permissions) throws IOException {
            call("createDirectory");
            return directory.createDirectory(name, permissions);
        }

        @Override
        public Identity identify(String name) throws IOException {
            return directory.identify(name);
        }

        @Override
        public FileChannel open(String name, Identity identity, Set<? extends OpenOption> options) throws IOException {
            call("open");
            return directory.open(name, identity, options);
        }

        /** The platform's own directories know each other. */
        private Directory realOf(Directory other) {
            return other instanceof FaultyDirectory faulty ? faulty.directory : other;
        }

        @Override
        public void rename(String name, Identity identity, Directory to, String target, boolean replace)
                throws IOException {
            call("rename");
            directory.rename(name, identity, realOf(to), target, replace);
        }

        @Override
        public void setPermissions(String name, Identity identity, Set<PosixFilePermission> permissions)
                throws IOException {
            call("setPermissions");
            directory.setPermissions(name, identity, permissions);
        }

        @Override
        public void force() throws IOException {
            call("force of a directory");
            directory.force();
        }

        @Override
        public Removal removeFile(String name, Identity identity) throws IOException {
            call("removeFile");
            return directory.removeFile(name, identity);
        }

        @Override
        public Removal removeTree(String name, Identity identity) throws IOException {
            call("removeTree");
            return directory.removeTree(name, identity);
        }

        @Override
        public void hold() throws IOException {
            directory.hold();
        }

        @Override
        public void release() {
            directory.release();
        }
    }

    private final class FaultyHandle implements FileHandle {
        private final FileHandle handle;

        /** Its name that nobody is told; null if it has none. */
        private final Path stashed;

        FaultyHandle(FileHandle handle, Path stashed) {
            this.handle = handle;
            this.stashed = stashed;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            call("read");
            int limit = target.limit();
            try {
                shorten(target, Long.MAX_VALUE);
                return handle.read(target, position);
            } finally {
                target.limit(limit);
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            call("write");
            int limit = source.limit();
            if (source.hasRemaining() && bytesLeft == 0) {
                throw new IOException(INJECTED + ": no space left on device");
            }
            try {
                shorten(source, bytesLeft);
                int written = handle.write(source, position);
                bytesLeft -= written;
                return written;
            } finally {
                source.limit(limit);
            }
        }

        private void shorten(ByteBuffer buffer, long most) {
            int length = (int) Math.min(most, buffer.remaining());
            if (piecemeal && length > 1) {
                length = 1 + random.nextInt(length);
            }
            buffer.limit(buffer.position() + length);
        }

        @Override
        public long size() throws IOException {
            call("size");
            return handle.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            call("truncate");
            handle.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            call("force");
            handle.force(metaData);
        }

        @Override
        public boolean link(Directory target, String name) throws IOException {
            call("link");
            if (stashed == null || !stashed.getFileSystem().equals(target.path().getFileSystem())) {
                return handle.link(target instanceof FaultyDirectory faulty ? faulty.directory : target, name);
            }
            Files.createLink(target.path().resolve(name), stashed);
            return true;
        }

        @Override
        public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
            call("setPermissions");
            handle.setPermissions(permissions);
        }

        @Override
        public boolean isOpen() {
            return handle.isOpen();
        }

        @Override
        public FileChannel channel() throws IOException {
            call("channel");
            return handle.channel();
        }

        /** As close(2): a failure is told, and the handle is gone. */
        @Override
        public void close() throws IOException {
            boolean wasOpen = handle.isOpen();
            handle.close();
            if (stashed != null) {
                Files.deleteIfExists(stashed);
            }
            if (wasOpen) {
                call("close");
            }
        }
    }
}

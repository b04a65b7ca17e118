package io.tempfile4j;

import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.Identity;
import io.tempfile4j.internal.platform.NumericIdentity;
import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The platform of this process, whose verbs fail when they are told to. */
final class FailingPlatform implements Platform {

    /** What a platform is asked for. */
    enum Verb {
        CREATE_FILE,
        CREATE_UNNAMED,
        CREATE_DIRECTORY,
        IDENTIFY,
        OPEN,
        BEFORE_RENAME,
        RENAME,
        FORCE_DIRECTORY,
        REMOVE_FILE,
        REMOVE_TREE,
        READ,
        WRITE,
        CLOSE
    }

    /** Something to do after a verb has been done, before its caller knows. */
    @FunctionalInterface
    interface Interlude {
        void run() throws IOException;
    }

    private final Map<Verb, Throwable> failing = new EnumMap<>(Verb.class);
    private final Map<Verb, Interlude> interludes = new EnumMap<>(Verb.class);
    private final AtomicInteger open = new AtomicInteger();

    /** From now on the verb does nothing but fail. */
    void fail(Verb verb, Throwable failure) {
        failing.put(verb, failure);
    }

    /** From now on all verbs work. */
    void repair() {
        failing.clear();
    }

    /** Has something happen once, directly after the verb (reading and writing: before it). */
    void after(Verb verb, Interlude interlude) {
        interludes.put(verb, interlude);
    }

    /** How many handles are open. */
    int openHandles() {
        return open.get();
    }

    private void before(Verb verb) throws IOException {
        Throwable failure = failing.get(verb);
        if (failure != null) {
            FailingPlatform.<IOException>sneak(failure);
        }
    }

    private <T> T done(Verb verb, T result) throws IOException {
        Interlude interlude = interludes.remove(verb);
        if (interlude != null) {
            interlude.run();
        }
        return result;
    }

    /** Throws what is not declared, too. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @Override
    public Directory open(Path directory) throws IOException {
        return new FaultyDirectory(Platform.current().open(directory));
    }

    private final class FaultyDirectory implements Directory {
        private final Directory real;

        FaultyDirectory(Directory real) {
            this.real = real;
        }

        @Override
        public Path path() {
            return real.path();
        }

        @Override
        public NumericIdentity identityOfDirectory() {
            return real.identityOfDirectory();
        }

        @Override
        public MadeFile createFile(String name, Set<PosixFilePermission> permissions) throws IOException {
            before(Verb.CREATE_FILE);
            MadeFile made = real.createFile(name, permissions);
            return done(Verb.CREATE_FILE, new MadeFile(new FaultyHandle(made.handle()), made.identity()));
        }

        @Override
        public FileChannel createChannel(String name, Set<PosixFilePermission> permissions) throws IOException {
            return real.createChannel(name, permissions);
        }

        @Override
        public FileHandle createUnnamed(String name, Set<PosixFilePermission> permissions) throws IOException {
            before(Verb.CREATE_UNNAMED);
            return done(Verb.CREATE_UNNAMED, new FaultyHandle(real.createUnnamed(name, permissions)));
        }

        @Override
        public Identity createDirectory(String name, Set<PosixFilePermission> permissions) throws IOException {
            before(Verb.CREATE_DIRECTORY);
            return done(Verb.CREATE_DIRECTORY, real.createDirectory(name, permissions));
        }

        @Override
        public Identity identify(String name) throws IOException {
            before(Verb.IDENTIFY);
            return done(Verb.IDENTIFY, real.identify(name));
        }

        @Override
        public FileChannel open(String name, Identity identity, Set<? extends OpenOption> options) throws IOException {
            before(Verb.OPEN);
            return done(Verb.OPEN, real.open(name, identity, options));
        }

        /** The platform's own directories know each other. */
        private Directory realOf(Directory other) {
            return other instanceof FaultyDirectory faulty ? faulty.real : other;
        }

        @Override
        public void rename(String name, Identity identity, Directory to, String target, boolean replace)
                throws IOException {
            before(Verb.RENAME);
            done(Verb.BEFORE_RENAME, name);
            real.rename(name, identity, realOf(to), target, replace);
            done(Verb.RENAME, name);
        }

        @Override
        public void force() throws IOException {
            before(Verb.FORCE_DIRECTORY);
            real.force();
        }

        @Override
        public Removal removeFile(String name, Identity identity) throws IOException {
            before(Verb.REMOVE_FILE);
            return done(Verb.REMOVE_FILE, real.removeFile(name, identity));
        }

        @Override
        public Removal removeTree(String name, Identity identity) throws IOException {
            before(Verb.REMOVE_TREE);
            return done(Verb.REMOVE_TREE, real.removeTree(name, identity));
        }

        @Override
        public void hold() throws IOException {
            real.hold();
        }
    }

    private final class FaultyHandle implements FileHandle {
        private final FileHandle real;

        FaultyHandle(FileHandle real) {
            this.real = real;
            open.incrementAndGet();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            done(Verb.READ, this);
            return real.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            before(Verb.WRITE);
            done(Verb.WRITE, this);
            return real.write(source, position);
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            real.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            real.force(metaData);
        }

        @Override
        public boolean link(Directory directory, String name) throws IOException {
            return real.link(directory instanceof FaultyDirectory faulty ? faulty.real : directory, name);
        }

        @Override
        public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
            real.setPermissions(permissions);
        }

        @Override
        public boolean isOpen() {
            return real.isOpen();
        }

        @Override
        public FileChannel channel() throws IOException {
            return real.channel();
        }

        /** As close(2) does, it closes also when it fails. */
        @Override
        public void close() throws IOException {
            boolean was = real.isOpen();
            real.close();
            if (was) {
                open.decrementAndGet();
                before(Verb.CLOSE);
            }
        }
    }
}

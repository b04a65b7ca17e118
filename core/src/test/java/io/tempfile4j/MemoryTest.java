package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.internal.lifetime.Registries;
import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.FileHandle;
import io.tempfile4j.internal.platform.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was closed is forgotten: a program may make any number of temporary files in its life. */
class MemoryTest {

    private static final int MANY = 200_000;

    @TempDir
    Path directory;

    private static TempSpace nowhere(Path directory) throws IOException {
        return TempSpace.builder().directory(directory).platform(Nowhere::new).open();
    }

    private static void makeAndClose(TempSpace space) throws IOException {
        space.namedTemporaryFile().close();
        space.temporaryFile().close();
        space.temporaryDirectory().close();
        space.temporaryPath("", "", path -> {}).close();
        space.spooledTemporaryFile(1).close();
    }

    @Test
    @Behaviour(375)
    void registry_manyThingsMadeAndClosed_isAsLargeAsBefore() throws IOException {
        try (TempSpace space = nowhere(directory)) {
            int before = Registries.sizeOfProcess();
            for (int i = 0; i < MANY / 5; i++) {
                makeAndClose(space);
            }
            assertThat(Registries.sizeOfProcess()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    @Behaviour(375)
    void registry_manyThingsKept_isAsLargeAsBefore() throws IOException {
        try (TempSpace space = nowhere(directory)) {
            int before = Registries.sizeOfProcess();
            for (int i = 0; i < 1_000; i++) {
                TemporaryDirectory made = space.temporaryDirectory();
                made.keep();
                assertThat(made.path()).isNotNull();
            }
            assertThat(Registries.sizeOfProcess()).isLessThanOrEqualTo(before);
        }
    }

    /** In a heap that holds but a small part of all that is made. */
    @Test
    @Behaviour(375)
    void heap_manyThingsMadeAndClosedInASmallOne_suffices() throws Exception {
        makeInASmallHeap(MANY);
    }

    @Test
    @Tag("stress")
    void heap_tenMillionThingsMadeAndClosedInASmallOne_suffices() throws Exception {
        makeInASmallHeap(10_000_000);
    }

    private void makeInASmallHeap(int things) throws Exception {
        ChildJvm.Result result = ChildJvm.of(Main.class)
                .options("-Xmx12m")
                .args(directory.toString(), Integer.toString(things))
                .run();
        assertThat(result.output()).isEqualTo("done" + System.lineSeparator());
        assertThat(result.exitCode()).isZero();
    }

    static final class Main {
        public static void main(String[] arguments) throws IOException {
            try (TempSpace space = nowhere(Path.of(arguments[0]))) {
                for (int i = 0; i < Integer.parseInt(arguments[1]) / 5; i++) {
                    makeAndClose(space);
                }
            }
            System.out.println("done");
        }

        private Main() {}
    }

    /** A directory in which making and removing are nothing but words. */
    private static final class Nowhere implements Directory {
        private final AtomicLong next = new AtomicLong();
        private final Path path;

        Nowhere(Path path) {
            this.path = path;
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public MadeFile createFile(String name, Set<PosixFilePermission> permissions) {
            return new MadeFile(new Nothing(), identify(name));
        }

        @Override
        public FileChannel createChannel(String name, Set<PosixFilePermission> permissions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileHandle createUnnamed(String name, Set<PosixFilePermission> permissions) {
            return new Nothing();
        }

        @Override
        public Identity createDirectory(String name, Set<PosixFilePermission> permissions) {
            return identify(name);
        }

        @Override
        public Identity identify(String name) {
            return new Identity(next.incrementAndGet(), false);
        }

        @Override
        public FileChannel open(String name, Identity identity, Set<? extends OpenOption> options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void rename(String name, Identity identity, Directory to, String target, boolean replace) {}

        @Override
        public void force() {}

        @Override
        public Removal removeFile(String name, Identity identity) {
            return Removal.REMOVED;
        }

        @Override
        public Removal removeTree(String name, Identity identity) {
            return Removal.REMOVED;
        }

        @Override
        public void hold() {}
    }

    /** A file that is always empty. */
    private static final class Nothing implements FileHandle {
        private boolean open = true;

        @Override
        public int read(ByteBuffer target, long position) {
            return -1;
        }

        @Override
        public int write(ByteBuffer source, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public void truncate(long size) {}

        @Override
        public void force(boolean metaData) {}

        @Override
        public void setPermissions(Set<PosixFilePermission> permissions) {}

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public FileChannel channel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            open = false;
        }
    }
}

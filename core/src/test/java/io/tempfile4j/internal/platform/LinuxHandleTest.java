package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and writing by descriptors; above all that one is never used after it was closed. */
@Needs(Need.NATIVE)
class LinuxHandleTest {

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final int CYCLES = 2_500;
    private static final int READERS = 2;
    private static final int LENGTH = 64;

    @TempDir
    Path scratch;

    private Directory directory;

    /** What the last buffer shows. */
    private byte[] array = {};

    @BeforeEach
    void open() throws IOException {
        directory = Platform.current().open(scratch.toRealPath());
    }

    private FileHandle create() throws IOException {
        return directory.createUnnamed("unused", PRIVATE);
    }

    /** A file full of one byte. */
    private record Tagged(FileHandle handle, byte tag) {}

    private Tagged tagged(int tag) throws IOException {
        byte[] content = new byte[LENGTH];
        Arrays.fill(content, (byte) tag);
        FileHandle handle = create();
        assertThat(handle.write(ByteBuffer.wrap(content), 0)).isEqualTo(LENGTH);
        return new Tagged(handle, (byte) tag);
    }

    /**
     * The number of a descriptor that is closed is given to the next file: who went on reading by the number would see
     * the bytes of another file, or none.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void read_filesAreClosedAndOpenedMeanwhile_seesNoOtherFilesBytes(boolean direct) throws Exception {
        AtomicReference<Tagged> current = new AtomicReference<>(tagged(1));
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                counts.add(readers.submit(() -> readUntilEmpty(current, direct)));
            }
            for (int cycle = 2; cycle < CYCLES; cycle++) {
                Tagged last = current.getAndSet(tagged(cycle));
                last.handle().close();
            }
            current.getAndSet(null).handle().close();
            for (Future<Long> count : counts) {
                assertThat(count.get()).as("reads that came in time").isPositive();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private static long readUntilEmpty(AtomicReference<Tagged> current, boolean direct) throws IOException {
        long read = 0;
        ByteBuffer target = direct ? ByteBuffer.allocateDirect(LENGTH) : ByteBuffer.allocate(LENGTH);
        for (Tagged file = current.get(); file != null; file = current.get()) {
            try {
                target.clear();
                assertThat(file.handle().read(target, 0)).isEqualTo(LENGTH);
                read++;
            } catch (ClosedChannelException inTime) {
                continue;
            }
            for (int i = 0; i < LENGTH; i++) {
                assertThat(target.get(i)).isEqualTo(file.tag());
            }
        }
        return read;
    }

    @Test
    void close_again_leavesTheNextFileWithTheSameDescriptorOpen() throws IOException {
        FileHandle first = create();
        first.close();
        Tagged second = tagged(7);
        first.close();
        first.close();
        assertThat(second.handle().size()).isEqualTo(LENGTH);
        second.handle().close();
    }

    @Test
    void anyVerb_closed_saysSo() throws IOException {
        FileHandle handle = create();
        handle.close();
        assertThat(handle.isOpen()).isFalse();
        assertThatThrownBy(() -> handle.read(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> handle.write(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(handle::size).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> handle.truncate(0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> handle.force(true)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(handle::channel).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> handle.setPermissions(PRIVATE)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> handle.link(directory, "name")).isInstanceOf(ClosedChannelException.class);
    }

    /** Slices, offsets, read-only ones: each transfers what lies between position and limit, and moves the position. */
    @ParameterizedTest
    @ValueSource(strings = {"heap", "slice", "direct", "readOnly"})
    void transfer_anyBuffer_movesWhatIsBetweenPositionAndLimit(String kind) throws IOException {
        byte[] content = new byte[200_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + i / 255);
        }
        ByteBuffer source = buffer(kind, content.length + 20);
        source.position(10).limit(10 + content.length);
        (source.isReadOnly() ? ByteBuffer.wrap(array) : source).put(10, content);
        try (FileHandle handle = create()) {
            long at = 5;
            while (source.hasRemaining()) {
                int before = source.position();
                int written = handle.write(source, at);
                assertThat(written).isPositive();
                assertThat(source.position()).isEqualTo(before + written);
                at += written;
            }
            assertThat(handle.size()).isEqualTo(5 + content.length);
            ByteBuffer target = buffer(kind.equals("readOnly") ? "heap" : kind, content.length + 20);
            target.position(3).limit(3 + content.length);
            while (target.hasRemaining()) {
                int before = target.position();
                int read = handle.read(target, 5 + before - 3);
                assertThat(target.position()).isEqualTo(before + read);
            }
            byte[] read = new byte[content.length];
            target.get(3, read);
            assertThat(read).isEqualTo(content);
            assertThat(handle.read(ByteBuffer.allocate(1), 5 + content.length)).isEqualTo(-1);
            assertThat(handle.read(ByteBuffer.allocate(0), 0)).isZero();
            assertThat(handle.read(ByteBuffer.allocate(8), Long.MAX_VALUE - 7)).isEqualTo(-1);
        }
    }

    private ByteBuffer buffer(String kind, int capacity) {
        array = new byte[capacity];
        return switch (kind) {
            case "direct" -> ByteBuffer.allocateDirect(capacity);
            case "slice" -> ByteBuffer.allocate(capacity + 9).slice(9, capacity);
            case "readOnly" -> ByteBuffer.wrap(array).asReadOnlyBuffer();
            default -> ByteBuffer.wrap(array);
        };
    }

    @Test
    void write_beyondWhatAFileCanBe_namesFileOperationAndReason() throws IOException {
        try (FileHandle handle = create()) {
            long position = Long.MAX_VALUE - 10;
            assertThatThrownBy(() -> handle.write(ByteBuffer.allocate(1), position))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageStartingWith(
                            directory.path() + ": write at byte " + position + " of a file without a name failed: ")
                    .hasMessageEndingWith("File too large");
        }
    }

    @Test
    void truncate_largerThanTheFile_doesNothing() throws IOException {
        try (FileHandle handle = tagged(1).handle()) {
            handle.truncate(LENGTH + 1);
            assertThat(handle.size()).isEqualTo(LENGTH);
            handle.truncate(3);
            assertThat(handle.size()).isEqualTo(3);
            handle.force(false);
            handle.force(true);
        }
    }
}

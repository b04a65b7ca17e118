package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link FileObject#channel()}, the JDK's own channel on the same file. */
abstract class FileObjectChannelContract extends FileObjectContract {

    FileObjectChannelContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({245})
    void channel_asked_seesAllThatWasWrittenTextToo(FileKind kind) throws IOException {
        FileObject file = open(kind);
        file.write(bytes("abc"));
        file.text().write("def");
        FileChannel channel = file.channel();
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.size()).isEqualTo(6);
        assertThat(channel.position()).isZero();
        assertThat(read(channel, 6)).isEqualTo("abcdef");
    }

    @ParameterizedTest
    @EnumSource
    void flush_afterEither_makesFileAndChannelAgree(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        FileChannel channel = file.channel();
        assertThat(file.read()).isEqualTo('0');
        file.write(bytes("AB"));
        file.flush();
        assertThat(read(channel, 10)).isEqualTo("0AB3456789");
        assertThat(channel.write(ByteBuffer.wrap(bytes("xyz")), 3)).isEqualTo(3);
        file.flush();
        assertThat(string(file.read(4))).isEqualTo("xyz6");
        assertThat(channel.write(ByteBuffer.wrap(bytes("tail")), 10)).isEqualTo(4);
        file.flush();
        assertThat(file.size()).isEqualTo(14);
        assertThat(string(file.readAllBytes())).isEqualTo("789tail");
        assertThat(channel.truncate(2).size()).isEqualTo(2);
        file.flush();
        assertThat(file.size()).isEqualTo(2);
    }

    /** Only what was written here goes to the file, not what was read around it. */
    @ParameterizedTest
    @EnumSource
    void flush_whileTheChannelWritesInBetween_leavesThat(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        FileChannel channel = file.channel();
        assertThat(file.read()).isEqualTo('0');
        file.write('A');
        file.seek(6);
        assertThat(file.read()).isEqualTo('6');
        assertThat(channel.write(ByteBuffer.wrap(bytes("xyz")), 3)).isEqualTo(3);
        file.write('B');
        file.flush();
        assertThat(string(content(file))).isEqualTo("0A2xyz6B89");
    }

    @ParameterizedTest
    @EnumSource
    void channel_movedOrUsed_leavesThePositionOfTheFile(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(3);
        FileChannel channel = file.channel();
        channel.position(8);
        assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(1);
        assertThat(file.tell()).isEqualTo(3);
        assertThat(file.read()).isEqualTo('3');
        assertThat(channel.position()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void channel_askedAgain_isTheSame(FileKind kind) throws IOException {
        FileObject file = open(kind);
        assertThat(file.channel()).isSameAs(file.channel());
    }

    @ParameterizedTest
    @EnumSource
    void channel_closedWithItsFile_isClosed(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        FileChannel channel = file.channel();
        file.close();
        assertThat(channel.isOpen()).isFalse();
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(channel::size);
    }

    @ParameterizedTest
    @EnumSource
    void channel_closedByItsUser_leavesTheFileOpen(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.channel().close();
        assertThat(file.isOpen()).isTrue();
        assertThat(string(file.readAllBytes())).isEqualTo("0123456789");
        file.write(bytes("more"));
        assertThat(string(content(file))).isEqualTo("0123456789more");
    }

    @ParameterizedTest
    @EnumSource
    void channel_closedAndAskedAgain_isAnotherOneOnTheSameFile(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        FileChannel first = file.channel();
        first.close();
        file.write(bytes("AB"));
        if (kind == FileKind.NAMED || showsDescriptors() || keepsNamesOfOpenFiles()) {
            FileChannel second = file.channel();
            assertThat(second).isNotSameAs(first);
            assertThat(read(second, 10)).isEqualTo("AB23456789");
        } else {
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(file::channel)
                    .withMessageContaining("without a name");
            assertThat(string(content(file))).isEqualTo("AB23456789");
        }
    }

    /** Linux: a file without a name can be opened again by way of its descriptor. */
    private boolean showsDescriptors() {
        return !backend.isInMemory() && Files.isDirectory(Path.of("/proc/self/fd"));
    }

    /** Windows. */
    private boolean keepsNamesOfOpenFiles() {
        return !backend.isInMemory() && backend.hasWindowsNames();
    }

    @ParameterizedTest
    @EnumSource
    void channel_interruptedInUse_isClosedAndTheFileIsNot(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        FileChannel channel = file.channel();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(ClosedByInterruptException.class)
                .isThrownBy(() -> channel.read(ByteBuffer.allocate(1)));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(channel.isOpen()).isFalse();
        assertThat(file.isOpen()).isTrue();
        assertThat(string(file.readAllBytes())).isEqualTo("0123456789");
    }

    @ParameterizedTest
    @EnumSource
    @Needs(Need.DISK)
    void channel_lockedMappedAndForced_isAFullFileChannel(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        FileChannel channel = file.channel();
        try (FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
        }
        MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 10);
        map.put(4, (byte) '!');
        file.flush();
        assertThat(string(content(file))).isEqualTo("0123!56789");
        file.write('?');
        file.flush();
        assertThat((char) map.get(0)).isEqualTo('?');
        channel.force(true);
    }

    private static String read(FileChannel channel, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(length);
        assertThat(channel.read(target, 0)).isEqualTo(length);
        return string(target.array());
    }
}

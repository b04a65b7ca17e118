package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Group H: a file without a name. */
abstract class NamelessFileContract extends Contract {

    NamelessFileContract(Backend.Kind kind) {
        super(kind);
    }

    @Test
    @Behaviour({206, 207, 208, 209, 210, 226})
    void temporaryFile_whileOpen_hasNoName() throws IOException {
        try (TemporaryFile file = space.temporaryFile()) {
            assertThat(backend.entries()).isEmpty();
            file.write("content".getBytes(UTF_8));
            file.flush();
            file.seek(0);
            assertThat(file.readAllBytes()).isEqualTo("content".getBytes(UTF_8));
            assertThat(backend.entries()).isEmpty();
        }
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour({211, 217})
    void close_severalTimes_isHarmless() throws IOException {
        TemporaryFile file = space.temporaryFile();
        file.close();
        file.close();
        file.close();
        assertThat(file.isOpen()).isFalse();
        assertThatThrownBy(() -> file.write(1)).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    @Behaviour(208)
    void temporaryFile_itsDirectoryIsRemoved_worksOn() throws IOException {
        Path place = Files.createDirectory(directory().resolve("place"));
        try (TempSpace there = TempSpace.in(place);
                TemporaryFile file = there.temporaryFile()) {
            file.write("be".getBytes(UTF_8));
            file.flush();
            Files.delete(place);
            file.write("fore".getBytes(UTF_8));
            file.flush();
            file.seek(0);
            assertThat(file.readAllBytes()).isEqualTo("before".getBytes(UTF_8));
        }
    }

    @Test
    void channel_ofANamelessFile_isOnTheSameFile() throws IOException {
        try (TemporaryFile file = space.temporaryFile();
                TemporaryFile other = space.temporaryFile()) {
            file.write("content".getBytes(UTF_8));
            other.write("another".getBytes(UTF_8));
            FileChannel channel = file.channel();
            ByteBuffer read = ByteBuffer.allocate(7);
            assertThat(channel.read(read, 0)).isEqualTo(7);
            assertThat(read.array()).isEqualTo("content".getBytes(UTF_8));
            assertThat(channel.write(ByteBuffer.wrap("C".getBytes(UTF_8)), 0)).isEqualTo(1);
            file.flush();
            file.seek(0);
            assertThat(file.readAllBytes()).isEqualTo("Content".getBytes(UTF_8));
            assertThat(file.channel()).isSameAs(channel);
            assertThat(backend.entries()).isEmpty();
        }
    }

    @Test
    @Behaviour(215)
    void toString_ofANamelessFile_saysWhereItIsNotAPath() throws IOException {
        try (TemporaryFile file = space.temporaryFile()) {
            assertThat(file).hasToString("TemporaryFile[a file without a name in " + directory() + "]");
            assertThat(file.text()).hasToString("TextFile[UTF-8, a file without a name in " + directory() + "]");
        }
    }

    @Test
    void deleteOnClose_false_doesNotGiveItAName() throws IOException {
        try (TempSpace keeping = backend.builder().deleteOnClose(false).open()) {
            TemporaryFile file = keeping.temporaryFile();
            file.write(1);
            file.close();
            assertThat(file.isOpen()).isFalse();
            assertThat(backend.entries()).isEmpty();
        }
    }

    @Test
    @Behaviour({251, 252})
    void spooledFile_closedBeforeAndAfterRollingOver_leavesNothing() throws IOException {
        for (boolean rolled : new boolean[] {false, true}) {
            SpooledTemporaryFile file = space.spooledTemporaryFile(10);
            file.write(new byte[rolled ? 11 : 10]);
            assertThat(file.rolled()).isEqualTo(rolled);
            assertThat(backend.entries()).isEmpty();
            file.close();
            file.close();
            file.close();
            assertThat(backend.entries()).isEmpty();
        }
    }

    @Test
    void rollover_spaceWasClosedMeanwhile_isClosedAndMakesNothing() throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(0);
        file.write(1);
        space.close();
        assertThat(file.isOpen()).isFalse();
        assertThatThrownBy(file::rollover).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(file::channel).isInstanceOf(ClosedChannelException.class);
        assertThat(backend.entries()).isEmpty();
    }
}

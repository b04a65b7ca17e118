package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group I: when a spooled file moves to disk, and what stays the same then. */
abstract class SpooledRolloverContract extends FileObjectContract {

    SpooledRolloverContract(Backend.Kind kind) {
        super(kind);
    }

    private SpooledTemporaryFile spooled(long maxSize) throws IOException {
        return space.spooledTemporaryFile(maxSize);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, Long.MAX_VALUE})
    @Behaviour({228, 230})
    void create_anyMaxSize_isInMemoryAndEmpty(long maxSize) throws IOException {
        SpooledTemporaryFile file = spooled(maxSize);
        assertThat(file.rolled()).isFalse();
        assertThat(file.tell()).isZero();
        assertThat(file.readAllBytes()).isEmpty();
        assertThat(file.rolled()).isFalse();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    void create_negativeMaxSize_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> spooled(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> SpooledTemporaryFile.create(Long.MIN_VALUE));
    }

    @Test
    @Behaviour({228, 276})
    void unlimited_writtenAndResized_staysInMemory() throws IOException {
        SpooledTemporaryFile file = spooled(0);
        file.write(pattern(1_000_000));
        file.setSize(2_000_000);
        file.setSize(1);
        file.truncate(0);
        file.setSize(3);
        assertThat(file.rolled()).isFalse();
    }

    @Test
    @Behaviour({231})
    void write_overAndOverFromTheStart_neverRolls() throws IOException {
        SpooledTemporaryFile file = spooled(30);
        for (int i = 0; i < 5; i++) {
            file.seek(0);
            file.write(new byte[20]);
        }
        assertThat(file.rolled()).isFalse();
    }

    @Test
    @Behaviour({232})
    void write_exactlyMaxSize_staysAndOneByteMoreRolls() throws IOException {
        SpooledTemporaryFile file = spooled(30);
        file.write(pattern(20));
        file.write(pattern(10));
        assertThat(file.rolled()).isFalse();
        file.write(7);
        assertThat(file.rolled()).isTrue();
        assertThat(file.tell()).isEqualTo(31);
        assertThat(Arrays.copyOf(content(file), 20)).isEqualTo(pattern(20));
    }

    @Test
    @Behaviour({233})
    void writeLines_exactlyMaxSize_staysAndOneByteMoreRolls() throws IOException {
        SpooledTemporaryFile file = spooled(35);
        file.text(unix()).writeLines(Collections.nCopies(5, "1234567"));
        assertThat(file.size()).isEqualTo(35);
        assertThat(file.rolled()).isFalse();
        file.text(unix()).write("x").flush();
        assertThat(file.rolled()).isTrue();
    }

    /** Each line is looked at for itself: what a hundred million lines need in memory is what fits. */
    @Test
    @Behaviour({234})
    void writeLines_ofAnIterator_rollsInTheMiddle() throws IOException {
        SpooledTemporaryFile file = spooled(100);
        boolean[] rolledAt = new boolean[30];
        Iterable<String> lines = () -> IntStream.range(0, 30)
                .mapToObj(i -> {
                    rolledAt[i] = file.rolled();
                    return "123456789\n";
                })
                .iterator();
        file.text(unix()).writeLines(lines);
        assertThat(Arrays.copyOf(rolledAt, 11)).containsOnly(false);
        assertThat(Arrays.copyOfRange(rolledAt, 11, 30)).containsOnly(true);
        assertThat(file.size()).isEqualTo(300);
    }

    @Test
    @Behaviour({235})
    void write_largerThanWhatFits_rollsWithContentAndPosition() throws IOException {
        SpooledTemporaryFile file = spooled(10);
        file.write(bytes("abcde"));
        assertThat(file.rolled()).isFalse();
        file.write(bytes("abcdefghij"));
        assertThat(file.rolled()).isTrue();
        assertThat(file.tell()).isEqualTo(15);
        assertThat(string(content(file))).isEqualTo("abcdeabcdefghij");
    }

    @Test
    @Behaviour({236})
    void seek_pastMaxSize_staysAndTheWriteRolls() throws IOException {
        SpooledTemporaryFile file = spooled(100);
        assertThat(file.seek(100)).isEqualTo(100);
        assertThat(file.rolled()).isFalse();
        assertThat(file.read()).isEqualTo(-1);
        file.write(new byte[0]);
        assertThat(file.rolled()).isFalse();
        file.write('x');
        assertThat(file.rolled()).isTrue();
        assertThat(file.size()).isEqualTo(101);
    }

    @Test
    @Behaviour({239})
    void write_sparseOverMaxSize_rollsAndTheGapReadsAsZeros() throws IOException {
        SpooledTemporaryFile file = spooled(100_000);
        file.write(bytes("abcde"));
        file.seek(99_998);
        file.write(bytes("xyz"));
        assertThat(file.rolled()).isTrue();
        byte[] expected = Arrays.copyOf(bytes("abcde"), 100_001);
        System.arraycopy(bytes("xyz"), 0, expected, 99_998, 3);
        assertThat(content(file)).isEqualTo(expected);
    }

    @Test
    @Behaviour({240, 241})
    void write_insideAndOverTheEnd_isTheSameInMemoryAndRollingOver() throws IOException {
        SpooledTemporaryFile file = spooled(15);
        file.write(bytes("0123456789"));
        file.seek(3);
        file.write(bytes("abc"));
        assertThat(string(content(file))).isEqualTo("012abc6789");
        file.seek(8);
        file.write(bytes("ABCDEFG"));
        assertThat(file.rolled()).isFalse();
        assertThat(string(content(file))).isEqualTo("012abc67ABCDEFG");
        file.seek(14);
        file.write(bytes("rolls"));
        assertThat(file.rolled()).isTrue();
        assertThat(string(content(file))).isEqualTo("012abc67ABCDEFrolls");
    }

    @Test
    @Behaviour({245})
    void channel_ofASmallFile_rollsItOverWithItsContent() throws IOException {
        SpooledTemporaryFile file = spooled(100);
        file.write(bytes("abc"));
        FileChannel channel = file.channel();
        assertThat(file.rolled()).isTrue();
        assertThat(channel.isOpen()).isTrue();
        ByteBuffer content = ByteBuffer.allocate(3);
        assertThat(channel.read(content)).isEqualTo(3);
        assertThat(string(content.array())).isEqualTo("abc");
        assertThat(file.tell()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 65_535, 65_536, 65_537, 200_000})
    @Behaviour({246, 281})
    void rollover_anySizeAndPosition_keepsBothAndTwiceIsOnce(int size) throws IOException {
        SpooledTemporaryFile file = spooled(0);
        file.write(pattern(size));
        file.seek(size / 3);
        file.rollover();
        file.rollover();
        assertThat(file.rolled()).isTrue();
        assertThat(file.tell()).isEqualTo(size / 3);
        assertThat(file.size()).isEqualTo(size);
        assertThat(content(file)).isEqualTo(pattern(size));
    }

    @Test
    void rollover_ofASparseFile_keepsTheZerosAtItsEnd() throws IOException {
        SpooledTemporaryFile file = spooled(0);
        file.write(bytes("abc"));
        file.setSize(300_000);
        file.seek(250_000);
        file.rollover();
        assertThat(file.tell()).isEqualTo(250_000);
        assertThat(content(file)).isEqualTo(Arrays.copyOf(bytes("abc"), 300_000));
    }

    @Test
    @Behaviour({247, 248, 249, 250})
    void rollover_directoryMissing_failsKeepsAllAndMayBeTriedAgain() throws IOException {
        Path gone = Files.createDirectory(directory().resolve("gone"));
        try (TempSpace elsewhere = TempSpace.in(gone)) {
            SpooledTemporaryFile file = elsewhere.spooledTemporaryFile(10);
            Files.delete(gone);
            file.write(bytes("0123456789"));
            file.seek(8);
            assertThatIOException().isThrownBy(file::rollover).withMessageContaining(gone.toString());
            assertThatIOException().isThrownBy(file::channel);
            assertThatIOException().isThrownBy(() -> file.write(bytes("abc"))).isInstanceOf(NoSuchFileException.class);
            assertThatIOException().isThrownBy(() -> file.setSize(11));
            file.seek(10);
            assertThatIOException().isThrownBy(() -> file.write('x'));
            assertThat(file.rolled()).isFalse();
            assertThat(file.tell()).isEqualTo(10);
            assertThat(string(content(file))).isEqualTo("0123456789");
            file.seek(0);
            file.write('X');

            Files.createDirectory(gone);
            file.seek(10);
            file.write(bytes("abc"));
            assertThat(file.rolled()).isTrue();
            assertThat(string(content(file))).isEqualTo("X123456789abc");
        }
    }

    @Test
    @Behaviour({255})
    void views_takenBeforeRollingOver_goOnAfterIt() throws IOException {
        SpooledTemporaryFile file = spooled(10);
        OutputStream out = file.outputStream();
        InputStream shared = file.inputStream();
        InputStream own = file.newInputStream();
        TextFile text = file.text(unix());
        out.write(bytes("abc"));
        assertThat(own.read()).isEqualTo('a');
        text.write("def");
        assertThat(own.read()).isEqualTo('b');
        out.write(bytes("0123456789"));
        assertThat(file.rolled()).isTrue();
        text.write("ghi");
        assertThat(string(own.readAllBytes())).isEqualTo("cdef0123456789ghi");
        file.seek(3);
        assertThat(text.read(4)).isEqualTo("def0");
        assertThat(shared.read()).isEqualTo('1');
    }

    @Test
    @Behaviour({269, 270, 271, 272, 274})
    void setSize_aroundMaxSize_rollsOnlyBeyondIt() throws IOException {
        SpooledTemporaryFile file = spooled(30);
        file.write(pattern(20));
        file.setSize(10);
        assertThat(content(file)).isEqualTo(Arrays.copyOf(pattern(20), 10));
        file.setSize(30);
        assertThat(file.rolled()).isFalse();
        assertThat(content(file)).isEqualTo(Arrays.copyOf(Arrays.copyOf(pattern(20), 10), 30));
        file.seek(0);
        file.setSize(0);
        assertThat(file.rolled()).isFalse();
        assertThat(file.size()).isZero();
        file.setSize(31);
        assertThat(file.rolled()).isTrue();
        assertThat(file.size()).isEqualTo(31);
        assertThat(content(file)).containsOnly(0);
    }

    @Test
    void truncate_largerThanMaxSize_doesNotRoll() throws IOException {
        SpooledTemporaryFile file = spooled(10);
        file.write(pattern(10));
        file.truncate(1000);
        assertThat(file.rolled()).isFalse();
        assertThat(file.size()).isEqualTo(10);
    }

    @Test
    @Behaviour({251, 252, 284})
    void close_rolledOrNot_leavesNothing() throws IOException {
        SpooledTemporaryFile file = spooled(3);
        file.write(bytes("abcdef"));
        assertThat(file.rolled()).isTrue();
        assertThat(backend.entries()).isEmpty();
        file.close();
        assertThat(backend.entries()).isEmpty();
        assertThat(file.rolled()).as("what was").isTrue();
        assertThat(file.isOpen()).isFalse();
    }

    @Test
    @Behaviour({267})
    void iterator_whileWritesRollOver_goesOnCorrectly() throws IOException {
        SpooledTemporaryFile file = spooled(30);
        TextFile text = file.text(unix());
        text.write("first\nsecond\nthird\n").seek(0);
        Iterator<String> lines = text.iterator();
        assertThat(lines.next()).isEqualTo("first\n");
        long here = file.tell();
        file.seek(0, Whence.END);
        text.write("fourth, which makes it roll over\n");
        assertThat(file.rolled()).isTrue();
        file.seek(here);
        assertThat(lines).toIterable().containsExactly("second\n", "third\n", "fourth, which makes it roll over\n");
    }

    /** UTF-8 with the line ends of the text on every platform. */
    static TextOptions unix() {
        TextOptions defaults = TextOptions.defaults();
        return new TextOptions(defaults.charset(), TextOptions.Newline.LF, defaults.onError());
    }
}

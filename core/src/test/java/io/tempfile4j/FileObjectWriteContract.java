package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verbs that write bytes. */
abstract class FileObjectWriteContract extends FileObjectContract {

    FileObjectWriteContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({138, 206, 207})
    void write_thenSeekToTheStart_readsTheSame(FileKind kind) throws IOException {
        FileObject file = open(kind);
        file.write(bytes("written by the test"));
        assertThat(file.seek(0)).isZero();
        assertThat(string(file.readAllBytes())).isEqualTo("written by the test");
    }

    @ParameterizedTest
    @EnumSource
    void writeByte_anyInt_keepsTheLowEightBits(FileKind kind) throws IOException {
        FileObject file = open(kind);
        for (int b : new int[] {0, 1, 127, 128, 255, 256, -1, 0x12345678}) {
            file.write(b);
        }
        assertThat(content(file)).containsExactly(0, 1, 127, 128, 255, 0, 255, 0x78);
        assertThat(file.tell()).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource
    void writePart_inBounds_writesThatPartOnly(FileKind kind) throws IOException {
        FileObject file = open(kind);
        byte[] source = bytes("0123456789");
        file.write(source, 3, 4);
        file.write(source, 10, 0);
        file.write(source, 0, 0);
        file.write(source, 9, 1);
        assertThat(string(content(file))).isEqualTo("34569");
    }

    @ParameterizedTest
    @EnumSource
    void writePart_outOfBounds_isRefusedAndNothingChanges(FileKind kind) throws IOException {
        FileObject file = holding(kind, "abc");
        byte[] source = new byte[5];
        int[][] parts = {{-1, 1}, {0, -1}, {0, 6}, {5, 1}, {6, 0}, {1, Integer.MAX_VALUE}, {Integer.MIN_VALUE, 1}};
        for (int[] part : parts) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> file.write(source, part[0], part[1]));
        }
        assertThat(file.tell()).isZero();
        assertThat(string(content(file))).isEqualTo("abc");
    }

    @ParameterizedTest
    @EnumSource
    void writeByteBuffer_heapDirectReadOnlyAndSlice_takesWhatRemains(FileKind kind) throws IOException {
        FileObject file = open(kind);
        ByteBuffer heap = ByteBuffer.wrap(bytes("0123456789"), 2, 3);
        assertThat(file.write(heap)).isEqualTo(3);
        assertThat(heap.position()).isEqualTo(5);
        assertThat(heap.limit()).isEqualTo(5);
        ByteBuffer direct = ByteBuffer.allocateDirect(4).put(bytes("abcd")).flip();
        assertThat(file.write(direct)).isEqualTo(4);
        assertThat(file.write(ByteBuffer.wrap(bytes("xyz")).asReadOnlyBuffer())).isEqualTo(3);
        assertThat(file.write(ByteBuffer.wrap(bytes("..UVW")).position(2).slice()))
                .isEqualTo(3);
        assertThat(file.write(ByteBuffer.allocate(0))).isZero();
        assertThat(file.tell()).isEqualTo(13);
        assertThat(string(content(file))).isEqualTo("234abcdxyzUVW");
    }

    @ParameterizedTest
    @EnumSource
    void writeByteBuffer_largerThanAnyBuffer_isWrittenInOneCall(FileKind kind) throws IOException {
        byte[] content = pattern(300_000);
        FileObject file = open(kind);
        assertThat(file.write(ByteBuffer.wrap(content, 0, 150_000).asReadOnlyBuffer()))
                .isEqualTo(150_000);
        ByteBuffer direct = ByteBuffer.allocateDirect(150_000)
                .put(content, 150_000, 150_000)
                .flip();
        assertThat(file.write(direct)).isEqualTo(150_000);
        assertThat(content(file)).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({240})
    void write_inTheMiddle_keepsTheLengthAndWhatIsAround(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(4);
        file.write(bytes("xyz"));
        assertThat(file.size()).isEqualTo(10);
        assertThat(file.tell()).isEqualTo(7);
        assertThat(string(content(file))).isEqualTo("0123xyz789");
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({241})
    void write_overTheEnd_combinesOldAndNew(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456");
        file.seek(5);
        file.write(bytes("abcdefgh"));
        assertThat(file.size()).isEqualTo(13);
        assertThat(string(content(file))).isEqualTo("01234abcdefgh");
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({238})
    void write_farPastTheEnd_leavesAGapOfZeros(FileKind kind) throws IOException {
        for (int gap : new int[] {1, 100, 8190, 8192, 8193, 65_535, 65_536, 200_000}) {
            FileObject file = open(kind);
            file.write(bytes("ab"));
            file.seek(2 + gap);
            assertThat(file.size()).as("a seek alone").isEqualTo(2);
            file.write('c');
            assertThat(file.size()).isEqualTo(3 + gap);
            byte[] expected = new byte[3 + gap];
            expected[0] = 'a';
            expected[1] = 'b';
            expected[2 + gap] = 'c';
            assertThat(content(file)).as("a gap of %s", gap).isEqualTo(expected);
            file.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void write_nothingPastTheEnd_doesNotGrowTheFile(FileKind kind) throws IOException {
        FileObject file = holding(kind, "ab");
        file.seek(100);
        file.write(new byte[0]);
        assertThat(file.write(ByteBuffer.allocate(0))).isZero();
        assertThat(file.size()).isEqualTo(2);
        assertThat(file.tell()).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({277})
    void write_atTheLastPosition_failsWithoutOverflowAndNothingChanges(FileKind kind) throws IOException {
        FileObject file = holding(kind, "ab");
        for (long position : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1}) {
            file.seek(position);
            assertThatIOException().isThrownBy(() -> file.write(bytes("xyz")));
            assertThat(file.tell()).isEqualTo(position);
        }
        file.seek(Long.MAX_VALUE);
        assertThatIOException().isThrownBy(() -> file.write('x'));
        assertThat(file.read()).isEqualTo(-1);
        assertThat(file.size()).isEqualTo(2);
        assertThat(string(content(file))).isEqualTo("ab");
    }

    @ParameterizedTest
    @EnumSource
    void write_largeOverWhatIsInTheBuffer_isReadBack(FileKind kind) throws IOException {
        byte[] expected = pattern(60_000);
        FileObject file = holding(kind, expected);
        for (int at = 0; at < 40_000; at += 3001) {
            file.seek(at + 1000);
            assertThat(file.read()).isEqualTo(expected[at + 1000] & 0xff);
            byte[] large = pattern(9000 + at / 3001);
            file.seek(at);
            file.write(large);
            System.arraycopy(large, 0, expected, at, large.length);
            file.seek(at + 1000);
            assertThat(file.read(2000)).isEqualTo(Arrays.copyOfRange(expected, at + 1000, at + 3000));
        }
        assertThat(content(file)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void write_backwardsAndInJumps_losesNothing(FileKind kind) throws IOException {
        byte[] expected = pattern(50_000);
        FileObject file = open(kind);
        for (int from = 49_900; from >= 0; from -= 100) {
            file.seek(from);
            file.write(expected, from, 100);
        }
        assertThat(content(file)).isEqualTo(expected);
        for (int from = 0; from < 50_000; from += 7919) {
            Arrays.fill(expected, from, from + 3, (byte) '!');
            file.seek(from);
            file.write(bytes("!!!"));
        }
        assertThat(content(file)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void write_nullArgument_isNamed(FileKind kind) throws IOException {
        FileObject file = open(kind);
        assertThatNullPointerException()
                .isThrownBy(() -> file.write((byte[]) null))
                .withMessage("b");
        assertThatNullPointerException()
                .isThrownBy(() -> file.write(null, 0, 0))
                .withMessage("b");
        assertThatNullPointerException()
                .isThrownBy(() -> file.write((ByteBuffer) null))
                .withMessageContaining("source");
        assertThat(file.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({194})
    void size_withBytesInTheBuffer_countsThem(FileKind kind) throws IOException {
        FileObject file = open(kind);
        assertThat(file.size()).isZero();
        file.write('x');
        assertThat(file.size()).isEqualTo(1);
        file.write(bytes("yz"));
        assertThat(file.size()).isEqualTo(3);
        file.seek(0);
        file.write('X');
        assertThat(file.size()).isEqualTo(3);
    }

    /** The text view holds it back, half a character aside, until bytes are asked for. */
    @ParameterizedTest
    @EnumSource
    @Behaviour({194})
    void size_withTextWritten_countsIt(FileKind kind) throws IOException {
        FileObject file = open(kind);
        file.text().write("h\u00e9");
        assertThat(file.size()).isEqualTo(3);
    }
}

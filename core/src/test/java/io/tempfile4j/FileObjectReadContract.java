package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verbs that read bytes. */
abstract class FileObjectReadContract extends FileObjectContract {

    FileObjectReadContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({229, 244})
    void read_eachByteOfAllValues_isUnsignedThenMinusOneForGood(FileKind kind) throws IOException {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        FileObject file = holding(kind, all);
        for (int i = 0; i < 256; i++) {
            assertThat(file.read()).isEqualTo(i);
            assertThat(file.tell()).isEqualTo(i + 1);
        }
        assertThat(file.read()).isEqualTo(-1);
        assertThat(file.read()).isEqualTo(-1);
        assertThat(file.tell()).isEqualTo(256);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({229, 244})
    void readN_aroundTheEnd_givesWhatIsLeft(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        assertThat(string(file.read(4))).isEqualTo("0123");
        assertThat(file.read(0)).isEmpty();
        assertThat(string(file.read(100))).isEqualTo("456789");
        assertThat(file.read(1)).isEmpty();
        assertThat(file.tell()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void readN_asManyAsAnIntCanSay_takesNoMoreMemoryThanTheFile(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        assertThat(string(file.read(Integer.MAX_VALUE))).isEqualTo("0123456789");
    }

    @ParameterizedTest
    @EnumSource
    void readN_negative_isRefusedAndNothingMoves(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(3);
        assertThatIllegalArgumentException().isThrownBy(() -> file.read(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> file.read(Integer.MIN_VALUE));
        assertThat(file.tell()).isEqualTo(3);
        assertThat(string(file.readAllBytes())).isEqualTo("3456789");
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({229})
    void readAllBytes_fromTheMiddleTheEndAndPastIt_givesTheRest(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(7);
        assertThat(string(file.readAllBytes())).isEqualTo("789");
        assertThat(file.tell()).isEqualTo(10);
        assertThat(file.readAllBytes()).isEmpty();
        file.seek(1000);
        assertThat(file.readAllBytes()).isEmpty();
        assertThat(file.tell()).isEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({159, 229})
    void readLine_ofEveryShape_keepsLineEndsAndSplitsAtLineFeedsOnly(FileKind kind) throws IOException {
        FileObject file = holding(kind, "one\n\n\r\ntwo\rthree\nlast");
        assertThat(string(file.readLine())).isEqualTo("one\n");
        assertThat(string(file.readLine())).isEqualTo("\n");
        assertThat(string(file.readLine())).isEqualTo("\r\n");
        assertThat(file.tell()).isEqualTo(7);
        assertThat(string(file.readLine())).isEqualTo("two\rthree\n");
        assertThat(string(file.readLine())).isEqualTo("last");
        assertThat(file.readLine()).isEmpty();
        file.seek(1);
        assertThat(string(file.readLine())).isEqualTo("ne\n");
    }

    @ParameterizedTest
    @EnumSource
    void readLine_longerThanAnyBuffer_isWhole(FileKind kind) throws IOException {
        byte[] line = new byte[200_001];
        Arrays.fill(line, (byte) 'x');
        line[200_000] = '\n';
        FileObject file = open(kind);
        for (int length : new int[] {8191, 8192, 8193, 65_535, 65_536, 65_537, 200_001}) {
            file.write(line, 200_001 - length, length);
        }
        file.seek(0);
        for (int length : new int[] {8191, 8192, 8193, 65_535, 65_536, 65_537, 200_001}) {
            assertThat(file.readLine()).hasSize(length).endsWith('\n');
        }
        assertThat(file.readLine()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({244, 282})
    void readByteBuffer_heapDirectAndSlice_fillsItOnceAndMovesOnce(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        ByteBuffer heap = ByteBuffer.allocate(3);
        assertThat(file.read(heap)).isEqualTo(3);
        assertThat(file.tell()).isEqualTo(3);
        assertThat(heap.array()).isEqualTo(bytes("012"));

        ByteBuffer direct = ByteBuffer.allocateDirect(10).position(2).limit(4);
        assertThat(file.read(direct)).isEqualTo(2);
        assertThat(direct.position()).isEqualTo(4);
        assertThat((char) direct.get(2)).isEqualTo('3');
        assertThat((char) direct.get(3)).isEqualTo('4');

        ByteBuffer slice = ByteBuffer.allocate(12).position(2).slice();
        assertThat(file.read(slice)).isEqualTo(5);
        assertThat(slice.position()).isEqualTo(5);
        assertThat(string(Arrays.copyOfRange(slice.array(), 2, 7))).isEqualTo("56789");
        assertThat(file.read(slice)).isEqualTo(-1);
        assertThat(slice.position()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void readByteBuffer_withoutRoom_readsNothingAlsoAtTheEnd(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        assertThat(file.read(ByteBuffer.allocate(0))).isZero();
        assertThat(file.tell()).isZero();
        file.seek(10);
        assertThat(file.read(ByteBuffer.allocate(0))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void readByteBuffer_largerThanAnyBuffer_isFilledInOneCall(FileKind kind) throws IOException {
        byte[] content = pattern(300_000);
        FileObject file = holding(kind, content);
        ByteBuffer target = ByteBuffer.allocate(299_999);
        assertThat(file.read(target)).isEqualTo(299_999);
        assertThat(target.array()).isEqualTo(Arrays.copyOf(content, 299_999));
        ByteBuffer direct = ByteBuffer.allocateDirect(200_000);
        file.seek(99_999);
        assertThat(file.read(direct)).isEqualTo(200_000);
        assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(content, 99_999, 200_000));
    }

    /** As {@link java.nio.channels.ReadableByteChannel} demands. */
    @ParameterizedTest
    @EnumSource
    void readByteBuffer_readOnly_isRefusedAndNothingMoves(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        ByteBuffer readOnly = ByteBuffer.allocate(3).asReadOnlyBuffer();
        assertThatIllegalArgumentException().isThrownBy(() -> file.read(readOnly));
        ByteBuffer large = ByteBuffer.allocate(100_000).asReadOnlyBuffer();
        assertThatIllegalArgumentException().isThrownBy(() -> file.read(large));
        assertThat(file.tell()).isZero();
        assertThat(readOnly.position()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void read_nullArgument_isNamed(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        assertThatNullPointerException().isThrownBy(() -> file.read(null)).withMessageContaining("target");
        assertThat(file.tell()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void read_whatWasJustWritten_isThereWithoutFlushOrSeek(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        assertThat(file.read()).isEqualTo('0');
        file.write('A');
        assertThat(string(file.read(2))).isEqualTo("23");
        file.write(bytes("BC"));
        assertThat(file.read()).isEqualTo('6');
        assertThat(string(content(file))).isEqualTo("0A23BC6789");
        file.seek(9);
        file.write(bytes("DEF"));
        assertThat(file.read()).isEqualTo(-1);
        file.seek(-4, Whence.CUR);
        assertThat(string(file.readLine())).isEqualTo("8DEF");
    }
}

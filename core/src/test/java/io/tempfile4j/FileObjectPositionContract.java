package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Position and size: Python's verbs, and those of {@link java.nio.channels.SeekableByteChannel}. */
abstract class FileObjectPositionContract extends FileObjectContract {

    FileObjectPositionContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({230})
    void open_nothingDone_isEmptyAtPositionZero(FileKind kind) throws IOException {
        FileObject file = open(kind);
        assertThat(file.isOpen()).isTrue();
        assertThat(file.tell()).isZero();
        assertThat(file.position()).isZero();
        assertThat(file.size()).isZero();
        assertThat(file.read()).isEqualTo(-1);
        assertThat(file.read(10)).isEmpty();
        assertThat(file.readLine()).isEmpty();
        assertThat(file.readAllBytes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({237, 242})
    void seek_fromStartCurrentAndEnd_returnsThePositionAndReadsThere(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        assertThat(file.seek(4)).isEqualTo(4);
        assertThat(file.read()).isEqualTo('4');
        assertThat(file.seek(2, Whence.SET)).isEqualTo(2);
        assertThat(file.read()).isEqualTo('2');
        assertThat(file.seek(3, Whence.CUR)).isEqualTo(6);
        assertThat(file.read()).isEqualTo('6');
        assertThat(file.seek(-5, Whence.CUR)).isEqualTo(2);
        assertThat(file.seek(0, Whence.CUR)).isEqualTo(2);
        assertThat(file.read()).isEqualTo('2');
        assertThat(file.seek(-1, Whence.END)).isEqualTo(9);
        assertThat(file.read()).isEqualTo('9');
        assertThat(file.seek(0, Whence.END)).isEqualTo(10);
        assertThat(file.read()).isEqualTo(-1);
        assertThat(file.seek(1, Whence.END)).isEqualTo(11);
        assertThat(file.tell()).isEqualTo(11);
        assertThat(file.read()).isEqualTo(-1);
        assertThat(file.seek(-10, Whence.END)).isZero();
        assertThat(file.read()).isEqualTo('0');
    }

    @ParameterizedTest
    @EnumSource
    void seekFromEnd_withBytesInTheBuffer_countsThem(FileKind kind) throws IOException {
        FileObject file = open(kind);
        file.write(bytes("abc"));
        assertThat(file.seek(-1, Whence.END)).isEqualTo(2);
        assertThat(file.read()).isEqualTo('c');
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({243})
    void seek_beforeTheStart_isRefusedAndThePositionStays(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(5);
        assertThatIllegalArgumentException().isThrownBy(() -> file.seek(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> file.seek(Long.MIN_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> file.seek(-6, Whence.CUR));
        assertThatIllegalArgumentException().isThrownBy(() -> file.seek(-11, Whence.END));
        assertThatIllegalArgumentException().isThrownBy(() -> file.seek(Long.MIN_VALUE, Whence.END));
        assertThatIllegalArgumentException().isThrownBy(() -> file.position(-1));
        assertThat(file.tell()).isEqualTo(5);
        assertThat(file.read()).isEqualTo('5');
    }

    @ParameterizedTest
    @EnumSource
    void seek_beyondWhatALongCanSay_isRefusedAndThePositionStays(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(5);
        assertThatIllegalArgumentException().isThrownBy(() -> file.seek(Long.MAX_VALUE, Whence.CUR));
        assertThatIllegalArgumentException().isThrownBy(() -> file.seek(Long.MAX_VALUE - 9, Whence.END));
        assertThat(file.tell()).isEqualTo(5);
        assertThat(file.seek(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(file.tell()).isEqualTo(Long.MAX_VALUE);
        assertThat(file.read(10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void seek_withoutWhence_isRefused(FileKind kind) throws IOException {
        FileObject file = open(kind);
        assertThatNullPointerException().isThrownBy(() -> file.seek(0, null)).withMessageContaining("whence");
    }

    @ParameterizedTest
    @EnumSource
    void position_set_returnsTheFileAndIsTheSameAsSeek(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        assertThat(file.position(3)).isSameAs(file);
        assertThat(file.position()).isEqualTo(3);
        assertThat(file.tell()).isEqualTo(3);
        assertThat(file.read()).isEqualTo('3');
        assertThat(file.position(1_000_000).position()).isEqualTo(1_000_000);
        assertThat(file.size()).isEqualTo(10);
        assertThat(file.read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({270})
    void truncate_toLess_cutsAndPullsThePositionBack(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(8);
        assertThat(file.truncate(5)).isSameAs(file);
        assertThat(file.size()).isEqualTo(5);
        assertThat(file.tell()).isEqualTo(5);
        file.seek(2);
        file.truncate(4);
        assertThat(file.tell()).isEqualTo(2);
        assertThat(string(content(file))).isEqualTo("0123");
    }

    @ParameterizedTest
    @EnumSource
    void truncate_toMoreOrTheSame_changesOnlyAPositionBehindIt(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(100);
        file.truncate(50);
        assertThat(file.size()).isEqualTo(10);
        assertThat(file.tell()).isEqualTo(50);
        file.truncate(10);
        assertThat(file.tell()).isEqualTo(10);
        file.truncate(Long.MAX_VALUE);
        assertThat(file.tell()).isEqualTo(10);
        assertThat(string(content(file))).isEqualTo("0123456789");
    }

    @ParameterizedTest
    @EnumSource
    void truncate_ofBytesStillInTheBuffer_cutsThem(FileKind kind) throws IOException {
        FileObject file = open(kind);
        file.write(bytes("0123456789"));
        file.truncate(3);
        file.write('x');
        assertThat(string(content(file))).isEqualTo("012x");
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({273})
    void setSize_toLess_cutsAndThePositionStays(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(8);
        file.setSize(5);
        assertThat(file.size()).isEqualTo(5);
        assertThat(file.tell()).isEqualTo(8);
        assertThat(file.read(10)).isEmpty();
        file.write('x');
        assertThat(content(file)).isEqualTo(bytes("01234\0\0\0x"));
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({274, 275})
    void setSize_toMore_addsZerosAndThePositionStays(FileKind kind) throws IOException {
        for (int size : new int[] {11, 8192, 8193, 65_536, 65_537, 150_000}) {
            FileObject file = holding(kind, "0123456789");
            file.seek(4);
            file.setSize(size);
            assertThat(file.size()).isEqualTo(size);
            assertThat(file.tell()).isEqualTo(4);
            assertThat(content(file)).isEqualTo(Arrays.copyOf(bytes("0123456789"), size));
            file.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void setSize_toTheSame_changesNothing(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.setSize(10);
        assertThat(string(content(file))).isEqualTo("0123456789");
    }

    @ParameterizedTest
    @EnumSource
    void setSize_cutAndGrownAgain_doesNotBringOldBytesBack(FileKind kind) throws IOException {
        for (int cut : new int[] {1, 100, 8191, 8192, 65_535, 65_536, 65_537, 100_000}) {
            byte[] content = pattern(150_000);
            FileObject file = holding(kind, content);
            file.setSize(cut);
            file.setSize(150_000);
            byte[] expected = Arrays.copyOf(Arrays.copyOf(content, cut), 150_000);
            assertThat(content(file)).as("cut to %s", cut).isEqualTo(expected);
            file.truncate(cut);
            file.seek(149_999);
            file.write(0);
            assertThat(content(file)).as("truncated to %s", cut).isEqualTo(expected);
            file.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void size_negative_isRefusedAndNothingChanges(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(5);
        assertThatIllegalArgumentException().isThrownBy(() -> file.truncate(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> file.setSize(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> file.setSize(Long.MIN_VALUE));
        assertThat(file.tell()).isEqualTo(5);
        assertThat(string(content(file))).isEqualTo("0123456789");
    }
}

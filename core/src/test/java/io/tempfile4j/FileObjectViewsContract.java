package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The streams of a file object: those that share its position, and those with one of their own. */
abstract class FileObjectViewsContract extends FileObjectContract {

    FileObjectViewsContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({139})
    void views_ofOneFile_shareOnePosition(FileKind kind) throws IOException {
        FileObject file = open(kind);
        InputStream in = file.inputStream();
        OutputStream out = file.outputStream();
        TextFile text = file.text();
        out.write(bytes("ab"));
        file.write('c');
        text.write("d");
        out.write('e');
        assertThat(file.tell()).isEqualTo(5);
        file.seek(0);
        assertThat(in.read()).isEqualTo('a');
        assertThat(file.read()).isEqualTo('b');
        assertThat(text.read(1)).isEqualTo("c");
        assertThat(in.read()).isEqualTo('d');
        assertThat(text.tell()).isEqualTo(4);
        out.write('E');
        assertThat(in.read()).isEqualTo(-1);
        assertThat(string(content(file))).isEqualTo("abcdE");
    }

    @ParameterizedTest
    @EnumSource
    void sharedStreams_closed_leaveTheFileOpen(FileKind kind) throws IOException {
        FileObject file = open(kind);
        try (OutputStream out = file.outputStream()) {
            out.write(bytes("0123456789"));
        }
        file.seek(0);
        try (InputStream in = file.inputStream()) {
            assertThat(string(in.readNBytes(4))).isEqualTo("0123");
        }
        assertThat(file.isOpen()).isTrue();
        assertThat(string(file.readAllBytes())).isEqualTo("456789");
    }

    @ParameterizedTest
    @EnumSource
    void outputStream_flushedOrClosed_showsTheChannelWhatWasWritten(FileKind kind) throws IOException {
        FileObject file = open(kind);
        ByteBuffer seen = ByteBuffer.allocate(10);
        OutputStream out = file.outputStream();
        assertThat(file.channel().size()).isZero();
        out.write(bytes("abc"));
        out.flush();
        assertThat(file.channel().read(seen, 0)).isEqualTo(3);
        out.write(bytes("defg"));
        out.close();
        assertThat(file.channel().read(seen, 3)).isEqualTo(4);
        assertThat(string(Arrays.copyOf(seen.array(), 7))).isEqualTo("abcdefg");
    }

    @ParameterizedTest
    @EnumSource
    void inputStream_markResetSkipAvailable_moveTheSharedPosition(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(2);
        InputStream in = file.inputStream();
        checkMarkResetSkipAvailable(in);
        assertThat(file.tell()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void newInputStream_markResetSkipAvailable_moveItsOwnPosition(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.seek(7);
        InputStream in = file.newInputStream();
        assertThat(string(in.readNBytes(2))).isEqualTo("01");
        checkMarkResetSkipAvailable(in);
        assertThat(file.tell()).isEqualTo(7);
    }

    /** Of "0123456789" the stream has read two bytes. */
    private static void checkMarkResetSkipAvailable(InputStream in) throws IOException {
        assertThat(in.markSupported()).isTrue();
        assertThat(in.available()).isEqualTo(8);
        in.mark(0);
        assertThat(in.read()).isEqualTo('2');
        assertThat(in.skip(3)).isEqualTo(3);
        assertThat(in.read()).isEqualTo('6');
        assertThat(in.skip(0)).isZero();
        assertThat(in.skip(-2)).isZero();
        assertThat(in.available()).isEqualTo(3);
        in.reset();
        assertThat(in.available()).isEqualTo(8);
        assertThat(in.read()).isEqualTo('2');
        in.reset();
        in.skipNBytes(2);
        assertThat(in.read()).isEqualTo('4');
        assertThat(in.skip(Long.MAX_VALUE)).isEqualTo(5);
        assertThat(in.available()).isZero();
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.skip(1)).isZero();
        in.reset();
        assertThat(string(in.readAllBytes())).isEqualTo("23456789");
        assertThat(in.read(new byte[3])).isEqualTo(-1);
        assertThat(in.read(new byte[3], 1, 0)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void inputStreams_unmarked_resetToTheStart(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        InputStream own = file.newInputStream();
        InputStream shared = file.inputStream();
        for (InputStream in : List.of(own, shared)) {
            assertThat(in.read()).isEqualTo('0');
            in.reset();
            assertThat(in.read()).isEqualTo('0');
        }
    }

    @ParameterizedTest
    @EnumSource
    void inputStreams_wrongBounds_areRefusedAndNothingMoves(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        for (InputStream in : List.of(file.newInputStream(), file.inputStream())) {
            int[][] parts = {{-1, 1}, {0, -1}, {0, 6}, {5, 1}, {1, Integer.MAX_VALUE}};
            for (int[] part : parts) {
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> in.read(new byte[5], part[0], part[1]));
            }
            assertThat(in.read()).isEqualTo('0');
        }
    }

    @ParameterizedTest
    @EnumSource
    void inputStreams_transferredOrReadWhole_giveEveryByteOfALargeFile(FileKind kind) throws IOException {
        byte[] content = pattern(300_000);
        FileObject file = holding(kind, content);
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        InputStream own = file.newInputStream();
        assertThat(own.transferTo(target)).isEqualTo(300_000);
        assertThat(target.toByteArray()).isEqualTo(content);
        assertThat(own.transferTo(target)).isZero();
        assertThat(file.tell()).isZero();

        target.reset();
        file.seek(1);
        assertThat(file.inputStream().transferTo(target)).isEqualTo(299_999);
        assertThat(target.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 1, 300_000));
        assertThat(file.tell()).isEqualTo(300_000);

        assertThat(file.newInputStream().readAllBytes()).isEqualTo(content);
        file.seek(2);
        assertThat(file.inputStream().readAllBytes()).hasSize(299_998);
    }

    @ParameterizedTest
    @EnumSource
    void outputStream_asTargetOfItsOwnFile_copiesTheFileBehindItself(FileKind kind) throws IOException {
        byte[] content = pattern(20_000);
        FileObject file = holding(kind, content);
        file.seek(0, Whence.END);
        InputStream own = file.newInputStream();
        file.write(own.readNBytes(20_000));
        assertThat(file.size()).isEqualTo(40_000);
        file.seek(20_000);
        assertThat(file.readAllBytes()).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource
    void newInputStream_whileTheFileIsWritten_seesWhatComesInTime(FileKind kind) throws IOException {
        FileObject file = open(kind);
        file.write(bytes("abc"));
        InputStream in = file.newInputStream();
        assertThat(string(in.readNBytes(3))).isEqualTo("abc");
        assertThat(in.read()).isEqualTo(-1);
        file.write(bytes("defghijkl"));
        assertThat(in.available()).isEqualTo(9);
        assertThat(string(in.readAllBytes())).isEqualTo("defghijkl");
        file.text().write("m");
        assertThat(in.read()).isEqualTo('m');
    }

    @ParameterizedTest
    @EnumSource
    void newInputStream_closed_isUselessAloneAndTheFileStays(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        InputStream in = file.newInputStream();
        InputStream other = file.newInputStream();
        in.close();
        in.close();
        assertThatIOException().isThrownBy(in::read);
        assertThatIOException().isThrownBy(() -> in.read(new byte[1]));
        assertThatIOException().isThrownBy(() -> in.skip(1));
        assertThatIOException().isThrownBy(in::available);
        assertThatIOException().isThrownBy(in::reset);
        assertThat(other.read()).isEqualTo('0');
        assertThat(file.read()).isEqualTo('0');
    }

    @ParameterizedTest
    @EnumSource
    void newInputStream_manyAtOnceInThreads_eachReadsAllAndTheirFileMovesOn(FileKind kind) throws Exception {
        byte[] content = pattern(200_000);
        FileObject file = holding(kind, content);
        file.seek(0, Whence.END);
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            List<Future<byte[]>> read = IntStream.range(0, 4)
                    .mapToObj(
                            reader -> readers.submit(() -> readInPieces(file.newInputStream(), 200_000, 777 + reader)))
                    .toList();
            for (int i = 0; i < 500; i++) {
                file.write(i);
            }
            for (Future<byte[]> all : read) {
                assertThat(all.get()).isEqualTo(content);
            }
        } finally {
            readers.shutdown();
        }
        assertThat(file.tell()).isEqualTo(200_500);
    }

    private static byte[] readInPieces(InputStream in, int length, int piece) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (read.size() < length) {
            read.write(in.readNBytes(Math.min(piece, length - read.size())));
        }
        return read.toByteArray();
    }
}

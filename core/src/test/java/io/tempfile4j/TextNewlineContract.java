package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tempfile4j.TextOptions.Newline;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Line ends in the five modes of Python's {@code newline=}. */
abstract class TextNewlineContract extends FileObjectContract {

    private static final String MIXED = "a\nb\rc\r\nd\n\re\r\r\nf";

    TextNewlineContract(Backend.Kind kind) {
        super(kind);
    }

    static TextOptions options(Newline newline) {
        return new TextOptions(UTF_8, newline, CodingErrorAction.REPORT);
    }

    /** What CPython 3.11 reads from {@link #MIXED}. */
    static Stream<Arguments> modes() {
        String lineEnd = System.lineSeparator();
        return Stream.of(
                Arguments.of(
                        Newline.UNIVERSAL,
                        List.of("a\n", "b\n", "c\n", "d\n", "\n", "e\n", "\n", "f"),
                        "x" + lineEnd + "y\r" + lineEnd,
                        List.of("\n", "\r", "\r\n")),
                Arguments.of(
                        Newline.NONE,
                        List.of("a\n", "b\r", "c\r\n", "d\n", "\r", "e\r", "\r\n", "f"),
                        "x\ny\r\n",
                        List.of("\n", "\r", "\r\n")),
                Arguments.of(Newline.LF, List.of("a\n", "b\rc\r\n", "d\n", "\re\r\r\n", "f"), "x\ny\r\n", List.of()),
                Arguments.of(
                        Newline.CR, List.of("a\nb\r", "c\r", "\nd\n\r", "e\r", "\r", "\nf"), "x\ry\r\r", List.of()),
                Arguments.of(Newline.CRLF, List.of("a\nb\rc\r\n", "d\n\re\r\r\n", "f"), "x\r\ny\r\r\n", List.of()));
    }

    @ParameterizedTest
    @MethodSource("modes")
    @Behaviour({159, 166, 212})
    void readLine_inEachMode_endsAndTranslatesAsPythonDoes(
            Newline mode, List<String> lines, String written, List<String> met) throws IOException {
        for (FileKind kind : FileKind.values()) {
            TextFile text = holding(kind, MIXED).text(options(mode));
            assertThat(text.newlines()).isEmpty();
            List<String> read = new ArrayList<>();
            for (String line = text.readLine(); !line.isEmpty(); line = text.readLine()) {
                read.add(line);
            }
            assertThat(read).isEqualTo(lines);
            assertThat(text.newlines()).containsExactlyElementsOf(met);
            assertThat(text.seek(0)).isZero();
            assertThat(text).as("the iterator").containsExactlyElementsOf(lines);
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    @Behaviour({166, 260})
    void read_inPiecesOfAnySize_translatesAsReadLineDoes(
            Newline mode, List<String> lines, String written, List<String> met) throws IOException {
        String whole = String.join("", lines);
        TextFile text = holding(FileKind.NAMELESS, MIXED).text(options(mode));
        assertThat(text.read()).isEqualTo(whole);
        assertThat(text.newlines()).containsExactlyElementsOf(met);
        for (int size = 1; size < 6; size++) {
            TextFile again = holding(FileKind.NAMELESS, MIXED).text(options(mode));
            StringBuilder read = new StringBuilder();
            for (String piece = again.read(size); !piece.isEmpty(); piece = again.read(size)) {
                assertThat(piece.length() == size || whole.endsWith(piece)).isTrue();
                read.append(piece);
            }
            assertThat(read.toString()).isEqualTo(whole);
            assertThat(again.newlines()).containsExactlyElementsOf(met);
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    @Behaviour({166})
    void write_inEachMode_translatesAsPythonDoes(Newline mode, List<String> lines, String written, List<String> met)
            throws IOException {
        for (FileKind kind : FileKind.values()) {
            FileObject file = open(kind);
            TextFile text = file.text(options(mode));
            assertThat(text.write("x\n").append('y').append("\r").append("..\n..", 2, 3))
                    .isSameAs(text);
            assertThat(string(content(file))).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readLine_lineEndsAcrossAnyBuffer_areNeitherSplitNorMissed(Newline mode) throws IOException {
        for (int before : new int[] {8189, 8190, 8191, 8192, 16_382, 16_383, 65_535}) {
            String line = "x".repeat(before);
            for (String end : List.of("\n", "\r", "\r\n")) {
                TextFile text = holding(FileKind.NAMED, line + end + "y").text(options(mode));
                boolean ends = switch (mode) {
                    case UNIVERSAL, NONE -> true;
                    case LF -> end.endsWith("\n");
                    case CR -> end.startsWith("\r");
                    case CRLF -> end.equals("\r\n");
                };
                String first = mode == Newline.UNIVERSAL ? line + "\n" : line + end;
                if (mode == Newline.CR && end.equals("\r\n")) {
                    first = line + "\r";
                }
                if (!ends) {
                    first = line + end + "y";
                }
                assertThat(text.readLine()).isEqualTo(first);
                text.file().close();
            }
        }
    }

    @Test
    @Behaviour({158, 159})
    void lines_ofAStream_haveNoLineEndsAndReadOnFromThePosition() throws IOException {
        TextFile text = holding(FileKind.NAMED, "skipped\none\r\n\ntwo").text();
        assertThat(text.readLine()).isEqualTo("skipped\n");
        assertThat(text.lines()).containsExactly("one", "", "two");
        text.seek(0);
        assertThat(text.lines().limit(2)).containsExactly("skipped", "one");
        assertThat(text.readLine()).as("the stream takes no more than it gives").isEqualTo("\n");
        for (Newline mode : Newline.values()) {
            TextFile each = open(FileKind.NAMELESS).text(options(mode));
            each.write("a\n\nb\n").seek(0);
            assertThat(each.lines()).as("%s", mode).containsExactly("a", "", "b");
        }
    }

    @Test
    void iterator_pastTheEnd_saysSoAndGoesOnWhenThereIsMore() throws IOException {
        TextFile text = holding(FileKind.NAMED, "one\n").text(options(Newline.LF));
        Iterator<String> lines = text.iterator();
        assertThat(lines.hasNext()).isTrue();
        assertThat(lines.hasNext()).isTrue();
        assertThat(lines.next()).isEqualTo("one\n");
        assertThat(lines.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(lines::next);
        text.write("two\n");
        text.seek(4);
        assertThat(lines.hasNext()).isTrue();
        assertThat(lines.next()).isEqualTo("two\n");
    }

    @Test
    void hasNext_asked_movesNothing() throws IOException {
        FileObject file = holding(FileKind.NAMED, "one\ntwo\n");
        TextFile text = file.text();
        Iterator<String> lines = text.iterator();
        assertThat(lines.next()).isEqualTo("one\n");
        assertThat(lines.hasNext()).isTrue();
        assertThat(file.tell()).isEqualTo(4);
        assertThat(text.tell()).isEqualTo(4);
        assertThat(file.read()).isEqualTo('t');
        assertThat(lines.next()).isEqualTo("wo\n");
    }

    @Test
    void newlines_handedOut_cannotBeChanged() throws IOException {
        TextFile text = holding(FileKind.NAMED, "one\ntwo\n").text();
        assertThat(text.readLine()).isEqualTo("one\n");
        assertThat(text.newlines()).isUnmodifiable();
    }
}

package io.tempfile4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tempfile4j.TextOptions.Newline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.UnmappableCharacterException;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not fit the charset, and arguments that make no sense. */
abstract class TextErrorContract extends FileObjectContract {

    TextErrorContract(Backend.Kind kind) {
        super(kind);
    }

    private static TextOptions options(Charset charset, CodingErrorAction action) {
        return new TextOptions(charset, Newline.LF, action);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({166})
    void read_malformedBytes_namesTheByteAndTheFile(FileKind kind) throws IOException {
        FileObject file = holding(kind, "gr\u00c3\u00bcn\n\u00ff.");
        TextFile text = file.text();
        assertThat(text.readLine()).isEqualTo("gr\u00fcn\n");
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> text.read(1))
                .withMessageContaining("byte 6 ")
                .withMessageContaining("UTF-8")
                .withMessageContaining(directory().toString())
                .satisfies(failure -> assertThat(failure)
                        .hasToString("java.nio.charset.MalformedInputException: " + failure.getMessage()));
        assertThat(text.tell()).isEqualTo(6);
        assertThatExceptionOfType(MalformedInputException.class).isThrownBy(text::readLine);
        file.seek(7);
        assertThat(text.read()).isEqualTo(".");
    }

    @Test
    void read_unmappableBytes_namesTheByte() throws IOException {
        TextFile text = holding(FileKind.NAMED, "ab\u0081").text(Charset.forName("windows-1253"));
        byte[] undefined = {(byte) 0xd2};
        text.file().seek(2);
        text.file().write(undefined);
        text.seek(0);
        assertThat(text.read(2)).isEqualTo("ab");
        assertThatExceptionOfType(UnmappableCharacterException.class)
                .isThrownBy(text::read)
                .withMessageContaining("byte 2 ")
                .satisfies(failure -> assertThat(failure)
                        .hasToString("java.nio.charset.UnmappableCharacterException: " + failure.getMessage()));
    }

    /** Far behind what is decoded ahead, at its border, and right before it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8190, 8191, 8192, 8193, 16_384, 70_000})
    void read_overAnError_takesNothingAndWhatIsBeforeItCanBeRead(int before) throws IOException {
        FileObject file = holding(FileKind.NAMED, "x".repeat(before) + "\u00ff" + "y");
        TextFile text = file.text();
        String message = "byte " + before + " ";
        assertThatExceptionOfType(CharacterCodingException.class)
                .isThrownBy(text::read)
                .withMessageContaining(message);
        assertThat(text.tell()).as("nothing was taken").isZero();
        assertThatExceptionOfType(CharacterCodingException.class)
                .isThrownBy(() -> text.read(before + 1))
                .withMessageContaining(message);
        assertThatExceptionOfType(CharacterCodingException.class)
                .isThrownBy(text::readLine)
                .withMessageContaining(message);
        assertThat(text.read(before)).isEqualTo("x".repeat(before));
        assertThat(text.tell()).isEqualTo(before);
        assertThatExceptionOfType(CharacterCodingException.class)
                .isThrownBy(() -> text.read(1))
                .withMessageContaining(message);
        assertThat(file.tell()).isEqualTo(before);
        assertThat(file.read()).isEqualTo(0xff);
        assertThat(text.read()).isEqualTo("y");
    }

    @ParameterizedTest
    @EnumSource
    void read_charactersCutShortByTheEnd_isAnErrorUntilTheRestIsWritten(FileKind kind) throws IOException {
        FileObject file = holding(kind, "ab\u00c3");
        TextFile text = file.text();
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(text::read)
                .withMessageContaining("byte 2 ");
        assertThat(text.read(2)).isEqualTo("ab");
        assertThatExceptionOfType(MalformedInputException.class).isThrownBy(() -> text.read(1));
        file.seek(3);
        file.write(0xbc);
        text.seek(2);
        assertThat(text.read()).isEqualTo("\u00fc");
        FileObject wide = holding(kind, "a\0b");
        assertThat(wide.text(options(UTF_16LE, CodingErrorAction.REPLACE)).read())
                .isEqualTo("a\ufffd");
    }

    @Test
    void iterator_overAnError_throwsItUncheckedAndStays() throws IOException {
        TextFile text = holding(FileKind.NAMED, "one\n\u00ff\n").text();
        Iterator<String> lines = text.iterator();
        assertThat(lines.next()).isEqualTo("one\n");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(lines::next)
                .withCauseInstanceOf(CharacterCodingException.class);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(lines::hasNext)
                .withCauseInstanceOf(CharacterCodingException.class);
        assertThat(text.tell()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({166, 263, 265})
    void coding_replaceAndIgnore_doThatBothWays(FileKind kind) throws IOException {
        FileObject file = holding(kind, "a\u00ffb\u00e9\u00e9c");
        assertThat(file.text(options(UTF_8, CodingErrorAction.REPLACE)).read()).isEqualTo("a\ufffdb\ufffd\ufffdc");
        file.seek(0);
        assertThat(file.text(options(UTF_8, CodingErrorAction.IGNORE)).read()).isEqualTo("abc");
        FileObject written = open(kind);
        written.text(options(US_ASCII, CodingErrorAction.REPLACE)).write("a\u00e9b\ud83d\ude00c\ud83d.\ude00");
        assertThat(string(content(written))).isEqualTo("a?b?c?.?");
        FileObject left = open(kind);
        left.text(options(US_ASCII, CodingErrorAction.IGNORE)).write("a\u00e9b\ud83d\ude00c\ud83d.\ude00");
        assertThat(string(content(left))).isEqualTo("abc.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"US-ASCII", "windows-1252", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "UTF-8", "UTF-16"})
    void write_thatDoesNotFit_writesNothingOfItAndNamesTheCharacter(String charset) throws IOException {
        for (FileKind kind : FileKind.values()) {
            FileObject file = open(kind);
            TextFile text = file.text(options(Charset.forName(charset), CodingErrorAction.REPORT));
            text.write("before\n");
            long size = file.size();
            String unfit = "x".repeat(10_000) + "\ud83d" + "y";
            assertThatExceptionOfType(CharacterCodingException.class)
                    .isThrownBy(() -> text.write(unfit))
                    .withMessageContaining("U+D83D")
                    .withMessageContaining("byte " + size + " ")
                    .withMessageContaining(charset);
            assertThat(file.size()).isEqualTo(size);
            assertThat(file.tell()).isEqualTo(size);
            text.write("after\n").seek(0);
            assertThat(text.read()).isEqualTo("before\nafter\n");
        }
    }

    /** What was written before has switched the charset to Japanese, and nothing has switched it back yet. */
    @ParameterizedTest
    @EnumSource
    void write_thatDoesNotFitAfterAnEscapeSequence_leavesThatInForce(FileKind kind) throws IOException {
        TextFile text = open(kind).text(options(Charset.forName("ISO-2022-JP"), CodingErrorAction.REPORT));
        text.write("\u65e5");
        assertThatExceptionOfType(CharacterCodingException.class).isThrownBy(() -> text.write("\u672ca\ud83d."));
        text.write("a\u65e5");
        assertThatExceptionOfType(CharacterCodingException.class).isThrownBy(() -> text.write("\u00e9"));
        text.write("\u672c\ud83d");
        assertThatExceptionOfType(CharacterCodingException.class).isThrownBy(text::flush);
        text.write("b").seek(0);
        assertThat(text.read()).isEqualTo("\u65e5a\u65e5\u672cb");
        assertThat(text.file().size())
                .isEqualTo("\u65e5a\u65e5\u672cb".getBytes(Charset.forName("ISO-2022-JP")).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-2022-JP", "ISO-8859-1", "UTF-8"})
    void write_halfACharacterAtTheEnd_isReplacedOrLeftOutWhenAskedFor(String charset) throws IOException {
        FileObject file = open(FileKind.NAMED);
        TextFile ignoring = file.text(options(Charset.forName(charset), CodingErrorAction.IGNORE));
        ignoring.write("a\ud83d").flush();
        ignoring.write("b\ud83d");
        assertThat(string(content(file))).isEqualTo("ab");
        TextFile replacing = file.text(options(US_ASCII, CodingErrorAction.REPLACE));
        replacing.seek(0, Whence.END);
        replacing.write("c\ud83d").flush();
        replacing.write("d\ud83d");
        assertThat(string(content(file))).isEqualTo("abc?d?");
    }

    @ParameterizedTest
    @EnumSource
    void write_halfACharacterAndThenSomethingElse_isRefusedAndForgotten(FileKind kind) throws IOException {
        FileObject file = open(kind);
        TextFile text = file.text();
        text.write("ab\ud83d");
        assertThatExceptionOfType(CharacterCodingException.class)
                .isThrownBy(() -> text.write("c"))
                .withMessageContaining("U+D83D");
        text.write("d\ud83d");
        assertThatExceptionOfType(CharacterCodingException.class)
                .isThrownBy(text::flush)
                .withMessageContaining("U+D83D");
        text.flush();
        text.write("e");
        assertThat(string(content(file))).isEqualTo("abde");
        text.seek(0);
        assertThatExceptionOfType(CharacterCodingException.class).isThrownBy(() -> text.write("\ude00"));
    }

    @ParameterizedTest
    @EnumSource
    void verbs_negativeOrSenselessArguments_areRefusedAndNothingMoves(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        TextFile text = file.text();
        assertThat(text.read(3)).isEqualTo("012");
        assertThatIllegalArgumentException().isThrownBy(() -> text.read(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> text.seek(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> text.seek(1, Whence.CUR));
        assertThatIllegalArgumentException().isThrownBy(() -> text.seek(-1, Whence.END));
        assertThatIllegalArgumentException().isThrownBy(() -> text.setSize(-1));
        assertThatNullPointerException().isThrownBy(() -> text.seek(0, null)).withMessageContaining("whence");
        assertThatNullPointerException().isThrownBy(() -> text.write(null)).withMessage("s");
        assertThatNullPointerException().isThrownBy(() -> text.writeLines(null)).withMessageContaining("lines");
        assertThat(text.tell()).isEqualTo(3);
        assertThat(text.read()).isEqualTo("3456789");
        assertThat(text.read(0)).isEmpty();
    }

    @Test
    void text_withACharsetThatOnlyDecodes_isRefused() throws IOException {
        FileObject file = holding(FileKind.NAMED, "0123456789");
        Charset decoding = Charset.forName("x-JISAutoDetect");
        assertThat(decoding.canEncode()).isFalse();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> file.text(decoding))
                .withMessageContaining("x-JISAutoDetect");
        assertThatNullPointerException()
                .isThrownBy(() -> file.text((Charset) null))
                .withMessageContaining("charset");
        assertThatNullPointerException()
                .isThrownBy(() -> file.text((TextOptions) null))
                .withMessageContaining("options");
        assertThat(file.text(ISO_8859_1).read()).isEqualTo("0123456789");
    }

    @Test
    void options_withNull_areRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> new TextOptions(null, Newline.LF, CodingErrorAction.REPORT))
                .withMessageContaining("charset");
        assertThatNullPointerException()
                .isThrownBy(() -> new TextOptions(UTF_8, null, CodingErrorAction.REPORT))
                .withMessageContaining("newline");
        assertThatNullPointerException()
                .isThrownBy(() -> new TextOptions(UTF_8, Newline.LF, null))
                .withMessageContaining("onError");
        assertThat(TextOptions.defaults())
                .isEqualTo(new TextOptions(UTF_8, Newline.UNIVERSAL, CodingErrorAction.REPORT));
    }
}

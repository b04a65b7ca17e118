package io.tempfile4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.TextOptions.Newline;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Charsets with a state: byte-order marks, escape sequences, characters of two halves; and positions in text. */
abstract class TextCharsetContract extends FileObjectContract {

    TextCharsetContract(Backend.Kind kind) {
        super(kind);
    }

    private static TextFile text(FileObject file, String charset) {
        return file.text(new TextOptions(Charset.forName(charset), Newline.LF, CodingErrorAction.REPORT));
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({212})
    void utf16_writtenInPieces_hasOneMark(FileKind kind) throws IOException {
        FileObject file = open(kind);
        TextFile text = text(file, "UTF-16");
        text.write("\u039b").write("b");
        file.flush();
        text.write("c");
        assertThat(content(file)).containsExactly(0xfe, 0xff, 0x03, 0x9b, 0, 'b', 0, 'c');
    }

    @ParameterizedTest
    @EnumSource
    void utf16_appendedAfterASeekToTheEnd_hasNoSecondMark(FileKind kind) throws IOException {
        FileObject file = open(kind);
        text(file, "UTF-16").write("ab");
        TextFile text = file.text(UTF_16);
        text.seek(0, Whence.END);
        text.write("c");
        text.seek(0);
        assertThat(text.read(1)).isEqualTo("a");
        text.seek(0, Whence.END);
        text.write("d");
        text.seek(0);
        assertThat(text.read()).isEqualTo("abcd");
        assertThat(file.size()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void utf16_startedAgainAtZero_writesTheMarkAnew(FileKind kind) throws IOException {
        FileObject file = open(kind);
        TextFile text = text(file, "UTF-16");
        text.write("abc").seek(0);
        text.write("x").seek(0);
        assertThat(text.read()).isEqualTo("xbc");
        assertThat(file.size()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-32"})
    void marked_inLittleEndian_isReadFromAnywhereAndAppendedInThatOrder(String charset) throws IOException {
        for (FileKind kind : FileKind.values()) {
            FileObject file = open(kind);
            TextFile little = text(file, charset + "LE");
            little.write("\ufeffab\ud83d\ude00c");
            TextFile text = text(file, charset);
            text.seek(0);
            assertThat(text.read(3)).isEqualTo("ab\ud83d\ude00");
            long cookie = text.tell();
            assertThat(text.read()).isEqualTo("c");
            text.write("\u039b");
            text.seek(cookie);
            assertThat(text.read()).isEqualTo("c\u039b");
            assertThat(content(file))
                    .isEqualTo("\ufeffab\ud83d\ude00c\u039b".getBytes(Charset.forName(charset + "LE")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-UTF-16LE-BOM", "X-UTF-32LE-BOM", "X-UTF-32BE-BOM"})
    void markedByName_writtenAndAppended_hasOneMark(String charset) throws IOException {
        FileObject file = open(FileKind.NAMED);
        TextFile text = text(file, charset);
        text.write("ab");
        text.seek(0, Whence.END);
        text.write("c").seek(0);
        assertThat(text.read()).isEqualTo("abc");
        assertThat(file.size()).isEqualTo(charset.contains("16") ? 8 : 16);
    }

    @ParameterizedTest
    @EnumSource
    void iso2022_writtenInPieces_switchesBackOnceAndReadsFromAnywhere(FileKind kind) throws IOException {
        FileObject file = open(kind);
        TextFile text = text(file, "ISO-2022-JP");
        String japanese = "\u65e5\u672c\u8a9e";
        text.write("a\u65e5").write("\u672c").write("\u8a9eb\n").write(japanese);
        byte[] whole = ("a" + japanese + "b\n" + japanese).getBytes(Charset.forName("ISO-2022-JP"));
        assertThat(content(file)).isEqualTo(whole);
        text.seek(0);
        assertThat(text.read(2)).isEqualTo("a\u65e5");
        long cookie = text.tell();
        assertThat(text.readLine()).isEqualTo("\u672c\u8a9eb\n");
        assertThat(text.read(1)).isEqualTo("\u65e5");
        text.seek(cookie);
        assertThat(text.read()).isEqualTo("\u672c\u8a9eb\n" + japanese);
        text.write("c").write(japanese).seek(cookie);
        assertThat(text.read()).isEqualTo("\u672c\u8a9eb\n" + japanese + "c" + japanese);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-32", "GB18030", "CESU-8"})
    void write_characterInTwoHalves_isOneCharacter(String charset) throws IOException {
        for (FileKind kind : FileKind.values()) {
            FileObject file = open(kind);
            TextFile text = text(file, charset);
            text.write("a\ud83d").append('\ude00').append('\ud83d').append("\ude01b");
            text.append('\ud83d').append('\ude02').seek(0);
            assertThat(text.read()).isEqualTo("a\ud83d\ude00\ud83d\ude01b\ud83d\ude02");
            file.seek(0);
            assertThat(file.readAllBytes())
                    .isEqualTo("a\ud83d\ude00\ud83d\ude01b\ud83d\ude02".getBytes(Charset.forName(charset)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readN_outsideTheBasicPlane_countsCodePoints(FileKind kind) throws IOException {
        TextFile text = text(open(kind), "UTF-8");
        text.write("a\ud83d\ude00\ud83d\ude01b\ud83d\ude02").seek(0);
        assertThat(text.read(2)).isEqualTo("a\ud83d\ude00");
        assertThat(text.read(1)).isEqualTo("\ud83d\ude01");
        assertThat(text.read(5)).isEqualTo("b\ud83d\ude02");
        TextFile many = text(open(kind), "UTF-8");
        for (int before : new int[] {0, 1, 8190, 8191, 8192}) {
            many.seek(0);
            many.setSize(0);
            many.write("x".repeat(before) + "\ud83d\ude00".repeat(10_000)).seek(0);
            assertThat(many.read(before + 1)).endsWith("\ud83d\ude00").hasSize(before + 2);
            assertThat(many.read(9998)).isEqualTo("\ud83d\ude00".repeat(9998));
            assertThat(many.read(9)).isEqualTo("\ud83d\ude00");
        }
    }

    @ParameterizedTest
    @EnumSource
    void views_ofBytesAndTextMixed_continueExactlyWhereTheOtherWas(FileKind kind) throws IOException {
        FileObject file = open(kind);
        TextFile text = text(file, "UTF-8");
        text.write("\u00e9t\u00e9\n");
        file.write(bytes("raw\n"));
        text.write("\ud83d\ude00\n").seek(0);
        assertThat(text.read(1)).isEqualTo("\u00e9");
        assertThat(file.tell()).isEqualTo(2);
        assertThat(file.read()).isEqualTo('t');
        assertThat(text.readLine()).isEqualTo("\u00e9\n");
        assertThat(string(file.readLine())).isEqualTo("raw\n");
        assertThat(text.readLine()).isEqualTo("\ud83d\ude00\n");
        file.seek(2);
        assertThat(text.read(2)).isEqualTo("t\u00e9");
        file.write('!');
        assertThat(text.readLine()).isEqualTo("raw\n");
        text.seek(0);
        assertThat(text.read(4)).isEqualTo("\u00e9t\u00e9!");
        text.write("RAW");
        text.seek(0);
        assertThat(text.read()).isEqualTo("\u00e9t\u00e9!RAW\n\ud83d\ude00\n");
    }

    @ParameterizedTest
    @EnumSource
    void views_ofTwoKindsOfText_shareThePosition(FileKind kind) throws IOException {
        FileObject file = open(kind);
        TextFile utf8 = text(file, "UTF-8");
        TextFile latin = file.text(new TextOptions(ISO_8859_1, Newline.CRLF, CodingErrorAction.REPORT));
        utf8.write("\u00e9\n");
        latin.write("\u00e9\n");
        utf8.write("\u00e8");
        assertThat(content(file)).isEqualTo(bytes("\u00c3\u00a9\n\u00e9\r\n\u00c3\u00a8"));
        utf8.seek(0);
        assertThat(utf8.readLine()).isEqualTo("\u00e9\n");
        assertThat(latin.readLine()).isEqualTo("\u00e9\r\n");
        assertThat(utf8.tell()).isEqualTo(6);
        assertThat(latin.read(1)).isEqualTo("\u00c3");
        assertThat(latin.tell()).isEqualTo(7);
        assertThat(file.text(utf8.options()).options()).isEqualTo(utf8.options());
        assertThat(latin.file()).isSameAs(file);
    }

    @ParameterizedTest
    @EnumSource
    void readerAndWriter_ofText_shareThePositionAndCloseNothing(FileKind kind) throws IOException {
        FileObject file = open(kind);
        TextFile text = text(file, "UTF-8");
        try (Writer writer = text.writer()) {
            writer.append('a').append("\u00e9\n");
            writer.write("..b..", 2, 1);
            writer.write(new char[] {'x', '\ud83d', '\ude00', 'x'}, 1, 2);
        }
        assertThat(file.isOpen()).isTrue();
        text.seek(0);
        Reader reader = text.reader();
        assertThat(reader.ready()).isTrue();
        assertThat(reader.read()).isEqualTo('a');
        assertThat(text.read(1)).isEqualTo("\u00e9");
        char[] target = new char[10];
        int read = reader.read(target, 1, 9);
        assertThat(read).isPositive();
        assertThat(new String(target, 1, read)).isEqualTo("\nb\ud83d\ude00".substring(0, read));
        file.seek(5);
        int first = reader.read();
        int second = reader.read();
        assertThat(Character.toCodePoint((char) first, (char) second)).isEqualTo(0x1f600);
        assertThat(reader.read()).isEqualTo(-1);
        reader.close();
        assertThat(file.isOpen()).isTrue();
    }

    /** Cut by text, the file ends with a whole character. */
    @ParameterizedTest
    @EnumSource
    void setSize_whereTellWas_cutsBehindThatCharacter(FileKind kind) throws IOException {
        TextFile text = open(kind).text(UTF_8);
        text.write("\u00e9\ud83d\ude00xyz").seek(0);
        assertThat(text.read(2)).isEqualTo("\u00e9\ud83d\ude00");
        text.setSize(text.tell());
        assertThat(text.read()).isEmpty();
        text.seek(0);
        assertThat(text.read()).isEqualTo("\u00e9\ud83d\ude00");
        assertThat(text.file().size()).isEqualTo(6);
        assertThat(content(text.file())).isEqualTo(Arrays.copyOf("\u00e9\ud83d\ude00xyz".getBytes(UTF_8), 6));
    }
}

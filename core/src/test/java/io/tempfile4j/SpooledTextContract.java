package io.tempfile4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tempfile4j.TextOptions.Newline;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Group I: text in a spooled file. */
abstract class SpooledTextContract extends FileObjectContract {

    SpooledTextContract(Backend.Kind kind) {
        super(kind);
    }

    @Test
    @Behaviour({258, 259})
    void text_beforeAndAfterRollingOver_isTheSameWithTheSameOptions() throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(20);
        TextOptions options = new TextOptions(StandardCharsets.UTF_16, Newline.LF, CodingErrorAction.REPLACE);
        TextFile text = file.text(options);
        text.write("abc\n").seek(0);
        assertThat(text.read()).isEqualTo("abc\n");
        assertThat(file.rolled()).isFalse();
        text.write("d\u00e9f\n".repeat(5)).seek(0);
        assertThat(text.read()).isEqualTo("abc\n" + "d\u00e9f\n".repeat(5));
        assertThat(file.rolled()).isTrue();
        assertThat(text.options()).isEqualTo(options);
        assertThat(file.size()).as("one mark").isEqualTo(2 + 2 * 24);
    }

    @Test
    @Behaviour({260})
    void newlines_readBeforeAndAfterRollingOver_areReported() throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(20);
        TextFile text = file.text();
        file.write(bytes("a\nb\r\nc\n"));
        text.seek(0);
        assertThat(text.newlines()).isEmpty();
        assertThat(text.read()).isEqualTo("a\nb\nc\n");
        assertThat(text.newlines()).containsExactly("\n", "\r\n");
        file.rollover();
        assertThat(text.newlines()).containsExactly("\n", "\r\n");
        file.write(bytes("\r."));
        text.seek(0);
        assertThat(text.read()).isEqualTo("a\nb\nc\n\n.");
        assertThat(text.newlines()).containsExactly("\n", "\r\n", "\r");
    }

    @Test
    @Behaviour({261})
    void text_withControlZ_isNotCutShort() throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(10);
        TextFile text = file.text(SpooledRolloverContract.unix());
        text.write("\u001aabc\ndef").seek(0);
        assertThat(text.read()).isEqualTo("\u001aabc\ndef");
        text.write("\u001agh").seek(0);
        assertThat(text.read()).isEqualTo("\u001aabc\ndef\u001agh");
        assertThat(file.rolled()).isTrue();
    }

    @Test
    @Behaviour({262})
    void text_newlineNone_keepsCarriageReturnsAcrossRollingOver() throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(10);
        TextFile text = file.text(new TextOptions(UTF_8, Newline.NONE, CodingErrorAction.REPORT));
        text.write("a\r\nb\r\n").seek(0);
        assertThat(text.read()).isEqualTo("a\r\nb\r\n");
        assertThat(file.rolled()).isFalse();
        text.write("c\r\nd\r\n").seek(0);
        assertThat(text.read()).isEqualTo("a\r\nb\r\nc\r\nd\r\n");
        assertThat(file.rolled()).isTrue();
    }

    @Test
    @Behaviour({263})
    void text_ignore_leavesOutWhatDoesNotFitAcrossRollingOver() throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(7);
        TextFile text = file.text(new TextOptions(US_ASCII, Newline.NONE, CodingErrorAction.IGNORE));
        text.write("abc\u00ffde\u00e9").seek(0);
        assertThat(text.read()).isEqualTo("abcde");
        assertThat(file.rolled()).isFalse();
        text.write("fgh\u00ffij").seek(0);
        assertThat(text.read()).isEqualTo("abcdefghij");
        assertThat(file.rolled()).isTrue();
    }

    @Test
    @Behaviour({264})
    void maxSize_ofText_countsBytes() throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(3);
        file.text().write("\u00e9").flush();
        assertThat(file.rolled()).isFalse();
        file.text().write("\u00e9").flush();
        assertThat(file.rolled()).isTrue();
        assertThat(file.size()).isEqualTo(4);
    }

    @Test
    @Behaviour({265})
    void text_thatDoesNotFitTheCharset_isRefusedOrReplaced() throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(5);
        assertThatExceptionOfType(CharacterCodingException.class)
                .isThrownBy(() -> file.text(ISO_8859_1).write("abcdefgh\u20ac"))
                .withMessageContaining("U+20AC");
        assertThat(file.size()).isZero();
        assertThat(file.rolled()).as("nothing was written").isFalse();
        file.text(new TextOptions(ISO_8859_1, Newline.LF, CodingErrorAction.REPLACE))
                .write("abcdefgh\u20ac");
        assertThat(string(content(file))).isEqualTo("abcdefgh?");
    }

    @Test
    @Behaviour({266})
    void rollover_inTheMiddleOfText_losesAndDoublesNothing() throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(0);
        TextFile text = file.text(SpooledRolloverContract.unix());
        String written = "gr\u00fc\u00df gott \ud83d\ude00\n".repeat(2000);
        text.write(written).seek(0);
        assertThat(text.read(5)).isEqualTo(written.substring(0, 5));
        long cookie = text.tell();
        file.rollover();
        assertThat(text.tell()).isEqualTo(cookie);
        assertThat(text.read()).isEqualTo(written.substring(5));
        text.seek(cookie);
        text.write("GOTT");
        assertThat(text.readLine()).isEqualTo(written.substring(9, written.indexOf('\n') + 1));
        text.seek(0);
        assertThat(text.read(6)).isEqualTo("gr\u00fc\u00df G");
    }

    /** Half a character is on its way while the rest makes the file roll over. */
    @Test
    @Behaviour({266})
    void rollover_betweenTheHalvesOfACharacter_writesItOnce() throws IOException {
        SpooledTemporaryFile file = space.spooledTemporaryFile(5);
        TextFile text = file.text(SpooledRolloverContract.unix());
        text.write("abcd\ud83d");
        assertThat(file.rolled()).isFalse();
        text.write("\ude00e").seek(0);
        assertThat(file.rolled()).isTrue();
        assertThat(text.read()).isEqualTo("abcd\ud83d\ude00e");
    }

    @Test
    @Behaviour({212, 258})
    void text_ofAKind_roundTrips() throws IOException {
        for (FileKind kind : FileKind.values()) {
            TextFile newline = open(kind).text();
            newline.write("\n").seek(0);
            assertThat(newline.read()).isEqualTo("\n");
            TextFile wide = open(kind).text(StandardCharsets.UTF_16);
            wide.write("\u039b").seek(0);
            assertThat(wide.read()).isEqualTo("\u039b");
            TextFile raw = open(kind).text(new TextOptions(UTF_8, Newline.NONE, CodingErrorAction.REPORT));
            raw.write("a\r\nb").seek(0);
            assertThat(raw.read()).isEqualTo("a\r\nb");
            assertThat(raw.file().size()).isEqualTo(4);
        }
    }
}

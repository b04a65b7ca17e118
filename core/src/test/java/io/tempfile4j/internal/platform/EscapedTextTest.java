package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How names and messages are shown. */
class EscapedTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/tmp/run-x y", "naïve", "日本語", "שלום", "🦀", "e\u0301", "$'`\"!*"})
    void ofName_plainName_isUnchanged(String name) {
        assertThat(EscapedText.ofName(name)).isSameAs(name);
        assertThat(EscapedText.ofMessage(name)).isSameAs(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a\u001b]0;title\u0007|a\\e]0;title\\x07",
                "\u001b[2Ja|\\e[2Ja",
                "a\tb|a\\tb",
                "\u007f|\\x7f",
                "\u0000|\\x00",
                "\u009b31m|\\u009b31m",
                "a\u202eb|a\\u202eb",
                "\u2066a\u2069|\\u2066a\\u2069",
                "a\u200bb\ufeff|a\\u200bb\\ufeff",
                "\u2028\u2029|\\u2028\\u2029",
                "\udb40\udc41|\\U000e0041",
                "a\ud83d|a\\ud83d",
                "\udc41a|\\udc41a"
            })
    void ofName_characterThatIsNotPrinted_isEscaped(String name, String shown) {
        assertThat(EscapedText.ofName(name)).isEqualTo(shown);
        assertThat(EscapedText.ofMessage(name)).isEqualTo(shown);
    }

    @Test
    void ofName_endsOfLines_areEscaped() {
        assertThat(EscapedText.ofName("a\r\nb")).isEqualTo("a\\r\\nb");
    }

    @Test
    void ofName_backslash_isDoubledUnlessItSeparates() {
        assertThat(EscapedText.ofName("a\\nb")).isEqualTo(Os.current() == Os.WINDOWS ? "a\\nb" : "a\\\\nb");
    }

    @Test
    void ofMessage_escapedNameInIt_isNotEscapedTwice() {
        String message = "cannot remove " + EscapedText.ofName("\\\u001b\u202e");
        assertThat(EscapedText.ofMessage(message)).isSameAs(message);
    }

    @ParameterizedTest
    @CsvSource({
        "/tmp/%FF, /tmp/\\xff, 2f746d702fff",
        "/tmp/a%C3/%0Ab%5C, /tmp/a\\xc3/\\nb\\\\, 2f746d702f61c32f0a625c",
        "/%E2%82, /\\xe2\\x82, 2fe282",
        "/%ED%A0%80, /\\xed\\xa0\\x80, 2feda080",
        "/%C3%A4%FE%20x, /ä\\xfe x, 2fc3a4fe2078"
    })
    void ofName_pathWhoseBytesAreNotUtf8_showsEachOfThem(String uri, String shown, String bytes) {
        assumeTrue(Os.current() == Os.LINUX, "paths are bytes");
        Path path = Path.of(URI.create("file://" + uri));
        assertThat(EscapedText.ofName(path)).isEqualTo(shown);
        assertThat(EscapedText.undecodableBytes(path)).asHexString().isEqualToIgnoringCase(bytes);
    }

    @Test
    void undecodableBytes_directory_hasNoSlashBehindIt() {
        assumeTrue(Os.current() == Os.LINUX, "paths are bytes");
        assertThat(EscapedText.undecodableBytes(Path.of("/"))).isNull();
        assertThat(EscapedText.undecodableBytes(Path.of("/tmp/ä"))).isNull();
        assertThat(EscapedText.undecodableBytes(Path.of("relative"))).isNull();
    }
}

package io.tempfile4j.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TemporaryFile;
import io.tempfile4j.TextOptions;
import io.tempfile4j.TextOptions.Newline;
import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/guides/windows.md}; it runs everywhere. */
class WindowsTest {

    @Test
    void closeChannel_file_isForOthersAlone() throws IOException {
        // @start region="hand-over"
        try (NamedTemporaryFile file = NamedTemporaryFile.create("report-", ".csv")) {
            file.text().write("a,b\n");
            file.closeChannel(); // now another program can open it, exclusively too
            assertThat(Files.readAllLines(file.path())).containsExactly("a,b");
        } // removed here
        // @end
    }

    @Test
    void text_withLf_isTheSameEverywhere() throws IOException {
        // @start region="line-ends"
        TextOptions unix = new TextOptions(UTF_8, Newline.LF, CodingErrorAction.REPORT);
        try (TemporaryFile file = TemporaryFile.create()) {
            file.text(unix).write("a\nb\n"); // text() would write \r\n on Windows
            assertThat(file.size()).isEqualTo(4);
        }
        // @end
    }
}

package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs when somebody looks; the terminal is that of script(1). */
class TerminalTest {

    private static final String ESCAPE = "\u001b[";

    @TempDir
    Path scratch;

    @Test
    void doctor_onATerminal_isColoured() throws IOException, InterruptedException {
        assertThat(onTerminal(new Cli(scratch).env("TERM", "xterm"))).contains(ESCAPE);
    }

    @Test
    void doctor_noColorIsSet_isPlain() throws IOException, InterruptedException {
        assertThat(onTerminal(new Cli(scratch).env("TERM", "xterm").env("NO_COLOR", "1")))
                .contains("directory")
                .doesNotContain(ESCAPE);
    }

    @Test
    void doctor_terminalIsDumb_isPlain() throws IOException, InterruptedException {
        assertThat(onTerminal(new Cli(scratch).env("TERM", "dumb")))
                .contains("directory")
                .doesNotContain(ESCAPE);
    }

    @Test
    void progress_line_showsWhatIsDoneAndWhatIsAtHand() {
        assertThat(Progress.line(5, 20, "/tmp/x", 3)).isEqualTo("[#####               ] 5/20  /tmp/x  3 s");
        assertThat(Progress.line(0, 0, "", 0)).isEqualTo("[                    ] 0/0    0 s");
        assertThat(Progress.line(1, 1, "/" + "a".repeat(100), 0))
                .contains("] 1/1  …aaa")
                .hasSizeLessThan(80);
    }

    private String onTerminal(Cli cli) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")), "Linux");
        assumeTrue(cli.runOther("sh", "-c", "script --version").output().contains("util-linux"), "script(1)");
        return cli.runOther("script", "-qec", String.join(" ", cli.command("doctor")), "/dev/null")
                .output();
    }
}

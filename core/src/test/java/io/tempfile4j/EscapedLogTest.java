package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.internal.platform.EscapingLogger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Names in what the library logs. */
class EscapedLogTest extends CrashSuite {

    private static final String HOSTILE = "x\u001b]0;title\u0007\u001b[2J\r\nforged\u202e";
    private static final String ESCAPED = "x\\e]0;title\\x07\\e[2J\\r\\nforged\\u202e";

    /** Creates one file, and lives until the reaper has looked for orphans. */
    static final class CreatesOne {
        public static void main(String[] args) throws IOException {
            try (NamedTemporaryFile file = NamedTemporaryFile.create()) {
                System.out.println(file.path().getFileName());
                while (System.in.read() >= 0) {
                    // Until the test has read the log.
                }
            }
        }

        private CreatesOne() {}
    }

    @Test
    @Needs(Need.SHELL)
    void reaper_journalWithHostileName_isLoggedEscaped() throws Exception {
        kill(child(ReadyOnly.class));
        Files.writeString(journalDirectory().resolve(HOSTILE + ".journal"), "no journal");
        Process process = child(CreatesOne.class).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader log = process.inputReader()) {
            String line = log.readLine();
            while (line != null && !line.contains("skipped")) {
                lines.add(line);
                line = log.readLine();
            }
            lines.add(String.valueOf(line));
            process.getOutputStream().close();
            log.lines().forEach(lines::add);
        }
        assertThat(lines).anyMatch(line -> line.contains("skipped the journal") && line.contains(ESCAPED));
        assertThat(String.join("", lines)).doesNotContain("\u001b", "\u202e").doesNotContain("\nforged");
        assertThat(lines).noneMatch(line -> line.startsWith("forged"));
    }

    /** Has a journal directory. */
    static final class ReadyOnly {
        public static void main(String[] args) throws IOException {
            NamedTemporaryFile.create();
            readyAndWait();
        }

        private ReadyOnly() {}
    }

    @Test
    @Needs(Need.SHELL)
    void directory_requestedOneWithHostileNameIsMissing_isLoggedEscaped() throws Exception {
        Path missing = space.resolve(HOSTILE);
        ChildJvm.Result result = child(CreatesOne.class)
                .env("TMPDIR", missing.toString())
                .shell("exec 0</dev/null")
                .run();
        assertThat(result.output()).contains(ESCAPED).doesNotContain("\u001b", "\u202e", "\nforged");
    }

    @Test
    void logger_exceptionWithHostileName_isLoggedEscapedWithItsStackTraceAndCauses() {
        FileSystemException failure = new FileSystemException(HOSTILE, null, "reason");
        failure.initCause(new IOException("cause " + HOSTILE, failure));
        failure.addSuppressed(new IOException("suppressed " + HOSTILE));
        List<Throwable> logged = logged(failure);
        assertThat(logged).hasSize(1);
        StringWriter trace = new StringWriter();
        logged.get(0).printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .contains("java.nio.file.FileSystemException: " + ESCAPED + ": reason")
                .contains("cause " + ESCAPED)
                .contains("suppressed " + ESCAPED)
                .doesNotContain("\u001b", "\u202e", "\nforged");
        assertThat(logged.get(0).getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(failure.getMessage()).contains(HOSTILE);
    }

    @Test
    void logger_exceptionWithPlainNames_isPassedOnItself() {
        IOException failure = new IOException("plain", new IOException("also plain"));
        assertThat(logged(failure)).containsExactly(failure);
    }

    @Test
    void logger_hostileNameInMessageAndParameters_isEscaped() {
        try (CapturedLog log = new CapturedLog()) {
            EscapingLogger.get().log(System.Logger.Level.WARNING, "message " + HOSTILE);
            EscapingLogger.get().log(System.Logger.Level.WARNING, "format {0} {1}", Path.of(HOSTILE), 7);
            assertThat(log.about("message")).containsExactly("WARNING message " + ESCAPED);
            assertThat(log.about("format")).containsExactly("WARNING format " + ESCAPED + " 7");
        }
    }

    private static List<Throwable> logged(Throwable failure) {
        Logger logger = Logger.getLogger("io.tempfile4j");
        List<Throwable> thrown = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                thrown.add(record.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        boolean parents = logger.getUseParentHandlers();
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            EscapingLogger.get().log(System.Logger.Level.WARNING, "failed", failure);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(parents);
        }
        return thrown;
    }
}

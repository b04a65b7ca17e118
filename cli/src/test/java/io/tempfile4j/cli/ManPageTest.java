package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code src/main/man/tempfile4j.1} is made of what the commands say of themselves.
 *
 * <p>To write it anew: {@code ./mvnw verify -pl cli -am -Dit.test=ManPageTest -Dfailsafe.failIfNoSpecifiedTests=false
 * -Dtempfile4j.man.update=true}.
 */
class ManPageTest {

    private static final Path PAGE = Path.of("src", "main", "man", "tempfile4j.1");

    private static final String HEAD = """
            .\\" Made by ManPageTest, do not edit.
            .TH TEMPFILE4J 1 "" "tempfile4j" "User Commands"
            .SH NAME
            tempfile4j \\- temporary files and directories that are private, unguessable and gone afterwards
            .SH SYNOPSIS
            .B tempfile4j
            .I COMMAND
            .RI [ OPTION "...] [" ARGUMENT ...]
            .SH COMMANDS
            """;

    private static final String TAIL = """
            .SH ENVIRONMENT
            .TP
            .BR TMPDIR ", " TEMP ", " TMP
            directories for temporary files, in this order; \\fBmktemp\\fP looks at \\fBTMPDIR\\fP only, as mktemp(1) does
            .TP
            .B NO_COLOR
            if it is set and not empty, nothing is coloured; else what goes to a terminal is
            .TP
            .B JAVA_HOME
            the JDK that the launcher starts; without it the first \\fBjava\\fP on the path
            .SH FILES
            .TP
            .I /var/tmp/tempfile4j-UID
            the crash journals of the user's processes
            .SH SEE ALSO
            .BR mktemp (1),
            .BR tmpfiles.d (5),
            .BR systemd-tmpfiles (8)
            """;

    @TempDir
    Path scratch;

    private final StringBuilder page = new StringBuilder();

    @Test
    void manPage_isMadeOfTheCommandsAsTheyAre() throws IOException {
        String made = make();
        if (Boolean.getBoolean("tempfile4j.man.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, made);
        }
        assertThat(PAGE).hasContent(made);
    }

    @Test
    void manPage_formatted_hasNoMistakes() throws IOException, InterruptedException {
        Cli cli = new Cli(scratch);
        assumeTrue(cli.runOther("sh", "-c", "command -v groff").exitCode() == 0, "groff");
        Cli.Result result = cli.runOther(
                "groff", "-man", "-ww", "-z", "-Tutf8", PAGE.toAbsolutePath().toString());
        assertThat(result.error()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private String make() {
        page.append(HEAD);
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            if (!command.getCommandName().equals("help")) {
                command(command.getCommandSpec());
            }
        }
        return page.append(TAIL).toString();
    }

    private void command(CommandSpec command) {
        page.append(".SS ").append(escaped(command.name())).append('\n');
        String synopsis = command.commandLine()
                .getHelp()
                .synopsis(0)
                .replaceAll("\\s+", " ")
                .strip();
        page.append(".B \"").append(escaped(synopsis)).append("\"\n");
        for (String line : command.usageMessage().description()) {
            page.append(".PP\n").append(escaped(line)).append('\n');
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            item(parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : command.options()) {
            String names = String.join(", ", option.names());
            boolean hasValue = option.arity().max() > 0;
            item(
                    !hasValue
                            ? names
                            : names
                                    + (option.arity().min() > 0
                                            ? "=" + option.paramLabel()
                                            : "[=" + option.paramLabel() + "]"),
                    option);
        }
        page.append(".PP\nExit codes:\n");
        for (Map.Entry<String, String> code :
                command.usageMessage().exitCodeList().entrySet()) {
            page.append(".TP\n.B ").append(escaped(code.getKey())).append('\n');
            page.append(escaped(code.getValue())).append('\n');
        }
    }

    private void item(String label, ArgSpec argument) {
        page.append(".TP\n.B \"").append(escaped(label)).append("\"\n");
        page.append(escaped(String.join(" ", argument.description()))).append('\n');
    }

    /** Backslashes, hyphens that are typed, and what a line must not begin with. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}

package io.tempfile4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code tempfile4j SUBCOMMAND}. */
@Command(
        name = "tempfile4j",
        description = "Temporary files and directories that are private, unguessable and gone afterwards.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {Tour.class, HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class Main {

    private Main() {}

    /** Runs the sub-command; the exit code is 0, 1 when it failed, 2 when it was called wrongly. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}

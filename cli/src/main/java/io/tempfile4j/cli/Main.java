package io.tempfile4j.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ScopeType;

/** {@code tempfile4j COMMAND}. */
@Command(
        name = "tempfile4j",
        description = "Temporary files and directories that are private, unguessable and gone afterwards.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it was done", "1:it failed", "2:it was called wrongly"})
final class Main {

    /** In the order of the help. */
    private static final String[] COMMANDS = {
        "run", "mktemp", "ls", "reap", "doctor", "tour", "generate-completion", "help"
    };

    private Main() {}

    /** Runs the command; the exit code is 0, 1 when it failed, 2 when it was called wrongly; the commands say when it is not. */
    public static void main(String[] args) {
        System.exit(commandLine(args).execute(args));
    }

    /** All commands; or, if the arguments begin with one, only that: looking at the others would take a short one's time. */
    static CommandLine commandLine(String... args) {
        CommandLine main = new CommandLine(new Main());
        @Nullable Object asked = args.length == 0 ? null : command(args[0]);
        if (asked != null && !(asked instanceof HelpCommand) && !(asked instanceof Completion)) {
            main.addSubcommand(args[0], asked);
        } else {
            for (String name : COMMANDS) {
                main.addSubcommand(name, command(name));
            }
        }
        main.setExpandAtFiles(false);
        main.setExecutionExceptionHandler(Failures::report);
        main.setParameterExceptionHandler(Failures::misuse);
        CommandLine run = main.getSubcommands().get("run");
        if (run != null) {
            // The options of the command that is run are not ours.
            run.setStopAtPositional(true);
        }
        CommandLine mktemp = main.getSubcommands().get("mktemp");
        if (mktemp != null) {
            mktemp.setAbbreviatedOptionsAllowed(true);
            mktemp.setAllowOptionsAsOptionParameters(true);
        }
        return main;
    }

    private static @Nullable Object command(String name) {
        return switch (name) {
            case "run" -> new Run();
            case "mktemp" -> new Mktemp();
            case "ls" -> new Ls();
            case "reap" -> new Reap();
            case "doctor" -> new Doctor();
            case "tour" -> new Tour();
            case "generate-completion" -> new Completion();
            case "help" -> new HelpCommand();
            default -> null;
        };
    }
}

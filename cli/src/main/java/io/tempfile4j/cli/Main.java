package io.tempfile4j.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code tempfile4j COMMAND}.
 *
 * <p>This, {@link Mktemp} and {@link Run} are described by calls, the other commands by annotations: reading those takes a
 * process a third of its start.
 */
final class Main {

    /** In the order of the help. */
    private static final String[] COMMANDS = {
        "run", "mktemp", "ls", "reap", "doctor", "tour", "generate-completion", "help"
    };

    private Main() {}

    /** Runs the command; the exit code is 0, 1 when it failed, 2 when it was called wrongly; the commands say when it is not. */
    public static void main(String[] args) {
        StandardStreams.occupy();
        CommandLine line = commandLine(args);
        int exitCode = line.execute(args);
        if (exitCode == 0 && System.out.checkError()) {
            Failures.print(line, "cannot write to the standard output");
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    /** All commands; or, if the arguments begin with one, only that: looking at the others would take a short one's time. */
    static CommandLine commandLine(String... args) {
        CommandLine main = new CommandLine(Options.describe(
                CommandSpec.create(),
                "tempfile4j",
                "Temporary files and directories that are private, unguessable and gone afterwards."));
        main.getCommandSpec().usageMessage().synopsisSubcommandLabel("COMMAND");
        Options.exitCodes(main.getCommandSpec(), "0", "it was done", "1", "it failed", "2", "it was called wrongly");
        String first = args.length == 0 ? "" : args[0];
        boolean needsAll = first.equals("help") || first.equals("generate-completion");
        @Nullable Object asked = needsAll ? null : command(first);
        if (asked != null) {
            add(main, first, asked);
        } else {
            for (String name : COMMANDS) {
                Object command = command(name);
                if (command != null) {
                    add(main, name, command);
                }
            }
        }
        main.setExpandAtFiles(false);
        main.setExecutionExceptionHandler(new Failures.OfExecution());
        main.setParameterExceptionHandler(new Failures.OfParsing());
        return main;
    }

    private static void add(CommandLine main, String name, Object command) {
        CommandLine sub = new CommandLine(command);
        main.addSubcommand(name, sub);
        if (name.equals("run")) {
            // The options of the command that is run are not ours.
            sub.setStopAtPositional(true);
        }
    }

    private static @Nullable Object command(String name) {
        return switch (name) {
            case "run" -> new Run().describe();
            case "mktemp" -> new Mktemp().describe();
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

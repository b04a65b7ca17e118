package io.tempfile4j.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** For the user's shell. */
@Command(
        name = "generate-completion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it was done", "1:it failed", "2:it was called wrongly"},
        description = {
            "Prints a completion script for bash and zsh. To try it: source <(tempfile4j generate-completion)",
            "To keep it: save it in /etc/bash_completion.d or ~/.local/share/bash-completion/completions/tempfile4j"
        })
final class Completion implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        // Not println: the script is the same on each system.
        out.print(AutoComplete.bash("tempfile4j", root) + "\n");
        out.flush();
        return 0;
    }
}

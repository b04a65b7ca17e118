package io.tempfile4j.cli;

import io.tempfile4j.internal.platform.EscapedText;
import io.tempfile4j.internal.platform.Reason;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on the standard error what failed, in one line. */
final class Failures {

    private Failures() {}

    /** What a command throws. A class: the first lambda of a process takes it longer than a command. */
    static final class OfExecution implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
            print(command, text(failure));
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
    }

    /** Arguments that nobody understands. */
    static final class OfParsing implements IParameterExceptionHandler {
        @Override
        public int handleParseException(ParameterException misuse, String[] arguments) {
            CommandLine command = misuse.getCommandLine();
            print(command, misuse.getMessage());
            UnmatchedArgumentException.printSuggestions(misuse, command.getErr());
            command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
            command.getErr().flush();
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
    }

    /** One line, after the name of the command, escaped. */
    static void print(CommandLine command, @Nullable String text) {
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + EscapedText.ofMessage(String.valueOf(text)));
        command.getErr().flush();
    }

    /** Returns the message, exact: whoever prints it escapes it. The JDK's exceptions leave to their type what has happened to the path. */
    static String text(Throwable failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return file.getFile() + ": " + Reason.of(file);
        }
        String message = failure.getMessage();
        return message == null
                        || (failure instanceof RuntimeException && !(failure instanceof IllegalArgumentException))
                ? failure.toString()
                : message;
    }
}

package io.tempfile4j.cli;

import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.internal.journal.Reaper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Runs a command with a directory of its own for temporary files; its exit codes are those of env(1) and timeout(1). */
final class Run implements Callable<Integer> {

    private static final int FAILED = 125;
    private static final int NOT_RUNNABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final int KILLED = 128;
    private static final String PREFIX = "run-";

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    CommandSpec describe() {
        Options.describe(
                spec,
                "run",
                "Makes a temporary directory, runs COMMAND with TMPDIR, TEMP and TMP set to it, and removes it with all that"
                        + " is in it.",
                "Signals are passed on to COMMAND. When tempfile4j itself is killed, the next process that uses it removes"
                        + " the directory.");
        spec.exitCodeOnInvalidInput(FAILED).exitCodeOnExecutionException(FAILED);
        Options.exitCodes(
                spec,
                "125",
                "tempfile4j failed: called wrongly, or the directory could not be made or removed",
                "126",
                "COMMAND was found but could not be run",
                "127",
                "COMMAND was not found",
                "128+N",
                "COMMAND died of signal N",
                "*",
                "else that of COMMAND");
        Options.value(spec, "PREFIX", "what the directory's name begins with; default: " + PREFIX, "--prefix");
        Options.value(spec, "DIR", "make the directory in DIR", "--dir");
        spec.addPositional(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1..*")
                .required(true)
                .paramLabel("COMMAND")
                .description("the command and its arguments")
                .build());
        return spec;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Backend.preferPortable();
        // First: whoever is told to end while it makes the directory removes it.
        Signals signals = Signals.take();
        List<String> command = spec.commandLine().getParseResult().matchedPositionalValue(0, List.of());
        String prefix = Options.valueOf(spec, "--prefix");
        TemporaryDirectory made = space().temporaryDirectory(prefix == null ? PREFIX : prefix, "");
        int exitCode;
        try {
            exitCode = run(command, made.path(), signals);
        } catch (Throwable failure) {
            remove(made);
            throw failure;
        }
        boolean removed = remove(made);
        return exitCode == 0 && !removed ? FAILED : exitCode;
    }

    private TempSpace space() throws IOException {
        String directory = Options.valueOf(spec, "--dir");
        return directory == null ? TempSpace.system() : TempSpace.in(Path.of(directory));
    }

    private int run(List<String> command, Path temporary, Signals signals) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        replaceClosedStreams(builder);
        for (String variable : List.of("TMPDIR", "TEMP", "TMP")) {
            builder.environment().put(variable, temporary.toString());
        }
        int pending = signals.pending();
        if (pending != 0) {
            return KILLED + pending;
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException notStarted) {
            boolean found = isFound(command.get(0));
            Failures.print(
                    spec.commandLine(),
                    command.get(0) + ": " + (found ? Failures.text(notStarted) : "command not found"));
            return found ? NOT_RUNNABLE : NOT_FOUND;
        }
        signals.passTo(process);
        return process.waitFor();
    }

    /** The command gets no file of this JVM for a stream that the caller closed. */
    private static void replaceClosedStreams(ProcessBuilder builder) {
        if (StandardStreams.isClosed(0)) {
            builder.redirectInput(new File("/dev/null"));
        }
        if (StandardStreams.isClosed(1)) {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        }
        if (StandardStreams.isClosed(2)) {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
    }

    private boolean remove(TemporaryDirectory made) {
        try {
            Path real = realPath(made.path());
            made.close();
            forgetBelow(made.path());
            if (!real.equals(made.path())) {
                forgetBelow(real);
            }
            return true;
        } catch (IOException failure) {
            Failures.print(spec.commandLine(), Failures.text(failure));
            return false;
        }
    }

    /** The command's processes may have recorded their files by either path. */
    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException removedByTheCommand) {
            return path;
        }
    }

    /** Processes of the command that were killed have left nothing, now that their directory is gone. */
    private static void forgetBelow(Path directory) {
        try {
            Reaper.forgetBelow(directory);
        } catch (IOException leftToTheNextReaper) {
            // It cannot decide about these entries, and keeps them on record.
        }
    }

    /** Which of the two it was the JDK says in words of its own only. */
    private static boolean isFound(String name) {
        if (name.isEmpty()) {
            return false;
        }
        if (name.contains(File.separator)) {
            return Files.exists(Path.of(name));
        }
        for (String place : String.valueOf(System.getenv("PATH")).split(File.pathSeparator, -1)) {
            if (Files.exists(Path.of(place.isEmpty() ? "." : place, name))) {
                return true;
            }
        }
        return false;
    }
}

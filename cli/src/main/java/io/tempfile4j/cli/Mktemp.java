package io.tempfile4j.cli;

import io.tempfile4j.Tempfile;
import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.EscapedText;
import io.tempfile4j.internal.platform.Location;
import io.tempfile4j.internal.platform.Names;
import io.tempfile4j.internal.platform.Os;
import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** As GNU mktemp(1), whose exit code is 1 for whatever is wrong. */
final class Mktemp implements Callable<Integer> {

    /** What mktemp(1) does not have. In full only, so that each abbreviation means what it means there. */
    private static final Set<String> OWN_OPTIONS = Set.of("--explain", "--json");

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private boolean directory;
    private boolean dryRun;
    private boolean quiet;
    private boolean explain;
    private boolean json;

    /** Whether the template is relative to a directory for temporary files. */
    private boolean inParent;

    /** Whether that is {@code TMPDIR} first, and the template one name. */
    private boolean nameOnly;

    /** The value of the last of --tmpdir and -p; null if it has none. */
    private @Nullable String parent;

    private @Nullable String suffix;
    private @Nullable String template;

    CommandSpec describe() {
        Options.describe(
                spec,
                "mktemp",
                "Makes a file, mode 0600, or a directory, mode 0700, and prints its path. The caller removes it.",
                "The options are those of mktemp(1).");
        spec.exitCodeOnInvalidInput(1);
        spec.preprocessor(new Arguments());
        Options.exitCodes(spec, "0", "it was made", "1", "it was not, for whatever reason, as with mktemp(1)");
        Options.flag(spec, "make a directory, not a file", "-d", "--directory");
        Options.flag(spec, "make nothing, merely print a name (unsafe: another can take it)", "-u", "--dry-run");
        Options.flag(spec, "say nothing when it cannot be made", "-q", "--quiet");
        Options.value(spec, "SUFF", "append SUFF to the template, which must end in X", "--suffix");
        spec.addOption(OptionSpec.builder("-p")
                .type(String.class)
                .paramLabel("DIR")
                .description("the same as --tmpdir=DIR")
                .build());
        spec.addOption(OptionSpec.builder("--tmpdir")
                .type(String.class)
                .paramLabel("DIR")
                .arity("0..1")
                .description(
                        "make it in DIR, or in $$TMPDIR if DIR is empty or left out, or in /tmp if that is not set;"
                                + " the template must not be absolute then")
                .build());
        Options.flag(spec, "the template is one name, relative to $$TMPDIR, or DIR of -p, or /tmp (deprecated)", "-t");
        Options.flag(spec, "say on the standard error what will remove it, and when", "--explain");
        Options.flag(spec, "print a JSON object: path, kind, what will remove it", "--json");
        spec.addPositional(PositionalParamSpec.builder()
                .type(String.class)
                .arity("0..1")
                .paramLabel("TEMPLATE")
                .description("its last run of X, three at least, becomes random; default: " + Template.DEFAULT)
                .build());
        return spec;
    }

    @Override
    public Integer call() {
        Template where;
        try {
            where = where();
        } catch (IllegalArgumentException | IOException wrong) {
            Failures.print(spec.commandLine(), Failures.text(wrong));
            return 1;
        }
        try {
            Backend.preferPortable();
            String path = where.pathOf(make(where));
            return print(path);
        } catch (IOException | IllegalArgumentException failure) {
            if (!quiet) {
                Failures.print(
                        spec.commandLine(),
                        "failed to create " + kind() + " via template '" + EscapedText.ofName(where) + "': "
                                + Failures.text(failure));
            }
            return 1;
        }
    }

    private String kind() {
        return directory ? "directory" : "file";
    }

    private Template where() throws IOException {
        Template parsed = Template.parse(template == null ? Template.DEFAULT : template, suffix);
        if (template != null && !inParent) {
            return parsed.decodable();
        }
        String environment = System.getenv("TMPDIR");
        if (nameOnly) {
            if (!parsed.isOneName()) {
                throw new IllegalArgumentException(
                        "invalid template, '" + EscapedText.ofName(parsed) + "', contains directory separator");
            }
            return parsed.in(firstSet(environment, parent)).decodable();
        }
        if (parsed.parent().startsWith("/")) {
            throw new IllegalArgumentException(
                    "invalid template, '" + EscapedText.ofName(parsed) + "'; with --tmpdir, it may not be absolute");
        }
        return parsed.in(firstSet(parent, environment)).decodable();
    }

    private static String firstSet(@Nullable String first, @Nullable String second) throws IOException {
        if (first != null && !first.isEmpty()) {
            return first;
        }
        if (second != null && !second.isEmpty()) {
            return second;
        }
        return Os.current() == Os.WINDOWS ? Tempfile.gettempdir().toString() : "/tmp";
    }

    private String make(Template where) throws IOException {
        Names.Pattern pattern = new Names.Pattern(where.prefix(), where.random(), where.suffixOfName());
        if (dryRun) {
            return Names.system().choose(where.directory(), pattern, Names.TMP_MAX, new Looking(where));
        }
        if (!directory && where.endsWithSlash()) {
            // As open(2) has it.
            throw new IOException("Is a directory");
        }
        Directory parentDirectory = Platform.current().open(where.directory());
        return Names.system().choose(parentDirectory.path(), pattern, Names.TMP_MAX, new Making(parentDirectory));
    }

    private int print(String path) throws IOException {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("path", path);
            object.put("kind", kind());
            object.put("made", !dryRun);
            object.put("removedBy", Removal.of(Path.of(path)).json());
            Json.print(object);
        } else {
            System.out.println(path);
        }
        if (System.out.checkError()) {
            if (!dryRun) {
                Files.deleteIfExists(Path.of(path));
            }
            throw new IOException("cannot write its path to the standard output");
        }
        if (explain) {
            Removal.of(Path.of(path))
                    .lines()
                    .forEach(line -> spec.commandLine().getErr().println(line));
            spec.commandLine().getErr().flush();
        }
        return 0;
    }

    private final class Making implements Names.Attempt<String> {
        private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
        private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

        private final Directory in;

        Making(Directory in) {
            this.in = in;
        }

        @Override
        public String at(String name) throws IOException {
            if (directory) {
                in.createDirectory(name, DIRECTORY);
            } else {
                in.createFile(name, FILE).handle().close();
            }
            return name;
        }
    }

    /** A name counts as free also where its directory is missing, as in mktemp(1). */
    private static final class Looking implements Names.Attempt<String> {
        private final Template where;

        Looking(Template where) {
            this.where = where;
        }

        @Override
        public String at(String name) throws IOException {
            Path path = where.directory().resolve(name);
            try {
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException free) {
                // Some JDKs report a file among the directories like this.
                if (Location.isBelowFile(path.toAbsolutePath())) {
                    throw new NotDirectoryException(where.parent());
                }
                return name;
            }
            throw new FileAlreadyExistsException(name);
        }
    }

    /** Takes all arguments from picocli, but those for help. */
    @SuppressWarnings("JdkObsolete") // picocli hands over a Stack
    private final class Arguments implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> args, CommandSpec command, @Nullable ArgSpec argument, Map<String, Object> info) {
            List<String> arguments = new ArrayList<>(args);
            // The first one is at the top.
            Collections.reverse(arguments);
            args.clear();
            try {
                String help =
                        accept(Getopt.read(arguments, command, OWN_OPTIONS, System.getenv("POSIXLY_CORRECT") != null));
                if (help != null) {
                    args.push(help);
                }
            } catch (IllegalArgumentException misuse) {
                throw new ParameterException(command.commandLine(), misuse.getMessage());
            }
            return false;
        }
    }

    /** Returns the option for help or the version, if one was given; null otherwise. */
    private @Nullable String accept(Getopt given) {
        for (Getopt.Given option : given.options()) {
            String name = option.option().longestName();
            if (option.option().usageHelp() || option.option().versionHelp()) {
                return name;
            }
            accept(name, option.value());
        }
        if (given.operands().size() > 1) {
            throw new IllegalArgumentException("too many templates");
        }
        template = given.operands().isEmpty() ? null : given.operands().get(0);
        return null;
    }

    private void accept(String option, @Nullable String value) {
        switch (option) {
            case "--directory" -> directory = true;
            case "--dry-run" -> dryRun = true;
            case "--quiet" -> quiet = true;
            case "--suffix" -> suffix = value;
            case "-t" -> {
                inParent = true;
                nameOnly = true;
            }
            case "-p", "--tmpdir" -> {
                inParent = true;
                parent = value;
            }
            case "--explain" -> explain = true;
            case "--json" -> json = true;
            default -> throw new IllegalStateException(option);
        }
    }
}

package io.tempfile4j.cli;

import io.tempfile4j.Tempfile;
import io.tempfile4j.internal.platform.Directory;
import io.tempfile4j.internal.platform.Names;
import io.tempfile4j.internal.platform.Os;
import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** As GNU mktemp(1), whose exit code is 1 for whatever is wrong. */
@Command(
        name = "mktemp",
        description = {
            "Makes a file, mode 0600, or a directory, mode 0700, and prints its path. The caller removes it.",
            "The options are those of mktemp(1)."
        },
        exitCodeOnInvalidInput = 1,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it was made", "1:it was not, for whatever reason, as with mktemp(1)"})
@SuppressWarnings("JdkObsolete") // picocli hands over a Stack
final class Mktemp implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-d", "--directory"},
            description = "make a directory, not a file")
    private boolean directory;

    @Option(
            names = {"-u", "--dry-run"},
            description = "make nothing, merely print a name (unsafe: another can take it)")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "say nothing when it cannot be made")
    private boolean quiet;

    @Option(names = "--suffix", paramLabel = "SUFF", description = "append SUFF to the template, which must end in X")
    private @Nullable String suffix;

    private @Nullable String parent;

    @Option(
            names = "-t",
            description = "the template is one name, relative to $$TMPDIR, or DIR of -p, or /tmp (deprecated)")
    private boolean nameOnly;

    @Option(names = "--explain", description = "say on the standard error what will remove it, and when")
    private boolean explain;

    @Option(names = "--json", description = "print a JSON object: path, kind, what will remove it")
    private boolean json;

    @Parameters(
            arity = "0..1",
            paramLabel = "TEMPLATE",
            description = "its last run of X, three at least, becomes random; default: " + Template.DEFAULT)
    private @Nullable String template;

    @Option(names = "-p", paramLabel = "DIR", description = "the same as --tmpdir=DIR")
    void in(String dir) {
        parent = dir;
    }

    @Option(
            names = "--tmpdir",
            paramLabel = "DIR",
            arity = "0..1",
            preprocessor = AttachedOnly.class,
            description = {
                "make it in DIR, or in $$TMPDIR if DIR is empty or left out, or in /tmp if that is not set;",
                "the template must not be absolute then"
            })
    void inOptional(String dir) {
        parent = dir;
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
                        "failed to create " + kind() + " via template '" + where + "': " + Failures.text(failure));
            }
            return 1;
        }
    }

    private String kind() {
        return directory ? "directory" : "file";
    }

    private Template where() throws IOException {
        Template parsed = Template.parse(template == null ? Template.DEFAULT : template, suffix);
        if (template != null && parent == null && !nameOnly) {
            return parsed;
        }
        String environment = System.getenv("TMPDIR");
        if (nameOnly) {
            if (!parsed.parent().isEmpty()) {
                throw new IllegalArgumentException(
                        "invalid template, '" + template + "', contains directory separator");
            }
            return parsed.in(firstSet(environment, parent));
        }
        if (parsed.parent().startsWith("/")) {
            throw new IllegalArgumentException(
                    "invalid template, '" + template + "'; with --tmpdir, it may not be absolute");
        }
        return parsed.in(firstSet(parent, environment));
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
        Directory parentDirectory = Platform.current().open(where.directory());
        Names.Pattern pattern = new Names.Pattern(where.prefix(), where.random(), where.suffix());
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
            if (dryRun) {
                if (Files.exists(in.path().resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileAlreadyExistsException(name);
                }
            } else if (directory) {
                in.createDirectory(name, DIRECTORY);
            } else {
                in.createFile(name, FILE).handle().close();
            }
            return name;
        }
    }

    /** The value of --tmpdir is what follows its sign of equality; what follows as an argument of its own is the template. */
    static final class AttachedOnly implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                args.push("");
            }
            return false;
        }
    }
}

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
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** As GNU mktemp(1), whose exit code is 1 for whatever is wrong. */
final class Mktemp implements Callable<Integer> {

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    /** Of --tmpdir and -p the last one given; null if there was none. */
    private @Nullable String parent;

    private boolean directory;
    private boolean dryRun;

    CommandSpec describe() {
        Options.describe(
                spec,
                "mktemp",
                "Makes a file, mode 0600, or a directory, mode 0700, and prints its path. The caller removes it.",
                "The options are those of mktemp(1).");
        spec.exitCodeOnInvalidInput(1);
        Options.exitCodes(spec, "0", "it was made", "1", "it was not, for whatever reason, as with mktemp(1)");
        Options.flag(spec, "make a directory, not a file", "-d", "--directory");
        Options.flag(spec, "make nothing, merely print a name (unsafe: another can take it)", "-u", "--dry-run");
        Options.flag(spec, "say nothing when it cannot be made", "-q", "--quiet");
        Options.value(spec, "SUFF", "append SUFF to the template, which must end in X", "--suffix");
        spec.addOption(OptionSpec.builder("-p")
                .type(String.class)
                .paramLabel("DIR")
                .setter(new Parent())
                .description("the same as --tmpdir=DIR")
                .build());
        spec.addOption(OptionSpec.builder("--tmpdir")
                .type(String.class)
                .paramLabel("DIR")
                .arity("0..1")
                .setter(new Parent())
                .preprocessor(new AttachedOnly())
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
        directory = Options.isSet(spec, "-d");
        dryRun = Options.isSet(spec, "-u");
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
            if (!Options.isSet(spec, "-q")) {
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
        String template = spec.commandLine().getParseResult().matchedPositionalValue(0, null);
        boolean nameOnly = Options.isSet(spec, "-t");
        String suffix = Options.valueOf(spec, "--suffix");
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
        if (Options.isSet(spec, "--json")) {
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
        if (Options.isSet(spec, "--explain")) {
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

    private final class Parent implements ISetter {
        @Override
        public <T> T set(T value) {
            parent = (String) value;
            return value;
        }
    }

    /** The value of --tmpdir is what follows its sign of equality; what follows as an argument of its own is the template. */
    @SuppressWarnings("JdkObsolete") // picocli hands over a Stack
    private static final class AttachedOnly implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                args.push("");
            }
            return false;
        }
    }
}

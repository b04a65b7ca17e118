package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mktemp} against the machine's own GNU mktemp(1): the same random arguments for both, each in a directory tree of its
 * own, in several environments. Compared are the exit code, the printed path, what was created with which type and mode,
 * and whether anything was printed on the standard error.
 *
 * <p>{@code -Dtempfile4j.mktemp.lists=100000 -Dtempfile4j.mktemp.seed=7} tries more, and others.
 */
class MktempFuzzTest {

    private static final int LISTS = Integer.getInteger("tempfile4j.mktemp.lists", 1_000);
    private static final long SEED = Long.getLong("tempfile4j.mktemp.seed", 20_261_128);

    /** In values: the absolute path of the tree. */
    private static final String TREE = "@";

    /** What differs on purpose, see docs/command-line.md, is not among them: -h, --explain, --json. */
    private static final String[] OPTIONS = {
        "-d",
        "-u",
        "-q",
        "-t",
        "-dq",
        "-du",
        "-dt",
        "-qut",
        "--directory",
        "--dry-run",
        "--quiet",
        "--tmpdir",
        "--dir",
        "--dr",
        "--q",
        "--t",
        "--tmpdir=",
        "--suffix=",
        "-dd",
        "-uqqu"
    };

    private static final String[] ODD_OPTIONS = {
        "-V",
        "-x",
        "-dx",
        "-d-",
        "-",
        "--",
        "---",
        "",
        "-p",
        "--suffix",
        "--help",
        "--version",
        "--d",
        "--s",
        "--h",
        "--v",
        "--e",
        "--j",
        "--bogus",
        "--=",
        "--=x",
        "--directory=x",
        "--quiet=",
        "--help=x",
        "-u="
    };

    private static final String[] DIRECTORIES = {
        "sub",
        "sub/",
        "sub//",
        "./",
        ".",
        "missing",
        "file",
        "link",
        "link/",
        "dangling",
        "loop",
        "",
        TREE,
        TREE + "/",
        TREE + "/sub",
        TREE + "/missing",
        "sub/../sub",
        "-d",
        "XXX"
    };

    private static final String[] SUFFIXES = {
        "", ".txt", "X", ".XXX", "/", "//", "/x", "x/", "x//", "a/b", "XXX/", "..", "-d", "\u00e4", " ", "\n"
    };

    private static final String[] TEMPLATES = {
        "a.XXXXXX",
        "XXX",
        "sub/a.XXX",
        "sub//a.XXX",
        "link/a.XXXX",
        TREE + "/abs.XXXX",
        "a.XXXX.txt",
        ".XXX.XXXX",
        "XXXX/",
        "a.XXXX//",
        "..XXXX",
        ".XXX",
        "-a.XXXX",
        "./a.XXXX",
        "sub/../a.XXXX",
        "\u00e4.XXXX",
        "a b.XXXX",
        "a\nb.XXXX",
        "'.XXXX",
        "\\.XXXX",
        "missing/a.XXXX",
        "y".repeat(249) + "XXXXX",
        "X".repeat(255)
    };

    private static final String[] ODD_TEMPLATES = {
        "XX",
        "X",
        "",
        "plain",
        "a.XX",
        "aXXXbXX",
        "file/a.XXXX",
        "dangling/a.XXXX",
        "loop/a.XXXX",
        "a.XXXX/b",
        "XXX/b.XXX",
        "sub/XXXX/",
        "../sub.XXXX/..",
        TREE + "/missing/abs.XXXX",
        TREE + "/file/abs.XXXX",
        "y".repeat(250) + "XXXXXX",
        "X".repeat(256),
        "X".repeat(5000)
    };

    private static final Map<String, Map<String, String>> ENVIRONMENTS = environments();

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");

    @TempDir
    Path scratch;

    private final Map<String, Process> servers = new LinkedHashMap<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private Path ours;
    private Path theirs;
    private Map<String, String> initial;

    private static Map<String, Map<String, String>> environments() {
        Map<String, Map<String, String>> environments = new LinkedHashMap<>();
        environments.put("TMPDIR unset", Map.of());
        environments.put("TMPDIR empty", Map.of("TMPDIR", ""));
        environments.put("TMPDIR absolute", Map.of("TMPDIR", TREE + "/tmpdir"));
        environments.put("TMPDIR with slash", Map.of("TMPDIR", TREE + "/tmpdir/"));
        environments.put("TMPDIR relative", Map.of("TMPDIR", "sub"));
        environments.put("TMPDIR missing", Map.of("TMPDIR", TREE + "/missing"));
        environments.put("POSIXLY_CORRECT", Map.of("TMPDIR", TREE + "/tmpdir", "POSIXLY_CORRECT", "1"));
        return environments;
    }

    @AfterEach
    void endServers() throws IOException, InterruptedException {
        for (Process server : servers.values()) {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    @Test
    void mktemp_randomArguments_doesAsTheRealOne(TestReporter reporter) throws IOException, InterruptedException {
        assumeTrue(isGnu(), "GNU mktemp, to compare with");
        ours = makeTree("mine");
        theirs = makeTree("real");
        initial = entries(ours);
        Random random = new Random(SEED);
        List<String> environments = List.copyOf(ENVIRONMENTS.keySet());
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < LISTS; i++) {
            String environment = environments.get(random.nextInt(environments.size()));
            List<String> arguments = arguments(random);
            Outcome mine = mine(environment, in(ours, arguments));
            Outcome real = real(environment, in(theirs, arguments));
            if (!mine.equals(real)) {
                differences.add(environment + " " + quoted(arguments) + "\n  ours:   " + mine + "\n  theirs: " + real);
            }
            outcomes.merge(real.kind(), 1, Integer::sum);
        }
        reporter.publishEntry(Map.of(
                "lists",
                Integer.toString(LISTS),
                "outcomes",
                outcomes.toString(),
                "differences",
                Integer.toString(differences.size())));
        assertThat(differences).isEmpty();
    }

    private static List<String> arguments(Random random) {
        List<String> arguments = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            switch (random.nextInt(8)) {
                case 0 -> withValue(arguments, random, DIRECTORIES, "-p", "-dp", "-up");
                case 1 -> withValue(arguments, random, DIRECTORIES, "--tmpdir=", "--tmp=", "--t=", "--tmpdir");
                case 2 -> withValue(arguments, random, SUFFIXES, "--suffix=", "--suffix", "--suf=", "--s");
                case 3 -> arguments.add(any(random, random.nextInt(3) == 0 ? ODD_OPTIONS : OPTIONS));
                default -> arguments.add(any(random, OPTIONS));
            }
        }
        int templates = random.nextInt(20);
        for (int i = templates == 0 ? 2 : templates < 16 ? 1 : 0; i > 0; i--) {
            String template = any(random, random.nextInt(3) == 0 ? ODD_TEMPLATES : TEMPLATES);
            arguments.add(random.nextInt(arguments.size() + 1), template);
        }
        return arguments;
    }

    /** As one argument or as two. */
    private static void withValue(List<String> arguments, Random random, String[] values, String... options) {
        String option = any(random, options);
        String value = any(random, values);
        boolean attached = option.endsWith("=") || (!option.startsWith("--") && random.nextBoolean());
        if (attached) {
            arguments.add(option + value);
        } else {
            arguments.add(option);
            arguments.add(value);
        }
    }

    private static String any(Random random, String[] of) {
        return of[random.nextInt(of.length)];
    }

    private static List<String> in(Path tree, List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.replace(TREE, tree.toString()))
                .toList();
    }

    private static String quoted(List<String> arguments) {
        return arguments.stream()
                .map(argument -> argument.length() > 60 ? argument.length() + " characters" : argument)
                .toList()
                .toString();
    }

    /** Both have names of the same length. */
    private Path makeTree(String name) throws IOException {
        Path tree = scratch.resolve(name);
        Files.createDirectories(tree.resolve("sub"));
        Files.createDirectories(tree.resolve("tmpdir/sub"));
        Files.createFile(tree.resolve("file"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub"));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("missing"));
        Files.createSymbolicLink(tree.resolve("loop"), Path.of("loop"));
        return tree;
    }

    private boolean isGnu() throws IOException, InterruptedException {
        try {
            return new Cli(scratch).runOther("mktemp", "--version").output().contains("GNU");
        } catch (IOException noMktemp) {
            return false;
        }
    }

    private Cli cli(Path tree, String environment) throws IOException {
        Cli cli = new Cli(scratch).in(tree);
        ENVIRONMENTS.get(environment).forEach((name, value) -> cli.env(name, value.replace(TREE, tree.toString())));
        return cli;
    }

    private Outcome real(String environment, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mktemp"));
        command.addAll(arguments);
        Cli.Result result = cli(theirs, environment).runOther(command.toArray(String[]::new));
        return outcome(theirs, result.exitCode(), result.output(), result.error());
    }

    private Outcome mine(String environment, List<String> arguments) throws IOException {
        Process server = servers.get(environment);
        if (server == null) {
            Cli cli = cli(ours, environment);
            server = cli.start(cli.java("-cp", System.getProperty("java.class.path"), MktempServer.class.getName()));
            servers.put(environment, server);
        }
        DataOutputStream request = new DataOutputStream(server.getOutputStream());
        request.writeInt(arguments.size() + 1);
        request.writeUTF("mktemp");
        for (String argument : arguments) {
            request.writeUTF(argument);
        }
        request.flush();
        DataInputStream reply = new DataInputStream(server.getInputStream());
        return outcome(ours, reply.readInt(), reply.readUTF(), reply.readUTF());
    }

    /**
     * What a call did, without what is random.
     *
     * @param created the path, type and mode of what is new in the tree, or was printed and is elsewhere
     */
    private record Outcome(int exitCode, String printed, boolean isSilent, List<String> created) {
        String kind() {
            if (exitCode != 0) {
                return "rejected";
            }
            return !created.isEmpty() ? "created" : printed.equals("text") ? "text" : "printed only";
        }
    }

    private Outcome outcome(Path tree, int exitCode, String output, String error) throws IOException {
        boolean isText =
                output.startsWith("Usage") || output.contains("GNU coreutils") || output.startsWith("tempfile4j (");
        String path = output.replaceFirst("\n$", "");
        List<String> created = new ArrayList<>();
        Map<String, String> now = entries(tree);
        assertThat(now).containsAllEntriesOf(initial);
        for (Map.Entry<String, String> entry : now.entrySet()) {
            if (!initial.containsKey(entry.getKey())) {
                created.add(withoutRandom(entry.getKey()) + " " + entry.getValue()
                        + (Files.isSameFile(tree.resolve(path), tree.resolve(entry.getKey())) ? "" : ", not printed"));
                delete(tree.resolve(entry.getKey()));
            }
        }
        if (exitCode == 0 && path.startsWith("/") && !path.startsWith(tree + "/") && Files.exists(Path.of(path))) {
            created.add(withoutRandom(path) + " " + typeAndMode(Path.of(path)));
            delete(Path.of(path));
        }
        String printed = isText ? "text" : withoutRandom(output.replace(tree.toString(), TREE));
        return new Outcome(exitCode, printed, error.isEmpty(), created);
    }

    /** Of the last name, letters and digits count only by their number; an X that stands in the template stays. */
    private static String withoutRandom(String path) {
        String bare = path.replaceFirst("/*\n?$", "");
        int name = bare.lastIndexOf('/') + 1;
        return path.substring(0, name)
                + WORD.matcher(path.substring(name))
                        .replaceAll(word -> word.group().matches("X+")
                                ? word.group()
                                : "x".repeat(word.group().length()));
    }

    private Map<String, String> entries(Path tree) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(tree)) {
            for (Path entry : walk.toList()) {
                entries.put(tree.relativize(entry).toString(), typeAndMode(entry));
            }
        }
        return entries;
    }

    private static String typeAndMode(Path entry) throws IOException {
        if (Files.isSymbolicLink(entry)) {
            return "link to " + Files.readSymbolicLink(entry);
        }
        return (Files.isDirectory(entry) ? "directory " : "file ")
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(entry, LinkOption.NOFOLLOW_LINKS));
    }

    private static void delete(Path created) throws IOException {
        try (Stream<Path> walk = Files.walk(created)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

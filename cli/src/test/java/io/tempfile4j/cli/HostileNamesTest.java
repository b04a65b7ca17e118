package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.tempfile4j.internal.platform.EscapedText;
import io.tempfile4j.internal.platform.Os;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that would control the terminal, or look like lines of the output: escaped for people, exact for machines. */
class HostileNamesTest {

    /** Sets a title, clears the screen, forges a line, reverses what follows; C1 controls, DEL, a backslash. */
    private static final String HOSTILE = "x\u001b]0;title\u0007\u001b[2J\r\nforged\u202ey\u009b31m\u007f\t\\n";

    private static final String ESCAPED = "x\\e]0;title\\x07\\e[2J\\r\\nforged\\u202ey\\u009b31m\\x7f\\t\\\\n";

    /** Where only a whole message is known, its backslashes stay. */
    private static final String IN_MESSAGE = ESCAPED.replace("\\\\n", "\\n");

    @TempDir
    Path scratch;

    private Path directory;
    private Cli cli;
    private Process holder;

    @BeforeEach
    void createDirectory() throws IOException {
        assumeTrue(Os.current() == Os.LINUX, "names of any bytes but NUL and slash");
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "a locale with UTF-8");
        directory = Files.createDirectory(scratch.resolve(HOSTILE));
        cli = new Cli(scratch);
    }

    @AfterEach
    void endHolder() throws InterruptedException {
        if (holder != null) {
            holder.destroyForcibly().waitFor();
        }
    }

    private List<String> hold() throws IOException {
        return hold("-cp", System.getProperty("java.class.path"), Holder.class.getName());
    }

    private List<String> hold(String... program) throws IOException {
        List<String> command = cli.java(program);
        command.add(directory.toString());
        holder = cli.start(command);
        BufferedReader output = holder.inputReader();
        String line = output.readLine();
        while (line != null && !line.endsWith(".d")) {
            line = output.readLine();
        }
        assertThat(line).isNotNull();
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(Path::toString).toList();
        }
    }

    private static void assertHarmless(Cli.Result result) {
        assertThat(result.output() + result.error())
                .as("printed for people")
                .matches(text -> text.codePoints().allMatch(c -> c == '\n' || EscapedText.isPrintable(c)));
        assertThat((result.output() + result.error()).lines()).noneMatch(line -> line.startsWith("forged"));
    }

    private Cli.Result harmless(String... arguments) throws IOException, InterruptedException {
        Cli.Result result = cli.run(arguments);
        assertHarmless(result);
        return result;
    }

    @Test
    void lsAndReap_hostilePaths_areEscapedAndExactInJson() throws IOException, InterruptedException {
        List<String> held = hold();
        assertThat(held).hasSize(2);
        assertThat(harmless("ls").output()).contains(ESCAPED + "/held-");
        holder.destroyForcibly().waitFor();

        JsonObject process = cli.run("ls", "--json")
                .json()
                .getAsJsonArray("processes")
                .get(0)
                .getAsJsonObject();
        List<String> paths = new ArrayList<>();
        process.getAsJsonArray("items")
                .forEach(item -> paths.add(item.getAsJsonObject().get("path").getAsString()));
        assertThat(paths).containsExactlyInAnyOrderElementsOf(held);
        assertThat(process.toString()).doesNotContain("pathBytes");
        assertHarmless(cli.run("ls", "--json"));

        assertThat(harmless("reap", "--dry-run").output())
                .contains("would remove " + scratch + "/" + ESCAPED + "/held-");
        assertThat(strings(cli.run("reap", "--dry-run", "--json").json().getAsJsonArray("removed")))
                .containsExactlyInAnyOrderElementsOf(held);
        assertThat(harmless("reap").output()).contains("removed " + scratch + "/" + ESCAPED + "/held-");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void ls_hostileNameOfAProgram_isEscapedAndExactInJson() throws IOException, InterruptedException {
        Path program = scratch.resolve(HOSTILE + ".jar");
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, Holder.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(":", -1))
                        .map(element -> Path.of(element).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(program)) {
            new JarOutputStream(out, manifest).close();
        }
        hold("-jar", program.toString());
        assertThat(harmless("ls").output()).contains(holder.pid() + " " + scratch + "/" + ESCAPED + ".jar  alive");
        Cli.Result json = cli.run("ls", "--json");
        assertHarmless(json);
        assertThat(json.json()
                        .getAsJsonArray("processes")
                        .get(0)
                        .getAsJsonObject()
                        .get("program")
                        .getAsString())
                .isEqualTo(program.toString());
    }

    @Test
    void lsAndReap_journalWhoseNameIsNotUtf8_showBytesAndHaveThemInJson() throws IOException, InterruptedException {
        hold();
        holder.destroyForcibly().waitFor();
        byte[] name = "/bad\u001b\u00ff\u00fe.journal".getBytes(StandardCharsets.ISO_8859_1);
        create(cli.journalDirectory(), "bad\\033\\377\\376.journal");
        String shown = "skipped " + cli.journalDirectory() + "/bad\\e\\xff\\xfe.journal: ";
        assertThat(harmless("ls").error()).contains(shown);
        assertThat(harmless("reap").error()).contains(shown);
        byte[] directoryBytes = cli.journalDirectory().toString().getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(directoryBytes, directoryBytes.length + name.length);
        System.arraycopy(name, 0, whole, directoryBytes.length, name.length);
        for (String command : List.of("ls", "reap")) {
            Cli.Result result = cli.run(command, "--json");
            assertHarmless(result);
            JsonObject skipped =
                    result.json().getAsJsonArray("unreadable").get(0).getAsJsonObject();
            assertThat(skipped.get("path").getAsString()).endsWith("/bad\u001b\ufffd\ufffd.journal");
            assertThat(skipped.get("pathBytes").getAsString())
                    .isEqualTo(HexFormat.of().formatHex(whole));
        }
    }

    /** As a shell does it: the JDK cannot pass such a name on. */
    private void create(Path in, String printfFormat) throws IOException, InterruptedException {
        Cli.Result result = cli.runOther(
                "sh", "-c", "cd \"$0\" && printf 'no journal' > \"$(printf \"$1\")\"", in.toString(), printfFormat);
        assertThat(result.exitCode()).as(result.error()).isZero();
    }

    @Test
    void json_listOfPathsOfWhichOneIsNotUtf8_isFollowedByItsBytes() throws IOException {
        Path exact = Path.of("/tmp/\u00e4\u001b\u009b");
        Path inexact = Path.of(URI.create("file:///tmp/%FF"));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("exact", List.of(exact));
        object.put("some", List.of(exact, inexact));
        object.put("half", "\ud83d");
        PrintStream output = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
        try {
            Json.print(object);
        } finally {
            System.setOut(output);
        }
        Cli.Result printed = new Cli.Result(0, bytes.toString(StandardCharsets.UTF_8), "");
        assertHarmless(printed);
        JsonObject json = printed.json();
        assertThat(strings(json.getAsJsonArray("exact"))).containsExactly(exact.toString());
        assertThat(json.has("exactBytes")).isFalse();
        assertThat(strings(json.getAsJsonArray("some"))).containsExactly(exact.toString(), "/tmp/\ufffd");
        assertThat(json.getAsJsonArray("someBytes").toString()).isEqualTo("[null,\"2f746d702fff\"]");
        assertThat(json.get("half").getAsString()).isEqualTo("\ud83d");
    }

    private static List<String> strings(JsonArray array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(element.getAsString()));
        return strings;
    }

    @Test
    void doctor_hostileDirectory_isEscapedAndExactInJson() throws IOException, InterruptedException {
        cli.env("TMPDIR", directory.toString());
        assertThat(harmless("doctor").output())
                .contains("chosen   TMPDIR             " + scratch + "/" + ESCAPED)
                .contains(scratch + "/" + IN_MESSAGE + ", by TMPDIR");
        Cli.Result json = cli.run("doctor", "--json");
        assertHarmless(json);
        assertThat(json.json().get("directory").getAsString()).isEqualTo(directory.toString());
    }

    @Test
    void doctor_hostileDirectoryIsMissing_isEscapedInItsReasonAndAdvice() throws IOException, InterruptedException {
        Path missing = directory.resolve("missing");
        assertThat(harmlessIn(missing, "doctor").output())
                .contains("refused  TMPDIR             " + scratch + "/" + ESCAPED + "/missing")
                .contains(scratch + "/" + IN_MESSAGE + "/missing, or set TMPDIR");
        assertThat(harmlessIn(missing, "run", "true").error()).contains(IN_MESSAGE);
    }

    private Cli.Result harmlessIn(Path temporary, String... arguments) throws IOException, InterruptedException {
        cli.env("TMPDIR", temporary.toString());
        return harmless(arguments);
    }

    static Stream<List<String>> callsThatFail() {
        return Stream.of(
                List.of("mktemp", HOSTILE),
                List.of("mktemp", "--suffix=" + HOSTILE, HOSTILE),
                List.of("mktemp", HOSTILE + "/missing/XXXX"),
                List.of("mktemp", "XXXX" + HOSTILE + "/x"),
                List.of("mktemp", "-t", HOSTILE + "/XXXX"),
                List.of("mktemp", "-p", "missing" + HOSTILE),
                List.of("mktemp", "-p", "sub", "/" + HOSTILE + "XXXX"),
                List.of("mktemp", "--" + HOSTILE),
                List.of("mktemp", "--d" + HOSTILE),
                List.of("mktemp", "-\u009b"),
                List.of("run", HOSTILE),
                List.of("run", "./" + HOSTILE),
                List.of("run", "--dir", "missing" + HOSTILE, "true"),
                List.of("run", "--prefix", HOSTILE + "/", "true"),
                List.of("run", "--" + HOSTILE),
                List.of("ls", HOSTILE),
                List.of("ls", "--" + HOSTILE),
                List.of("reap", "-" + HOSTILE),
                List.of("doctor", "--json=" + HOSTILE),
                List.of("tour", HOSTILE),
                List.of("help", HOSTILE),
                List.of("--" + HOSTILE),
                List.of(HOSTILE));
    }

    @ParameterizedTest
    @MethodSource("callsThatFail")
    void command_hostileArguments_areEscapedInWhatItReports(List<String> arguments)
            throws IOException, InterruptedException {
        Cli.Result result = harmless(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.error()).isNotEmpty();
    }

    @Test
    void mktemp_hostileTemplate_isPrintedExactlyAndExplainedEscaped() throws IOException, InterruptedException {
        Cli.Result result = cli.run("mktemp", "--explain", "-p", directory.toString(), HOSTILE + ".XXXX");
        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).startsWith(directory + "/" + HOSTILE + ".").endsWith("\n");
        assertThat(Path.of(result.output().substring(0, result.output().length() - 1)))
                .isRegularFile();
        assertHarmless(new Cli.Result(0, "", result.error()));
        assertThat(result.error()).contains(ESCAPED + "/" + ESCAPED + ".");
    }

    @Test
    void mktemp_templateThatIsNotUtf8_isRejectedInsteadOfAnotherNameCreated() throws IOException, InterruptedException {
        Path empty = Files.createDirectory(scratch.resolve("empty"));
        List<String> script = new ArrayList<>(
                List.of("sh", "-c", "exec \"$@\" mktemp -p \"$0\" \"$(printf 'a\\377.XXXX')\"", empty.toString()));
        script.addAll(cli.command());
        Cli.Result result = cli.runOther(script.toArray(String[]::new));
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.error()).contains("not in the encoding of this locale");
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void run_hostileDirectory_isHandedOnExactly() throws IOException, InterruptedException {
        Cli.Result result = cli.run("run", "--dir", directory.toString(), "sh", "-c", "printf %s \"$TMPDIR\"");
        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).startsWith(directory + "/run-");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void tour_hostileDirectory_isEscapedAndNothingIsLeft() throws IOException, InterruptedException {
        Cli.Result result = harmlessIn(directory, "tour");
        assertThat(result.exitCode()).as(result.error()).isZero();
        assertThat(result.output())
                .contains("gettempdir()     " + scratch + "/" + ESCAPED)
                .contains("7 things had a name, 0 are left.");
        assertThat(directory).isEmptyDirectory();
        assertThat(Files.exists(directory, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void progress_hostilePath_isEscaped() {
        assertThat(Progress.line(0, 1, Path.of("/tmp/\u001b[2J\n"), 0)).contains("/tmp/\\e[2J\\n");
    }

    @Test
    void warnings_hostileMessageAndException_areEscaped() {
        String printed = printedWarning(
                "other",
                () -> new Warnings()
                        .getLogger("x", Warnings.class.getModule())
                        .log(System.Logger.Level.WARNING, "message " + HOSTILE, new IOException("failed " + HOSTILE)));
        assertHarmless(new Cli.Result(0, printed, ""));
        assertThat(printed).contains("message " + IN_MESSAGE + ": failed " + IN_MESSAGE);
    }

    static String printedWarning(String threadName, Runnable logging) {
        PrintStream error = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            Thread thread = new Thread(logging, threadName);
            thread.start();
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            System.setErr(error);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the machine's own mktemp(1). */
class MktempTest {

    private static final String[] ENVIRONMENTS = {"", "tmpdir"};

    @TempDir
    Path scratch;

    private Path ours;
    private Path theirs;

    @BeforeEach
    void makeDirectories() throws IOException {
        for (String side : List.of("mine", "real")) {
            Files.createDirectories(scratch.resolve(side + "/sub"));
            Files.createDirectories(scratch.resolve(side + "/tmpdir/sub"));
            Files.createFile(scratch.resolve(side + "/file"));
        }
        ours = scratch.resolve("mine");
        theirs = scratch.resolve("real");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.XXXXXX",
                "-d a.XXXXXX",
                "-d",
                "",
                "sub/a.XXX",
                "a.XXXXXX.txt",
                "aXXXbXXXX",
                "XXX",
                "XX",
                "a.XX",
                "aXXXbXX",
                "plain",
                "--suffix=.txt a.XXXX",
                "--suffix .txt a.XXXX",
                "--suffix= a.XXXX",
                "--suffix=.txt a.XXXX.c",
                "--suffix=.txt",
                "--suffix=/x a.XXXX",
                "a.XXXX/b",
                "XXXX/b.XXX",
                "-p sub a.XXXX",
                "-psub a.XXXX",
                "-dp sub",
                "-p sub /abs.XXXX",
                "-p missing",
                "-p file",
                "--tmpdir a.XXXX",
                "--tmpdir=sub a.XXXX",
                "--tmpdir=sub sub/a.XXXX",
                "--tmpdir= a.XXXX",
                "--tmpdir",
                "--tmpdir=sub -p tmpdir",
                "-t a.XXXX",
                "-t sub/a.XXXX",
                "-t -p sub a.XXXX",
                "-dt",
                "-u a.XXXX",
                "-du",
                "-q missing/a.XXXX",
                "-q a.XX",
                "missing/a.XXXX",
                "a.XXXX b.XXXX",
                "-d ",
                "-t ",
                "-p ",
                "--dir ",
                "--suffix=.x ",
                " a.XXXX",
                "--bogus",
                "--directory a.XXXX",
                "--dry-run a.XXXX",
                "--quiet a.XXXX",
                "--suf=.x a.XXXX",
                "-- -a.XXXX",
                "..XXXX"
            })
    void mktemp_anyArguments_doesAsTheRealOne(String arguments) throws IOException, InterruptedException {
        assumeTrue(isGnu(), "GNU mktemp, to compare with");
        String[] split = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
        for (String environment : ENVIRONMENTS) {
            Cli.Result mine = cli(ours, environment).run(prepend("mktemp", split));
            Cli.Result real = cli(theirs, environment).runOther(prepend("mktemp", split));
            assertThat(mine.exitCode()).as("exit code; said %s", mine.error()).isEqualTo(real.exitCode());
            assertThat(mine.error().isEmpty())
                    .as("silence of: %s", mine.error())
                    .isEqualTo(real.error().isEmpty());
            assertThat(shape(ours, mine)).isEqualTo(shape(theirs, real));
            assertThat(permissions(ours, mine)).isEqualTo(permissions(theirs, real));
        }
    }

    private boolean isGnu() throws IOException, InterruptedException {
        try {
            return new Cli(scratch).runOther("mktemp", "--version").output().contains("GNU");
        } catch (IOException noMktemp) {
            return false;
        }
    }

    private Cli cli(Path directory, String environment) throws IOException {
        Cli cli = new Cli(scratch).in(directory);
        return environment.isEmpty()
                ? cli
                : cli.env("TMPDIR", directory.resolve(environment).toString());
    }

    private static String[] prepend(String first, String[] rest) {
        String[] all = new String[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** What was printed, but the side it was made on and the random characters. */
    private static String shape(Path side, Cli.Result result) {
        return result.line()
                        .replace(side.toString(), "SIDE")
                        .replaceFirst("(?<=a\\.|-a\\.|tmp\\.|\\.\\.|^|aXXXb)[A-Za-z0-9]{3,}(?=\\.[a-z]+$|$)", "RANDOM")
                + " of " + result.line().length() + (result.line().startsWith("/") ? " less the side" : "");
    }

    private static String permissions(Path side, Cli.Result result) throws IOException {
        Path path = side.resolve(result.line());
        if (result.line().isEmpty() || !Files.exists(path)) {
            return "nothing";
        }
        String permissions =
                PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + Files.isDirectory(path);
        if (!path.startsWith(side)) {
            Files.delete(path);
        }
        return permissions;
    }

    @Test
    void mktemp_umaskTakesAll_ownerHasAllTheSame() throws IOException, InterruptedException {
        assumeTrue(Files.getFileStore(scratch).supportsFileAttributeView("posix"), "POSIX permissions");
        Path made = Path.of(new Cli(scratch)
                .shell("umask 0777")
                .run("mktemp", "-p", ours.toString())
                .line());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rw-------");
    }

    @Test
    void mktemp_outputCannotBeWritten_failsAndLeavesNothing() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "/dev/full");
        Path empty = Files.createDirectory(scratch.resolve("empty"));
        Cli.Result result = new Cli(scratch)
                .runOther(
                        "sh",
                        "-c",
                        "exec \"$@\" >/dev/full",
                        "sh",
                        Cli.JAVA,
                        "-jar",
                        Cli.JAR,
                        "mktemp",
                        "-p",
                        empty.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.error()).contains("standard output");
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void mktemp_outputIsClosed_failsAndLeavesNothing() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")), "Linux");
        Path empty = Files.createDirectory(scratch.resolve("empty"));
        Cli.Result result = new Cli(scratch).shell("exec >&-").run("mktemp", "-p", empty.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.error()).contains("standard output");
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void mktemp_explain_saysWhoRemovesItOnTheErrorOutput() throws IOException, InterruptedException {
        Cli.Result result = new Cli(scratch).run("mktemp", "-p", ours.toString(), "--explain");
        assertThat(result.exitCode()).isZero();
        assertThat(Path.of(result.line())).isRegularFile();
        assertThat(result.error()).contains(result.line()).contains("the caller of mktemp removes it");
    }

    @Test
    void mktemp_json_isAnObjectThatNamesWhatWasMade() throws IOException, InterruptedException {
        Cli.Result result = new Cli(scratch).run("mktemp", "-d", "--json", "-p", ours.toString(), "\"ä\\.XXXX");
        assumeTrue(!result.error().contains("unmappable"), "a locale with these characters");
        assertThat(result.exitCode()).as(result.error()).isZero();
        assertThat(Path.of(result.json().get("path").getAsString())).isDirectory();
        assertThat(result.json().get("kind").getAsString()).isEqualTo("directory");
        assertThat(result.json().get("made").getAsBoolean()).isTrue();
        assertThat(result.json().get("removedBy").isJsonArray()).isTrue();
    }
}

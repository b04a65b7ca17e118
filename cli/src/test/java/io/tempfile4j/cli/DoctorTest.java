package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.tempfile4j.internal.platform.CurrentUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of directories that the test knows. */
class DoctorTest {

    @TempDir
    Path scratch;

    @Test
    void doctor_usableDirectory_saysWhyItIsChosenAndWhatItIs() throws IOException, InterruptedException {
        Path directory = Files.createDirectory(scratch.resolve("usable"));
        Cli.Result result = new Cli(scratch).env("TMPDIR", directory.toString()).run("doctor");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("chosen   TMPDIR")
                .contains(directory + ", by TMPDIR")
                .contains("file-system")
                .contains("free of")
                .contains("cleaner")
                .contains("native-access")
                .contains("journals in " + scratch.resolve("journals"))
                .doesNotContain("\u001b");
        assertThat(result.error()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void doctor_directoryThatIsRefused_isAProblemWithAdvice() throws IOException, InterruptedException {
        Path missing = scratch.resolve("missing");
        Cli.Result result = new Cli(scratch).env("TMPDIR", missing.toString()).run("doctor");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("refused  TMPDIR")
                .contains("does not exist")
                .contains("problem")
                .contains("→ fix " + missing);
    }

    @Test
    void doctor_placeForJournalsThatDoesNotExist_isAProblemForThat() throws IOException, InterruptedException {
        Cli cli = new Cli(scratch).env("TMPDIR", scratch.toString());
        Path journals = cli.journalDirectory().getParent();
        Files.delete(journals);
        Cli.Result result = cli.run("doctor");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("no directory for journals: " + journals + " does not exist");
        Files.createFile(journals);
        assertThat(cli.run("doctor").output()).contains("no directory for journals: " + journals);
    }

    @Test
    void doctorJson_directoryOpenToAllWithoutStickyBit_isPassedOverForThat() throws IOException, InterruptedException {
        assumeTrue(Files.getFileStore(scratch).supportsFileAttributeView("posix"), "POSIX permissions");
        Path open = Files.createDirectory(scratch.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Cli.Result result = new Cli(scratch).env("TMPDIR", open.toString()).run("doctor", "--json");
        assertThat(result.exitCode()).isEqualTo(1);
        JsonObject json = result.json();
        assertThat(json.get("ok").getAsBoolean()).isFalse();
        JsonObject first = json.getAsJsonArray("candidates").get(0).getAsJsonObject();
        assertThat(first.get("origin").getAsString()).isEqualTo("TMPDIR");
        assertThat(first.get("usable").getAsBoolean()).isTrue();
        assertThat(first.get("chosen").getAsBoolean()).isFalse();
        assertThat(first.get("exposure").getAsString()).contains("sticky bit");
    }

    /** The sticky bit of a directory does not stop its owner. */
    @Test
    void doctor_directoryOfAnotherUser_isSaidToBeExposed() throws IOException, InterruptedException {
        assumeTrue(Integer.valueOf(0).equals(CurrentUser.uid()), "root");
        Path theirs = Files.createDirectory(scratch.resolve("theirs"));
        Files.setAttribute(theirs, "unix:mode", 01777);
        Files.setAttribute(theirs, "unix:uid", 12_345);
        Cli.Result result = new Cli(scratch).env("TMPDIR", theirs.toString()).run("doctor");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains(
                        "TMPDIR is not used: others can replace what is in it: " + theirs + " belongs to another user");
    }

    @Test
    void doctorJson_usableDirectory_hasAFindingForEachTopic() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/mountinfo")), "Linux");
        JsonObject json = new Cli(scratch)
                .env("TMPDIR", scratch.toString())
                .run("doctor", "--json")
                .json();
        assertThat(json.get("directory").getAsString()).isEqualTo(scratch.toString());
        List<String> topics = new ArrayList<>();
        for (JsonElement finding : json.getAsJsonArray("findings")) {
            topics.add(finding.getAsJsonObject().get("topic").getAsString());
            assertThat(finding.getAsJsonObject().get("level").getAsString()).isIn("ok", "note", "problem");
        }
        assertThat(topics)
                .contains(
                        "directory",
                        "file-system",
                        "space",
                        "inodes",
                        "trust",
                        "noexec",
                        "O_TMPFILE",
                        "cleaner",
                        "native-access",
                        "crash-cleanup");
    }

    @Test
    void doctor_journalDirectoryOpenToOthers_isAProblem() throws IOException, InterruptedException {
        assumeTrue(Files.getFileStore(scratch).supportsFileAttributeView("posix"), "POSIX permissions");
        Cli cli = new Cli(scratch);
        Path journals = Files.createDirectories(cli.journalDirectory());
        Files.setPosixFilePermissions(journals, PosixFilePermissions.fromString("rwxrwxrwx"));
        Cli.Result result = cli.run("doctor");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("no directory for journals").contains("is not private");
    }
}

package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other processes hold, and what they have left. */
class LsAndReapTest {

    @TempDir
    Path scratch;

    private Path directory;
    private Cli cli;
    private Process holder;
    private Path file;
    private Path tree;

    @BeforeEach
    void startAProgramThatHoldsThings() throws IOException {
        directory = Files.createDirectory(scratch.resolve("temporary"));
        cli = new Cli(scratch);
        holder = cli.start(
                cli.java("-cp", System.getProperty("java.class.path"), Holder.class.getName(), directory.toString()));
        BufferedReader output = holder.inputReader();
        file = Path.of(output.readLine());
        tree = Path.of(output.readLine());
    }

    @AfterEach
    void endIt() throws InterruptedException {
        holder.destroyForcibly().waitFor();
    }

    @Test
    void ls_anotherProcessIsAlive_listsItsThingsAndReapLeavesThem() throws IOException, InterruptedException {
        Cli.Result listed = cli.run("ls");
        assertThat(listed.exitCode()).isZero();
        assertThat(listed.output())
                .contains(holder.pid() + " " + Holder.class.getName())
                .contains("alive")
                .contains("1000 B  " + file)
                .contains("500 B  " + tree + "/")
                .contains("2 alive, 0 orphaned");
        assertThat(cli.run("reap").output()).contains("0 removed");
        assertThat(file).exists();
        assertThat(tree.resolve("content")).exists();
    }

    @Test
    void lsJson_anotherProcessIsAlive_saysTheSameToMachines() throws IOException, InterruptedException {
        JsonObject process = onlyProcess();
        assertThat(process.get("pid").getAsLong()).isEqualTo(holder.pid());
        assertThat(process.get("program").getAsString()).isEqualTo(Holder.class.getName());
        assertThat(process.get("alive").getAsBoolean()).isTrue();
        assertThat(paths(process.getAsJsonArray("items")))
                .containsExactlyInAnyOrder("file 1000 " + file, "directory 500 " + tree);
    }

    @Test
    void reap_processWasKilled_removesWhatItLeft() throws IOException, InterruptedException {
        holder.destroyForcibly().waitFor();
        assertThat(cli.run("ls").output()).contains("orphaned").contains("0 alive, 2 orphaned");
        assertThat(onlyProcess().get("alive").getAsBoolean()).isFalse();

        Cli.Result dry = cli.run("reap", "--dry-run");
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.output())
                .contains("would remove " + file)
                .contains("would remove " + tree)
                .contains("2 would be removed");
        JsonObject dryJson = cli.run("reap", "-n", "--json").json();
        assertThat(dryJson.get("dryRun").getAsBoolean()).isTrue();
        assertThat(dryJson.get("removedCount").getAsInt()).isEqualTo(2);
        assertThat(file).exists();
        assertThat(tree.resolve("content")).exists();

        Cli.Result reaped = cli.run("reap");
        assertThat(reaped.exitCode()).isZero();
        assertThat(reaped.error()).isEmpty();
        assertThat(reaped.output())
                .contains("removed " + file)
                .contains("removed " + tree)
                .contains("2 removed");
        assertThat(directory).isEmptyDirectory();
        assertThat(cli.run("ls").output()).contains("0 alive, 0 orphaned");
    }

    @Test
    void reapJson_processWasKilled_listsWhatWasRemoved() throws IOException, InterruptedException {
        holder.destroyForcibly().waitFor();
        JsonObject report = cli.run("reap", "--json").json();
        assertThat(report.get("dryRun").getAsBoolean()).isFalse();
        assertThat(report.get("removedCount").getAsInt()).isEqualTo(2);
        assertThat(report.get("remainingCount").getAsInt()).isZero();
        assertThat(report.getAsJsonArray("removed").toString())
                .contains(file.toString())
                .contains(tree.toString());
        assertThat(report.getAsJsonArray("unreadable")).isEmpty();
    }

    @Test
    void ls_somethingElseIsAtThePath_isNotListedAndReapLeavesIt() throws IOException, InterruptedException {
        holder.destroyForcibly().waitFor();
        Path strangers = Files.createFile(scratch.resolve("strangers"));
        Files.delete(file);
        Files.move(strangers, file);
        assertThat(cli.run("ls").output()).doesNotContain(file.toString()).contains(tree.toString());
        cli.run("reap");
        assertThat(file).exists();
        assertThat(tree).doesNotExist();
    }

    @Test
    void reap_journalIsDamaged_saysSoAndExitsWithOne() throws IOException, InterruptedException {
        holder.destroyForcibly().waitFor();
        Path journal = Path.of(onlyProcess().get("journal").getAsString());
        Files.writeString(journal, "no journal");
        Cli.Result reaped = cli.run("reap");
        assertThat(reaped.exitCode()).isEqualTo(1);
        assertThat(reaped.error()).contains(journal.toString());
        assertThat(cli.run("ls").error()).contains(journal.toString());
        assertThat(cli.run("ls", "--json").json().getAsJsonArray("unreadable").toString())
                .contains(journal.toString());
        Cli.Result examined = cli.run("doctor");
        assertThat(examined.exitCode()).isEqualTo(1);
        assertThat(examined.output()).contains("1 cannot be read");
    }

    /** Its directory was renamed: nothing tells whether what was in it is gone. */
    @Test
    void reap_whatIsLeftCannotBeSeen_isListedWithTheReasonUntilItIsForgotten()
            throws IOException, InterruptedException {
        holder.destroyForcibly().waitFor();
        Path elsewhere = Files.move(directory, scratch.resolve("elsewhere"));
        assertThat(cli.run("ls").output())
                .contains(file + "  (is not removed: its parent directory is missing)")
                .contains("0 alive, 0 orphaned, 2 cannot be seen from here");
        JsonObject item = onlyProcess().getAsJsonArray("items").get(0).getAsJsonObject();
        assertThat(item.get("undecided").getAsBoolean()).isTrue();

        Cli.Result reaped = cli.run("reap");
        assertThat(reaped.exitCode()).isEqualTo(1);
        assertThat(reaped.output()).contains("0 removed, 2 cannot be seen from here");
        assertThat(reaped.error()).contains("undecided " + file).contains("its parent directory is missing");
        assertThat(cli.run("reap", "--json").json().get("undecidedCount").getAsInt())
                .isEqualTo(2);
        assertThat(cli.run("reap", "--dry-run").output()).contains("would keep " + file);
        assertThat(cli.run("reap", "-n", "--forget").output()).contains("would forget " + file);

        Cli.Result forgotten = cli.run("reap", "--forget");
        assertThat(forgotten.exitCode()).isZero();
        assertThat(forgotten.output()).contains("forgot " + file).contains("0 removed, 2 forgotten");
        assertThat(cli.run("ls").output()).contains("0 alive, 0 orphaned").doesNotContain("cannot be seen");
        assertThat(elsewhere).isNotEmptyDirectory();
    }

    @Test
    void reap_entryInDoubt_isReportedAndExitsWithOne() throws IOException, InterruptedException {
        Process guessable = cli.start(cli.java(
                "-cp", System.getProperty("java.class.path"), Holder.class.getName(), directory.toString(), "3"));
        Path doubtful = Path.of(guessable.inputReader().readLine());
        guessable.inputReader().readLine();
        guessable.destroyForcibly().waitFor();
        // Others could have created this one: with so short a name it is not known for certain.
        Path other = Files.createFile(scratch.resolve("other"));
        Files.delete(doubtful);
        Files.move(other, doubtful);
        Cli.Result reaped = cli.run("reap");
        assertThat(reaped.exitCode()).isEqualTo(1);
        assertThat(reaped.error()).contains("remains " + doubtful);
        assertThat(doubtful).exists();
    }

    @Test
    void warnings_ofTheReaper_areMutedUnlessTheCommandIsReap() {
        System.Logger logger = new Warnings().getLogger("x", Warnings.class.getModule());
        Runnable logging = () -> logger.log(System.Logger.Level.WARNING, "in doubt");
        assertThat(HostileNamesTest.printedWarning("tempfile4j-reaper", logging))
                .isEmpty();
        System.setProperty("tempfile4j.journal", scratch.toString());
        try {
            assertThat(Main.commandLine("reap").execute("reap", "--dry-run")).isZero();
        } finally {
            System.clearProperty("tempfile4j.journal");
        }
        assertThat(HostileNamesTest.printedWarning("tempfile4j-reaper", logging))
                .contains("in doubt");
    }

    private JsonObject onlyProcess() throws IOException, InterruptedException {
        JsonArray processes = cli.run("ls", "--json").json().getAsJsonArray("processes");
        assertThat(processes).hasSize(1);
        return processes.get(0).getAsJsonObject();
    }

    private static List<String> paths(JsonArray items) {
        List<String> paths = new ArrayList<>();
        items.forEach(item -> {
            JsonObject object = item.getAsJsonObject();
            paths.add(object.get("kind").getAsString() + " "
                    + object.get("bytes").getAsLong() + " " + object.get("path").getAsString());
        });
        return paths;
    }
}

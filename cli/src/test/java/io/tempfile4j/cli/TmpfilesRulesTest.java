package io.tempfile4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of our own in place of the machine's. */
class TmpfilesRulesTest {

    @TempDir
    Path scratch;

    private Path etc;
    private Path usr;

    @BeforeEach
    void makeDirectories() throws IOException {
        etc = Files.createDirectory(scratch.resolve("etc"));
        usr = Files.createDirectory(scratch.resolve("usr"));
    }

    private TmpfilesRules rules() {
        return TmpfilesRules.read(List.of(etc, scratch.resolve("none"), usr));
    }

    @Test
    void removing_ruleWithAge_isFoundForWhatIsBelow() throws IOException {
        Files.writeString(
                usr.resolve("tmp.conf"), "# a comment\n\nq /tmp 1777 root root 10d\nq /var/tmp 1777 root root 30d\n");
        TmpfilesRules.Rule rule = rules().removing(Path.of("/tmp/a/b"));
        assertThat(rule.age()).isEqualTo("10d");
        assertThat(rule.file()).isEqualTo(usr.resolve("tmp.conf"));
        assertThat(rules().removing(Path.of("/var/tmp")).age()).isEqualTo("30d");
        assertThat(rules().removing(Path.of("/home"))).isNull();
    }

    @Test
    void removing_sameFileNameInTheEarlierDirectory_hidesTheOther() throws IOException {
        Files.writeString(usr.resolve("tmp.conf"), "q /tmp 1777 root root 10d\n");
        Files.writeString(etc.resolve("tmp.conf"), "q /tmp 1777 root root 2h\n");
        assertThat(rules().removing(Path.of("/tmp")).age()).isEqualTo("2h");
        Files.writeString(etc.resolve("tmp.conf"), "");
        assertThat(rules().removing(Path.of("/tmp"))).isNull();
    }

    @Test
    void removing_twoLinesAboutOnePath_firstByFileNameCounts() throws IOException {
        Files.writeString(usr.resolve("b.conf"), "d /tmp 1777 root root 10d\n");
        Files.writeString(etc.resolve("c.conf"), "d /tmp 1777 root root 20d\n");
        assertThat(rules().removing(Path.of("/tmp")).age()).isEqualTo("10d");
    }

    @Test
    void removing_directoryWithALineOfItsOwn_isNotUnderThatOfItsParent() throws IOException {
        Files.writeString(
                usr.resolve("tmp.conf"),
                "d /tmp 1777 root root 10d\nd /tmp/kept 0755 root root -\nd /tmp/short - - - 1h\n");
        assertThat(rules().removing(Path.of("/tmp/kept/x"))).isNull();
        assertThat(rules().removing(Path.of("/tmp/short")).age()).isEqualTo("1h");
    }

    @Test
    void removing_exemptedByPattern_isNull() throws IOException {
        Files.writeString(usr.resolve("tmp.conf"), "D! /tmp 1777 root root 10d\nx /tmp/systemd-private-*\n");
        assertThat(rules().removing(Path.of("/tmp/systemd-private-x/tmp"))).isNull();
        assertThat(rules().removing(Path.of("/tmp/other"))).isNotNull();
    }

    @Test
    void files_ofThisMachine_areThoseThatSystemdReads() throws IOException, InterruptedException {
        Cli.Result real;
        try {
            real = new Cli(scratch).runOther("systemd-tmpfiles", "--cat-config");
        } catch (IOException none) {
            assumeTrue(false, "systemd-tmpfiles, to compare with");
            return;
        }
        assumeTrue(real.exitCode() == 0, "a systemd-tmpfiles that shows its configuration");
        List<String> read = real.output()
                .lines()
                .filter(line -> line.matches("# /.*/tmpfiles\\.d/[^ ]*\\.conf"))
                .map(line -> line.substring(2))
                .toList();
        assertThat(TmpfilesRules.read(TmpfilesRules.DIRECTORIES).files())
                .extracting(Path::toString)
                .containsExactlyElementsOf(read);
    }

    @Test
    void mount_find_takesTheNearestAndTheLatest() {
        List<String> table = List.of(
                "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
                "30 22 0:26 / /tmp rw,nosuid,noexec - tmpfs tmpfs rw",
                "31 22 0:27 / /with\\040blank rw - xfs /dev/sdb rw",
                "32 30 0:28 / /tmp rw,nosuid - tmpfs other rw");
        assertThat(Mount.find(Path.of("/tmp/a"), table).options()).containsExactlyInAnyOrder("rw", "nosuid");
        assertThat(Mount.find(Path.of("/tmp/a"), table).isInMemory()).isTrue();
        assertThat(Mount.find(Path.of("/tmpfile"), table).type()).isEqualTo("ext4");
        assertThat(Mount.find(Path.of("/with blank/x"), table).type()).isEqualTo("xfs");
    }
}

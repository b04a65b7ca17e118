package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another user who has prepared the directory in which root's processes keep their journals; real processes, real users. */
@Timeout(120)
@Needs({Need.ROOT, Need.CC})
class JournalAttackTest extends CrashSuite {

    private static final String ATTACKER = "65533";
    private static final int STARTS = 3;

    private Path program;

    @BeforeEach
    void compile() throws Exception {
        Path source = scratch.resolve("journals.c");
        try (InputStream in = JournalAttackTest.class.getResourceAsStream("/journals.c")) {
            Files.copy(in, source);
        }
        program = scratch.resolve("journals-attack");
        assertThat(RemovalSuite.run("cc", "-O2", "-o", program.toString(), source.toString()))
                .isEmpty();
    }

    private Process attack(String verb, Path directory, Path with) throws IOException {
        List<String> command = List.of(
                "setpriv",
                "--reuid=" + ATTACKER,
                "--regid=" + ATTACKER,
                "--clear-groups",
                program.toString(),
                verb,
                directory.toString(),
                with.toString());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Runs the victim's processes while the attacker waits; returns what the attacker saw. */
    private static List<String> under(Process attacker, Victim victim) throws Exception {
        try (BufferedReader output = attacker.inputReader(UTF_8)) {
            assertThat(output.readLine()).isEqualTo("ready");
            victim.run();
            assertThat(attacker.isAlive()).isTrue();
            attacker.toHandle().destroy();
            return output.lines().collect(Collectors.toList());
        } finally {
            attacker.destroyForcibly();
            attacker.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @FunctionalInterface
    private interface Victim {
        void run() throws Exception;
    }

    private static void give(Path entry) throws IOException {
        Files.setAttribute(entry, "unix:uid", Integer.valueOf(ATTACKER));
        Files.setAttribute(entry, "unix:gid", Integer.valueOf(ATTACKER));
    }

    /**
     * The attacker is there first, with journals that name root's files by their true identity, and exchanges each entry
     * that root creates in that directory for one of theirs: whoever finds out in there who they are becomes the attacker.
     */
    @Test
    void reap_anotherUsersDirectoryWhereEntriesAreExchanged_isNotBelievedNorWrittenTo() throws Exception {
        kill(child(CrashTest.MakesAndPrints.class));
        Path directory = journalDirectory();
        List<Path> made = Backend.entries(space);
        assertThat(made).hasSize(2);
        for (Path journal : Backend.entries(directory)) {
            give(journal);
        }
        Path decoy = Files.createFile(directory.resolve("decoy-mine"));
        give(decoy);
        give(directory);
        Files.setAttribute(journals, "unix:mode", 01777);

        List<String> removed = new ArrayList<>();
        List<String> seen = under(attack("exchange", directory, decoy), () -> {
            for (int i = 0; i < STARTS; i++) {
                Reaped reaped = reap();
                removed.addAll(reaped.removed());
                assertThat(reaped.skipped()).hasSize(1).allMatch(line -> line.contains("another user"));
            }
        });
        assertThat(removed).isEmpty();
        assertThat(seen).isEmpty();
        assertThat(Backend.entries(space)).isEqualTo(made);
    }

    /** Root creates the directory there and gives it a mode; the attacker puts a link to a victim in its place. */
    @Test
    void make_placeOfAnotherUserWhereEntriesAreExchangedForLinks_victimKeepsItsModeAndNothingIsCreated()
            throws Exception {
        Path victim = directory("victim");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rwxr-xr-x"));
        give(journals);
        List<String> seen = under(attack("link", journals, victim), () -> {
            for (int i = 0; i < STARTS; i++) {
                ChildJvm.Result result = child(CrashTest.EndsWellWithout.class).run();
                assertThat(result.output()).contains("made").contains("belongs to another user");
            }
        });
        assertThat(seen).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(victim)))
                .isEqualTo("rwxr-xr-x");
        assertThat(journals).isEmptyDirectory();
    }

    /** The way to the directory for temporary files, which has to do for the journals too, is another user's. */
    @Test
    @Needs({Need.ROOT, Need.CC, Need.MOUNT})
    void make_wayToThePlaceIsAnotherUsers_isNotUsed() throws Exception {
        Path theirs = directory("theirs");
        Path below = theirs.resolve("below");
        String nothingElse = "mount -t tmpfs -o ro tmpfs /var/tmp"
                + " && mount -t tmpfs -o mode=0755,uid=" + ATTACKER + " tmpfs '" + theirs + "' && mkdir '" + below + "'"
                + " && mount --rbind /tmp /tmp && mount -o remount,bind,ro /tmp || exit 99";
        ChildJvm.Result result = ChildJvm.of(CrashTest.EndsWellWithout.class)
                .env("TMPDIR", below.toString())
                .wrap("unshare", "--mount")
                .shell(nothingElse)
                .run();
        assertThat(result.output())
                .contains("made")
                .contains("temporary files go to " + below)
                .contains("FileSystemException: " + below + ": others can replace what is in it: " + theirs);
    }
}

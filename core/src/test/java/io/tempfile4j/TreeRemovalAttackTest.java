package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.internal.platform.Snapshot;
import io.tempfile4j.internal.platform.SwapAtEachStep;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Group J: somebody swaps directories for links to a victim while they are removed; the victim is what it was. */
@Timeout(120)
class TreeRemovalAttackTest extends RemovalSuite {

    private static final int REMOVALS = 2_000;
    private static final String ATTACKER = "65533";

    /** Makes the tree of its first argument again and again, and removes it; says how often it was attacked. */
    static final class Main {
        private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxrwxrwx");
        private static final Set<PosixFilePermission> BLIND = PosixFilePermissions.fromString("-wx------");
        private static final Set<PosixFilePermission> CLOSED = PosixFilePermissions.fromString("---------");

        public static void main(String[] arguments) throws IOException {
            Path tree = Path.of(arguments[0]);
            int incomplete = 0;
            for (int i = 0; i < REMOVALS; i++) {
                build(tree);
                incomplete += isRemoved(tree) ? 0 : 1;
            }
            System.out.println("removed " + REMOVALS + ", not all at once " + incomplete);
        }

        /** Elsewhere, or the attacker would have the test itself change the victim. */
        private static void build(Path tree) throws IOException {
            Path hidden = tree.resolveSibling("hidden");
            for (String name : List.of("sub", "sub/deep", "blind", "closed")) {
                Files.createDirectories(hidden.resolve(name));
                Files.createFile(hidden.resolve(name).resolve("file"));
            }
            Files.setPosixFilePermissions(hidden.resolve("sub/deep"), OPEN);
            Files.setPosixFilePermissions(hidden.resolve("sub"), OPEN);
            Files.setPosixFilePermissions(hidden.resolve("blind"), BLIND);
            Files.setPosixFilePermissions(hidden.resolve("closed"), CLOSED);
            Files.setPosixFilePermissions(hidden, OPEN);
            Files.move(hidden, tree);
        }

        /** Again and again: what the attacker puts back meanwhile is there, too. */
        private static boolean isRemoved(Path tree) throws IOException {
            TemporaryDirectory adopted = TemporaryDirectory.adopt(tree);
            for (int tries = 0; ; tries++) {
                try {
                    adopted.cleanup();
                    return tries == 0;
                } catch (CleanupException left) {
                    if (tries == 1_000) {
                        throw left;
                    }
                }
            }
        }

        private Main() {}
    }

    private Path home;
    private Path victim;

    @BeforeEach
    void workInMemory() throws IOException {
        inMemory();
    }

    private void makeVictim(boolean unprivileged) throws IOException {
        home = unprivileged ? unprivilegedDirectory("home", 0755) : directory("home");
        victim = unprivileged ? unprivilegedDirectory("victim", 0755) : directory("victim");
        for (String name : List.of("deep", "sub")) {
            Path directory = unprivileged ? unprivilegedDirectory("victim/" + name, 0755) : directory("victim/" + name);
            Files.writeString(directory.resolve("file"), "precious");
        }
        Files.writeString(victim.resolve("file"), "precious");
        Files.writeString(victim.resolve("file-2"), "precious");
    }

    private Process attack(List<String> as, String... targets) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(as);
        command.addAll(List.of(trees().toString(), "attack", victim.toString()));
        for (String target : targets) {
            command.add(home.resolve("tree").resolve(target).toString());
        }
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private void assertVictimSurvives(ChildJvm remover, Process attacker) throws IOException, InterruptedException {
        try (BufferedReader said = attacker.inputReader(UTF_8)) {
            assertThat(said.readLine()).isEqualTo("ready");
            Snapshot before = Snapshot.of(victim);
            ChildJvm.Result result =
                    remover.args(home.resolve("tree").toString()).run();
            assertThat(attacker.isAlive()).isTrue();
            attacker.toHandle().destroy();
            assertThat(Integer.parseInt(said.readLine())).isGreaterThan(10);
            assertThat(result.exitCode()).as(result.output()).isZero();
            assertThat(result.output()).startsWith("removed " + REMOVALS);
            assertThat(Snapshot.of(victim)).isEqualTo(before);
        } finally {
            attacker.destroyForcibly();
            attacker.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static List<String> as(String user) {
        return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
    }

    @Test
    @Behaviour({300, 312})
    @Needs(Need.CC)
    void cleanup_sameUserSwapsDirectories_victimIsUntouched() throws Exception {
        makeVictim(false);
        Process attacker = attack(List.of(), "sub", "sub/deep");
        assertVictimSurvives(ChildJvm.of(Main.class), attacker);
    }

    /** A daemon of root's that cleans up after a user. */
    @Test
    @Behaviour({300, 312})
    @Needs({Need.ROOT, Need.CC})
    void cleanup_otherUserSwapsDirectoriesOfRoots_victimIsUntouched() throws Exception {
        makeVictim(false);
        Process attacker = attack(as(ATTACKER), "sub", "sub/deep", "blind", "closed");
        assertVictimSurvives(ChildJvm.of(Main.class), attacker);
    }

    /** What its owner may not read, only a change of mode by name makes readable: not the victim's. */
    @Test
    @Behaviour({300, 301, 312})
    @Needs({Need.ROOT, Need.CC})
    void cleanup_otherUserSwapsDirectoriesWithoutPermissions_victimIsUntouched() throws Exception {
        makeVictim(true);
        Process attacker = attack(as(ATTACKER), "closed", "blind", "sub");
        assertVictimSurvives(unprivileged(ChildJvm.of(Main.class)), attacker);
    }

    /** Not even the same user: the directory has a name by then that nobody can know. */
    @Test
    @Behaviour({300, 301, 312})
    @Needs(Need.CC)
    void cleanup_sameUserSwapsDirectoriesWithoutPermissions_victimIsUntouched() throws Exception {
        makeVictim(true);
        List<String> as = ChildJvm.isRoot() ? as(ChildJvm.UNPRIVILEGED) : List.of();
        assumeTrue(as.isEmpty() || hasProgram("setpriv"), "no setpriv(1)");
        Process attacker = attack(as, "closed", "blind", "sub", "sub/deep");
        assertVictimSurvives(unprivileged(ChildJvm.of(Main.class)), attacker);
    }

    /** An attacker who always comes at the right moment; {@code SecureTreeRemovalTest} runs the same in this process. */
    @Test
    @Behaviour({301, 303, 312})
    void cleanup_swapAtEachStepForAUserWhoIsNotRoot_victimIsUntouched() throws Exception {
        Path directory = unprivilegedDirectory("steps", 0755);
        ChildJvm.Result result = unprivileged(ChildJvm.of(SwapAtEachStep.class))
                .args(directory.toString())
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).hasSize(10).allMatch(line -> line.matches("[A-Z_]+ [1-9]\\d+"));
    }
}

package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.NoUsableTempDirectoryException;
import io.tempfile4j.ReapReport;
import io.tempfile4j.TempSpace;
import io.tempfile4j.Tempfile;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The code of {@code docs/guides/containers.md}, and its claims: processes with a read-only root, and {@code /tmp} a tmpfs,
 * as {@code docker run --read-only --tmpfs /tmp} has it.
 */
class ContainersTest {

    @Test
    void main_readOnlyRootAndTmpfs_usesTheTmpfs() throws Exception {
        List<String> said = Container.run(Container.READ_ONLY + Container.TMPFS + java("start"));
        assertThat(said).containsExactly("temporary files go to /tmp");
    }

    @Test
    void main_readOnlyRootAndNothingElse_saysWhyOfEachCandidate() throws Exception {
        List<String> said = Container.run(
                Container.READ_ONLY + "mount --bind /tmp /tmp && mount -o remount,bind,ro /tmp && " + java("start"));
        assertThat(said)
                .anyMatch(line -> line.contains("/tmp: ") && line.contains("Read-only file system"))
                .anyMatch(line -> line.contains("/var/tmp: ") && line.contains("Read-only file system"));
    }

    @Test
    void main_killedAndStartedAgainInTheSameContainer_removesWhatItLeft() throws Exception {
        List<String> said = Container.run(
                Container.READ_ONLY + Container.TMPFS + java("crash") + "; ls /tmp | grep -c ^left-; " + java("reap"));
        assertThat(said).containsExactly("1", "removed 1");
    }

    @Test
    void main_openToAllWithoutStickyBit_isUsedWithAWarningWhereNothingElseIs() throws Exception {
        String emptyDir = Container.READ_ONLY + "mount -t tmpfs -o mode=0777 tmpfs /tmp && ";
        assertThat(Container.run(emptyDir + java("start")))
                .contains("temporary files go to /tmp")
                .anyMatch(line -> line.startsWith("WARNING: temporary files go to /tmp, but others can replace")
                        && line.contains("sticky bit"));
    }

    @Test
    void main_privateDirectoryInAVolumeThatIsOpenToAll_isUsedAndWhatWasLeftThereIsRemoved() throws Exception {
        String own = Container.READ_ONLY + "mount -t tmpfs -o mode=0777 tmpfs /tmp && mkdir -p -m 700 /tmp/own"
                + " && export TMPDIR=/tmp/own JDK_JAVA_OPTIONS=-Dtempfile4j.journal=/tmp/own && ";
        assertThat(Container.run(own + java("start")))
                .contains("temporary files go to /tmp/own")
                .anyMatch(line -> line.startsWith("WARNING: temporary files go to /tmp/own, but others can replace"));
        assertThat(Container.run(own + java("crash") + "; " + java("reap"))).contains("removed 1");
    }

    /** A mount point in it stands for what is in use, a loaded DLL say. */
    @Test
    void main_endsWhileItsDirectoryIsInUse_theNextOneRemovesIt() throws Exception {
        String used = Container.TMPFS + "mkdir /tmp/a /tmp/b; ";
        for (String[] mode : new String[][] {{"say", "1"}, {"ignore", "0"}}) {
            String ended = java("use", mode[0]) + " 2>&1 | grep -c 'could not remove'; ls /tmp/a | wc -l; ";
            String again = "umount /tmp/a/*; " + java("again") + "; ls /tmp/a | wc -l";
            assertThat(Container.run(Container.READ_ONLY + used + ended + again))
                    .containsExactly(mode[1], "1", "0");
        }
    }

    private static String java(String... arguments) {
        return Container.java(Main.class, arguments);
    }

    public static final class Main {
        @SuppressWarnings("UnusedVariable") // kept from being garbage
        private static TemporaryDirectory directoryInUse;

        public static void main(String[] arguments) throws Exception {
            switch (arguments[0]) {
                case "start" -> start();
                case "reap" -> reap();
                case "make" -> make();
                case "use" -> use(arguments[1].equals("ignore"));
                case "again" -> again();
                default -> crash();
            }
        }

        private static void start() throws IOException {
            // @start region="start"
            try {
                System.out.println("temporary files go to " + Tempfile.gettempdir());
            } catch (NoUsableTempDirectoryException none) {
                none.candidates().forEach(System.err::println); // each with the reason why it does not serve
                System.exit(1);
            }
            // @end
        }

        private static void reap() throws IOException {
            // @start region="reap"
            ReapReport report = TempSpace.reapOrphans(); // what killed processes of this user have left
            System.out.println("removed " + report.removedCount());
            // @end
        }

        /** The first making starts the clean-up, which the second call waits for. */
        private static void make() throws IOException {
            NamedTemporaryFile.create().close();
            TempSpace.reapOrphans();
        }

        /** Ends by itself, orderly. */
        private static void use(boolean ignore) throws Exception {
            TempSpace space = TempSpace.builder()
                    .directory(Path.of("/tmp/a"))
                    .ignoreCleanupErrors(ignore)
                    .open();
            directoryInUse = space.temporaryDirectory();
            String path = directoryInUse.path().toString();
            new ProcessBuilder("mount", "-t", "tmpfs", "tmpfs", path).start().waitFor();
        }

        private static void again() throws IOException {
            TempSpace.in(Path.of("/tmp/b")).namedTemporaryFile().close();
            TempSpace.reapOrphans();
        }

        private static void crash() throws Exception {
            try (NamedTemporaryFile file = NamedTemporaryFile.create("left-", "")) {
                String self = String.valueOf(ProcessHandle.current().pid());
                new ProcessBuilder("kill", "-KILL", self).start().waitFor();
                Thread.sleep(Long.MAX_VALUE);
                file.flush();
            }
        }

        private Main() {}
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tempfile4j.internal.platform.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group J: mount points inside are not crossed. */
@Needs(Need.MOUNT)
class TreeRemovalMountTest extends RemovalSuite {

    /** Removes the tree of its argument, says what is left, ends the mounts and removes it again. */
    static final class Main {
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path tree = Path.of(arguments[0]);
            System.out.println(RemovalMain.remove(tree));
            for (int i = 1; i < arguments.length; i++) {
                Path mount = tree.resolve(arguments[i]);
                System.out.println(arguments[i] + " " + Backend.entries(mount).size());
                System.out.print(run("umount", mount.toString()));
            }
            if (arguments.length > 1) {
                System.out.println(RemovalMain.remove(tree));
            }
        }

        private Main() {}
    }

    private ChildJvm child(Path tmpfs, String commands) throws IOException, InterruptedException {
        return mounting(ChildJvm.of(Main.class), tmpfs, "size=16m", "set -e; (cd '" + tmpfs + "'; " + commands + ")");
    }

    @Test
    @Behaviour({322, 340})
    void cleanup_mountPointInside_isReportedNotCrossedAndGoesLater() throws Exception {
        Path tree = directory("tree");
        Files.createDirectories(tree.resolve("sub/mount"));
        Files.createFile(tree.resolve("sub/file"));
        Files.createFile(tree.resolve("file"));
        ChildJvm.Result result = child(tree.resolve("sub/mount"), "mkdir deep; touch file deep/file")
                .args(tree.toString(), "sub/mount")
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).hasSize(4);
        assertThat(result.lines().get(0)).isEqualTo("left 1");
        assertThat(result.lines().get(1))
                .startsWith(tree.resolve("sub/mount") + " java.nio.file.FileSystemException: ")
                .contains("mount: ");
        assertThat(result.lines().subList(2, 4)).containsExactly("sub/mount 2", "removed");
        assertThat(tree).doesNotExist();
    }

    /** A directory, or a file, that is mounted a second time has the device of what it is mounted on. */
    @Test
    @Behaviour(322)
    void cleanup_boundInside_isReportedAndNothingChangesWhereItComesFrom() throws Exception {
        Path victim = directory("victim");
        Files.createDirectory(victim.resolve("deep"));
        Files.writeString(victim.resolve("file"), "precious");
        Path tree = directory("tree");
        Files.createDirectory(tree.resolve("bound"));
        Files.createDirectories(tree.resolve("closed/bound"));
        Files.createFile(tree.resolve("bound-file"));
        Path tmpfs = directory("tmpfs");
        Snapshot before = Snapshot.of(victim);
        ChildJvm.Result result = child(
                        tmpfs,
                        "for at in bound closed/bound; do mount --bind '" + victim + "' '" + tree + "'/$at; done; "
                                + "mount --bind '" + victim + "'/file '" + tree + "'/bound-file; chmod 0 '" + tree
                                + "'/closed")
                .args(tree.toString(), "bound", "closed/bound")
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines().get(0)).isEqualTo("left 3");
        assertThat(result.lines())
                .anyMatch(line -> line.startsWith(tree.resolve("bound") + " "))
                .anyMatch(line -> line.startsWith(tree.resolve("closed/bound") + " "))
                .anyMatch(line -> line.startsWith(tree.resolve("bound-file") + " "))
                .contains("bound 2", "closed/bound 2");
        assertThat(Snapshot.of(victim)).isEqualTo(before);
    }

    /** Directories of a lower layer cannot be renamed: deep trees of an image are removed all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"off", "on"})
    @Behaviour(320)
    void cleanup_deepTreeOfALowerLayer_isRemoved(String redirect) throws Exception {
        Path tmpfs = directory("tmpfs");
        String deep = "lower/tree" + "/d".repeat(40);
        String mount = "mkdir -p upper work merged " + deep + "; touch " + deep + "/file; "
                + "mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,redirect_dir=" + redirect
                + " merged || exit 77";
        ChildJvm.Result result = child(tmpfs, mount)
                .args(tmpfs.resolve("merged/tree").toString())
                .run();
        assumeFalse(result.exitCode() == 77, "no overlay here: " + result.output());
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).containsExactly("removed");
    }
}

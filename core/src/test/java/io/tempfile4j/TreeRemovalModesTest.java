package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.internal.platform.PathRemovalMain;
import io.tempfile4j.internal.platform.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group J: whatever permissions the owner has left to himself, what is his goes; what is outside keeps its own. */
class TreeRemovalModesTest extends RemovalSuite {

    /** Who removes. */
    enum User {
        ROOT,
        OTHER
    }

    private ChildJvm child(User user) throws IOException, InterruptedException {
        return child(user, RemovalMain.class);
    }

    private ChildJvm child(User user, Class<?> main) throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.of(main);
        if (user == User.OTHER) {
            return unprivileged(child);
        }
        assumeTrue(ChildJvm.isRoot(), "not root");
        return child;
    }

    /** A directory of the user. */
    private Path home(User user, String name, int mode) throws IOException {
        return user == User.OTHER ? unprivilegedDirectory(name, mode) : modeOf(directory(name), mode);
    }

    private static Path modeOf(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
        return path;
    }

    private void giveTo(User user, Path tree) throws IOException {
        if (user == User.OTHER && ChildJvm.isRoot()) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.toList()) {
                    Files.setAttribute(
                            path, "unix:uid", Integer.valueOf(ChildJvm.UNPRIVILEGED), LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    private static void assertRemoved(ChildJvm.Result result, int trees) {
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).hasSize(trees).containsOnly("removed");
    }

    private static void makeLevels(Path directory, int levels, Path victim) throws IOException {
        Files.createFile(directory.resolve("file"));
        Files.createSymbolicLink(directory.resolve("to-file"), victim.resolve("file"));
        Files.createSymbolicLink(directory.resolve("to-directory"), victim.resolve("directory"));
        Files.createSymbolicLink(directory.resolve("to-no-file"), victim.resolve("missing"));
        Files.createSymbolicLink(
                directory.resolve("to-nothing"), victim.resolve("missing").resolve("missing"));
        for (int i = 0; levels > 1 && i < 2; i++) {
            makeLevels(Files.createDirectory(directory.resolve("sub-" + i)), levels - 1, victim);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({293, 301, 303, 317})
    void cleanup_anyModeForTheOwnerOnEverything_isRemovedAndVictimsAreAsBefore(User user) throws Exception {
        removeTreesOfAllModes(child(user, RemovalMain.class), user);
    }

    /** Where there are no directory handles: macOS, as its JDK has it. */
    @Test
    @Behaviour({293, 301, 303, 317})
    void removeByPath_anyModeForTheOwnerOnEverything_isRemovedAndVictimsAreAsBefore() throws Exception {
        removeTreesOfAllModes(child(User.OTHER, PathRemovalMain.class), User.OTHER);
    }

    /** Eight trees of three levels; of the n-th, all that is in it has the mode n for its owner. */
    private void removeTreesOfAllModes(ChildJvm child, User user) throws Exception {
        Path home = home(user, "home", 0700);
        Path victim = Files.createDirectory(home.resolve("victim"));
        Files.writeString(victim.resolve("file"), "precious");
        Files.createDirectory(victim.resolve("directory"));
        List<String> trees = new ArrayList<>();
        for (int mode = 0; mode < 8; mode++) {
            Path tree = Files.createDirectory(home.resolve("tree-" + mode));
            makeLevels(tree, 3, victim);
            trees.add(tree.toString());
        }
        giveTo(user, home);
        for (int mode = 0; mode < 8; mode++) {
            shell(home, "find tree-" + mode + " -depth ! -type l -exec chmod 0" + mode + "00 {} +");
        }
        Snapshot before = Snapshot.of(victim);
        assertRemoved(child.args(trees.toArray(String[]::new)).run(), 8);
        assertThat(Snapshot.of(victim)).isEqualTo(before);
        assertThat(Backend.entries(home)).containsExactly(victim);
    }

    /** What the tree is in is not ours to change. */
    @ParameterizedTest
    @ValueSource(classes = {RemovalMain.class, PathRemovalMain.class})
    @Behaviour({327, 340})
    void cleanup_parentIsReadOnly_treeIsEmptiedAndTheParentAsBefore(Class<?> main) throws Exception {
        Path parent = unprivilegedDirectory("parent", 0700);
        Path tree = unprivilegedDirectory("parent/tree", 0700);
        Files.createFile(tree.resolve("file"));
        giveTo(User.OTHER, tree);
        modeOf(parent, 0500);
        ChildJvm.Result result = child(User.OTHER, main).args(tree.toString()).run();
        assertThat(result.output()).contains(tree.toString(), "AccessDeniedException");
        assertThat(tree).isEmptyDirectory();
        assertThat((Integer) Files.getAttribute(parent, "unix:mode") & 07777).isEqualTo(0500);
    }

    /** Deep enough that what has no permissions must also be moved. */
    @ParameterizedTest
    @ValueSource(ints = {0000, 0300, 0400, 0500})
    @Behaviour({303, 320})
    void cleanup_deepWithoutPermissions_isRemoved(int mode) throws Exception {
        Path home = home(User.OTHER, "home", 0700);
        List<Path> chain = new ArrayList<>();
        for (Path path = home; chain.size() < 40; ) {
            path = Files.createDirectory(path.resolve("d"));
            chain.add(path);
        }
        giveTo(User.OTHER, home);
        for (int i = chain.size() - 1; i >= 0; i--) {
            modeOf(chain.get(i), mode);
        }
        assertRemoved(child(User.OTHER).args(chain.get(0).toString()).run(), 1);
        assertThat(home).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour(313)
    void cleanup_hardLinkInAReadOnlyDirectory_fileOutsideKeepsItsMode(User user) throws Exception {
        Path home = home(user, "home", 0700);
        Path outside = modeOf(Files.writeString(home.resolve("outside"), "precious"), 0444);
        Path locked = modeOf(Files.createFile(home.resolve("locked")), 0000);
        // Each by itself: the first that is refused makes the directory writable for all that is in it.
        Path sub = Files.createDirectories(home.resolve("tree").resolve("sub"));
        Files.createLink(sub.resolve("inside"), outside);
        Path other = Files.createDirectories(home.resolve("tree").resolve("other"));
        Files.createLink(other.resolve("inside"), locked);
        giveTo(user, home);
        modeOf(sub, 0500);
        modeOf(other, 0500);
        assertRemoved(child(user).args(home.resolve("tree").toString()).run(), 1);
        assertThat((Integer) Files.getAttribute(outside, "unix:mode") & 07777).isEqualTo(0444);
        assertThat((Integer) Files.getAttribute(locked, "unix:mode") & 07777).isZero();
        assertThat(outside).hasContent("precious");
    }

    /** As in /tmp: the directory of the tree is not ours, but nobody may put anything in the tree's place. */
    @Test
    @Behaviour({301, 335})
    void cleanup_rootWithoutPermissionsInAStickyDirectory_isRemoved() throws Exception {
        Path tmp = modeOf(directory("tmp"), 01777);
        Path tree = unprivilegedDirectory("tmp/tree", 0700);
        Files.createFile(tree.resolve("file"));
        giveTo(User.OTHER, tree);
        modeOf(tree, 0000);
        assertRemoved(child(User.OTHER).args(tree.toString()).run(), 1);
        assertThat(tmp).isEmptyDirectory();
    }

    /**
     * Where others may swap it for a link, the mode is not changed by name; it is said, and the rest is done. Native calls
     * need no name: they change the mode of what they have located, and remove it.
     */
    @Test
    @Behaviour({327, 335})
    void cleanup_rootWithoutPermissionsWhereOthersMaySwapIt_isReported() throws Exception {
        Path open = modeOf(directory("open"), 0777);
        Path tree = unprivilegedDirectory("open/tree", 0700);
        Files.createFile(tree.resolve("file"));
        giveTo(User.OTHER, tree);
        modeOf(tree, 0000);
        ChildJvm.Result result = child(User.OTHER).args(tree.toString()).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        if (ChildJvm.NATIVE) {
            assertThat(result.lines()).containsExactly("removed");
            assertThat(tree).doesNotExist();
        } else {
            assertThat(result.lines()).containsExactly("left 1", tree + " java.nio.file.AccessDeniedException: tree");
            modeOf(tree, 0700);
            assertThat(tree.resolve("file")).exists();
        }
        modeOf(open, 0755);
    }

    /** Directories of others cannot be emptied; all that can be is, and what is left has its name and reason. */
    @Test
    @Behaviour({327, 340})
    @Needs(Need.ROOT)
    void cleanup_directoriesOfOthersInIt_restIsGoneAndTheFirstHundredAreNamed() throws Exception {
        Path tree = unprivilegedDirectory("tree", 0700);
        Path foreign = directory("tree/foreign");
        for (int i = 0; i < 150; i++) {
            Files.createFile(foreign.resolve("entry-" + i));
        }
        Path closed = modeOf(directory("tree/closed"), 0700);
        Files.createFile(closed.resolve("file"));
        Files.createFile(unprivilegedDirectory("tree/own", 0500).resolve("file"));
        ChildJvm.Result result =
                child(User.OTHER).args(tree.toString(), tree.toString()).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).hasSize(2 * 101);
        for (List<String> left :
                List.of(result.lines().subList(0, 101), result.lines().subList(101, 202))) {
            assertThat(left.get(0)).isEqualTo("left 151");
            assertThat(left.subList(1, 101))
                    .doesNotHaveDuplicates()
                    .allSatisfy(line -> assertThat(line)
                            .matches(tree + "/(foreign/entry-\\d+|closed) java.nio.file.AccessDeniedException: .*"));
        }
        assertThat(Backend.entries(tree)).containsExactly(closed, foreign);
        assertThat((Integer) Files.getAttribute(closed, "unix:mode") & 07777).isEqualTo(0700);
        assertThat((Integer) Files.getAttribute(foreign, "unix:mode") & 07777).isEqualTo(0755);
    }
}

package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tempfile4j.Behaviour;
import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import io.tempfile4j.internal.platform.Directory.Removal;
import io.tempfile4j.internal.platform.SteppedStream.Call;
import io.tempfile4j.internal.platform.TreeRemovalException.Remnant;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Removal relative to directory handles, step by step. */
@Needs({Need.PORTABLE, Need.HANDLES})
class SecureTreeRemovalTest {

    @TempDir
    Path scratch;

    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        scratch = scratch.toRealPath();
        tree = Files.createDirectory(scratch.resolve("tree"));
    }

    private Removal remove(SteppedStream.Listener listener) throws IOException {
        Identity identity =
                Identity.of(Files.readAttributes(tree, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        return remove(listener, identity);
    }

    private Removal remove(SteppedStream.Listener listener, Identity identity) throws IOException {
        try (SecureDirectoryStream<Path> parent = SwapAtEachStep.open(scratch)) {
            return SecureTreeRemoval.remove(new SteppedStream(parent, listener), tree, identity);
        }
    }

    private void makeSmallTree() throws IOException {
        Files.createDirectories(tree.resolve("sub/deep"));
        Files.createDirectories(tree.resolve("empty"));
        for (String name : List.of("file", "sub/file", "sub/deep/file")) {
            Files.createFile(tree.resolve(name));
        }
    }

    /** With the JDK's means, as another program would. */
    private static void removeByOthers(Path root) throws IOException {
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
                for (Path entry : entries) {
                    removeByOthers(entry);
                }
            }
        }
        Files.deleteIfExists(root);
    }

    /** As root nothing is closed to us; the same runs in a process of another user elsewhere. */
    @ParameterizedTest
    @EnumSource
    @Behaviour({300, 312})
    void remove_directorySwappedForALinkAtEachStep_victimIsUntouched(SwapAtEachStep.Target target) throws IOException {
        assertThat(new SwapAtEachStep(scratch, target).run()).isGreaterThanOrEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "sub", "sub/deep", "sub/deep/file", "empty", ""})
    @Behaviour({307, 308})
    void remove_othersRemoveItAtEachStep_isSilent(String what) throws IOException {
        int[] steps = {0};
        for (int n = 0; n <= steps[0]; n++) {
            steps[0] = 0;
            int now = n;
            Files.createDirectories(tree);
            makeSmallTree();
            remove((call, name) -> {
                if (steps[0]++ == now) {
                    removeByOthers(what.isEmpty() ? tree : tree.resolve(what));
                }
            });
            assertThat(tree).as("step %s", n).doesNotExist();
        }
        assertThat(steps[0]).isGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "sub", "sub/deep", "empty"})
    @Behaviour(308)
    void remove_entryChangesItsKindAtEachStep_isRemovedAtTheLatestBySecondRemoval(String what) throws IOException {
        int[] steps = {0};
        for (int n = 0; n <= steps[0]; n++) {
            steps[0] = 0;
            int now = n;
            Files.createDirectories(tree);
            makeSmallTree();
            Throwable failure = catchThrowable(() -> remove((call, name) -> {
                if (steps[0]++ == now && Files.exists(tree.resolve(what))) {
                    boolean directory = Files.isDirectory(tree.resolve(what));
                    removeByOthers(tree.resolve(what));
                    if (directory) {
                        Files.createFile(tree.resolve(what));
                    } else {
                        Files.createDirectories(tree.resolve(what).resolve("file"));
                    }
                }
            }));
            if (failure == null) {
                assertThat(tree).doesNotExist();
            } else {
                assertThat(failure).isInstanceOf(TreeRemovalException.class);
                assertThat(remove((call, name) -> {})).isEqualTo(Removal.REMOVED);
            }
        }
        assertThat(steps[0]).isGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sub"})
    @Behaviour(323)
    void remove_entriesAreAddedAsFast_givesUpAfterABoundedNumberOfPasses(String where) throws IOException {
        makeSmallTree();
        Path directory = where.isEmpty() ? tree : tree.resolve(where);
        int[] passes = {0};
        Throwable failure = catchThrowable(() -> remove((call, name) -> {
            if (call == Call.DELETE_DIRECTORY && name.equals(directory.getFileName())) {
                Files.createFile(directory.resolve("added-" + passes[0]++));
            }
        }));
        Throwable cause = failure instanceof TreeRemovalException tree
                ? tree.remnants().get(0).cause()
                : failure;
        assertThat(cause).isInstanceOf(DirectoryNotEmptyException.class).hasMessageContaining(directory.toString());
        assertThat(passes[0]).isBetween(10, 40);
        assertThat(remove((call, name) -> {})).isEqualTo(Removal.REMOVED);
    }

    @Test
    @Behaviour(323)
    void remove_entriesAreAddedForAWhile_isRemoved() throws IOException {
        makeSmallTree();
        int[] left = {10};
        remove((call, name) -> {
            if (call == Call.DELETE_DIRECTORY && left[0] > 0) {
                Files.createDirectories(tree.resolve("sub/added-" + left[0]--));
            }
        });
        assertThat(left[0]).isZero();
        assertThat(tree).doesNotExist();
    }

    @Test
    @Behaviour({312, 320})
    void remove_anyDepth_opensAConstantNumberOfHandles() throws IOException {
        Path deep = tree;
        for (int i = 0; i < 300; i++) {
            deep = Files.createDirectory(deep.resolve("d" + i));
            Files.createFile(deep.resolveSibling("file"));
        }
        int[] open = {0, 0};
        int stack = Thread.currentThread().getStackTrace().length;
        int[] deepest = {0};
        remove((call, name) -> {
            open[0] += call == Call.OPEN ? 1 : call == Call.CLOSE ? -1 : 0;
            open[1] = Math.max(open[0], open[1]);
            deepest[0] = Math.max(deepest[0], Thread.currentThread().getStackTrace().length);
        });
        assertThat(tree).doesNotExist();
        assertThat(open[0]).isZero();
        assertThat(open[1]).isLessThan(12);
        assertThat(deepest[0] - stack).isLessThan(80);
    }

    /** A file system may refuse to rename directories, as overlayfs does. */
    @Test
    @Behaviour(320)
    void remove_directoriesCannotBeMoved_isRemovedAllTheSame() throws IOException {
        Path deep = tree;
        for (int i = 0; i < 60; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        remove((call, name) -> {
            if (call == Call.MOVE) {
                throw new AtomicMoveNotSupportedException(name.toString(), "", "injected");
            }
        });
        assertThat(tree).doesNotExist();
    }

    @Test
    @Behaviour(320)
    void remove_directoriesCannotBeMovedAndAreTooManyLevels_saysSo() throws IOException {
        Path deep = tree;
        for (int i = 0; i < 80; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        assertThatExceptionOfType(TreeRemovalException.class)
                .isThrownBy(() -> remove((call, name) -> {
                    if (call == Call.MOVE) {
                        throw new AtomicMoveNotSupportedException(name.toString(), "", "injected");
                    }
                }))
                .satisfies(failure -> assertThat(failure.remnants())
                        .singleElement()
                        .satisfies(remnant ->
                                assertThat(remnant.cause()).isInstanceOf(AtomicMoveNotSupportedException.class)));
        remove((call, name) -> {});
        assertThat(tree).doesNotExist();
    }

    @Test
    @Behaviour(318)
    void remove_anyTree_opensNothingButDirectories() throws IOException {
        makeSmallTree();
        Files.createSymbolicLink(tree.resolve("link"), scratch);
        List<String> opened = new ArrayList<>();
        remove((call, name) -> {
            if (call == Call.OPEN) {
                opened.add(name.toString());
            }
        });
        assertThat(opened).containsExactlyInAnyOrder("tree", "sub", "deep");
    }

    @Test
    @Behaviour(340)
    void remove_manyCannotBeRemoved_theFirstHundredAreListedAndAllAreCounted() throws IOException {
        makeSmallTree();
        for (int i = 0; i < 150; i++) {
            Files.createFile(tree.resolve("sub").resolve("stuck-" + i));
        }
        FileSystemException stuck = new FileSystemException("stuck");
        assertThatExceptionOfType(TreeRemovalException.class)
                .isThrownBy(() -> remove((call, name) -> {
                    if (call == Call.DELETE_FILE && name.toString().startsWith("stuck")) {
                        throw stuck;
                    }
                }))
                .satisfies(failure -> {
                    assertThat(failure.count()).isEqualTo(150);
                    assertThat(failure.remnants()).hasSize(100).allSatisfy(remnant -> {
                        assertThat(remnant.path()).hasParent(tree.resolve("sub"));
                        assertThat(remnant.cause()).isSameAs(stuck);
                    });
                    assertThat(failure.remnants()).extracting(Remnant::path).doesNotHaveDuplicates();
                });
        try (DirectoryStream<Path> left = Files.newDirectoryStream(tree)) {
            assertThat(left).containsExactly(tree.resolve("sub"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            names = {"OPEN", "HAS_NEXT", "NEXT", "DELETE_DIRECTORY"})
    @Behaviour(340)
    void remove_aStepFails_theRestIsRemovedAndTheFailureReported(Call failing) throws IOException {
        makeSmallTree();
        FileSystemException injected = new FileSystemException("injected");
        boolean[] done = {false, false};
        assertThatExceptionOfType(TreeRemovalException.class)
                .isThrownBy(() -> remove((call, name) -> {
                    done[0] |= call == Call.OPEN && name.endsWith("deep");
                    if (done[0] && !done[1] && call == failing) {
                        done[1] = true;
                        throw injected;
                    }
                }))
                .satisfies(failure -> assertThat(failure.remnants())
                        .singleElement()
                        .satisfies(remnant -> assertThat(remnant.cause()).isSameAs(injected)));
        assertThat(tree.resolve("file")).doesNotExist();
        assertThat(tree.resolve("empty")).doesNotExist();
        remove((call, name) -> {});
        assertThat(tree).doesNotExist();
    }

    @Test
    @Behaviour({310, 311})
    void remove_identityOfAnother_isAStrangerAndUntouched() throws IOException {
        makeSmallTree();
        Snapshot before = Snapshot.of(tree);
        Identity other = Identity.of(Files.readAttributes(scratch, BasicFileAttributes.class));
        assertThat(remove((call, name) -> {}, other)).isEqualTo(Removal.STRANGER);
        assertThat(SecureTreeRemoval.removeByPath(tree, other)).isEqualTo(Removal.STRANGER);
        assertThat(Snapshot.of(tree)).isEqualTo(before);
    }

    /** The last moment: it was looked at, and is opened now. */
    @Test
    @Behaviour({310, 311})
    void remove_anotherDirectoryTakesItsPlaceBeforeItIsOpened_isAStrangerAndUntouched() throws IOException {
        makeSmallTree();
        Path stranger = Files.createDirectory(scratch.resolve("stranger"));
        Files.createFile(stranger.resolve("file"));
        Removal removal = remove((call, name) -> {
            if (call == Call.OPEN) {
                Files.move(tree, scratch.resolve("moved"));
                Files.move(stranger, tree);
            }
        });
        assertThat(removal).isEqualTo(Removal.STRANGER);
        assertThat(tree.resolve("file")).exists();
        assertThat(scratch.resolve("moved/sub/deep/file")).exists();
    }

    @Test
    @Behaviour({300, 308})
    void remove_directoryBecomesALinkBeforeItIsOpened_linkIsRemovedAndNothingReported() throws IOException {
        makeSmallTree();
        Path victim = Files.createDirectory(scratch.resolve("victim"));
        Files.createFile(victim.resolve("file"));
        remove((call, name) -> {
            if (call == Call.OPEN && name.endsWith("sub")) {
                removeByOthers(tree.resolve("sub"));
                Files.createSymbolicLink(tree.resolve("sub"), victim);
            }
        });
        assertThat(tree).doesNotExist();
        assertThat(victim.resolve("file")).exists();
    }

    @Test
    void removeByPath_tree_isRemoved() throws IOException {
        makeSmallTree();
        Identity identity = Identity.of(Files.readAttributes(tree, BasicFileAttributes.class));
        assertThat(SecureTreeRemoval.removeByPath(tree, identity)).isEqualTo(Removal.REMOVED);
        assertThat(tree).doesNotExist();
        assertThat(SecureTreeRemoval.removeByPath(tree, identity)).isEqualTo(Removal.ABSENT);
    }

    @Test
    @Behaviour(311)
    void removeByPath_movedAwayWithALinkInItsPlace_isAStrangerAndUntouched() throws IOException {
        makeSmallTree();
        Identity identity = Identity.of(Files.readAttributes(tree, BasicFileAttributes.class));
        Path elsewhere = Files.move(tree, scratch.resolve("elsewhere"));
        Files.createSymbolicLink(tree, elsewhere);
        Snapshot before = Snapshot.of(elsewhere);
        assertThat(SecureTreeRemoval.removeByPath(tree, identity)).isEqualTo(Removal.STRANGER);
        assertThat(Snapshot.of(elsewhere)).isEqualTo(before);
        assertThat(tree).isSymbolicLink();
    }
}

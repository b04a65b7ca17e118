package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Group J: trees of any depth and any width, with few descriptors, a small stack and a small heap. */
@Needs(Need.CC)
class TreeRemovalSizeTest extends RemovalSuite {

    private Path tree;

    @BeforeEach
    void makeTree() throws IOException {
        inMemory();
        tree = directory("tree");
    }

    private ChildJvm poorChild(String heap) {
        return ChildJvm.of(RemovalMain.class)
                .shell("ulimit -n 64")
                .options("-Xmx" + heap, "-Xss512k")
                .args(tree.toString());
    }

    private void assertRemoved(ChildJvm child) throws IOException, InterruptedException {
        ChildJvm.Result result = child.run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines()).containsExactly("removed");
        assertThat(tree).doesNotExist();
    }

    /** A path of half a million characters. */
    @Test
    @Behaviour(320)
    void cleanup_tenThousandLevels_areRemovedWithFewDescriptorsAndASmallStack() throws Exception {
        build("deep", tree, 10_000, 50);
        assertRemoved(poorChild("64m"));
    }

    @Test
    @Behaviour(320)
    void cleanup_longestNamesBeyondPathMax_areRemoved() throws Exception {
        build("deep", tree, 200, 255);
        assertRemoved(poorChild("64m"));
    }

    @Test
    @Behaviour({303, 320})
    void cleanup_deepAndNotRootsButReadOnly_isRemoved() throws Exception {
        build("deep", tree, 2_000, 50);
        // By the handle of each directory, or the paths would be too long.
        shell(tree, "find . -depth -type d -execdir chmod 0500 {} + && chmod 0700 .");
        if (ChildJvm.isRoot()) {
            shell(tree.getParent(), "chown -R " + ChildJvm.UNPRIVILEGED + " .");
        }
        assertRemoved(unprivileged(poorChild("64m")));
    }

    /** A list of the entries would not fit. */
    @Test
    @Behaviour(321)
    void cleanup_hundredThousandEntries_areRemovedInASmallHeap() throws Exception {
        build("flat", tree, 100_000);
        assertRemoved(poorChild("12m"));
    }

    /** Many deep branches, each of which is moved, and their remains in turn. */
    @Test
    @Behaviour(320)
    void cleanup_manyDeepBranches_areRemoved() throws Exception {
        for (int i = 0; i < 20; i++) {
            build("deep", Files.createDirectory(tree.resolve("branch-" + i)), 300, 20);
        }
        assertRemoved(poorChild("64m"));
    }

    @Test
    @Tag("stress")
    @Behaviour(320)
    void cleanup_hundredThousandLevels_areRemoved() throws Exception {
        build("deep", tree, 100_000, 100);
        assertRemoved(poorChild("64m"));
    }

    @Test
    @Tag("stress")
    @Behaviour(321)
    void cleanup_millionEntries_areRemovedInASmallHeap() throws Exception {
        build("flat", tree, 1_000_000);
        assertRemoved(poorChild("64m"));
    }

    /** Elsewhere than in memory. */
    @ParameterizedTest
    @ValueSource(ints = {10_000, 100_000})
    @Tag("stress")
    @Behaviour({320, 321})
    void cleanup_deepAndWideOnDisk_isRemoved(int size) throws Exception {
        tree = Files.createDirectory(
                Files.createTempDirectory("tempfile4j-test").resolve("tree"));
        build("deep", Files.createDirectory(tree.resolve("deep")), size, 100);
        build("flat", Files.createDirectory(tree.resolve("flat")), size);
        assertRemoved(poorChild("64m"));
        Files.delete(tree.getParent());
    }
}

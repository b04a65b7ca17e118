package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refreshing goes by path and by chmod(2), which follows links: never where another user could put one. */
@Needs({Need.PROC, Need.ROOT})
class TouchTest {

    private static final int OTHER = 12_345;
    private static final long TICK_NANOS = 20_000_000;

    @TempDir
    Path scratch;

    private Path tree;
    private Path own;

    @BeforeEach
    void build() throws IOException {
        scratch = scratch.toRealPath();
        tree = Files.createDirectory(scratch.resolve("tree"));
        own = file("own");
    }

    private Path file(String name) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    private static Object changed(Path entry) throws IOException {
        return Files.getAttribute(entry, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    }

    /** Touches the tree; the clock of the kernel has ticked meanwhile, so that what was touched looks so. */
    private void touch() throws IOException {
        Instant before = Instant.now();
        while (Instant.now().isBefore(before.plusNanos(TICK_NANOS))) {
            LockSupport.parkNanos(TICK_NANOS);
        }
        Touch.touch(tree);
    }

    @Test
    void touch_ownFile_looksChanged() throws IOException {
        Path below = file("below/file");
        Object before = changed(own);
        Object beforeBelow = changed(below);
        touch();
        assertThat(changed(own)).isNotEqualTo(before);
        assertThat(changed(below)).isNotEqualTo(beforeBelow);
    }

    /** In it, its owner could exchange a file of root's for a link to another one, and have root change the mode of that. */
    @Test
    void touch_directoryOfAnotherUserInTheTree_isNotEntered() throws IOException {
        Path roots = file("theirs/file");
        Path deep = file("theirs/deep/file");
        Files.setAttribute(tree.resolve("theirs"), "unix:uid", OTHER);
        Object before = changed(roots);
        Object beforeDeep = changed(deep);
        touch();
        assertThat(changed(roots)).isEqualTo(before);
        assertThat(changed(deep)).isEqualTo(beforeDeep);
    }

    @Test
    void touch_directoryThatOthersCanWriteTo_isNotEntered() throws IOException {
        Path file = file("open/file");
        Files.setAttribute(tree.resolve("open"), "unix:mode", 0777);
        Object before = changed(file);
        touch();
        assertThat(changed(file)).isEqualTo(before);
    }

    @Test
    void touch_fileOfAnotherUser_isLeftAlone() throws IOException {
        Path theirs = file("theirs");
        Files.setAttribute(theirs, "unix:uid", OTHER);
        Object before = changed(theirs);
        touch();
        assertThat(changed(theirs)).isEqualTo(before);
    }

    @Test
    void touch_whereOthersCanReplaceEntries_touchesNothingButTheDirectoryItself() throws IOException {
        Files.setAttribute(scratch, "unix:uid", OTHER);
        FileTime before = (FileTime) Files.getAttribute(tree, "lastAccessTime");
        Object beforeOwn = changed(own);
        touch();
        assertThat((FileTime) Files.getAttribute(tree, "lastAccessTime")).isGreaterThan(before);
        assertThat(changed(own)).isEqualTo(beforeOwn);
        Files.setAttribute(scratch, "unix:uid", 0);
    }
}

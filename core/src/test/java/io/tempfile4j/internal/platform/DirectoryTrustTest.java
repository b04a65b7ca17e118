package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import io.tempfile4j.internal.platform.DirectoryTrust.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who can replace entries of a directory, by owner and mode of all that its path leads through. */
@Needs({Need.PROC, Need.ROOT})
class DirectoryTrustTest {

    private static final int ROOT = 0;
    private static final int OTHER = 12_345;

    @TempDir
    Path scratch;

    @BeforeEach
    void resolveScratch() throws IOException {
        scratch = scratch.toRealPath();
    }

    private Path directory(String name, int mode, int owner) throws IOException {
        Path directory = Files.createDirectories(scratch.resolve(name));
        Files.setAttribute(directory, "unix:mode", mode);
        Files.setAttribute(directory, "unix:uid", owner);
        return directory;
    }

    @ParameterizedTest
    @CsvSource({
        "0700, 0, PRIVATE",
        "0755, 0, PRIVATE",
        "1777, 0, STICKY",
        "1770, 0, STICKY",
        "0777, 0, EXPOSED",
        "0770, 0, EXPOSED",
        "0775, 0, EXPOSED",
        "0702, 0, EXPOSED",
        "0755, 12345, EXPOSED",
        "0700, 12345, EXPOSED",
        "1777, 12345, EXPOSED",
    })
    void of_modeAndOwner_isOfThatKind(String mode, int owner, Kind kind) throws IOException {
        Path directory = directory("directory", Integer.parseInt(mode, 8), owner);
        DirectoryTrust trust = DirectoryTrust.of(directory);
        assertThat(trust.kind()).isEqualTo(kind);
        assertThat(trust.isExposed()).isEqualTo(kind == Kind.EXPOSED);
        if (kind == Kind.EXPOSED) {
            assertThat(trust.reason())
                    .contains(directory.toString())
                    .containsAnyOf("another user (" + OTHER + ")", "no sticky bit");
        } else {
            assertThat(trust.reason()).isEmpty();
        }
    }

    @Test
    void of_belowADirectoryOfAnotherUser_isExposed() throws IOException {
        Path theirs = directory("theirs", 0755, OTHER);
        Path below = directory("theirs/below", 0700, ROOT);
        DirectoryTrust trust = DirectoryTrust.of(below);
        assertThat(trust.reason()).contains(theirs + " belongs to another user");
        assertThat(trust.exposedOnTheWay()).isTrue();
        Files.setAttribute(below, "unix:mode", 0777);
        assertThat(DirectoryTrust.of(below).exposedOnTheWay()).isFalse();
    }

    @Test
    void of_belowASharedStickyDirectory_isPrivate() throws IOException {
        directory("shared", 01777, ROOT);
        assertThat(DirectoryTrust.of(directory("shared/own", 0700, ROOT)).kind())
                .isEqualTo(Kind.PRIVATE);
    }

    @Test
    void of_linkOfAnotherUserInASharedDirectory_isExposed() throws IOException {
        Path own = directory("own", 0700, ROOT);
        Path link = Files.createSymbolicLink(directory("shared", 01777, ROOT).resolve("link"), own);
        assertThat(DirectoryTrust.of(link).kind()).isEqualTo(Kind.PRIVATE);
        Files.setAttribute(link, "unix:uid", OTHER, LinkOption.NOFOLLOW_LINKS);
        assertThat(DirectoryTrust.of(link).reason()).contains("the symbolic link " + link, "another user");
    }

    /** The link in the path is root's, and leads through one that is not. */
    @Test
    void of_linkThroughALinkOfAnotherUser_isExposed() throws IOException {
        Path own = directory("own", 0700, ROOT);
        Path theirs = Files.createSymbolicLink(directory("shared", 01777, ROOT).resolve("theirs"), own);
        Files.setAttribute(theirs, "unix:uid", OTHER, LinkOption.NOFOLLOW_LINKS);
        Path link = Files.createSymbolicLink(scratch.resolve("link"), theirs);
        assertThat(DirectoryTrust.of(link).isExposed()).isTrue();
    }

    @Test
    void of_relativeLinksAndDots_areResolvedAsTheKernelDoes() throws IOException {
        Path own = directory("a/b/own", 0700, ROOT);
        directory("exposed", 0777, ROOT);
        Path link = Files.createSymbolicLink(scratch.resolve("link"), Path.of("a/b/../b/own"));
        assertThat(DirectoryTrust.of(link).kind()).isEqualTo(Kind.PRIVATE);
        assertThat(DirectoryTrust.of(own.resolve("../../../a/b")).kind()).isEqualTo(Kind.PRIVATE);
        assertThat(DirectoryTrust.of(scratch.resolve("exposed/../a")).isExposed())
                .isTrue();
    }

    @Test
    void of_linksInACircle_isReported() throws IOException {
        Path one = scratch.resolve("one");
        Files.createSymbolicLink(one, scratch.resolve("two"));
        Files.createSymbolicLink(scratch.resolve("two"), one);
        assertThatThrownBy(() -> DirectoryTrust.of(one))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("too many symbolic links");
    }

    @Test
    void of_missingDirectory_isReported() {
        assertThatThrownBy(() -> DirectoryTrust.of(scratch.resolve("missing/x")))
                .isInstanceOf(NoSuchFileException.class);
    }
}

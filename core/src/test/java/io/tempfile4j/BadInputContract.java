package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and directories that cannot be: a precise exception, and nothing left. */
abstract class BadInputContract extends Contract {

    BadInputContract(Backend.Kind kind) {
        super(kind);
    }

    // ---- Names

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "sub/", "/", "../x", "/etc/x", "a\0b", "\0", ".."})
    @Behaviour({63, 64, 65, 66, 69, 71, 72, 128, 164})
    void make_partThatLeavesTheDirectoryOrHasNul_isRefusedNamingTheArgument(String part) throws IOException {
        Path sub = Files.createDirectory(directory().resolve("sub"));
        for (Making making : Making.values()) {
            if (making.hasName()) {
                assertRefused(() -> making.in(space, part, ""), "prefix");
                assertRefused(() -> making.in(space, "", part), "suffix");
            }
        }
        assertRefused(() -> Tempfile.mkstemp(directory(), part, ""), "prefix");
        assertRefused(() -> Tempfile.mkdtemp(directory(), "", part), "suffix");
        assertRefused(() -> mktemp(part, ""), "prefix");
        assertRefused(() -> mktemp("", part), "suffix");
        assertRefused(() -> backend.builder().prefix(part).open(), "prefix");
        assertRefused(() -> backend.builder().suffix(part).open(), "suffix");
        assertThat(backend.entries()).containsExactly(sub);
        assertThat(Backend.entries(sub)).isEmpty();
    }

    @SuppressWarnings("deprecation") // it is tested, too
    private Path mktemp(String prefix, String suffix) throws IOException {
        return Tempfile.mktemp(directory(), prefix, suffix);
    }

    private static void assertRefused(ThrowingCallable call, String part) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(part + " '")
                // A NUL would end the message where C code shows it.
                .message()
                .doesNotContain("\0");
    }

    /** Said before the directory is even looked at. */
    @Test
    @Behaviour({63, 69})
    void make_separatorAndMissingDirectory_theNameIsToBlame() throws IOException {
        TempSpace gone = goneSpace();
        for (Making making : Making.values()) {
            if (making.hasName()) {
                assertThatThrownBy(() -> making.in(gone, "a/b", ""))
                        .as("%s", making)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\", "a\\b", "c:", "x:stream", "*", "?", "\"", "<", ">", "|", "\n", "\u001f", ".", "x.", "x "})
    @Behaviour({70, 77})
    void make_suffixNotOfWindows_isRefusedOnWindowsAndUsedOnPosix(String suffix) throws IOException {
        for (Making making : Making.values()) {
            if (!making.hasName()) {
                continue;
            }
            if (backend.hasWindowsNames()) {
                assertRefused(() -> making.in(space, "", suffix), "suffix");
            } else {
                try (Making.Made made = making.in(space, "", suffix)) {
                    assertThat(made.name()).endsWith(suffix);
                }
            }
        }
        assertThat(backend.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"con.", "NUL.", "Com1.x", "lpt9.tar.", "aux ."})
    @Behaviour(77)
    void make_prefixThatNamesADevice_isRefusedOnWindowsAndUsedOnPosix(String prefix) throws IOException {
        if (backend.hasWindowsNames()) {
            assertRefused(() -> Making.NAMED_FILE.in(space, prefix, ""), "prefix");
            assertRefused(() -> Making.DIRECTORY.in(space, prefix, ""), "prefix");
        } else {
            Making.NAMED_FILE.in(space, prefix, "").close();
            Making.DIRECTORY.in(space, prefix, "").close();
        }
        assertThat(backend.entries()).isEmpty();
    }

    /** With random characters behind them they are names like any other. */
    @ParameterizedTest
    @ValueSource(strings = {"con", "nul", "com1", "console."})
    void make_prefixThatOnlyBeginsLikeADevice_isUsed(String prefix) throws IOException {
        try (Making.Made made = Making.NAMED_FILE.in(space, prefix, ".txt")) {
            assertThat(made.name()).startsWith(prefix);
        }
    }

    @Test
    void make_loneSurrogate_isRefusedNamingTheArgumentWhereItCannotBeWritten() throws IOException {
        String lone = "\uD800";
        if (backend.isInMemory()) {
            Making.NAMED_FILE.in(space, lone, "").close();
        } else {
            for (Making making : Making.values()) {
                if (making.hasName()) {
                    assertRefused(() -> making.in(space, lone, ""), "prefix");
                    assertRefused(() -> making.in(space, "", lone), "suffix");
                }
            }
        }
        assertThat(backend.entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Making.class)
    @Behaviour(73)
    void make_nameLongerThanTheFileSystemAllows_failsOnceAndLeavesNothing(Making making) throws IOException {
        String tooLong = "x".repeat(250);
        TempSpace longNames = backend.builder().prefix(tooLong).open();
        if (backend.isInMemory() || (!making.hasName() && !backend.namesNamelessFiles())) {
            making.in(longNames, tooLong, "").close();
        } else {
            assertThatThrownBy(() -> making.in(longNames, tooLong, ""))
                    .isExactlyInstanceOf(FileSystemException.class)
                    .hasMessageContaining(directory().resolve(tooLong).toString())
                    .hasNoCause()
                    .hasNoSuppressedExceptions();
        }
        assertThat(backend.entries()).isEmpty();
        longNames.close();
    }

    /** 255 bytes are the limit of about every file system: the longest name that can be is made. */
    @Test
    @Behaviour(73)
    void make_longestName_isMade() throws IOException {
        try (Making.Made made = Making.NAMED_FILE.in(space, "x".repeat(255 - 12), "")) {
            assertThat(made.name()).hasSize(255);
        }
        assertThat(backend.entries()).isEmpty();
    }

    // ---- Directories

    @Test
    @Behaviour({28, 99, 124})
    void open_missingDirectory_failsNamingIt() {
        Path missing = directory().resolve("missing");
        assertFails(() -> TempSpace.in(missing), NoSuchFileException.class, missing);
        assertFails(() -> TempSpace.builder().directory(missing).open(), NoSuchFileException.class, missing);
        assertFails(() -> Tempfile.mkstemp(missing), NoSuchFileException.class, missing);
        assertFails(() -> Tempfile.mkdtemp(missing), NoSuchFileException.class, missing);
        assertFails(() -> mktempIn(missing), NoSuchFileException.class, missing);
        assertThat(missing).doesNotExist();
    }

    @Test
    @Behaviour({29, 100, 124})
    void open_directoryIsAFile_failsNamingIt() throws IOException {
        Path file = Files.writeString(directory().resolve("file"), "content");
        assertFails(() -> TempSpace.in(file), NotDirectoryException.class, file);
        assertFails(() -> Tempfile.mkstemp(file), NotDirectoryException.class, file);
        assertFails(() -> Tempfile.mkdtemp(file), NotDirectoryException.class, file);
        assertFails(() -> mktempIn(file), NotDirectoryException.class, file);
        assertThat(file).hasContent("content");
    }

    @Test
    @Behaviour({29, 100, 124})
    void open_directoryBelowAFile_failsNamingIt() throws IOException {
        Path file = Files.writeString(directory().resolve("file"), "content");
        for (Path below : List.of(file.resolve("x"), file.resolve("x").resolve("y"))) {
            assertFails(() -> TempSpace.in(below), NotDirectoryException.class, below);
            assertFails(() -> Tempfile.mkstemp(below), NotDirectoryException.class, below);
            assertFails(() -> Tempfile.mkdtemp(below), NotDirectoryException.class, below);
            assertFails(() -> mktempIn(below), NotDirectoryException.class, below);
        }
        assertThat(file).hasContent("content");
    }

    @Test
    @Behaviour({99, 124})
    void open_danglingLink_failsAndItsTargetIsNotMade() throws IOException {
        Path target = directory().resolve("target");
        Path link = Files.createSymbolicLink(directory().resolve("link"), target);
        assertFails(() -> TempSpace.in(link), NoSuchFileException.class, link);
        assertFails(() -> Tempfile.mkdtemp(link), NoSuchFileException.class, link);
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Making.class)
    @Behaviour({28, 99, 124})
    void make_directoryVanished_failsNamingTheDirectory(Making making) throws IOException {
        TempSpace gone = goneSpace();
        assertFails(() -> making.in(gone), NoSuchFileException.class, gone.directory());
        assertThat(backend.entries()).isEmpty();
        gone.close();
    }

    @ParameterizedTest
    @EnumSource(Making.class)
    @Behaviour({29, 100, 124})
    void make_directoryBecameAFile_failsNamingTheDirectory(Making making) throws IOException {
        TempSpace gone = goneSpace();
        Path file = Files.writeString(gone.directory(), "content");
        assertFails(() -> making.in(gone), NotDirectoryException.class, file);
        assertThat(file).hasContent("content");
        gone.close();
    }

    @ParameterizedTest
    @EnumSource(Making.class)
    @Behaviour({29, 100, 124})
    void make_parentOfTheDirectoryBecameAFile_failsNamingTheDirectory(Making making) throws IOException {
        Path parent = Files.createDirectory(directory().resolve("parent"));
        TempSpace gone = TempSpace.in(Files.createDirectory(parent.resolve("gone")));
        Files.delete(gone.directory());
        Files.delete(parent);
        Files.writeString(parent, "content");
        assertFails(() -> making.in(gone), NotDirectoryException.class, gone.directory());
        assertThat(parent).hasContent("content");
        gone.close();
    }

    /** The space does not cling to what was there once. */
    @ParameterizedTest
    @EnumSource(Making.class)
    void make_directoryVanishedAndCameBack_isUsedAgain(Making making) throws IOException {
        TempSpace back = goneSpace();
        assertThatThrownBy(() -> making.in(back)).isInstanceOf(NoSuchFileException.class);
        Files.createDirectory(back.directory());
        try (Making.Made made = making.in(back)) {
            made.at().ifPresent(path -> assertThat(path.getParent()).isEqualTo(back.directory()));
        }
        assertThat(Backend.entries(back.directory())).isEmpty();
    }

    private TempSpace goneSpace() throws IOException {
        Path directory = Files.createDirectory(directory().resolve("gone"));
        TempSpace opened = TempSpace.in(directory);
        Files.delete(directory);
        return opened;
    }

    @SuppressWarnings("deprecation") // it is tested, too
    private static Path mktempIn(Path directory) throws IOException {
        return Tempfile.mktemp(directory, "", "");
    }

    private static void assertFails(ThrowingCallable call, Class<? extends FileSystemException> type, Path path) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(type)
                .hasMessageContaining(path.toString())
                .extracting(failure -> ((FileSystemException) failure).getFile())
                .isEqualTo(path.toString());
    }

    /** Opening a space looks, and makes nothing, not even for a probe. */
    @Test
    @Behaviour(27)
    void open_directoryNamed_isUsedAsItIsAndNothingIsMade() throws IOException {
        Path named = Files.createDirectory(directory().resolve("MiXeD"));
        var before = Files.getLastModifiedTime(named);
        TempSpace opened = TempSpace.in(named);
        assertThat(opened.directory()).isEqualTo(named).hasToString(named.toString());
        assertThat(Files.getLastModifiedTime(named)).isEqualTo(before);
        assertThat(Backend.entries(named)).isEmpty();
    }
}

package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.tempfile4j.Behaviour;
import io.tempfile4j.Over;
import io.tempfile4j.Place;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may stand in a name, asked for every character there is. */
class NameRulesTest {

    private static boolean accepts(FileSystem fileSystem, String prefix, String suffix) {
        try {
            NameRules.check(fileSystem, prefix, suffix);
            return true;
        } catch (IllegalArgumentException refused) {
            assertThat(refused).message().containsAnyOf("prefix '", "suffix '").doesNotContain("\0");
            return false;
        }
    }

    private static void assertOneComponent(FileSystem fileSystem, String name) {
        Path path = fileSystem.getPath(name);
        assertThat(path.getNameCount()).isEqualTo(1);
        assertThat(path.isAbsolute()).isFalse();
        assertThat(path.getRoot()).isNull();
        assertThat(path.toString()).isEqualTo(name);
    }

    /** @return the refused ones */
    private static String checkEveryCharacter(FileSystem fileSystem) {
        StringBuilder refused = new StringBuilder();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String part = "x" + (char) c + "x";
            boolean accepted = accepts(fileSystem, part, "");
            if (accepts(fileSystem, "", part) != accepted) {
                throw new AssertionError("prefix and suffix differ in U+" + Integer.toHexString(c));
            }
            if (!accepted) {
                refused.append((char) c);
            } else if (c < 0x300) {
                assertOneComponent(fileSystem, part + "abc" + part);
            }
        }
        return refused.toString();
    }

    @Test
    @Behaviour({63, 71, 76})
    @Over(Place.JIMFS_UNIX)
    void check_everyCharacterOnUnix_onlyNulAndSlashAreRefused() throws IOException {
        try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
            assertThat(checkEveryCharacter(unix)).isEqualTo("\0/");
        }
    }

    @Test
    @Behaviour(70)
    @Over(Place.JIMFS_WINDOWS)
    void check_everyCharacterOnWindows_thoseThatMicrosoftReservesAreRefused() throws IOException {
        List<Character> reserved = new ArrayList<>();
        for (char c = 0; c < ' '; c++) {
            reserved.add(c);
        }
        "\"*/:<>?\\|".chars().forEach(c -> reserved.add((char) c));
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            assertThat(checkEveryCharacter(windows).chars().mapToObj(c -> (char) c))
                    .containsExactlyElementsOf(reserved);
        }
    }

    @Test
    @Behaviour({70, 71, 77})
    @Over({Place.JIMFS_UNIX, Place.JIMFS_WINDOWS})
    void check_messages_sayWhichPartAndWhy() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
                FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
            assertThatThrownBy(() -> NameRules.check(unix, "a/b", ""))
                    .hasMessage("prefix 'a/b' has a separator: it must not name a directory");
            assertThatThrownBy(() -> NameRules.check(unix, "", "a\0b"))
                    .hasMessage("suffix 'a\\0b' has a NUL character");
            assertThatThrownBy(() -> NameRules.check(unix, "..", "")).hasMessageContaining("parent directory");
            assertThatThrownBy(() -> NameRules.check(windows, "", "a:b")).hasMessageContaining("U+003A");
            assertThatThrownBy(() -> NameRules.check(windows, "", "a.")).hasMessageContaining("Windows cuts off");
            assertThatThrownBy(() -> NameRules.check(windows, "nUl.", "")).hasMessageContaining("device");
        }
    }

    @Test
    void check_ordinaryParts_areAccepted() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
                FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
            for (String part : List.of("", "tmp", ".hidden", "a b", "a..b", "-", "null", "connect")) {
                assertThatCode(() -> NameRules.check(unix, part, part)).doesNotThrowAnyException();
                assertThatCode(() -> NameRules.check(windows, part, part)).doesNotThrowAnyException();
            }
        }
    }
}

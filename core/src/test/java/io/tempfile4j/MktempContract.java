package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.internal.platform.ScriptedNames;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Group F: {@code mktemp}, a name only. */
@SuppressWarnings("deprecation") // what is tested here
abstract class MktempContract extends Contract {

    MktempContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @CsvSource({"'',''", "a,''", "'',b", "a,b", "aa,.txt"})
    @Behaviour({129, 130})
    void mktemp_name_isFreeAndCanBeMade(String prefix, String suffix) throws IOException {
        Path name = Tempfile.mktemp(directory(), prefix, suffix);
        assertThat(name.isAbsolute()).isTrue();
        assertThat(name.getParent()).isEqualTo(directory());
        assertThat(name.getFileName().toString())
                .startsWith(prefix)
                .endsWith(suffix)
                .hasSize(prefix.length() + 12 + suffix.length());
        assertThat(backend.entries()).isEmpty();
        assertThat(Files.createFile(name)).exists();
    }

    @Test
    @Behaviour(131)
    void mktemp_aHundredNames_canAllBeMade() throws IOException {
        for (int i = 0; i < 100; i++) {
            Files.createFile(Tempfile.mktemp(directory(), "aa", ""));
        }
        assertThat(backend.entries()).hasSize(100);
    }

    @ParameterizedTest
    @EnumSource(CollisionContract.Planted.class)
    @Behaviour(132)
    void mktemp_nameIsTaken_theNextIsReturned(CollisionContract.Planted planted) throws IOException {
        Path outside = Files.createDirectory(directory().resolve("outside"));
        Path taken = directory().resolve("tmpaaaaaaaaaaaa");
        planted.plant(taken, outside);
        TempSpace scripted = backend.builder()
                .names(ScriptedNames.of("aaaaaaaaaaaa", "bbbbbbbbbbbb"))
                .open();
        Path name = scripted.mktemp("tmp", "");
        assertThat(name).isEqualTo(directory().resolve("tmpbbbbbbbbbbbb"));
        assertThat(Files.exists(name, LinkOption.NOFOLLOW_LINKS)).isFalse();
        planted.assertUntouched(taken, outside);
    }

    @Test
    @Behaviour(133)
    void mktemp_everyNameIsTaken_failsNamingTheDirectory() throws IOException {
        Files.createFile(directory().resolve("tmpaaaaaaaaaaaa"));
        TempSpace exhausted =
                backend.builder().names(ScriptedNames.of("aaaaaaaaaaaa")).open();
        assertThatThrownBy(() -> exhausted.mktemp("tmp", ""))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(directory().toString())
                .hasMessageContaining(Integer.toString(Tempfile.TMP_MAX));
    }

    /** A name at which nothing can be is not one at which there is nothing. */
    @Test
    @Behaviour(73)
    void mktemp_nameIsTooLong_failsWhereNamesHaveALimit() throws IOException {
        String tooLong = "x".repeat(300);
        if (backend.isInMemory()) {
            assertThat(Files.createFile(Tempfile.mktemp(directory(), tooLong, "")))
                    .exists();
        } else {
            assertThatThrownBy(() -> Tempfile.mktemp(directory(), tooLong, ""))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining(tooLong);
        }
    }

    @Test
    @Behaviour(134)
    void mktemp_isDeprecated() throws NoSuchMethodException {
        assertThat(Tempfile.class
                        .getMethod("mktemp", Path.class, String.class, String.class)
                        .isAnnotationPresent(Deprecated.class))
                .isTrue();
    }
}

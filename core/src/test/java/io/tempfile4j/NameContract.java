package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group C: what names look like. */
abstract class NameContract extends Contract {

    NameContract(Backend.Kind kind) {
        super(kind);
    }

    /** Twelve of 36 characters are 62 bits; lower case only, for file systems that ignore case. */
    @ParameterizedTest
    @EnumSource(Making.class)
    @Behaviour({41, 50, 81})
    void make_noPolicy_nameIsTmpAndTwelveLowerCaseCharacters(Making making) throws IOException {
        try (Making.Made made = making.in(space)) {
            if (making.hasName()) {
                assertThat(made.name()).matches("tmp[a-z0-9]{12}");
                assertThat(backend.entries()).containsExactly(made.path());
            } else {
                assertThat(made.at()).isEmpty();
            }
        }
        assertThat(backend.entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Making.class)
    @Behaviour({48, 49, 81, 130})
    void make_prefixAndSuffix_nameHasOnlyTheRandomPartBetween(Making making) throws IOException {
        try (Making.Made made = making.in(space, "prefix", ".s.rs")) {
            if (making.hasName()) {
                assertThat(made.name()).matches("prefix[a-z0-9]{12}\\.s\\.rs").hasSize(6 + 12 + 5);
            }
        }
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    void make_policyOfTheSpace_isUsedWhereTheMethodIsGivenNone() throws IOException {
        TempSpace named =
                backend.builder().prefix("p-").suffix(".q").randomLength(20).open();
        try (NamedTemporaryFile file = named.namedTemporaryFile();
                TemporaryDirectory directory = named.temporaryDirectory();
                NamedTemporaryFile other = named.namedTemporaryFile("x", "y")) {
            assertThat(file.path().getFileName().toString()).matches("p-[a-z0-9]{20}\\.q");
            assertThat(directory.path().getFileName().toString()).matches("p-[a-z0-9]{20}\\.q");
            assertThat(other.path().getFileName().toString()).matches("x[a-z0-9]{20}y");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12, 64})
    void randomLength_withinBounds_isTheNumberOfRandomCharacters(int length) throws IOException {
        TempSpace named = backend.builder().prefix("").randomLength(length).open();
        try (NamedTemporaryFile file = named.namedTemporaryFile()) {
            assertThat(file.path().getFileName().toString()).matches("[a-z0-9]{" + length + "}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65, Integer.MAX_VALUE})
    void randomLength_outOfBounds_isRefusedNamingTheNumber(int length) {
        assertThatThrownBy(() -> backend.builder().randomLength(length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(length));
    }

    @ParameterizedTest
    @EnumSource(Making.class)
    @Behaviour(74)
    void make_emptyPrefixAndSuffix_nameIsTheRandomPartAlone(Making making) throws IOException {
        try (Making.Made made = making.in(space, "", "")) {
            if (making.hasName()) {
                assertThat(made.name()).matches("[a-z0-9]{12}");
            }
        }
        assertThat(backend.entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"größe", "日本語", "\uD83D\uDE00"})
    @Behaviour(75)
    void make_charactersBeyondAscii_surviveWhereTheSystemCanWriteThem(String part) throws IOException {
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        if (backend.isInMemory() || charset.newEncoder().canEncode(part)) {
            try (Making.Made made = Making.NAMED_FILE.in(space, part, part)) {
                assertThat(made.name()).startsWith(part).endsWith(part).hasSize(part.length() * 2 + 12);
                assertThat(backend.entries()).containsExactly(made.path());
            }
        } else {
            assertThatThrownBy(() -> Making.NAMED_FILE.in(space, part, part))
                    .isInstanceOf(InvalidPathException.class)
                    .hasMessageContaining(part);
        }
        assertThat(backend.entries()).isEmpty();
    }

    /** Everywhere legal. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "-rf ", "a b", "it's", "$HOME", "`id`", "%s", ".", "...x", "~", "#"})
    @Behaviour(76)
    void make_oddButLegalPrefix_isUsedAsItIs(String prefix) throws IOException {
        try (Making.Made file = Making.NAMED_FILE.in(space, prefix, "");
                Making.Made directory = Making.DIRECTORY.in(space, prefix, "")) {
            assertThat(file.name()).startsWith(prefix).hasSize(prefix.length() + 12);
            assertThat(directory.name()).startsWith(prefix).hasSize(prefix.length() + 12);
        }
    }

    /** Legal where names are POSIX's, reserved where they are Windows'. */
    @ParameterizedTest
    @ValueSource(strings = {"\"", "a\nb", "\t", "\u0001", "*", "?", "<", ">", "|", ":", "c:", "\\", "a\\b"})
    @Behaviour({70, 76})
    void make_charactersReservedOnWindows_areUsedAsTheyAreOnPosixAndRefusedOnWindows(String part) throws IOException {
        if (backend.hasWindowsNames()) {
            assertThatThrownBy(() -> Making.NAMED_FILE.in(space, part, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("prefix");
            assertThatThrownBy(() -> Making.DIRECTORY.in(space, "", part))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("suffix");
        } else {
            try (Making.Made file = Making.NAMED_FILE.in(space, part, "");
                    Making.Made directory = Making.DIRECTORY.in(space, "", part)) {
                assertThat(file.name()).startsWith(part);
                assertThat(directory.name()).endsWith(part);
            }
        }
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour({42, 88, 112})
    void make_aHundredInARow_allCoexist() throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            MkstempResult file = Tempfile.mkstemp(directory(), "aa", "");
            file.close();
            names.add(file.path().getFileName().toString());
            names.add(Tempfile.mkdtemp(directory(), "aa", "").getFileName().toString());
        }
        assertThat(names).hasSize(200);
        assertThat(backend.entries()).hasSize(200);
        for (var entry : backend.entries()) {
            Files.delete(entry);
        }
    }

    /** 800 of 1296 names: the threads meet at the same ones all the time. */
    @Test
    @Behaviour({43, 44})
    void make_eightThreadsAndFewNames_eachGetsNamesOfItsOwn() throws Exception {
        TempSpace narrow = backend.builder().prefix("").randomLength(2).open();
        List<Callable<List<Making.Made>>> tasks = new ArrayList<>();
        for (Making making : List.of(Making.MKSTEMP, Making.MKDTEMP, Making.NAMED_FILE, Making.PATH)) {
            Callable<List<Making.Made>> task = () -> {
                List<Making.Made> made = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    made.add(making.in(narrow, "", ""));
                }
                return made;
            };
            tasks.addAll(List.of(task, task));
        }
        List<Making.Made> all = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<List<Making.Made>> made : threads.invokeAll(tasks)) {
                all.addAll(made.get());
            }
        } finally {
            threads.shutdown();
        }
        assertThat(all).extracting(Making.Made::name).hasSize(800).doesNotHaveDuplicates();
        assertThat(backend.entries()).hasSize(800);
        for (Making.Made made : all) {
            made.close();
        }
        assertThat(backend.entries()).isEmpty();
    }
}

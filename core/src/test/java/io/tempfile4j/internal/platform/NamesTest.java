package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.Behaviour;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Group C: names, without a file system. */
class NamesTest {

    private static final Names.Pattern PATTERN = new Names.Pattern("p", 3, ".s");
    private static final Path DIRECTORY = Path.of("some", "directory");

    @Test
    @Behaviour({41, 42, 46})
    void next_tenThousandNames_useAllOfTheAlphabetAndNothingElse() {
        Set<Character> seen = new TreeSet<>();
        Set<String> names = new HashSet<>();
        Names.Pattern randomOnly = new Names.Pattern("", Names.DEFAULT_RANDOM_LENGTH, "");
        for (int i = 0; i < 10_000; i++) {
            String name = Names.system().next(randomOnly);
            assertThat(name).hasSize(Names.DEFAULT_RANDOM_LENGTH);
            name.chars().forEach(c -> seen.add((char) c));
            names.add(name);
        }
        assertThat(names).hasSize(10_000);
        assertThat(seen.stream().map(String::valueOf).collect(Collectors.joining()))
                .isEqualTo("0123456789abcdefghijklmnopqrstuvwxyz");
    }

    @Test
    void defaultRandomLength_isAtLeastSixtyBits() {
        assertThat(Names.DEFAULT_RANDOM_LENGTH * Math.log(36) / Math.log(2)).isGreaterThan(60);
    }

    @Test
    @Behaviour(47)
    void system_askedTwice_isOneAndTheSame() {
        assertThat(Names.system()).isSameAs(Names.system());
    }

    @Test
    @Behaviour(43)
    void next_eightThreads_noNameComesTwice() throws Exception {
        List<Callable<List<String>>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            tasks.add(() -> {
                List<String> names = new ArrayList<>();
                for (int i = 0; i < 5_000; i++) {
                    names.add(Names.system().next(new Names.Pattern("", 12, "")));
                }
                return names;
            });
        }
        Set<String> all = new HashSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<List<String>> names : threads.invokeAll(tasks)) {
                all.addAll(names.get());
            }
        } finally {
            threads.shutdown();
        }
        assertThat(all).hasSize(8 * 5_000);
    }

    @Test
    void choose_firstNameIsFree_isAskedOnce() throws IOException {
        List<String> asked = new ArrayList<>();
        Integer made = ScriptedNames.of("abc", "def").choose(DIRECTORY, PATTERN, 5, name -> {
            asked.add(name);
            return 42;
        });
        assertThat(made).isEqualTo(42);
        assertThat(asked).containsExactly("pabc.s");
    }

    @Test
    @Behaviour(62)
    void choose_namesAreTaken_theNextOnesAreTried() throws IOException {
        List<String> asked = new ArrayList<>();
        String made = ScriptedNames.of("abc", "def", "ghi").choose(DIRECTORY, PATTERN, 3, name -> {
            asked.add(name);
            switch (asked.size()) {
                case 1 -> throw new FileAlreadyExistsException(name);
                case 2 -> throw new BindException("Address already in use");
                default -> {
                    return name;
                }
            }
        });
        assertThat(made).isEqualTo("pghi.s");
        assertThat(asked).containsExactly("pabc.s", "pdef.s", "pghi.s");
    }

    @Test
    @Behaviour({55, 56})
    void choose_allTriesAreTaken_failsNamingDirectoryPatternAndNumber() {
        List<String> asked = new ArrayList<>();
        assertThatThrownBy(() -> Names.system().choose(DIRECTORY, PATTERN, 7, name -> {
                    asked.add(name);
                    throw new FileAlreadyExistsException(name, null, "try " + asked.size());
                }))
                .isExactlyInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(DIRECTORY.toString())
                .hasMessageContaining("'p' + 3 random characters + '.s'")
                .hasMessageContaining("7 times")
                .cause()
                .hasMessageContaining("try 7");
        assertThat(asked).hasSize(7);
    }

    @Test
    void choose_anotherFailure_isTheCallersAtOnce() {
        List<String> asked = new ArrayList<>();
        AccessDeniedException denied = new AccessDeniedException("no");
        assertThatThrownBy(() -> Names.system().choose(DIRECTORY, PATTERN, 7, name -> {
                    asked.add(name);
                    throw denied;
                }))
                .isSameAs(denied);
        assertThat(asked).hasSize(1);
    }
}

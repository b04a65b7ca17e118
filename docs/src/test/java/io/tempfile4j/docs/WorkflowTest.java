package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the hosted CI is told to run; not that it has run. */
class WorkflowTest {

    private static final String CI = Sources.read(Sources.ROOT.resolve(".github/workflows/ci.yml"));

    @Test
    void matrix_ofEachSystem_hasTheJdksFrom17() {
        Map<String, Set<String>> first = Pattern.compile("- \\{ os: (\\w+)-latest, first: (\\d+), maven: \\d+ }")
                .matcher(CI)
                .results()
                .collect(Collectors.groupingBy(
                        row -> row.group(1),
                        Collectors.mapping((MatchResult row) -> row.group(2), Collectors.toSet())));
        assertThat(first).containsOnlyKeys("ubuntu", "macos", "windows");
        // The second run of each is on JDK 25.
        assertThat(first.values()).allSatisfy(jdks -> assertThat(jdks).containsExactlyInAnyOrder("17", "21"));
    }

    @Test
    void tour_isRunOnUnixAndOnWindows() {
        assertThat(CI.lines().map(String::strip).toList())
                .containsSequence("- if: runner.os != 'Windows'", "run: ./tempfile4j tour")
                .containsSequence("- if: runner.os == 'Windows'", "shell: cmd", "run: tempfile4j.cmd tour");
    }

    @Test
    void scripts_ofUnixAndWindows_buildAndStartTheSame() {
        String unix = Sources.read(Sources.ROOT.resolve("tempfile4j"));
        String windows = Sources.read(Sources.ROOT.resolve("tempfile4j.cmd"));
        for (String part :
                List.of("cli/target/tempfile4j.jar", "-q -B -Dquick", "-XX:TieredStopAtLevel=1", "-am package")) {
            assertThat(unix).contains(part);
            assertThat(windows.replace('\\', '/')).contains(part);
        }
    }
}

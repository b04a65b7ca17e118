package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tests that documents name, {@code `SomeTest`} or {@code `SomeTest.method`}, exist. */
class TestNamesTest {

    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*(?:Test|Contract|Suite))(?:\\.(\\w+))?`");

    @Test
    void testNames_inEveryDocument_areThoseOfTests() {
        Map<String, String> sources = new HashMap<>();
        for (Path test : Sources.tests()) {
            sources.put(test.getFileName().toString().replace(".java", ""), Sources.read(test));
        }
        List<String> missing = new ArrayList<>();
        for (Path document : Sources.documents()) {
            NAME.matcher(Sources.read(document)).results().forEach(name -> {
                if (!exists(sources, name)) {
                    missing.add(Sources.name(document) + ": " + name.group());
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void threats_each_haveATest() {
        List<String> rows = Sources.read(Sources.ROOT.resolve("SECURITY.md"))
                .lines()
                .filter(line -> line.startsWith("| **"))
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(10)
                .allMatch(row -> NAME.matcher(row).find());
    }

    private static boolean exists(Map<String, String> sources, MatchResult name) {
        String source = sources.get(name.group(1));
        return source != null && (name.group(2) == null || source.contains("void " + name.group(2) + "("));
    }
}

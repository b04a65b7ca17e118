package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A test that is named in {@code docs/guarantees.md} and skipped in all its cases, for a reason that the document does not
 * know of, shows nothing. Reads what the tests of the core, which run before, have reported on this machine.
 */
class SkippedTestsTest {

    private static final Path REPORTS = Sources.ROOT.resolve("core/target/failsafe-reports");
    private static final Pattern CASE =
            Pattern.compile("<testcase name=\"(\\w+)[^>]*classname=\"([\\w.$]+)\"[^>]*>\\s*(<skipped[^>]*>)?");

    @Test
    void guarantees_testsThatAreNamed_areSkippedOnlyForWhatTheyNeed() throws IOException {
        String guarantees = Sources.read(Sources.ROOT.resolve("docs/guarantees.md"));
        TreeMap<String, Boolean> shows = new TreeMap<>();
        for (Path report : reports()) {
            Matcher test = CASE.matcher(Sources.read(report));
            while (test.find()) {
                String type = test.group(2).replaceAll(".*[.$]", "").replaceAll("Behaviour$", "Contract");
                if (guarantees.contains("`" + type + "." + test.group(1) + "`")) {
                    boolean counts = test.group(3) == null || test.group(3).contains("message=\"needs ");
                    String name = report.getParent().getFileName() + " " + test.group(2) + "." + test.group(1);
                    shows.merge(name, counts, Boolean::logicalOr);
                }
            }
        }
        assumeTrue(!shows.isEmpty(), "reports of the core's tests");
        shows.values().removeIf(Boolean::booleanValue);
        assertThat(shows.keySet())
                .as("need something without saying so (@Needs)")
                .isEmpty();
    }

    private static List<Path> reports() throws IOException {
        if (Files.notExists(REPORTS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(REPORTS, 2)) {
            return files.filter(file -> file.getFileName().toString().startsWith("TEST-"))
                    .toList();
        }
    }
}

package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README says of versions is so, and each "yes" of its comparison leads to a test. */
class ReadmeTest {

    private static final Path README = Sources.ROOT.resolve("README.md");

    /** Lines, as rendered. */
    private static final int FIRST_SCREEN = 40;

    @Test
    void firstScreen_beforeAnyProse_holdsBothCommandsAndAnExampleOfEachKind() {
        String screen = Sources.read(README)
                .lines()
                .filter(line -> !line.startsWith("<!--") && !line.startsWith("```"))
                .limit(FIRST_SCREEN)
                .collect(Collectors.joining("\n"));
        assertThat(screen)
                .containsSubsequence(
                        "./tempfile4j tour",
                        "./mvnw -B verify",
                        "TemporaryFile.create()",
                        "NamedTemporaryFile.create(",
                        "SpooledTemporaryFile.create(",
                        "TemporaryDirectory.create()",
                        "\n- ")
                .contains("import io.tempfile4j.*;")
                .doesNotContain("assertThat");
    }

    @Test
    void assertThat_isExplainedBeforeItIsUsed() {
        String readme = Sources.read(README);
        assertThat(readme.indexOf("assertThat")).isEqualTo(readme.indexOf("`assertThat` is AssertJ's") + 1);
    }

    @Test
    void coordinates_areThoseOfTheProject() {
        String pom = Sources.read(Sources.ROOT.resolve("pom.xml"));
        String version = group(pom, "<artifactId>tempfile4j-parent</artifactId>\\s*<version>([^<]+)</version>");
        String maven = block("xml");
        assertThat(maven)
                .contains("<groupId>io.tempfile4j</groupId>")
                .contains("<artifactId>tempfile4j</artifactId>")
                .contains("<version>" + version + "</version>");
        assertThat(block("kotlin")).contains("mavenLocal()", "\"io.tempfile4j:tempfile4j:" + version + "\"");
    }

    @Test
    void comparison_eachRow_leadsToATest() {
        String readme = Sources.read(README);
        String table = readme.substring(readme.indexOf("\n## Comparison\n"));
        List<String> rows = table.lines()
                .dropWhile(line -> !line.startsWith("| ---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("| "))
                .toList();
        assertThat(rows).hasSizeGreaterThan(10);
        for (String row : rows) {
            String ours = row.split(" \\| ", -1)[1];
            boolean isNo = ours.equals("no");
            String anchor = isNo ? "" : group(ours, "\\[yes[^\\]]*\\]\\(docs/comparison\\.md#([\\w-]+)\\)");
            assertThat(isNo || section(anchor).contains("Here")).as(row).isTrue();
            assertThat(isNo
                            || Pattern.compile("`\\w+(Test|Contract)(\\.\\w+)?`")
                                    .matcher(section(anchor))
                                    .find())
                    .as(row)
                    .isTrue();
        }
    }

    @Test
    void settings_areThoseThatTheLibraryReads() {
        Pattern property = Pattern.compile("\"(tempfile4j\\.\\w+)\"");
        Set<String> read = Sources.find(".java").stream()
                .filter(file -> file.startsWith(Sources.ROOT.resolve("core/src/main")))
                .flatMap(file -> property.matcher(Sources.read(file)).results())
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        Set<String> told = Pattern.compile("(?m)^\\| `(tempfile4j\\.\\w+)` ")
                .matcher(Sources.read(README))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        assertThat(told).isNotEmpty().isEqualTo(read);
    }

    @Test
    void behaviours_areAsManyAsTheDocumentHas() {
        long count = Pattern.compile("(?m)^\\| \\d+ \\| ")
                .matcher(Sources.read(Sources.ROOT.resolve("docs/guarantees.md")))
                .results()
                .count();
        assertThat(Sources.read(README)).contains("[" + count + " behaviours]");
    }

    private static String section(String anchor) {
        String document = Sources.read(Sources.ROOT.resolve("docs/comparison.md"));
        String heading = "## " + anchor.replace('-', ' ');
        return document.lines()
                .dropWhile(line -> !line.equalsIgnoreCase(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .reduce("", (before, line) -> before + line + "\n");
    }

    private static String block(String language) {
        return CodeBlock.of(Sources.read(README)).stream()
                .filter(block -> block.language().equals(language))
                .findFirst()
                .orElseThrow()
                .code();
    }

    private static String group(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}

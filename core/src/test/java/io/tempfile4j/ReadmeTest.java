package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java code in the README is, line by line, that of {@link SnippetsTest}, which runs it. */
class ReadmeTest {

    private static final Pattern README_BLOCK =
            Pattern.compile("<!-- SnippetsTest: (\\w+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ANY_JAVA_BLOCK = Pattern.compile("```java\\n");
    private static final Pattern REGION =
            Pattern.compile("// @start region=\"(\\w+)\"\\n(.*?)\\n *// @end", Pattern.DOTALL);

    @Test
    void readme_javaBlocks_areRegionsOfSnippetsThatRun() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        Map<String, String> shown = find(README_BLOCK, readme);
        Map<String, String> run =
                find(REGION, Files.readString(Path.of("src/test/java/io/tempfile4j/SnippetsTest.java")));
        run.replaceAll((name, code) -> code.stripIndent().strip());
        shown.replaceAll((name, code) -> code.strip());
        assertThat(shown).containsKeys("nameless", "named", "spooled", "directory");
        assertThat(run).containsAllEntriesOf(shown);
        assertThat(ANY_JAVA_BLOCK.matcher(readme).results()).hasSize(shown.size());
    }

    private static Map<String, String> find(Pattern pattern, String text) {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return found;
    }
}

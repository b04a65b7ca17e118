package io.tempfile4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Java code in the guide is, line by line, that of {@link GuideSnippets}, and runs. */
class GuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guides", "tests.md");
    private static final Pattern SHOWN =
            Pattern.compile("<!-- GuideSnippets: (\\w+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ANY_JAVA_BLOCK = Pattern.compile("```java\\n");
    private static final Pattern REGION =
            Pattern.compile("// @start region=\"(\\w+)\"\\n(.*?)\\n *// @end", Pattern.DOTALL);

    @ParameterizedTest
    @EnumSource
    void snippets_all_pass(JupiterVersion jupiter) {
        KitResult result = jupiter.run(GuideSnippets.class.getDeclaredClasses());
        assertThat(result.failures()).isEmpty();
        assertThat(result.successful())
                .contains(
                        "report_written_hasItsLines",
                        "upload_cancelled_leavesNothing",
                        "import_ofEverything_succeeds",
                        "directory_ofJupiter_isPrivate",
                        "export_done_leavesNothing");
    }

    @Test
    void guide_javaBlocks_areTheSnippets() throws IOException {
        String guide = Files.readString(GUIDE);
        Map<String, String> shown = find(SHOWN, guide);
        Map<String, String> run =
                find(REGION, Files.readString(Path.of("src/test/java/io/tempfile4j/junit/GuideSnippets.java")));
        run.replaceAll((name, code) -> code.stripIndent().strip());
        shown.replaceAll((name, code) -> code.strip());
        assertThat(shown).isEqualTo(run);
        assertThat(ANY_JAVA_BLOCK.matcher(guide).results()).hasSize(shown.size());
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

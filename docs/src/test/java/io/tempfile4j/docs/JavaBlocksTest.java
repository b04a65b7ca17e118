package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every block of Java in every document is, line by line, a region of a class of tests, which compiles and runs it. Before
 * the block stands which one: {@code <!-- UploadsTest: spooled -->}.
 */
class JavaBlocksTest {

    private static final Pattern SOURCE = Pattern.compile("<!-- (\\w+): ([\\w-]+) -->");
    private static final Pattern REGION =
            Pattern.compile("// @start region=\"([\\w-]+)\"\\n(.*?)\\n *// @end", Pattern.DOTALL);

    @Test
    void javaBlocks_ofEveryDocument_areRegionsOfTestsThatRun() {
        Map<String, String> regions = regions();
        List<String> wrong = new ArrayList<>();
        for (Path document : Sources.documents()) {
            for (CodeBlock block : CodeBlock.of(Sources.read(document))) {
                String where = Sources.name(document) + ":" + block.line() + ": ";
                Matcher source = SOURCE.matcher(block.lead());
                if (!block.isJava()) {
                    boolean looksLikeJava =
                            block.language().isEmpty() && block.code().lines().anyMatch(line -> line.endsWith(";"));
                    if (looksLikeJava) {
                        wrong.add(where + "a block without a language that looks like Java");
                    }
                } else if (!source.matches()) {
                    wrong.add(where + "no <!-- SomeTest: region --> on the line before");
                } else if (!regions.containsKey(key(source))) {
                    wrong.add(where + "no region " + key(source));
                } else if (!regions.get(key(source)).equals(block.code())) {
                    wrong.add(where + "differs from " + key(source));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void regions_ofEveryTest_areShownSomewhere() {
        Set<String> unshown = new LinkedHashSet<>(regions().keySet());
        for (Path document : Sources.documents()) {
            SOURCE.matcher(Sources.read(document))
                    .results()
                    .forEach(r -> unshown.remove(r.group(1) + ":" + r.group(2)));
        }
        Pattern snippet = Pattern.compile("@snippet class ?= ?\"[\\w.]*?(\\w+)\" region ?= ?\"([\\w-]+)\"");
        for (Path source : Sources.find(".java")) {
            snippet.matcher(Sources.read(source)).results().forEach(r -> unshown.remove(r.group(1) + ":" + r.group(2)));
        }
        assertThat(unshown).isEmpty();
    }

    /** By class and name. */
    private static Map<String, String> regions() {
        Map<String, String> regions = new LinkedHashMap<>();
        for (Path test : Sources.tests()) {
            String source = Sources.read(test);
            String type = test.getFileName().toString().replace(".java", "");
            if (source.contains("@Test")) {
                Matcher region = REGION.matcher(source);
                while (region.find()) {
                    String before = regions.put(
                            type + ":" + region.group(1),
                            region.group(2).stripIndent().strip());
                    assertThat(before)
                            .as("two regions %s of %s", region.group(1), type)
                            .isNull();
                }
            }
        }
        return regions;
    }

    private static String key(Matcher source) {
        return source.group(1) + ":" + source.group(2);
    }
}

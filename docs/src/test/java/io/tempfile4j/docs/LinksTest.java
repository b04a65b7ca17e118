package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the documents lead somewhere, anchors too; and the index leads to every guide. */
class LinksTest {

    private static final Pattern LINK =
            Pattern.compile("\\]\\(<?([^)\\s>]+)>?(?: \"[^\"]*\")?\\)|^\\[[^\\]]+\\]:\\s*(\\S+)", Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?)(?: +#+)?$", Pattern.MULTILINE);
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    @Test
    void links_ofEveryDocument_leadSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path document : Sources.documents()) {
            for (String link : linksOf(document)) {
                if (!leadsSomewhere(document, link)) {
                    broken.add(Sources.name(document) + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void index_leadsToEveryGuide() {
        Path index = Sources.ROOT.resolve("docs/README.md");
        List<Path> led = linksOf(index).stream()
                .filter(link -> !link.contains(":"))
                .map(link -> index.resolveSibling(link.replaceAll("#.*", "")).normalize())
                .toList();
        List<Path> guides = Sources.documents().stream()
                .filter(file -> file.startsWith(Sources.ROOT.resolve("docs/guides"))
                        || file.getParent().equals(Sources.ROOT.resolve("docs")))
                .filter(file -> !file.equals(index))
                .toList();
        assertThat(guides.stream().filter(guide -> !led.contains(guide)).map(Sources::name))
                .as("not in docs/README.md")
                .isEmpty();
    }

    @Test
    void site_itsMenuLeadsToDocuments() {
        String menu = Sources.read(Sources.ROOT.resolve("docs/src/site/site.xml"));
        List<String> pages = Pattern.compile("<item [^>]*href=\"([^\"]+)\\.html\"")
                .matcher(menu)
                .results()
                .map(item -> item.group(1))
                .filter(page -> !page.startsWith("apidocs/"))
                .toList();
        assertThat(pages).hasSizeGreaterThan(10).allMatch(page -> Files.exists(Sources.ROOT.resolve(page + ".md")));
    }

    private static List<String> linksOf(Path document) {
        return LINK.matcher(CodeBlock.proseOf(Sources.read(document)))
                .results()
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .toList();
    }

    private static boolean leadsSomewhere(Path document, String link) {
        if (link.startsWith("https://") || link.startsWith("mailto:")) {
            return true;
        }
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchorsOf(target).contains(parts[1]));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchorsOf(Path document) {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        String text = Sources.read(document);
        Stream<String> headings = HEADING.matcher(withoutBlocks(text)).results().map(heading -> heading.group(1));
        headings.forEach(heading -> {
            String slug = heading.toLowerCase(Locale.ROOT)
                    .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            int before = seen.merge(slug, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? slug : slug + "-" + before);
        });
        ANCHOR.matcher(text).results().forEach(anchor -> anchors.add(anchor.group(1)));
        return anchors;
    }

    private static String withoutBlocks(String text) {
        return text.replaceAll("(?ms)^```.*?^```", "");
    }
}

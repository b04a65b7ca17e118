package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The metadata for GraalVM's native-image in the JAR names the shape of each native call in the sources. That an image
 * made with it runs is not shown here.
 */
class NativeImageMetadataTest {

    private static final String METADATA = "META-INF/native-image/io.tempfile4j/tempfile4j/reachability-metadata.json";
    private static final Pattern LINKED =
            Pattern.compile("\\b(link|linkVariadic)\\(\\s*\"\\w+\",\\s*([^;]*?)\\)\\s*[;:]");
    private static final Pattern ANY_LINKED = Pattern.compile("\\b(link|linkVariadic)\\(\\s*\"");
    private static final Pattern DOWNCALL = Pattern.compile("\\{\"returnType\"[^\\n]*\\}");
    private static final Map<String, String> C_TYPES =
            Map.of("JAVA_INT", "jint", "JAVA_LONG", "jlong", "ADDRESS", "void*");

    @Test
    void downcalls_inTheMetadata_areThoseThatTheSourcesLink() throws IOException {
        String sources = sources();
        Set<String> linked = LINKED.matcher(sources)
                .results()
                .map(NativeImageMetadataTest::shape)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(LINKED.matcher(sources).results().count())
                .isEqualTo(ANY_LINKED.matcher(sources).results().count());
        Set<String> named = DOWNCALL.matcher(metadata())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(10).isEqualTo(linked);
    }

    /** As the metadata spells it. */
    private static String shape(MatchResult call) {
        String[] arguments = call.group(2).split(",\\s*");
        boolean variadic = call.group(1).equals("linkVariadic");
        boolean errno = variadic || !arguments[1].equals("List.of()");
        String result = variadic ? "jint" : C_TYPES.get(arguments[0]);
        String parameters = Stream.of(arguments)
                .skip(errno ? 1 : 2)
                .map(type -> '"' + C_TYPES.get(type) + '"')
                .collect(Collectors.joining(", "));
        String options = variadic ? ", \"firstVariadicArg\": " + arguments[0] : "";
        return "{\"returnType\": \"" + result + "\", \"parameterTypes\": [" + parameters + "]"
                + (errno ? ", \"options\": {\"captureCallState\": true" + options + "}" : "") + "}";
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java22"))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private static String metadata() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("tempfile4j.test.jar"));
                InputStream in = jar.getInputStream(jar.getEntry(METADATA))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

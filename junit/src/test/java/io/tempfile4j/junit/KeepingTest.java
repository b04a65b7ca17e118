package io.tempfile4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.junit.samples.KeepingSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeepingTest {

    private static final String MODE = "junit.jupiter.tempdir.cleanup.mode.default";

    @ParameterizedTest
    @EnumSource
    void failure_onSuccess_keepsAndSaysWhere(JupiterVersion jupiter) throws IOException {
        KitResult result = jupiter.run(KeepingSamples.Failing.class);
        assertThat(result.failed())
                .containsExactlyInAnyOrder("directory", "namedFile", "space", "namelessFile", "goneAlready");
        assertThat(result.failure("namelessFile")).doesNotContain("suppressed");
        assertThat(result.failure("goneAlready")).doesNotContain("suppressed");

        List<Path> kept = result.reported("tempfile4j.kept");
        assertThat(kept)
                .hasSize(3)
                .allSatisfy(path -> assertThat(result.failures()).contains("suppressed: kept: " + path));
        assertThat(keptBy(result, "namedFile")).hasContent("content");
        assertThat(keptBy(result, "directory").resolve("evidence")).hasContent("content");
        try (Stream<Path> all = Files.walk(keptBy(result, "space"))) {
            assertThat(all.filter(Files::isRegularFile).map(KeepingTest::read))
                    .containsExactlyInAnyOrder("one", "other");
        }
        assertThat(result.reported("space"))
                .hasSize(1)
                .allSatisfy(path -> assertThat(path).doesNotExist());
        remove(kept);
    }

    @ParameterizedTest
    @EnumSource
    void success_onSuccess_removes(JupiterVersion jupiter) {
        KitResult result = jupiter.run(KeepingSamples.Passing.class);
        assertThat(result.failures()).isEmpty();
        assertThat(result.reported("gone"))
                .hasSize(2)
                .allSatisfy(path -> assertThat(path).doesNotExist());
        assertThat(result.reported("tempfile4j.kept")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void failure_ofOneTest_keepsWhatIsOfTheClass(JupiterVersion jupiter) throws IOException {
        KitResult result = jupiter.run(KeepingSamples.OneTestFails.class);
        assertThat(result.failed()).containsExactly("fails");
        assertThat(result.reported("tempfile4j.kept"))
                .hasSize(1)
                .allSatisfy(path -> assertThat(path).isDirectory());
        remove(result.reported("tempfile4j.kept"));
    }

    @ParameterizedTest
    @EnumSource
    void mode_ofJupiter_isTheDefault(JupiterVersion jupiter) throws IOException {
        KitResult result = jupiter.run(Map.of(MODE, "never"), KeepingSamples.Unsaid.class);
        assertThat(result.failures()).isEmpty();
        assertThat(result.reported("tempfile4j.kept"))
                .hasSize(1)
                .allSatisfy(path -> assertThat(path).isDirectory());
        remove(result.reported("tempfile4j.kept"));
    }

    private static Path keptBy(KitResult result, String test) {
        return Path.of(result.failure(test).replaceFirst("(?s).*suppressed: kept: ", ""));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static void remove(List<Path> kept) throws IOException {
        for (Path path : kept) {
            if (Files.isDirectory(path)) {
                TemporaryDirectory.adopt(path).close();
            } else {
                Files.delete(path);
            }
        }
    }
}

package io.tempfile4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.junit.samples.TempDirSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jupiter's own {@code @TempDir}, with our factory and our removal. */
class TempDirTest {

    private static final Map<String, String> FACTORY =
            Map.of("junit.jupiter.tempdir.factory.default", "io.tempfile4j.junit.TemporaryDirectoryFactory");

    private static final Map<String, String> BOTH = Map.of(
            "junit.jupiter.tempdir.factory.default", "io.tempfile4j.junit.TemporaryDirectoryFactory",
            "junit.jupiter.tempdir.deletion.strategy.default",
                    "io.tempfile4j.junit.TemporaryDirectoryDeletionStrategy");

    private static final String OURS = "junit-[a-z0-9]{12}";

    @ParameterizedTest
    @EnumSource
    void factory_named_makesAPrivateDirectory(JupiterVersion jupiter) {
        KitResult result = jupiter.run(TempDirSamples.Named.class);
        assertMadeAndRemoved(result, 1);
    }

    /** An older version does not know the parameter of the deletion strategy, and takes no offence at it. */
    @ParameterizedTest
    @EnumSource
    void parameters_ofJupiter_makeEveryPlainTempDirOurs(JupiterVersion jupiter) {
        assertMadeAndRemoved(jupiter.run(FACTORY, TempDirSamples.Plain.class), 3);
        assertMadeAndRemoved(jupiter.run(BOTH, TempDirSamples.Plain.class), 3);
    }

    @ParameterizedTest
    @EnumSource
    void directory_toBeKept_isKept(JupiterVersion jupiter) throws IOException {
        for (Map<String, String> parameters : java.util.List.of(FACTORY, BOTH)) {
            KitResult result = jupiter.run(parameters, TempDirSamples.Failing.class, TempDirSamples.Never.class);
            assertThat(result.failed()).containsExactly("fails");
            assertThat(result.reported("tempfile4j.kept"))
                    .hasSize(2)
                    .allSatisfy(path -> assertThat(path).isDirectory());
            for (Path kept : result.reported("tempfile4j.kept")) {
                TemporaryDirectory.adopt(kept).close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void factory_closed_removesWhatJupiterCannot(JupiterVersion jupiter) {
        KitResult result = jupiter.run(FACTORY, TempDirSamples.Deep.class);
        assertThat(result.failed()).as("Jupiter says that it failed").containsExactly("passes");
        assertThat(result.reported("directory"))
                .hasSize(1)
                .allSatisfy(path -> assertThat(path).doesNotExist());
    }

    @Test
    void strategy_whatJupiterCannotRemove_isRemoved() {
        KitResult result = JupiterVersion.NEWEST.run(BOTH, TempDirSamples.Deep.class);
        assertThat(result.failures()).isEmpty();
        assertThat(result.reported("directory"))
                .hasSize(1)
                .allSatisfy(path -> assertThat(path).doesNotExist());
    }

    @Test
    void strategy_directoryReplacedByALink_leavesIt() throws IOException {
        KitResult result = JupiterVersion.NEWEST.run(BOTH, TempDirSamples.Replaced.class);
        assertThat(result.failure("passes")).contains("something else is there now");
        Path link = result.reported("directory").get(0);
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
        Files.delete(link);
    }

    private static void assertMadeAndRemoved(KitResult result, int count) {
        assertThat(result.failures()).isEmpty();
        assertThat(result.reported("directory")).hasSize(count).allSatisfy(path -> {
            assertThat(path.getFileName().toString()).matches(OURS);
            assertThat(path).doesNotExist();
        });
        assertThat(result.events().stream().filter(event -> event[2].equals("mode")))
                .hasSize(count)
                .allSatisfy(event -> assertThat(event[3]).isEqualTo("[OWNER_READ, OWNER_WRITE, OWNER_EXECUTE]"));
    }
}

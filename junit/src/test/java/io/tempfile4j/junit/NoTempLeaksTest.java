package io.tempfile4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.junit.samples.LeakSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoTempLeaksTest {

    @ParameterizedTest
    @EnumSource
    void test_thatLeavesSomething_failsNamingItAndItsApi(JupiterVersion jupiter) throws IOException {
        KitResult result = jupiter.run(LeakSamples.Leaving.class);
        assertThat(result.failed())
                .containsExactlyInAnyOrder(
                        "javaIo",
                        "javaNio",
                        "javaNioDirectory",
                        "byHand",
                        "namedTemporaryFile",
                        "keptTemporaryDirectory");
        assertThat(result.failure("javaIo")).contains("File.createTempFile does", "0 bytes", " ms old");
        assertThat(result.failure("javaNio")).contains("Files.createTempFile does", "5 bytes");
        assertThat(result.failure("javaNioDirectory"))
                .contains("Files.createTempDirectory does", "directory with 1 files, 7 bytes");
        assertThat(result.failure("byHand")).contains("left-by-hand-").doesNotContain("named as");
        assertThat(result.failure("namedTemporaryFile"))
                .contains("named as tempfile4j does", "1 of tempfile4j not closed");
        assertThat(result.failure("keptTemporaryDirectory"))
                .contains("named as tempfile4j does")
                .doesNotContain("not closed");
        for (Path left : result.reported("left")) {
            assertThat(result.failures()).contains(left + ": ");
        }
        removeLeft(result, 6);
    }

    @ParameterizedTest
    @EnumSource
    void test_thatLeavesSomethingOpen_fails(JupiterVersion jupiter) {
        KitResult result = jupiter.run(LeakSamples.Open.class);
        assertThat(result.failed()).containsExactlyInAnyOrder("nameless", "elsewhere");
        for (String name : result.failed()) {
            assertThat(result.failure(name)).contains("1 of tempfile4j not closed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void test_thatIsGivenThingsOrRemovesThem_passes(JupiterVersion jupiter) {
        KitResult result = jupiter.run(LeakSamples.Clean.class);
        assertThat(result.failures()).isEmpty();
        assertThat(result.successful()).contains("injected", "removedByTheTest");
    }

    @ParameterizedTest
    @EnumSource
    void class_thatLeavesSomething_failsNamingOnlyThat(JupiterVersion jupiter) throws IOException {
        KitResult result = jupiter.run(LeakSamples.OfTheClass.class);
        assertThat(result.failed()).containsExactlyInAnyOrder("leaves2", LeakSamples.OfTheClass.class.getName());
        assertThat(result.failure("OfTheClass")).contains("ofTheClass").doesNotContain("ofTheTest", "not closed");
        assertThat(result.failure("leaves2"))
                .contains("ofTheTest", "not closed")
                .doesNotContain("ofTheClass");
        removeLeft(result, 2);
    }

    @ParameterizedTest
    @EnumSource
    void class_whoseTestIsBlamed_isNot(JupiterVersion jupiter) throws IOException {
        KitResult result = jupiter.run(LeakSamples.OnlyTheTest.class);
        assertThat(result.failed()).containsExactly("leaves");
        removeLeft(result, 1);
    }

    @ParameterizedTest
    @EnumSource
    void method_annotated_isCheckedAlone(JupiterVersion jupiter) throws IOException {
        KitResult result = jupiter.run(LeakSamples.OneMethod.class);
        assertThat(result.failed()).containsExactly("annotated");
        removeLeft(result, 2);
    }

    @ParameterizedTest
    @EnumSource
    void patterns_ofMethodAndClass_excuse(JupiterVersion jupiter) throws IOException {
        KitResult result = jupiter.run(LeakSamples.Ignoring.class);
        assertThat(result.failures()).isEmpty();
        removeLeft(result, 3);
    }

    @ParameterizedTest
    @EnumSource
    void kept_onDemand_isNoLeak(JupiterVersion jupiter) throws IOException {
        KitResult result = jupiter.run(
                Map.of("junit.jupiter.tempdir.factory.default", TemporaryDirectoryFactory.class.getName()),
                LeakSamples.KeptOnDemand.class);
        assertThat(result.failed()).containsExactly("fails");
        assertThat(result.failure("fails")).doesNotContain("left behind");
        assertThat(result.reported("tempfile4j.kept")).hasSize(3);
        for (Path kept : result.reported("tempfile4j.kept")) {
            TemporaryDirectory.adopt(kept).close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void garbage_ofAnEarlierTestOrOfASpace_isNoLeak(JupiterVersion jupiter) {
        assertThat(jupiter.run(LeakSamples.ForgottenEarlier.class, LeakSamples.ForgottenInASpace.class)
                        .failures())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void parallelTests_oneOfThemAnnotated_doNotBlameEachOther(JupiterVersion jupiter) {
        KitResult result = jupiter.run(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
                LeakSamples.ParallelOne.class,
                LeakSamples.ParallelOther.class);
        assertThat(result.failures()).isEmpty();
        assertThat(result.successful()).contains("one", "other", "annotated", "plain", "plainToo");
    }

    private static void removeLeft(KitResult result, int count) throws IOException {
        assertThat(result.reported("left")).hasSize(count);
        for (Path left : result.reported("left")) {
            if (Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)) {
                TemporaryDirectory.adopt(left).close();
            } else {
                Files.delete(left);
            }
        }
    }
}

package io.tempfile4j.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.junit.samples.InjectionSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InjectionTest {

    @ParameterizedTest
    @EnumSource
    void parameters_ofEachType_areMadeAndRemovedAfterTheTest(JupiterVersion jupiter) throws IOException {
        KitResult result = jupiter.run(InjectionSamples.Parameters.class);
        assertThat(result.failures()).isEmpty();
        assertThat(result.successful())
                .contains("directory", "namedFile", "namelessFile", "space", "closedByTheTest", "keptByTheTest");
        assertGone(result, 5);
        for (Path kept : result.reported("stays")) {
            assertThat(kept).exists();
            Files.delete(kept);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fields_static_liveAsLongAsTheClassAndOthersAsLongAsTheTest(JupiterVersion jupiter) {
        KitResult result = jupiter.run(InjectionSamples.Fields.class);
        assertThat(result.failures()).isEmpty();
        assertThat(result.successful()).contains("one", "other");
        assertGone(result, 7);
    }

    @ParameterizedTest
    @EnumSource
    void fields_ofAnEnclosingInstance_areSetForTestsOfNestedClasses(JupiterVersion jupiter) {
        KitResult result = jupiter.run(InjectionSamples.Outer.class);
        assertThat(result.failures()).isEmpty();
        assertGone(result, 2);
    }

    @ParameterizedTest
    @EnumSource
    void parameter_ofAnotherType_failsSayingWhichThereAre(JupiterVersion jupiter) {
        assertThat(jupiter.run(InjectionSamples.OtherType.class).failure("parameter"))
                .contains("TempSpace", "not for java.nio.file.Path");
    }

    @ParameterizedTest
    @EnumSource
    void field_final_failsNamingIt(JupiterVersion jupiter) {
        assertThat(jupiter.run(InjectionSamples.FinalField.class).failure("field"))
                .contains("not final", "FinalField.directory");
    }

    private static void assertGone(KitResult result, int count) {
        assertThat(result.reported("gone"))
                .hasSize(count)
                .allSatisfy(path -> assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                        .isFalse());
    }
}

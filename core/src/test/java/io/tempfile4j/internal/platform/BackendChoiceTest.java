package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which back-end a process has; the build runs all tests without native access, and once more with it. */
class BackendChoiceTest {

    private static final boolean GRANTED =
            System.getProperty("tempfile4j.test.run", "").endsWith("-native");

    @TempDir
    Path directory;

    @Test
    void current_runWithNativeAccess_isNative() throws IOException {
        assumeTrue(GRANTED, "not the run with native access");
        assertThat(Platform.current().open(directory).getClass().getSimpleName())
                .isEqualTo("LinuxDirectory");
    }

    @Test
    void current_runWithoutNativeAccess_isPortable() throws IOException {
        assumeFalse(GRANTED, "the run with native access");
        assertThat(Platform.current().open(directory)).isInstanceOf(PortableDirectory.class);
    }

    @Test
    void current_anyRun_isPortableForOtherFileSystems() throws IOException {
        try (FileSystem foreign = Jimfs.newFileSystem(Configuration.unix())) {
            assertThat(Platform.current().open(foreign.getPath("/"))).isInstanceOf(PortableDirectory.class);
        }
    }

    @Test
    void choose_portable_isPortableWhateverIsGranted() throws IOException {
        BackendChoice choice = BackendChoice.choose("portable");
        assertThat(choice.platform().open(directory)).isInstanceOf(PortableDirectory.class);
    }

    @Test
    void choose_nativeWithoutWhatItNeeds_saysWhatIsMissing() {
        assumeFalse(GRANTED, "it has what it needs");
        BackendChoice choice = BackendChoice.choose("native");
        assertThat(choice.platform()).isNull();
        assertThat(choice.missing())
                .startsWith("tempfile4j.backend is 'native', which cannot be had: it needs ")
                .containsAnyOf(
                        "JDK 22 or later, this is JDK " + Runtime.version().feature(),
                        "--enable-native-access=ALL-UNNAMED",
                        "Linux, this is",
                        "x86-64 or aarch64, this is");
    }

    @Test
    void choose_auto_saysWhyItIsNotNative() throws IOException {
        BackendChoice choice = BackendChoice.choose("auto");
        assertThat(choice.platform()).isNotNull();
        assertThat(choice.whyNotNative().isEmpty()).isEqualTo(GRANTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Native", "nativ", "linux"})
    void choose_unknown_namesTheThree(String value) {
        BackendChoice choice = BackendChoice.choose(value);
        assertThat(choice.platform()).isNull();
        assertThat(choice.missing())
                .isEqualTo("tempfile4j.backend is '" + value + "'; it can be 'auto', 'native' or 'portable'");
    }
}

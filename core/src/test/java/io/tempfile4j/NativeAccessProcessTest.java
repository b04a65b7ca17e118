package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that grant native access, or do not: which back-end they get, and that nothing is ever printed. */
class NativeAccessProcessTest extends ProcessSuite {

    /** Says which back-end there is, after everything was made, used and removed, and not before. */
    static final class Main {
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            NativeCallsTest.Everything.useAll(directory);
            System.out.println(Platform.whyNotNative().isEmpty() ? "native" : "portable");
            NativeCallsTest.Everything.useAll(directory);
        }

        private Main() {}
    }

    @ParameterizedTest
    @CsvSource({
        "'', portable",
        "--illegal-native-access=allow, portable",
        "--illegal-native-access=warn, portable",
        "--illegal-native-access=deny, portable",
        "--enable-native-access=ALL-UNNAMED, native",
        "--enable-native-access=ALL-UNNAMED --illegal-native-access=deny, native",
        "--enable-native-access=ALL-UNNAMED -Dtempfile4j.backend=portable, portable",
        "--enable-native-access=ALL-UNNAMED -Dtempfile4j.backend=auto, native",
        "--enable-native-access=ALL-UNNAMED -Xcheck:jni, native"
    })
    void program_withTheseOptions_hasThisBackendAndPrintsNothing(String options, String backend) throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "this JDK does not have the options");
        assumeTrue(backend.equals("portable") || nativeCanBeHad(), "not Linux, or an architecture not supported");
        ChildJvm child = ChildJvm.of(Main.class).anyBackend();
        if (!options.isEmpty()) {
            child.options(options.split(" ", -1));
        }
        ChildJvm.Result result = child.args(directory("space").toString()).run();
        assertThat(result.output()).isEqualTo(backend + "\n");
        assertThat(result.exitCode()).isZero();
    }

    private static boolean nativeCanBeHad() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").matches("amd64|x86_64|aarch64");
    }

    @Test
    void program_asksForNativeWithoutTheGrant_failsNamingTheOption() throws Exception {
        assumeFalse(ChildJvm.NATIVE, "said once is enough");
        ChildJvm.Result result = ChildJvm.of(Main.class)
                .anyBackend()
                .options("-Dtempfile4j.backend=native")
                .args(directory("space").toString())
                .run();
        assertThat(result.exitCode()).isOne();
        assertThat(result.lines().get(0))
                .startsWith(
                        "Exception in thread \"main\" java.lang.IllegalStateException: tempfile4j.backend is 'native',"
                                + " which cannot be had: it needs ");
    }
}

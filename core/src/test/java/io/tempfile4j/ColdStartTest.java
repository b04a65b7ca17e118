package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a short program waits for is the loading of classes: see docs/decisions/0014-cold-start.md. */
class ColdStartTest extends CrashSuite {

    static final class MakesOne {
        public static void main(String[] args) throws IOException {
            TempSpace space = args[0].isEmpty() ? TempSpace.system() : TempSpace.in(Path.of(args[0]));
            switch (args[1]) {
                case "nameless" -> space.temporaryFile();
                case "directory" -> space.temporaryDirectory();
                case "closed" -> space.namedTemporaryFile().close();
                default -> space.namedTemporaryFile();
            }
        }

        private MakesOne() {}
    }

    private List<String> classesLoaded(String... arguments) throws Exception {
        ChildJvm.Result result = child(MakesOne.class, arguments)
                .options("-Xlog:class+load", "-Dtempfile4j.backend=portable")
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("io.tempfile4j.TempSpace ");
        return result.lines();
    }

    private static Stream<String> lambdas(List<String> loaded) {
        // The reaper begins later, if the process still is there, and keeps nobody waiting.
        return loaded.stream()
                .filter(line -> line.contains("io.tempfile4j.") && line.contains("$$Lambda"))
                .filter(line -> !line.contains("journal.Reaper") && !line.contains("journal.JournalReader"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"named", "closed", "directory", "nameless"})
    void make_firstOfAProcessInItsDirectory_loadsNoLambda(String what) throws Exception {
        assertThat(lambdas(classesLoaded(space.toString(), what))).isEmpty();
    }

    @Test
    void make_firstOfAProcessInTheSystemsDirectory_loadsNoLambda() throws Exception {
        assertThat(lambdas(classesLoaded("", "closed"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"named", "closed", "directory", "nameless"})
    void make_nothingToLog_loadsNoClassForLogging(String what) throws Exception {
        assertThat(classesLoaded(space.toString(), what)).noneMatch(line -> line.contains(".Escap"));
    }

    /** By the thread that makes them: another one links in the meantime, if the process is still there. */
    @Test
    @Needs(Need.NATIVE)
    void make_firstOfAProcessWithNativeAccess_linksNoNativeCall() throws Exception {
        List<String> portably = loadedByMain("auto");
        assertThat(portably).anyMatch(line -> line.contains("io.tempfile4j.TempSpace "));
        assertThat(portably).noneMatch(line -> line.contains("java.lang.foreign.Linker "));
        assertThat(loadedByMain("native")).anyMatch(line -> line.contains("java.lang.foreign.Linker "));
    }

    /** Which classes the thread has loaded that made the first thing. */
    private List<String> loadedByMain(String backend) throws Exception {
        ChildJvm.Result result = child(MakesOne.class, space.toString(), "closed")
                .anyBackend()
                .options(
                        "-Xlog:class+load:stdout:tid",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dtempfile4j.backend=" + backend)
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        String main = result.lines().stream()
                .filter(line -> line.contains("ColdStartTest$MakesOne "))
                .findFirst()
                .orElseThrow()
                .replaceFirst("].*", "]");
        return result.lines().stream().filter(line -> line.startsWith(main)).toList();
    }

    /** Only to see that they are what they are declared as, or for a constant. */
    @Test
    void make_firstOfAProcess_loadsNoClassThatIsNotUsed() throws Exception {
        assertThat(classesLoaded(space.toString(), "named"))
                .noneMatch(line -> line.contains("io.tempfile4j.SharedInputStream ")
                        || line.contains("io.tempfile4j.SharedOutputStream ")
                        || line.contains("io.tempfile4j.IndependentInputStream ")
                        || line.contains("Permissions$OwnerAcl ")
                        || line.contains("java.time.Duration "));
    }

    @Test
    void make_journalOff_startsNoThreadForIt() throws Exception {
        ChildJvm.Result result = child(ShowsThreads.class, space.toString())
                .options("-Dtempfile4j.journal=off")
                .run();
        assertThat(result.lines()).contains("tempfile4j-upkeep").doesNotContain("tempfile4j-reaper");
    }

    static final class ShowsThreads {
        public static void main(String[] args) throws IOException {
            TempSpace.in(Path.of(args[0])).namedTemporaryFile();
            Thread.getAllStackTraces().keySet().forEach(thread -> System.out.println(thread.getName()));
        }

        private ShowsThreads() {}
    }

    @Test
    void make_firstOfAProcess_loadsNoSecurityProviders() throws Exception {
        assertThat(classesLoaded(space.toString(), "named"))
                .noneMatch(line -> line.contains("java.security.SecureRandom "));
    }
}

package io.tempfile4j;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;

/** What tests of the native back-end have in common: they belong to the run that has it. */
abstract class NativeSuite extends ProcessSuite {

    @BeforeEach
    void requireNativeBackend() {
        assumeTrue(ChildJvm.NATIVE, "not the run with native access");
    }

    /** Runs a child and tells which system calls it made; strace(1) can also have some of them fail. */
    final Trace trace(ChildJvm child, String... options) throws IOException, InterruptedException {
        assumeTrue(straceWorks(), "no strace(1), or it may not trace");
        Path log = Files.createTempFile(scratch, "trace", ".txt");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "-s", "256", "-o", log.toString()));
        command.addAll(List.of(options));
        ChildJvm.Result result = child.wrap(command.toArray(String[]::new)).run();
        return new Trace(result, Files.readAllLines(log));
    }

    private static boolean straceWorks() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** What a traced child did. */
    record Trace(ChildJvm.Result result, List<String> calls) {

        /** The calls that speak of the text, without the number of the thread. */
        List<String> with(String text) {
            return calls.stream()
                    .filter(call -> call.contains(text))
                    .map(call -> call.replaceFirst("^\\d+ +", ""))
                    .toList();
        }

        long count(String regex) {
            Pattern pattern = Pattern.compile(regex);
            return calls.stream().filter(call -> pattern.matcher(call).find()).count();
        }
    }
}

package io.tempfile4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What tests of the native back-end have in common: they belong to the run that has it. */
@Needs(Need.NATIVE)
abstract class NativeSuite extends ProcessSuite {

    /** Runs a child and tells which system calls it made; strace(1) can also have some of them fail. */
    final Trace trace(ChildJvm child, String... options) throws IOException, InterruptedException {
        requireSaid(Need.STRACE);
        Path log = Files.createTempFile(scratch, "trace", ".txt");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "-s", "256", "-o", log.toString()));
        command.addAll(List.of(options));
        ChildJvm.Result result = child.wrap(command.toArray(String[]::new)).run();
        return new Trace(result, Files.readAllLines(log));
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

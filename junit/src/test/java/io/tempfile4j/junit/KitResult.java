package io.tempfile4j.junit;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How the tests of sample classes went. */
record KitResult(List<String[]> events) {

    static KitResult of(List<String[]> events) {
        return new KitResult(events);
    }

    /** The names, without parameter types, of tests and classes with the status. */
    private List<String> withStatus(String status) {
        return of("finished")
                .filter(event -> event[2].equals(status))
                .map(event -> event[1].replaceFirst("\\(.*", ""))
                .toList();
    }

    List<String> failed() {
        return withStatus("FAILED");
    }

    List<String> successful() {
        return withStatus("SUCCESSFUL");
    }

    /** The failure of a test or class, with all that it has suppressed. */
    String failure(String name) {
        return of("finished")
                .filter(event -> event[1].replaceFirst("\\(.*", "").endsWith(name))
                .map(event -> event[3])
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " did not run: " + this));
    }

    /** All failures, for messages. */
    String failures() {
        return String.join(
                "\n",
                of("finished")
                        .filter(event -> !event[2].equals("SUCCESSFUL"))
                        .map(event -> event[1] + ": " + event[3])
                        .toList());
    }

    /** What samples have reported under a key. */
    List<Path> reported(String key) {
        return of("reported")
                .filter(event -> event[2].equals(key))
                .map(event -> Path.of(event[3]))
                .toList();
    }

    private Stream<String[]> of(String kind) {
        return events.stream().filter(event -> event[0].equals(kind));
    }
}

package io.tempfile4j.junit.samples;

import java.util.List;
import java.util.Map;

/**
 * Runs one sample class in a JVM of its own, and prints how it went. Not beside the tests: on the module path their package
 * belongs to the module.
 */
public final class KitMain {

    private KitMain() {}

    /** The class, and a configuration parameter with its value if there are three arguments. */
    public static void main(String[] arguments) {
        Map<String, String> parameters = arguments.length == 3 ? Map.of(arguments[1], arguments[2]) : Map.of();
        List<String[]> events = new KitRunner().apply(List.of(new String[] {arguments[0]}, parameters));
        events.forEach(event -> System.out.println(String.join(" ", event)));
    }
}

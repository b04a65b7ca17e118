package io.tempfile4j.junit.samples;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs inside the class loader of one version of Jupiter; takes and gives nothing but what all loaders know. */
public final class KitRunner implements Function<List<Object>, List<String[]>> {

    /** Held: a logger that nobody holds forgets its level. What samples provoke is asserted, and need not be read. */
    private static final List<Logger> SILENT =
            List.of(Logger.getLogger("io.tempfile4j"), Logger.getLogger("org.junit"));

    static {
        SILENT.forEach(logger -> logger.setLevel(Level.OFF));
    }

    @Override
    public List<String[]> apply(List<Object> request) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
        for (String name : (String[]) request.get(0)) {
            kit.selectors(selectClass(name));
        }
        ((Map<?, ?>) request.get(1)).forEach((key, value) -> kit.configurationParameter((String) key, (String) value));
        List<String[]> results = new ArrayList<>();
        try (Stream<Event> events = kit.execute().allEvents().stream()) {
            events.forEach(event -> add(event, results));
        }
        return results;
    }

    private static void add(Event event, List<String[]> results) {
        String name = event.getTestDescriptor().getLegacyReportingName();
        event.getPayload(TestExecutionResult.class)
                .ifPresent(result -> results.add(new String[] {
                    "finished",
                    name,
                    result.getStatus().toString(),
                    result.getThrowable().map(KitRunner::describe).orElse("")
                }));
        event.getPayload(ReportEntry.class)
                .ifPresent(entry -> entry.getKeyValuePairs()
                        .forEach((key, value) -> results.add(new String[] {"reported", name, key, value})));
    }

    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.toString());
        for (Throwable suppressed : failure.getSuppressed()) {
            text.append("\nsuppressed: ").append(describe(suppressed));
        }
        if (failure.getCause() != null) {
            text.append("\ncause: ").append(describe(failure.getCause()));
        }
        return text.toString();
    }
}

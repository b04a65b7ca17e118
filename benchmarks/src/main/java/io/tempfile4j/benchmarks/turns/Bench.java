package io.tempfile4j.benchmarks.turns;

import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./tempfile4j bench}: all works, all contestants, and the report. */
@Command(
        name = "tempfile4j bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures tempfile4j against the JDK, Guava, Commons IO, C, Python and Rust, and writes a report.",
        footer = {"", "tempfile4j bench jmh [ARG...] runs the JMH benchmarks alone, with JMH's own arguments."})
public final class Bench implements Callable<Integer> {

    /** The chapters. */
    enum Chapter {
        CREATE,
        GROWTH,
        CONTENT,
        TREES,
        END,
        HEAP,
        START
    }

    /** The sections of the report, in their order. */
    static final String[] SECTIONS = {
        CreateChapter.SECTION,
        GrowthChapter.SECTION,
        ContentChapter.SECTION,
        TreesChapter.SECTION,
        EndChapter.SECTION,
        HeapChapter.SECTION,
        StartChapter.SECTION
    };

    @Option(names = "--quick", description = "A tenth of the time: small sizes, few rounds.")
    private boolean quick;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "CHAPTER",
            description = "Only these: ${COMPLETION-CANDIDATES}.")
    private Set<Chapter> only = EnumSet.allOf(Chapter.class);

    @Option(
            names = "--disk",
            paramLabel = "DIR",
            defaultValue = "/var/tmp",
            description = "On a disk. Default: ${DEFAULT-VALUE}")
    private Path disk = Path.of("/var/tmp");

    @Option(
            names = "--memory",
            paramLabel = "DIR",
            defaultValue = "/dev/shm",
            description = "On a file system in memory; left out when it is not there. Default: ${DEFAULT-VALUE}")
    private Path memory = Path.of("/dev/shm");

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Where the report is written. Default: benchmarks/results, for a part of it or a quick one"
                    + " benchmarks/target/results")
    private @Nullable Path output;

    /** The command line. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(
                    List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
            return;
        }
        System.exit(new CommandLine(new Bench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    static void say(String progress) {
        System.err.println(progress);
    }

    @Override
    public Integer call() throws Exception {
        long start = System.nanoTime();
        List<Row> rows = new ArrayList<>();
        try (TemporaryDirectory build = TemporaryDirectory.create("bench", "")) {
            Peers peers = new Peers(build.path());
            peers.absent().forEach((who, why) -> say(who + " is absent: " + why));
            Plan plan = new Plan(quick, peers, places());
            for (Chapter chapter : Chapter.values()) {
                if (only.contains(chapter)) {
                    say(chapter.name().toLowerCase(Locale.ROOT));
                    rows.addAll(measure(chapter, plan));
                    write(plan, rows, start);
                }
            }
        }
        System.out.println(Files.readString(output().resolve("README.md")));
        say("written to " + output().toAbsolutePath().normalize());
        return 0;
    }

    /** After each chapter: what comes later may fail. */
    private void write(Plan plan, List<Row> rows, long start) throws IOException {
        long minutes = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - start);
        Files.createDirectories(output());
        Machine machine = Machine.here(quick, minutes, plan.places());
        Report report = new Report(machine, plan.peers().absent(), rows);
        (isAll() ? report : report.over(output())).write(output());
    }

    /** What is committed is written over only by all of it. */
    private Path output() {
        if (output != null) {
            return output;
        }
        Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
        Path target = Objects.requireNonNull(jar.getParent());
        return !quick && isAll() ? target.resolveSibling("results") : target.resolve("results");
    }

    private boolean isAll() {
        return only.size() == Chapter.values().length;
    }

    private List<Path> places() {
        List<Path> places = new ArrayList<>();
        for (Path place : List.of(disk, memory)) {
            if (Files.isWritable(place)) {
                places.add(place.toAbsolutePath());
            }
        }
        return places;
    }

    private static List<Row> measure(Chapter chapter, Plan plan) throws Exception {
        return switch (chapter) {
            case CREATE -> new CreateChapter(plan).rows();
            case GROWTH -> new GrowthChapter(plan).rows();
            case CONTENT -> new ContentChapter(plan).rows();
            case TREES -> new TreesChapter(plan).rows();
            case END -> new EndChapter(plan).rows();
            case HEAP -> new HeapChapter(plan).rows();
            case START -> new StartChapter(plan).rows();
        };
    }
}

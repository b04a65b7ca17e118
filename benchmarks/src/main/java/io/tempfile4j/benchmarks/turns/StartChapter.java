package io.tempfile4j.benchmarks.turns;

import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** From the start of a JVM to its first temporary file: the time, and the classes that are loaded for it. */
record StartChapter(Plan plan) {

    static final String SECTION = "First file of a process";
    private static final List<Contestant> ALL = List.of(
            Contestant.NOTHING,
            Contestant.JDK,
            Contestant.BY_HAND,
            Contestant.PORTABLE,
            Contestant.UNRECORDED,
            Contestant.NATIVE,
            Contestant.AT_ONCE);

    /** Class-data sharing: none, of the JDK's own classes as it comes, of the program's too. */
    private enum Sharing {
        OFF("without class-data sharing"),
        JDK("with the JDK's class-data sharing"),
        PROGRAM("with an archive of the program's own");

        private final String label;

        Sharing(String label) {
            this.label = label;
        }
    }

    List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        List<Contestant> present = ALL.stream()
                .filter(each -> !plan.peers().absent().containsKey(each))
                .toList();
        try (TempSpace space = TempSpace.in(plan.fastest());
                TemporaryDirectory directory = space.temporaryDirectory("bench", "")) {
            Path where = directory.path();
            for (Contestant each : present) {
                Child.run(command(each, where, List.of("-XX:ArchiveClassesAtExit=" + archive(each), "-Xlog:disable")));
            }
            for (Sharing sharing : Sharing.values()) {
                rows.addAll(times(sharing, present, where));
            }
            List<Row.Cell> classes = new ArrayList<>();
            for (Contestant each : present) {
                classes.add(new Row.Cell(each.toString(), List.of(classes(each, where))));
            }
            rows.add(new Row(SECTION, "classes loaded", "", "classes", classes));
        }
        return rows;
    }

    private List<Row> times(Sharing sharing, List<Contestant> present, Path where)
            throws IOException, InterruptedException {
        Map<Contestant, List<Double>> process = new LinkedHashMap<>();
        Map<Contestant, List<Double>> alone = new LinkedHashMap<>();
        for (int round = 0; round < (plan.quick() ? 5 : 21); round++) {
            for (Contestant each : present) {
                List<String> options = switch (sharing) {
                    case OFF -> List.of("-Xshare:off");
                    case JDK -> List.of();
                    // It is used, but not without a word about the grant of native access.
                    case PROGRAM -> List.of("-XX:SharedArchiveFile=" + archive(each), "-Xlog:disable");
                };
                Child child = Child.run(command(each, where, options));
                process.computeIfAbsent(each, all -> new ArrayList<>()).add(child.firstLine() / 1e6);
                alone.computeIfAbsent(each, all -> new ArrayList<>()).add(child.number() / 1e6);
            }
        }
        Bench.say("  " + sharing.label);
        return List.of(
                new Row(SECTION, "from the start of the JVM, " + sharing.label, "", "ms", cells(process)),
                new Row(SECTION, "the making alone, " + sharing.label, "", "ms", cells(alone)));
    }

    private static List<Row.Cell> cells(Map<Contestant, List<Double>> taken) {
        List<Row.Cell> cells = new ArrayList<>();
        taken.forEach((who, turns) -> cells.add(new Row.Cell(who.toString(), turns)));
        return cells;
    }

    private double classes(Contestant who, Path where) throws IOException, InterruptedException {
        Path log = plan.peers().build().resolve("classes-" + who);
        Child.run(command(who, where, List.of("-Xlog:class+load:file=" + log)));
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source:")).count();
        }
    }

    private Path archive(Contestant who) {
        return plan.peers().build().resolve(who.name() + ".jsa");
    }

    private static List<String> command(Contestant who, Path where, List<String> options) {
        List<String> all = new ArrayList<>(options);
        if (who == Contestant.NATIVE) {
            // As it comes; the other chapters measure what it is from then on.
            all.add("-Dtempfile4j.backend=auto");
        }
        return Peers.java(who, First.class, all, who.name(), where.toString());
    }

    /** Makes a file, and prints the nanoseconds that took. */
    static final class First {
        private First() {}

        public static void main(String[] args) throws IOException {
            Path directory = Path.of(args[1]);
            long start = System.nanoTime();
            switch (args[0]) {
                case "NOTHING" -> {}
                case "JDK" ->
                    Files.createTempFile(directory, "tmp", null).toFile().deleteOnExit();
                case "BY_HAND" -> new ByHand.AtExit().make(directory);
                case "UNRECORDED" ->
                    TempSpace.builder()
                            .directory(directory)
                            .crashCleanup(false)
                            .open()
                            .namedTemporaryFile();
                default -> TempSpace.in(directory).namedTemporaryFile();
            }
            System.out.println(System.nanoTime() - start);
        }
    }
}

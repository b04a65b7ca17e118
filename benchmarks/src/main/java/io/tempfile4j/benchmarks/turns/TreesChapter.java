package io.tempfile4j.benchmarks.turns;

import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Removing trees. Each removal has a tree of its own, made just before and not measured. {@code rm} is started for each
 * tree, which is in its figure (about a millisecond).
 */
record TreesChapter(Plan plan) {

    static final String SECTION = "Remove trees";

    private static final List<Contestant> ALL = List.of(
            Contestant.NATIVE,
            Contestant.PORTABLE,
            Contestant.JDK,
            Contestant.GUAVA,
            Contestant.COMMONS,
            Contestant.PYTHON,
            Contestant.RUST,
            Contestant.RM);

    /** With trees of this part of the size the compilers of each JVM are warmed up. */
    private static final int WARM_UP_PERCENT = 5;

    private static final int WARM_UPS = 3;

    List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Path place : plan.places()) {
            List<Worker> workers = plan.peers().start(ALL);
            try (TempSpace space = TempSpace.in(place);
                    TemporaryDirectory directory = space.temporaryDirectory("bench", "")) {
                for (Trees shape : Trees.values()) {
                    rows.add(measure(shape, place, directory.resolve("tree"), workers));
                }
            } finally {
                for (Worker worker : workers) {
                    worker.close();
                }
            }
        }
        return rows;
    }

    /** On a disk less: to build hundreds of trees of full size there may take hours, which measures nothing. */
    private int percent(Path place) {
        if (plan.quick()) {
            return 5;
        }
        return place.equals(plan.fastest()) ? 100 : 10;
    }

    private Row measure(Trees shape, Path place, Path tree, List<Worker> workers) throws IOException {
        int percent = percent(place);
        int rounds = 3;
        Map<Worker, List<Double>> taken = new LinkedHashMap<>();
        List<Worker> able = new ArrayList<>(workers);
        for (int round = -WARM_UPS; round < rounds; round++) {
            for (Worker worker : List.copyOf(able)) {
                shape.build(tree, round < 0 ? WARM_UP_PERCENT : percent);
                try {
                    double nanos = worker.work("remove", tree, 1, 1);
                    if (round >= 0) {
                        taken.computeIfAbsent(worker, all -> new ArrayList<>()).add(nanos / 1e6);
                    }
                } catch (IOException cannot) {
                    Bench.say("  " + cannot.getMessage());
                    able.remove(worker);
                    taken.remove(worker);
                }
                if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
                    TemporaryDirectory.adopt(tree).close();
                }
            }
        }
        List<Row.Cell> cells = new ArrayList<>();
        taken.forEach(
                (worker, turns) -> cells.add(new Row.Cell(worker.contestant().toString(), turns)));
        Bench.say("  " + Plan.nameOf(place) + " " + shape.label(percent));
        return new Row(SECTION, shape.label(percent), Plan.nameOf(place), "ms", cells);
    }
}

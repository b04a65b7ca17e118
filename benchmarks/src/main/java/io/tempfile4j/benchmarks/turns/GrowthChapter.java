package io.tempfile4j.benchmarks.turns;

import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What making and closing a named file costs when more and more is alive, in more and more threads, in a directory that
 * becomes larger.
 */
record GrowthChapter(Plan plan) {

    static final String SECTION = "Growth";

    private static final List<Contestant> WHO =
            List.of(Contestant.NATIVE, Contestant.PORTABLE, Contestant.JDK, Contestant.JDK_ON_EXIT, Contestant.C);

    List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        live(plan.fastest(), rows);
        threads(plan.fastest(), rows);
        for (Path place : plan.places()) {
            entries(place, rows);
        }
        return rows;
    }

    private int[] sizes() {
        return plan.quick() ? new int[] {1, 100, 10_000} : new int[] {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};
    }

    /** Each has its own directory, which grows with what is alive: what C takes in one that is as large is the kernel's part. */
    private void live(Path place, List<Row> rows) throws IOException {
        List<Worker> holding =
                plan.peers().start(List.of(Contestant.NATIVE, Contestant.PORTABLE, Contestant.JDK_ON_EXIT));
        List<Worker> workers = new ArrayList<>(holding);
        workers.addAll(plan.peers().start(List.of(Contestant.C)));
        try (TempSpace space = TempSpace.in(place)) {
            Map<Worker, Path> directories = new HashMap<>();
            for (Worker worker : holding) {
                directories.put(worker, space.temporaryDirectory("bench", "").path());
            }
            Path first = Objects.requireNonNull(directories.get(holding.get(0)));
            int alive = 0;
            for (int size : sizes()) {
                for (Worker worker : holding) {
                    worker.work("hold", Objects.requireNonNull(directories.get(worker)), 1, size - alive);
                }
                alive = size;
                add(
                        rows,
                        "alive",
                        place,
                        size,
                        plan.turns().micros(workers, "named", worker -> directories.getOrDefault(worker, first), 1));
            }
        } finally {
            close(workers);
        }
    }

    private void threads(Path place, List<Row> rows) throws IOException {
        List<Worker> workers = plan.peers().start(WHO);
        try (TemporaryDirectory directory = CreateChapter.holding(place, 0)) {
            for (int threads : plan.quick() ? new int[] {1, 2, 4} : new int[] {1, 2, 4, 8, 16, 32}) {
                add(rows, "threads", place, threads, plan.turns().micros(workers, "named", directory.path(), threads));
            }
        } finally {
            close(workers);
        }
    }

    private void entries(Path place, List<Row> rows) throws IOException {
        List<Worker> workers = plan.peers().start(WHO);
        try {
            for (int entries : sizes()) {
                try (TemporaryDirectory directory = CreateChapter.holding(place, entries)) {
                    add(
                            rows,
                            "entries of the directory",
                            place,
                            entries,
                            plan.turns().micros(workers, "named", directory.path(), 1));
                }
            }
        } finally {
            close(workers);
        }
    }

    private static void close(List<Worker> workers) throws IOException {
        for (Worker worker : workers) {
            worker.close();
        }
    }

    private static void add(List<Row> rows, String what, Path place, int x, List<Row.Cell> cells) {
        Bench.say("  " + Plan.nameOf(place) + " " + what + " " + x);
        rows.add(new Row(SECTION, what, Plan.nameOf(place), "µs", x, cells));
    }
}

package io.tempfile4j.benchmarks.turns;

import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Making and closing, alone and in many threads, in a directory with few entries and in one with a million; and
 * persisting.
 */
record CreateChapter(Plan plan) {

    static final String SECTION = "Create and close";
    private static final List<Contestant> ALL = List.of(
            Contestant.NATIVE,
            Contestant.PORTABLE,
            Contestant.UNRECORDED,
            Contestant.JDK,
            Contestant.JDK_ON_EXIT,
            Contestant.BY_HAND,
            Contestant.PYTHON,
            Contestant.RUST,
            Contestant.C_SAME,
            Contestant.C);

    private static final int FEW = 10;

    List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        int many = plan.quick() ? 10_000 : 1_000_000;
        for (Path place : plan.places()) {
            for (int entries : new int[] {FEW, many}) {
                try (TemporaryDirectory directory = holding(place, entries)) {
                    measure(place, directory.path(), entries, rows);
                }
            }
        }
        return rows;
    }

    /** A directory that has entries already. */
    static TemporaryDirectory holding(Path place, int entries) throws IOException {
        TemporaryDirectory directory = TempSpace.in(place).temporaryDirectory("bench", "");
        Trees.fill(directory.path(), entries);
        return directory;
    }

    private void measure(Path place, Path directory, int entries, List<Row> rows) throws IOException {
        String where = Plan.nameOf(place);
        List<Worker> workers = plan.peers().start(ALL);
        try {
            int[] threadCounts = entries == FEW ? new int[] {1, 2, 8} : new int[] {1};
            for (int threads : threadCounts) {
                for (String work : List.of("nameless", "named", "directory")) {
                    String name = work
                            + (threads == 1 ? "" : ", " + threads + " threads")
                            + (entries == FEW ? "" : String.format(", among %,d", entries));
                    add(rows, name, where, plan.turns().micros(workers, work, directory, threads));
                }
            }
            if (entries == FEW) {
                add(rows, "persist 4 KiB", where, plan.turns().micros(workers, "persist", directory, 1));
                add(rows, "replace durably", where, plan.turns().micros(workers, "replace", directory, 1));
            }
        } finally {
            for (Worker worker : workers) {
                worker.close();
            }
        }
    }

    private static void add(List<Row> rows, String work, String where, List<Row.Cell> cells) {
        Bench.say("  " + where + " " + work);
        rows.add(new Row(SECTION, work, where, "µs", cells));
    }
}

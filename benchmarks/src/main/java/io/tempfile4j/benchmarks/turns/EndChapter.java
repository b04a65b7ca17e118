package io.tempfile4j.benchmarks.turns;

import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long the end of a program takes that has many files alive, in memory; they are gone then. */
record EndChapter(Plan plan) {

    static final String SECTION = "End of the program";

    private static final List<Contestant> ALL =
            List.of(Contestant.NATIVE, Contestant.PORTABLE, Contestant.JDK_ON_EXIT, Contestant.BY_HAND);

    private static final int ROUNDS = 3;

    List<Row> rows() throws IOException, InterruptedException {
        int files = plan.quick() ? 10_000 : 100_000;
        Map<Contestant, List<Double>> taken = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Contestant each : ALL) {
                if (plan.peers().absent().containsKey(each)) {
                    continue;
                }
                try (TempSpace space = TempSpace.in(plan.fastest());
                        TemporaryDirectory directory = space.temporaryDirectory("bench", "")) {
                    Child child = Child.run(Peers.java(
                            each,
                            Program.class,
                            List.of(),
                            each.name(),
                            directory.path().toString(),
                            Integer.toString(files)));
                    if (!isEmpty(directory.path())) {
                        throw new IOException(each + " has left something in " + directory.path());
                    }
                    taken.computeIfAbsent(each, all -> new ArrayList<>()).add(child.afterwards() / 1e6);
                }
            }
        }
        List<Row.Cell> cells = new ArrayList<>();
        taken.forEach((who, turns) -> cells.add(new Row.Cell(who.toString(), turns)));
        String work = String.format("%,d files alive", files);
        return List.of(new Row(SECTION, work, Plan.nameOf(plan.fastest()), "ms", cells));
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    /** What ends: arguments are the contestant, the directory, and how many files. */
    static final class Program {
        @SuppressWarnings("UnusedVariable") // being reachable is all it does
        private static volatile @Nullable Object held;

        private Program() {}

        public static void main(String[] args) throws IOException {
            File directory = new File(args[1]);
            int files = Integer.parseInt(args[2]);
            List<Object> alive = new ArrayList<>();
            switch (Contestant.valueOf(args[0])) {
                case JDK_ON_EXIT -> {
                    for (int i = 0; i < files; i++) {
                        File.createTempFile("tmp", null, directory).deleteOnExit();
                    }
                }
                case BY_HAND -> {
                    ByHand.AtExit end = new ByHand.AtExit();
                    for (int i = 0; i < files; i++) {
                        end.make(directory.toPath());
                    }
                }
                default -> {
                    TempSpace space = TempSpace.in(directory.toPath());
                    for (int i = 0; i < files; i++) {
                        alive.add(space.temporaryPath("tmp", "", Files::createFile));
                    }
                }
            }
            System.out.println(files);
            held = alive;
            System.exit(0);
        }
    }
}

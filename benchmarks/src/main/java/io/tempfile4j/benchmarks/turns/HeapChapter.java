package io.tempfile4j.benchmarks.turns;

import com.google.common.io.FileBackedOutputStream;
import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.File;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.io.output.DeferredFileOutputStream;
import org.jspecify.annotations.Nullable;

/** How much heap a living object keeps, and what is kept of those that are closed. */
record HeapChapter(Plan plan) {

    static final String SECTION = "Heap";

    private static final List<String> SERIAL = List.of("-XX:+UseSerialGC", "-Xmx2g");

    /** What an open one holds is a descriptor too, and those are not without number. */
    private static final int OPEN = 5_000;

    private static final int MANY = 50_000;
    private static final int CHECKPOINTS = 10;
    private static final int MAX_SIZE = 1024;

    /** What is kept alive. */
    enum Thing {
        NAMED("named file, open", OPEN),
        CLOSED("named file, channel closed", MANY),
        NAMELESS("file without a name", OPEN),
        SPOOLED("spooled file, empty", MANY),
        PATH("path", MANY),
        DIRECTORY("directory", MANY);

        private final String label;
        private final int count;

        Thing(String label, int count) {
            this.label = label;
            this.count = count;
        }
    }

    List<Row> rows() throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        try (TempSpace space = TempSpace.in(plan.fastest());
                TemporaryDirectory directory = space.temporaryDirectory("bench", "")) {
            for (Thing thing : Thing.values()) {
                List<Row.Cell> cells = new ArrayList<>();
                for (Contestant who : List.of(
                        Contestant.NATIVE,
                        Contestant.PORTABLE,
                        Contestant.JDK_ON_EXIT,
                        Contestant.BY_HAND,
                        Contestant.GUAVA,
                        Contestant.COMMONS)) {
                    if (plan.peers().absent().containsKey(who) || !Alive.has(who, thing)) {
                        continue;
                    }
                    List<String> options = new ArrayList<>(SERIAL);
                    options.add("-Dtempfile4j.dir=" + directory.path());
                    Child child = Child.run(Peers.java(who, Alive.class, options, who.name(), thing.name()));
                    cells.add(new Row.Cell(who.toString(), List.of(child.number())));
                }
                Bench.say("  " + thing.label);
                rows.add(new Row(SECTION, thing.label, "", "bytes", cells));
            }
            rows.addAll(overCycles(directory.path()));
        }
        return rows;
    }

    private List<Row> overCycles(Path directory) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        // What deleteOnExit keeps would not fit after ten times as many.
        int most = plan.quick() ? 100_000 : 10_000_000;
        for (Contestant who : List.of(Contestant.NATIVE, Contestant.PORTABLE, Contestant.JDK_ON_EXIT)) {
            if (plan.peers().absent().containsKey(who)) {
                continue;
            }
            int cycles = who == Contestant.NATIVE ? most : most / 10;
            Child child = Child.run(
                    Peers.java(who, Cycles.class, SERIAL, who.name(), directory.toString(), Integer.toString(cycles)));
            for (int i = 0; i < child.lines().size(); i++) {
                double x = (double) cycles / CHECKPOINTS * (i + 1);
                double megabytes = Double.parseDouble(child.lines().get(i)) / (1 << 20);
                rows.add(new Row(
                        SECTION,
                        "retained after cycles",
                        "",
                        "MiB",
                        x,
                        List.of(new Row.Cell(who.toString(), List.of(megabytes)))));
            }
            Bench.say("  " + who + ", " + cycles + " cycles");
        }
        return rows;
    }

    private static long used() {
        // The reference handlers want a moment for what the first collection found.
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Prints the bytes of each of many living objects. */
    static final class Alive {
        private Alive() {}

        static boolean has(Contestant who, Thing thing) {
            return switch (who) {
                case JDK_ON_EXIT -> thing == Thing.PATH;
                case BY_HAND -> thing == Thing.PATH || thing == Thing.SPOOLED;
                case GUAVA, COMMONS -> thing == Thing.SPOOLED;
                default -> true;
            };
        }

        public static void main(String[] args) throws IOException {
            Contestant who = Contestant.valueOf(args[0]);
            Thing thing = Thing.valueOf(args[1]);
            TempSpace space = TempSpace.system();
            // The first of all brings classes and tables with it.
            Object[] alive = new Object[thing.count + 1];
            alive[thing.count] = make(who, thing, space);
            try {
                long before = used();
                for (int i = 0; i < thing.count; i++) {
                    alive[i] = make(who, thing, space);
                }
                System.out.println((double) (used() - before) / thing.count);
            } finally {
                Reference.reachabilityFence(alive);
            }
        }

        private static Object make(Contestant who, Thing thing, TempSpace space) throws IOException {
            if (who == Contestant.GUAVA) {
                return new FileBackedOutputStream(MAX_SIZE);
            }
            if (who == Contestant.COMMONS) {
                return DeferredFileOutputStream.builder()
                        .setThreshold(MAX_SIZE)
                        .setPrefix("spooled")
                        .setDirectory(space.directory())
                        .get();
            }
            if (who == Contestant.BY_HAND) {
                return thing == Thing.PATH ? ByHand.Watched.path(space.directory()) : ByHand.Watched.spooled(MAX_SIZE);
            }
            if (who == Contestant.JDK_ON_EXIT) {
                File file = File.createTempFile("tmp", null, space.directory().toFile());
                file.deleteOnExit();
                return new Object();
            }
            return switch (thing) {
                case NAMED -> space.namedTemporaryFile();
                case CLOSED -> {
                    NamedTemporaryFile file = space.namedTemporaryFile();
                    file.closeChannel();
                    yield file;
                }
                case NAMELESS -> space.temporaryFile();
                case SPOOLED -> space.spooledTemporaryFile(MAX_SIZE);
                case PATH -> space.temporaryPath("tmp", "", Files::createFile);
                case DIRECTORY -> space.temporaryDirectory();
            };
        }
    }

    /** Prints, several times, how much heap is in use after so many named files were made and closed. */
    static final class Cycles {
        private Cycles() {}

        public static void main(String[] args) throws IOException {
            Path directory = Path.of(args[1]);
            int cycles = Integer.parseInt(args[2]);
            Operations.@Nullable Operation found = Contestant.valueOf(args[0]) == Contestant.JDK_ON_EXIT
                    ? Operations.onExit(directory).get("named")
                    : new Operations.Ours(directory, true).works().get("named");
            Operations.Operation operation = Objects.requireNonNull(found);
            for (int i = 1; i <= cycles; i++) {
                operation.run();
                if (i % (cycles / CHECKPOINTS) == 0) {
                    System.out.println(used());
                }
            }
        }
    }
}

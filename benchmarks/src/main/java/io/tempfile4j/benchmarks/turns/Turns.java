package io.tempfile4j.benchmarks.turns;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The rounds: in each of them every worker has a turn.
 *
 * @param rounds how many
 * @param turnNanos how long a turn lasts, about; each worker does as many operations as that takes it
 * @param warmUpNanos for how long each works before, at least, which the compilers of a JVM want
 */
record Turns(int rounds, long turnNanos, long warmUpNanos) {

    /** By then the JVM has compiled what is called once for each operation; slow operations take a while to get there. */
    private static final int COMPILED_AFTER = 20_000;

    private static final int MOST_WARM_UPS = 10;

    /** Microseconds of one operation, of each worker in each round; who cannot do it is left out. */
    List<Row.Cell> micros(List<Worker> workers, String work, Path directory, int threads) throws IOException {
        return micros(workers, work, worker -> directory, threads);
    }

    /** The same, with a directory for each. */
    List<Row.Cell> micros(List<Worker> workers, String work, Function<Worker, Path> directories, int threads)
            throws IOException {
        Map<Worker, Long> operations = new LinkedHashMap<>();
        for (Worker worker : workers) {
            warmUp(worker, work, directories.apply(worker), threads).ifPresent(each -> operations.put(worker, each));
        }
        Map<Worker, List<Double>> turns = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<Worker, Long> entry : operations.entrySet()) {
                double nanos = entry.getKey().work(work, directories.apply(entry.getKey()), threads, entry.getValue());
                turns.computeIfAbsent(entry.getKey(), worker -> new ArrayList<>())
                        .add(nanos / entry.getValue() / 1e3);
            }
        }
        List<Row.Cell> cells = new ArrayList<>();
        turns.forEach(
                (worker, taken) -> cells.add(new Row.Cell(worker.contestant().toString(), taken)));
        return cells;
    }

    /** Returns how many operations a turn has room for; nothing if the work is none of this worker's. */
    private OptionalLong warmUp(Worker worker, String work, Path directory, int threads) throws IOException {
        long operations = 50;
        long done = 0;
        long start = System.nanoTime();
        while (true) {
            OptionalLong nanos = worker.tryWork(work, directory, threads, operations);
            if (nanos.isEmpty()) {
                return nanos;
            }
            double each = (double) Math.max(1, nanos.getAsLong()) / operations;
            done += operations * threads;
            operations = Math.max(1, (long) (turnNanos / each));
            long taken = System.nanoTime() - start;
            if (taken >= warmUpNanos && (done >= COMPILED_AFTER || taken >= MOST_WARM_UPS * warmUpNanos)) {
                return OptionalLong.of(operations);
            }
        }
    }
}

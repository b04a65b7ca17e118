package io.tempfile4j.benchmarks.turns;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One work at one place, done by several.
 *
 * @param section the chapter it belongs to
 * @param work what is done
 * @param place on which file system; empty where that does not matter
 * @param unit of the figures
 * @param x where on the axis of a growth curve it lies; 0 if it is on none
 * @param cells who took how long
 */
record Row(String section, String work, String place, String unit, double x, List<Cell> cells) {

    Row {
        cells = List.copyOf(cells);
    }

    Row(String section, String work, String place, String unit, List<Cell> cells) {
        this(section, work, place, unit, 0, cells);
    }

    /** What one contestant took, turn by turn. */
    record Cell(String contestant, List<Double> turns) {
        Cell {
            turns = List.copyOf(turns);
        }

        double median() {
            return Row.median(turns.stream().mapToDouble(Double::doubleValue).toArray());
        }

        double least() {
            return turns.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        }

        double most() {
            return turns.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        }
    }

    Optional<Cell> cell(String contestant) {
        return cells.stream()
                .filter(cell -> cell.contestant().equals(contestant))
                .findFirst();
    }

    /** How many times as long one took as the other: the median of the rounds' ratios, for the load of a round met both. */
    double ratio(Cell one, Cell other) {
        int rounds = Math.min(one.turns().size(), other.turns().size());
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = one.turns().get(i) / other.turns().get(i);
        }
        return median(ratios);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}

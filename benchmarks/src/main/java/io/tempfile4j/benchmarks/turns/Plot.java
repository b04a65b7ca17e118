package io.tempfile4j.benchmarks.turns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Pictures as SVG. Written by hand: the libraries for it draw by way of the JDK's desktop, which wants fonts that servers
 * do not have.
 */
final class Plot {

    private static final int WIDTH = 760;
    private static final int LABELS = 190;
    private static final int BAR = 13;
    private static final int GAP = 12;
    private static final int HEIGHT = 320;
    private static final int MARGIN = 60;

    /** By contestant, the same in each picture; legible on white and on black. */
    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry(Contestant.NATIVE.toString(), "#0b7a4b"),
            Map.entry(Contestant.PORTABLE.toString(), "#4cb782"),
            Map.entry(Contestant.UNRECORDED.toString(), "#a5d9bf"),
            Map.entry(Contestant.JDK.toString(), "#d9822b"),
            Map.entry(Contestant.JDK_ON_EXIT.toString(), "#b3541e"),
            Map.entry(Contestant.BY_HAND.toString(), "#7a5c00"),
            Map.entry(Contestant.GUAVA.toString(), "#8a6fd1"),
            Map.entry(Contestant.COMMONS.toString(), "#c0485f"),
            Map.entry(Contestant.PYTHON.toString(), "#3b7dd8"),
            Map.entry(Contestant.RUST.toString(), "#9c7a55"));

    private static final String OTHER_COLOUR = "#8b949e";

    private final StringBuilder svg = new StringBuilder();

    private Plot() {}

    /** A group of bars for each work, each as long as its longest allows: the figures are at their ends. */
    static String bars(String title, List<Row> rows) {
        Plot plot = new Plot();
        int y = 40;
        for (Row row : rows) {
            plot.text(10, y + BAR - 2, "start", "bold", row.work() + ", " + row.unit());
            y += BAR + 6;
            double most =
                    row.cells().stream().mapToDouble(Row.Cell::median).max().orElse(1);
            for (Row.Cell cell : row.cells()) {
                double length = Math.max(1, (WIDTH - LABELS - 80) * cell.median() / most);
                plot.text(LABELS - 8, y + BAR - 3, "end", "normal", cell.contestant());
                plot.add(
                        "<rect x='%d' y='%d' width='%.1f' height='%d' fill='%s'/>",
                        LABELS, y, length, BAR - 2, colour(cell.contestant()));
                plot.text(LABELS + length + 5, y + BAR - 3, "start", "normal", Report.show(cell));
                y += BAR;
            }
            y += GAP;
        }
        return plot.finish(title, y);
    }

    /** A line for each contestant; both axes are logarithmic, unless nothing grows along one of them. */
    static String lines(String title, List<Row> points) {
        Map<String, List<double[]>> series = new LinkedHashMap<>();
        for (Row point : points) {
            for (Row.Cell cell : point.cells()) {
                series.computeIfAbsent(cell.contestant(), all -> new ArrayList<>())
                        .add(new double[] {point.x(), cell.median()});
            }
        }
        List<double[]> all = series.values().stream().flatMap(List::stream).toList();
        Axis across = Axis.of(all.stream().mapToDouble(each -> each[0]).toArray(), MARGIN, WIDTH - LABELS);
        Axis up = Axis.of(all.stream().mapToDouble(each -> each[1]).toArray(), HEIGHT - MARGIN + 20, 50);
        Plot plot = new Plot();
        for (double tick : across.ticks()) {
            plot.add(
                    "<line x1='%1$.1f' x2='%1$.1f' y1='50' y2='%2$d' stroke='#8b949e' stroke-opacity='0.3'/>",
                    across.at(tick), HEIGHT - MARGIN + 20);
            plot.text(across.at(tick), HEIGHT - 22, "middle", "normal", count(tick));
        }
        for (double tick : up.ticks()) {
            plot.add(
                    "<line x1='%d' x2='%d' y1='%3$.1f' y2='%3$.1f' stroke='#8b949e' stroke-opacity='0.3'/>",
                    MARGIN, WIDTH - LABELS, up.at(tick));
            plot.text(MARGIN - 6, up.at(tick) + 4, "end", "normal", count(tick));
        }
        plot.text(10, 40, "start", "normal", points.get(0).unit());
        int label = 60;
        for (Map.Entry<String, List<double[]>> each : series.entrySet()) {
            StringBuilder path = new StringBuilder();
            for (double[] point : each.getValue()) {
                path.append(String.format(Locale.ROOT, "%.1f,%.1f ", across.at(point[0]), up.at(point[1])));
            }
            String colour = colour(each.getKey());
            plot.add(
                    "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>",
                    path.toString().strip(), colour);
            plot.add("<rect x='%d' y='%d' width='12' height='4' fill='%s'/>", WIDTH - LABELS + 14, label - 5, colour);
            plot.text(WIDTH - LABELS + 32, label, "start", "normal", each.getKey());
            label += 18;
        }
        return plot.finish(title, HEIGHT);
    }

    /** Where on the picture a value lies. */
    private record Axis(double least, double most, double from, double to) {
        /** From a power of ten to a power of ten. */
        static Axis of(double[] values, double from, double to) {
            double least =
                    java.util.Arrays.stream(values).filter(v -> v > 0).min().orElse(1);
            double most = java.util.Arrays.stream(values).max().orElse(10);
            double low = Math.floor(Math.log10(least));
            return new Axis(low, Math.max(low + 1, Math.ceil(Math.log10(most))), from, to);
        }

        double at(double value) {
            return from + (to - from) * (Math.log10(Math.max(value, 1e-9)) - least) / (most - least);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (double exponent = least; exponent <= most; exponent++) {
                ticks.add(Math.pow(10, exponent));
            }
            return ticks;
        }
    }

    private static String colour(String contestant) {
        return COLOURS.getOrDefault(contestant, OTHER_COLOUR);
    }

    private static String count(double value) {
        return value < 1 ? String.format(Locale.ROOT, "%.2g", value) : String.format(Locale.ROOT, "%,.0f", value);
    }

    private void text(double x, double y, String anchor, String weight, String text) {
        add(
                "<text x='%.1f' y='%.1f' text-anchor='%s' font-weight='%s'>%s</text>",
                x, y, anchor, weight, text.replace("&", "&amp;").replace("<", "&lt;"));
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more library
    private void add(String element, Object... values) {
        svg.append(String.format(Locale.ROOT, element, values)).append('\n');
    }

    /** With a colour of the text that the reader's page may be white or black under. */
    private String finish(String title, int height) {
        return String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %1$d %2$d' font-family='sans-serif' font-size='11'"
                        + " fill='#6e7781'>%n<text x='10' y='22' font-size='15' font-weight='bold'>%3$s</text>%n%4$s</svg>%n",
                WIDTH,
                height,
                title,
                svg);
    }
}

package io.tempfile4j.benchmarks.turns;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The results as Markdown with pictures, and as JSON with each turn. */
record Report(Machine machine, Map<Contestant, String> absent, List<Row> rows) {

    /**
     * With the chapters of an earlier report of the same day and machine, but those that were measured again.
     *
     * @param directory where that report is, if there is one
     */
    Report over(Path directory) throws IOException {
        Path earlier = directory.resolve("results.json");
        if (!Files.exists(earlier)) {
            return this;
        }
        Report before = new Gson().fromJson(Files.readString(earlier), Report.class);
        if (!before.machine().isSame(machine)) {
            return this;
        }
        Set<String> again = rows.stream().map(Row::section).collect(Collectors.toSet());
        List<Row> all = new ArrayList<>(rows);
        before.rows().stream().filter(row -> !again.contains(row.section())).forEach(all::add);
        List<String> order = List.of(Bench.SECTIONS);
        all.sort(Comparator.comparingInt(row -> order.indexOf(row.section())));
        return new Report(machine, absent, all);
    }

    void write(Path directory) throws IOException {
        Files.writeString(
                directory.resolve("results.json"),
                new GsonBuilder()
                                .setPrettyPrinting()
                                .disableHtmlEscaping()
                                .create()
                                .toJson(this) + "\n");
        StringBuilder text = new StringBuilder(head());
        for (Map.Entry<String, List<Row>> section : bySection().entrySet()) {
            text.append("\n## ").append(section.getKey()).append("\n");
            List<Row> bars =
                    section.getValue().stream().filter(row -> row.x() == 0).toList();
            for (Map.Entry<String, List<Row>> place : byPlace(bars).entrySet()) {
                String file = fileName(section.getKey(), place.getKey());
                String title = title(section.getKey(), place.getKey());
                text.append(table(place.getValue(), place.getKey()));
                text.append("\n![").append(title).append("](").append(file).append(")\n");
                Files.writeString(directory.resolve(file), Plot.bars(title, place.getValue()));
            }
            for (Map.Entry<String, List<Row>> curve : curves(section.getValue()).entrySet()) {
                String file = fileName(section.getKey(), curve.getKey());
                text.append(growthTable(curve.getKey(), curve.getValue()));
                text.append("\n![")
                        .append(curve.getKey())
                        .append("](")
                        .append(file)
                        .append(")\n");
                Files.writeString(directory.resolve(file), Plot.lines(curve.getKey(), curve.getValue()));
            }
        }
        Files.writeString(directory.resolve("README.md"), text);
    }

    private String head() {
        StringBuilder text = new StringBuilder("# Results\n\n");
        text.append(machine.date()).append(", ").append(machine.processors()).append(" × ");
        text.append(machine.processor()).append(", ").append(machine.kernel()).append(", ");
        text.append(machine.jdk()).append("; `./tempfile4j bench").append(machine.quick() ? " --quick" : "");
        text.append("`, ").append(machine.minutes()).append(" minutes, load at the end ");
        text.append(machine.loadAtEnd()).append(".\n\n");
        text.append("Medians. A ratio is the median of the rounds' ratios: below 1 tempfile4j is the faster. ");
        text.append(
                "[results.json](results.json) has each turn; what is measured and why the ratios are what they are:\n");
        text.append("[benchmarks/README.md](../README.md).\n");
        absent.forEach((who, why) ->
                text.append("\n").append(who).append(" is absent: ").append(why).append("\n"));
        return text.toString();
    }

    private Map<String, List<Row>> bySection() {
        return rows.stream().collect(Collectors.groupingBy(Row::section, LinkedHashMap::new, Collectors.toList()));
    }

    private static Map<String, List<Row>> byPlace(List<Row> some) {
        return some.stream().collect(Collectors.groupingBy(Row::place, LinkedHashMap::new, Collectors.toList()));
    }

    private static Map<String, List<Row>> curves(List<Row> some) {
        return some.stream()
                .filter(row -> row.x() != 0)
                .collect(Collectors.groupingBy(
                        row -> title(row.work(), row.place()), LinkedHashMap::new, Collectors.toList()));
    }

    private static String title(String what, String place) {
        return place.isEmpty() ? what : what + ", " + place;
    }

    private static String fileName(String section, String what) {
        String name = (section + "-" + what).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return (name.endsWith("-") ? name.substring(0, name.length() - 1) : name) + ".svg";
    }

    private static Set<String> contestants(List<Row> some) {
        Set<String> names = new LinkedHashSet<>();
        for (Contestant each : Contestant.values()) {
            if (some.stream().anyMatch(row -> row.cell(each.toString()).isPresent())) {
                names.add(each.toString());
            }
        }
        return names;
    }

    private static String table(List<Row> some, String place) {
        Set<String> names = contestants(some);
        boolean againstC = names.contains(Contestant.C.toString());
        boolean againstPeers = Contestant.JVM_PEERS.stream().anyMatch(peer -> names.contains(peer.toString()));
        List<String> head = new ArrayList<>(List.of(place.isEmpty() ? "" : place));
        head.addAll(names);
        if (againstPeers) {
            head.add("ratio to the best JVM peer");
        }
        boolean againstHand = againstPeers && names.contains(Contestant.BY_HAND.toString());
        if (againstHand) {
            head.add("to by hand");
        }
        if (againstC) {
            head.add("to C, same");
            head.add("to C, fewest");
        }
        StringBuilder text = new StringBuilder("\n| " + String.join(" | ", head) + " |\n");
        text.append("| --- ").append("| ---: ".repeat(head.size() - 1)).append("|\n");
        for (Row row : some) {
            text.append("| ").append(row.work()).append(", ").append(row.unit());
            for (String name : names) {
                text.append(" | ").append(row.cell(name).map(Report::show).orElse(""));
            }
            Optional<Row.Cell> ours = ours(row);
            if (againstPeers) {
                text.append(" | ").append(ratio(row, ours, bestPeer(row)));
            }
            if (againstHand) {
                text.append(" | ").append(ratio(row, ours, row.cell(Contestant.BY_HAND.toString())));
            }
            if (againstC) {
                text.append(" | ").append(ratio(row, ours, row.cell(Contestant.C_SAME.toString())));
                text.append(" | ").append(ratio(row, ours, row.cell(Contestant.C.toString())));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    /** What a program gets that grants native access, where there is that. */
    private static Optional<Row.Cell> ours(Row row) {
        return Contestant.OURS.stream()
                .flatMap(us -> row.cell(us.toString()).stream())
                .findFirst();
    }

    private static Optional<Row.Cell> bestPeer(Row row) {
        return Contestant.JVM_PEERS.stream()
                .flatMap(peer -> row.cell(peer.toString()).stream())
                .min(Comparator.comparingDouble(Row.Cell::median));
    }

    private static String ratio(Row row, Optional<Row.Cell> ours, Optional<Row.Cell> other) {
        if (ours.isEmpty() || other.isEmpty()) {
            return "";
        }
        return String.format(Locale.ROOT, "%.2f", row.ratio(ours.get(), other.get()));
    }

    private static String growthTable(String title, List<Row> points) {
        Set<String> names = contestants(points);
        StringBuilder text = new StringBuilder("\n| " + title + " | " + String.join(" | ", names) + " |\n");
        text.append("| ---: ").append("| ---: ".repeat(names.size())).append("|\n");
        for (Map.Entry<Double, List<Row>> x : points.stream()
                .collect(Collectors.groupingBy(Row::x, java.util.TreeMap::new, Collectors.toList()))
                .entrySet()) {
            text.append("| ").append(String.format(Locale.ROOT, "%,.0f", x.getKey()));
            for (String name : names) {
                text.append(" | ");
                x.getValue().stream().flatMap(row -> row.cell(name).stream()).forEach(cell -> text.append(show(cell)));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    static String show(Row.Cell cell) {
        return show(cell.median());
    }

    /** Three digits that count. */
    static String show(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}

package io.tempfile4j.benchmarks.turns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** What it was measured on. */
record Machine(
        String date,
        String processor,
        int processors,
        String kernel,
        String jdk,
        List<String> places,
        boolean quick,
        long minutes,
        String loadAtEnd) {

    static Machine here(boolean quick, long minutes, List<Path> places) {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                places.stream().map(Plan::nameOf).toList(),
                quick,
                minutes,
                loadOfTheLastMinutes());
    }

    /** Whether figures of both may stand side by side. */
    boolean isSame(Machine other) {
        return date.equals(other.date)
                && processor.equals(other.processor)
                && kernel.equals(other.kernel)
                && jdk.equals(other.jdk)
                && quick == other.quick;
    }

    private static String field(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }

    private static String loadOfTheLastMinutes() {
        try {
            String[] loads = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
            return String.join(" ", loads[0], loads[1], loads[2]);
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}

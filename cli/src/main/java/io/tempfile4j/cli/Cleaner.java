package io.tempfile4j.cli;

import io.tempfile4j.internal.platform.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of the operating system removes old files from a directory.
 *
 * @param name of the program
 * @param age after which it removes, as its configuration says it
 * @param rule where that is said
 * @param active whether it runs on this machine, as far as can be seen
 */
record Cleaner(String name, String age, String rule, boolean active) {

    private static final Path SYSTEMD_RUNS = Path.of("/run/systemd/system");
    private static final Path TMPREAPER = Path.of("/etc/cron.daily/tmpreaper");
    private static final Path TMPREAPER_SETTINGS = Path.of("/etc/tmpreaper.conf");
    private static final Path TMPWATCH = Path.of("/etc/cron.daily/tmpwatch");
    private static final Pattern TMPREAPER_TIME = Pattern.compile("\\s*TMPREAPER_TIME=[\"']?([^\"'#\\s]+).*");

    /** That of a directory; null if none is known. */
    static @Nullable Cleaner of(Path directory) {
        return switch (Os.current()) {
            case LINUX -> ofLinux(directory);
            case MACOS ->
                directory.startsWith("/tmp") || directory.startsWith("/private/tmp")
                        ? new Cleaner("macOS", "3 days", "tmp_cleaner(8)", true)
                        : null;
            default -> null;
        };
    }

    private static @Nullable Cleaner ofLinux(Path directory) {
        TmpfilesRules.Rule rule = TmpfilesRules.read(TmpfilesRules.DIRECTORIES).removing(directory);
        if (rule != null) {
            return new Cleaner(
                    "systemd-tmpfiles",
                    rule.age(),
                    rule.file() + ": " + rule.line().replaceAll("\\s+", " "),
                    Files.isDirectory(SYSTEMD_RUNS));
        }
        if (Files.exists(TMPREAPER) && directory.startsWith("/tmp")) {
            return new Cleaner("tmpreaper", tmpreaperAge(), TMPREAPER_SETTINGS.toString(), true);
        }
        if (Files.exists(TMPWATCH) && (directory.startsWith("/tmp") || directory.startsWith("/var/tmp"))) {
            return new Cleaner("tmpwatch", directory.startsWith("/tmp") ? "10d" : "30d", TMPWATCH.toString(), true);
        }
        return null;
    }

    private static String tmpreaperAge() {
        try (Stream<String> lines = Files.lines(TMPREAPER_SETTINGS)) {
            return lines.map(TMPREAPER_TIME::matcher)
                    .filter(Matcher::matches)
                    .map(time -> time.group(1))
                    .findFirst()
                    .orElse("7d");
        } catch (IOException unreadable) {
            return "7d";
        }
    }

    String text() {
        return name + " removes what is older than " + age + " (" + rule + ")"
                + (active ? "" : "; it does not run here, as far as can be seen");
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("age", age);
        json.put("rule", rule);
        json.put("active", active);
        return json;
    }
}

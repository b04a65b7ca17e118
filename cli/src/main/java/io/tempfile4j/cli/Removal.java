package io.tempfile4j.cli;

import io.tempfile4j.internal.platform.EscapedText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What will remove something that mktemp has made, and when.
 *
 * @param cleaner of the system; null if there is none for its directory
 * @param mount of its file system; null if that is not known
 */
record Removal(
        Path path, @Nullable Cleaner cleaner, @Nullable Mount mount) {

    static Removal of(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path directory = absolute.getParent();
        return directory == null
                ? new Removal(absolute, null, null)
                : new Removal(absolute, Cleaner.of(directory), Mount.of(directory));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(EscapedText.ofName(path) + ": the caller of mktemp removes it; tempfile4j does not");
        lines.add(
                cleaner == null
                        ? "no cleaner of the system is known to look there"
                        : EscapedText.ofMessage(cleaner.text()));
        if (mount != null && mount.isInMemory()) {
            lines.add("it is in memory (" + mount.type() + "): gone when the machine stops");
        }
        return lines;
    }

    List<Map<String, Object>> json() {
        List<Map<String, Object>> by = new ArrayList<>();
        if (cleaner != null) {
            by.add(cleaner.json());
        }
        if (mount != null && mount.isInMemory()) {
            Map<String, Object> stop = new LinkedHashMap<>();
            stop.put("name", mount.type());
            stop.put("rule", "gone when the machine stops");
            by.add(stop);
        }
        return by;
    }
}

package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that can be seen of a tree: names, contents, links, and every attribute but the time of the last access, so also
 * the instant at which an inode was last changed in any way.
 */
public record Snapshot(Map<String, String> entries) {

    public static Snapshot of(Path root) throws IOException {
        String attributes = root.getFileSystem().supportedFileAttributeViews().contains("unix") ? "unix:*" : "*";
        Map<String, String> entries = new TreeMap<>();
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(root)) {
            paths = tree.toList();
        }
        for (Path path : paths) {
            Map<String, Object> found =
                    new TreeMap<>(Files.readAttributes(path, attributes, LinkOption.NOFOLLOW_LINKS));
            found.remove("lastAccessTime");
            entries.put(path.toString(), found + " " + content(path));
        }
        return new Snapshot(entries);
    }

    private static String content(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return Files.readSymbolicLink(path).toString();
        }
        return Files.isRegularFile(path) ? HexFormat.of().formatHex(Files.readAllBytes(path)) : "";
    }
}

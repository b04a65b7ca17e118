package com.example.app;

import io.tempfile4j.NamedTemporaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Hands text to something that wants a path. */
public final class LineCount {

    private LineCount() {}

    public static long of(String text) throws IOException {
        try (NamedTemporaryFile file = NamedTemporaryFile.create("text-", ".txt")) {
            file.text().write(text).flush();
            return linesAt(file.path());
        }
    }

    private static long linesAt(Path path) throws IOException {
        try (Stream<String> lines = Files.lines(path)) {
            return lines.count();
        }
    }
}

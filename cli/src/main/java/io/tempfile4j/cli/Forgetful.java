package io.tempfile4j.cli;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The other program of the tour: closes nothing, and leaves the rest to the library. */
final class Forgetful {

    /** Not garbage before the end of the program. */
    private static final List<Object> HELD = new ArrayList<>();

    private Forgetful() {}

    public static void main(String[] args) throws IOException {
        NamedTemporaryFile file = NamedTemporaryFile.create();
        TemporaryDirectory directory = TemporaryDirectory.create();
        HELD.add(file);
        HELD.add(directory);
        file.write(new byte[] {1, 2, 3});
        file.flush();
        Files.writeString(directory.resolve("content"), "content");
        // A path may contain anything, also the end of a line.
        System.out.println(file.path().toUri());
        System.out.println(directory.path().toUri());
    }
}

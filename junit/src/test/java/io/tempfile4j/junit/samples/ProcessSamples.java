package io.tempfile4j.junit.samples;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.junit.NoTempLeaks;
import io.tempfile4j.junit.Temporary;
import io.tempfile4j.junit.TemporaryDirectoryFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ProcessTest} runs in JVMs of their own. */
public final class ProcessSamples {

    private ProcessSamples() {}

    /** Waits to be killed. */
    public static class Killed {
        @Test
        void waits(
                @TempDir(factory = TemporaryDirectoryFactory.class) Path jupiters, @Temporary TemporaryDirectory ours)
                throws IOException {
            Files.createFile(jupiters.resolve("content"));
            Files.createFile(ours.resolve("content"));
            System.out.println(jupiters);
            System.out.println(ours.path());
            System.out.flush();
            System.in.read();
        }
    }

    @NoTempLeaks
    public static class Clean {
        @Test
        void passes() {}
    }

    /** Has the library open its journal. */
    @NoTempLeaks
    public static class Journaled {
        @Test
        void closesWhatItMakes() throws IOException {
            NamedTemporaryFile.create().close();
        }
    }
}

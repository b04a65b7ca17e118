package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the portable directory with a handle keeps open. */
@Needs({Need.PORTABLE, Need.PROC})
class SecureDirectoryTest {

    @TempDir
    Path scratch;

    @Test
    void hold_directoryIsHeld_opensNothingMore() throws IOException {
        Path place = scratch.toRealPath();
        Directory directory = new SecureDirectory(place, null);
        directory.hold();
        long once = descriptorsOf(place);
        directory.hold();
        assertThat(descriptorsOf(place)).isEqualTo(once).isPositive();
        directory.release();
        assertThat(descriptorsOf(place)).isZero();
    }

    private static long descriptorsOf(Path path) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(descriptor -> leadsTo(descriptor, path)).count();
        }
    }

    private static boolean leadsTo(Path descriptor, Path path) {
        try {
            return Files.readSymbolicLink(descriptor).equals(path);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}

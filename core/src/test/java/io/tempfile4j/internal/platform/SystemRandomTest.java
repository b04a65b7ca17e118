package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Group C: where random numbers come from. */
class SystemRandomTest {

    private static final int BYTES = 4096;

    @TempDir
    Path directory;

    /** Of 32,768 bits that are random half are set; 5 % more or less would be 18 standard deviations away. */
    private static void assertRandom(SystemRandom random) {
        byte[] some = new byte[BYTES];
        byte[] others = new byte[BYTES];
        random.accept(some);
        random.accept(others);
        assertThat(some).isNotEqualTo(others);
        assertThat(BitSet.valueOf(some).cardinality()).isBetween(BYTES * 8 * 45 / 100, BYTES * 8 * 55 / 100);
    }

    @Test
    void accept_systemsDevice_fillsTheArray() {
        assertRandom(new SystemRandom());
    }

    @Test
    void accept_noSuchDevice_fillsTheArray() {
        assertRandom(new SystemRandom(directory.resolve("absent").toString()));
    }

    @Test
    void accept_deviceThatEnds_isNotBelieved() throws IOException {
        Path few = Files.write(directory.resolve("few"), new byte[BYTES - 1]);
        assertRandom(new SystemRandom(few.toString()));
    }

    @Test
    void accept_interruptedThread_fillsTheArrayAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();
        assertRandom(new SystemRandom());
        assertThat(Thread.interrupted()).isTrue();
    }
}

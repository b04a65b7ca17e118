package io.tempfile4j.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When what is there is what was recorded. */
class SamenessTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(dev=fd00,ino=12); (dev=fd00,ino=12); true; true",
                "(dev=fd00,ino=12); (dev=fd01,ino=12); false; true",
                "(dev=fd00,ino=12); (dev=fd00,ino=13); false; false",
                "(dev=fd00,ino=12,born=5.1); (dev=fd00,ino=12,born=5.1); true; true",
                "(dev=fd00,ino=12,born=5.1); (dev=fd00,ino=12,born=5.2); false; false",
                "(dev=fd00,ino=12,born=5.1); (dev=fd00,ino=12); true; true",
                "(dev=fd00,ino=12); (dev=fd01,ino=12,born=5.1); false; true",
                "(dev=fd00,ino=1); (dev=fd00,ino=12); false; false",
                "2026-01-01T00:00:00Z; 2026-01-01T00:00:00Z; true; true",
                "2026-01-01T00:00:00Z; 2026-01-01T00:00:01Z; false; false",
                "(dev=fd00,ino=12); 2026-01-01T00:00:00Z; false; false"
            })
    void of_identities_areTheSameUntilAndAfterTheMachineWasStarted(
            String recorded, String found, boolean sameBoot, boolean otherBoot) {
        assertThat(Sameness.of(recorded, found, true)).isEqualTo(sameBoot);
        assertThat(Sameness.of(recorded, found, false)).isEqualTo(otherBoot);
    }

    /** The JDK writes a file key as this reads it; or, where there is none, nothing is compared but the whole. */
    @Test
    void of_aFileKeyOfTheJdk_isReadAfterARestart(@TempDir Path directory) throws IOException {
        Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        assumeTrue(key != null, "this file system has no file keys");
        String elsewhere = key.toString().replaceAll("dev=[0-9a-f]+", "dev=1");
        assertThat(Sameness.of(key.toString(), elsewhere, false)).isTrue();
    }
}

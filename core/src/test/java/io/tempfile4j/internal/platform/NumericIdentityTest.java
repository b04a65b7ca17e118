package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the entry at a path is the one that was recorded. */
class NumericIdentityTest {

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
                "2026-01-01T00:00:00Z; 2026-01-01T00:00:00.5Z; false; false",
                "(dev=fd00,ino=12); 2026-01-01T00:00:00Z; false; false",
                "a key; a key; true; true",
                "a key; another key; false; false",
                "(dev=fd00,ino=x); (dev=fd00,ino=x); true; true"
            })
    void isSame_identities_areComparedAsNumbersUntilAndAfterTheMachineWasStarted(
            String recorded, String found, boolean sameBoot, boolean otherBoot) {
        NumericIdentity then = NumericIdentity.parse(recorded);
        NumericIdentity now = NumericIdentity.parse(found);
        assertThat(then.isSame(now, true)).isEqualTo(sameBoot);
        assertThat(then.isSame(now, false)).isEqualTo(otherBoot);
    }

    @Test
    void isSameDirectory_timesOfBirthDiffer_comparesOnlyTheInode() {
        NumericIdentity then = NumericIdentity.parse("(dev=fd00,ino=12,born=5.1)");
        assertThat(then.isSameDirectory(NumericIdentity.parse("(dev=fd00,ino=12,born=6.1)"), true))
                .isTrue();
        assertThat(NumericIdentity.UNKNOWN.isSameDirectory(NumericIdentity.UNKNOWN, true))
                .as("what is not known is no directory")
                .isFalse();
    }

    @Test
    void isSameWithBirth_birthIsNotKnown_isFalse() {
        NumericIdentity without = NumericIdentity.parse("(dev=fd00,ino=12)");
        NumericIdentity with = NumericIdentity.parse("(dev=fd00,ino=12,born=5.1)");
        assertThat(without.isSameWithBirth(without)).isFalse();
        assertThat(without.isSameWithBirth(with)).isFalse();
        assertThat(with.isSameWithBirth(with)).isTrue();
    }

    /** The JDK writes a file key as this reads it; or, where there is none, the time of creation counts. */
    @Test
    void of_aFileKeyOfTheJdk_hasTheNumbersOfStat(@TempDir Path directory) throws IOException {
        Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        assumeTrue(
                key != null
                        && directory
                                .getFileSystem()
                                .supportedFileAttributeViews()
                                .contains("unix"),
                "no inodes");
        NumericIdentity identity = NumericIdentity.ofKey(key);
        assertThat(identity.kind()).isEqualTo(NumericIdentity.INODE);
        assertThat(identity.first()).isEqualTo(Files.getAttribute(directory, "unix:dev"));
        assertThat(identity.second()).isEqualTo(Files.getAttribute(directory, "unix:ino"));
    }

    @Test
    void of_aTimeOfCreation_isThatOfItsTextInVersion1() {
        FileTime created = FileTime.from(Instant.parse("2026-01-01T00:00:00.1234567Z"));
        assertThat(NumericIdentity.ofKey(created))
                .isEqualTo(NumericIdentity.parse(created.toString()))
                .extracting(NumericIdentity::kind)
                .isEqualTo(NumericIdentity.CREATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(dev=,ino=)", "(dev=1,ino=2,born=3)", "(dev=1,ino=2,born=3.", ",ino=(dev=)", "Z"})
    void parse_anyOtherText_isAHash(String text) {
        assertThat(NumericIdentity.parse(text).kind()).isEqualTo(NumericIdentity.HASH);
    }
}

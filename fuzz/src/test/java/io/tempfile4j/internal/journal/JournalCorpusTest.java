package io.tempfile4j.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The corpus that fuzzing has found, and journals cut at each length; without Jazzer. */
class JournalCorpusTest {

    /** Commands of {@link RecoveryTarget}: two live files, a tree, one registered, one with a short name. */
    static final byte[] USUAL = {0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0, 0, 2, 2, 1, 0, 3, 3, 7, 1};

    @TestFactory
    Stream<DynamicTest> reader_keptInput_passesOnValidRecordsOnly() throws Exception {
        return corpus("ReaderTarget")
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        () -> ReaderTarget.fuzzerTestOneInput(Files.readAllBytes(file))));
    }

    @TestFactory
    @DisabledOnOs(OS.WINDOWS)
    Stream<DynamicTest> recovery_keptInput_removesOnlyWhatIsRecorded() throws Exception {
        return corpus("RecoveryTarget")
                .map(file -> DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        () -> RecoveryTarget.fuzzerTestOneInput(Files.readAllBytes(file))));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void reader_journalCutAtEachLength_passesOnValidRecordsOnly() throws IOException {
        byte[] journal = RecoveryTarget.build(USUAL);

        for (int length = 0; length <= journal.length; length += step(length)) {
            ReaderTarget.read(java.util.Arrays.copyOf(journal, length));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void recovery_journalCutAtEachLength_removesOnlyWhatIsRecorded() throws IOException {
        int whole = RecoveryTarget.build(USUAL).length;

        for (int length = 0; length <= whole; length += 32 * step(length)) {
            RecoveryTarget.recoverCut(USUAL, length);
        }
        RecoveryTarget.recoverCut(USUAL, whole);
    }

    @Test
    void sparseBytes_anyFile_isExpandedToTheSame() {
        byte[] file = new byte[Header.SIZE + Segment.SIZE];
        file[0] = 1;
        file[70] = 2;
        file[file.length - 1] = 3;

        assertThat(SparseBytes.expand(ByteBuffer.wrap(SparseBytes.compress(file))))
                .isEqualTo(file);
    }

    /** Each length in the header and the first slots, and some of those in the zeros behind them. */
    private static int step(int length) {
        return length % Segment.SIZE < 2 * Header.SIZE ? 1 : 61;
    }

    private static Stream<Path> corpus(String target) throws IOException, URISyntaxException {
        Path directory = Path.of(JournalCorpusTest.class.getResource(target).toURI());
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.sorted().toList();
            assertThat(all).isNotEmpty();
            return all.stream();
        }
    }
}

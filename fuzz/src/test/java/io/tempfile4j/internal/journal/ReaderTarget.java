package io.tempfile4j.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Any bytes as a journal: the reader passes on each valid entry and nothing else, and reports the rest. */
public final class ReaderTarget {

    /** A journal has at most 255 slots for each segment. */
    private static final int MOST_PER_SEGMENT = 256;

    private ReaderTarget() {}

    /** The name that Jazzer looks for. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length > 0) {
            ByteBuffer rest = ByteBuffer.wrap(input);
            boolean repaired = (rest.get() & 1) != 0;
            byte[] file = SparseBytes.expand(rest);
            if (repaired) {
                JournalHeader.repair(file);
                if (JournalHeader.version(file) == FormatOne.VERSION) {
                    FormatOne.repair(file);
                } else {
                    FormatTwo.repair(file);
                }
            }
            read(file);
        }
    }

    /** Reads a journal, and compares what is read with what is there. */
    static void read(byte[] file) throws IOException {
        List<CorruptJournalException> damages = new ArrayList<>();
        JournalReader reader = new JournalReader(new MemoryChannel(file), damages::add);
        int version = JournalHeader.REFUSED;
        try {
            version = reader.header().version();
        } catch (NewerJournalException | CorruptJournalException reported) {
            require(reported.getMessage() != null, "a journal is refused without a reason");
        }
        require(
                version == JournalHeader.version(file),
                "its version is " + version + ", not " + JournalHeader.version(file));
        // Also behind a header that is wrong: a reaper does not come here then, but nothing must depend on it.
        List<FoundEntry> read = new ArrayList<>();
        reader.entries((entry, position) -> read.add(FoundEntry.of(entry)));
        List<FoundEntry> expected = version == FormatOne.VERSION ? FormatOne.entries(file) : FormatTwo.entries(file);
        require(read.equals(expected), "read " + read + ", not " + expected);
        int segments = file.length / Segment.SIZE + 1;
        require(
                damages.size() <= segments * MOST_PER_SEGMENT,
                damages.size() + " reports of " + segments + " segments");
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}

package io.tempfile4j.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Any bytes as a journal: the reader passes on each valid record and nothing else, and reports the rest. */
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
                FormatOne.repair(file);
            }
            read(file);
        }
    }

    /** Reads a journal, and compares what is read with what is there. */
    static void read(byte[] file) throws IOException {
        List<CorruptJournalException> damages = new ArrayList<>();
        JournalReader reader = new JournalReader(new MemoryChannel(file), damages::add);
        try {
            reader.header();
        } catch (NewerJournalException | CorruptJournalException reported) {
            require(reported.getMessage() != null, "a journal is refused without a reason");
        }
        // Also behind a header that is wrong: a reaper does not come here then, but nothing must depend on it.
        List<FormatOne.Found> read = new ArrayList<>();
        reader.entries(entry ->
                read.add(new FormatOne.Found(entry.path(), entry.unguessable(), entry.identity(), entry.directory())));
        require(read.equals(FormatOne.records(file)), "read " + read + ", not " + FormatOne.records(file));
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

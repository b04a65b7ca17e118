package io.tempfile4j.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The journal of a dead process while this process has its lock, and the entries of it that need not stay on record.
 *
 * <p>A journal of which some entries stay is kept without the others. Otherwise a later process would look for them again,
 * when perhaps their parent, which was removed as well, no longer shows that they are gone.
 */
final class DeadJournal {

    private final Path path;
    private final FileChannel file;
    private final List<Long> done = new ArrayList<>();
    private boolean kept;

    DeadJournal(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    Path path() {
        return path;
    }

    FileChannel file() {
        return file;
    }

    /** Records that the entry in a slot can go. */
    void done(long position) {
        done.add(position);
    }

    /** Records that something in it stays. */
    void keep() {
        kept = true;
    }

    /** Deletes the journal, or frees the slots of the entries that can go. */
    void finish() throws IOException {
        if (!kept) {
            Files.deleteIfExists(path);
            return;
        }
        ByteBuffer free = ByteBuffer.allocate(Integer.BYTES).order(JournalFile.BYTE_ORDER);
        free.putInt(0, JournalEntry.FREE);
        for (long position : done) {
            free.clear();
            while (free.hasRemaining()) {
                file.write(free, position + free.position());
            }
        }
    }
}

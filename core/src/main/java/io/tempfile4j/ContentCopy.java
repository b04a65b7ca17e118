package io.tempfile4j;

import io.tempfile4j.internal.platform.FileHandle;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Copies the content of a file into an empty one. */
final class ContentCopy {

    private static final int PIECE = 64 * 1024;

    private ContentCopy() {}

    static void copy(Reading source, FileHandle target) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long position = 0;
        while (source.read(piece, position) > 0) {
            piece.flip();
            while (piece.hasRemaining()) {
                int written = target.write(piece, position);
                if (written <= 0) {
                    throw new IOException("the file system took no byte and named no reason");
                }
                position += written;
            }
            piece.clear();
        }
    }

    /** Reads some bytes at a position; -1 at the end. */
    @FunctionalInterface
    interface Reading {
        int read(ByteBuffer target, long position) throws IOException;
    }
}

package io.tempfile4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Random;

/** What the suites about file objects share. What they open ends with the space. */
abstract class FileObjectContract extends Contract {

    FileObjectContract(Backend.Kind kind) {
        super(kind);
    }

    final FileObject open(FileKind kind) throws IOException {
        return kind.open(space);
    }

    /** A file with this content, at position 0. */
    final FileObject holding(FileKind kind, byte[] content) throws IOException {
        FileObject file = open(kind);
        file.write(content);
        file.seek(0);
        return file;
    }

    final FileObject holding(FileKind kind, String content) throws IOException {
        return holding(kind, bytes(content));
    }

    /** The whole content; the position stays. */
    static byte[] content(FileObject file) throws IOException {
        long position = file.tell();
        file.seek(0);
        byte[] content = file.readAllBytes();
        file.seek(position);
        return content;
    }

    static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static String string(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** So many bytes, no two stretches of which are alike; the same at each call. */
    static byte[] pattern(int length) {
        byte[] pattern = new byte[length];
        new Random(length).nextBytes(pattern);
        return pattern;
    }
}

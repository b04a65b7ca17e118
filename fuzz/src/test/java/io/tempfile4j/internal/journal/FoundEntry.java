package io.tempfile4j.internal.journal;

import io.tempfile4j.internal.platform.NumericIdentity;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A valid entry of a journal, as the library's reader and the decoders of the tests find it.
 *
 * @param bytes of the path that the process has for it, each as a character, without slashes that mean nothing; {@link #NO_PATH} if it
 *     has none
 */
record FoundEntry(
        String bytes,
        String text,
        boolean exact,
        boolean unguessable,
        NumericIdentity parent,
        boolean live,
        boolean directory,
        NumericIdentity identity) {

    static final String NO_PATH = "no path";

    /** Where paths are text, or the locale cannot name each of them, only their text is compared. */
    private static final boolean ARE_COMPARED = File.separatorChar == '/'
            && Charset.forName(System.getProperty("sun.jnu.encoding")).equals(StandardCharsets.UTF_8);

    /** Returns what the library's reader has found. */
    static FoundEntry of(JournalEntry entry) {
        return new FoundEntry(
                bytes(entry.path()),
                entry.text(),
                entry.exact(),
                entry.unguessable(),
                entry.parent(),
                entry.live(),
                entry.directory(),
                entry.identity());
    }

    private static String bytes(Path path) {
        if (path == null || !ARE_COMPARED) {
            return ARE_COMPARED ? NO_PATH : "";
        }
        if (!path.isAbsolute()) {
            return expected(path.toString().getBytes(StandardCharsets.UTF_8), false);
        }
        String uri = path.toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < uri.length(); i++) {
            boolean escaped = uri.charAt(i) == '%';
            bytes.write(escaped ? Integer.parseInt(uri.substring(i + 1, i + 3), 16) : uri.charAt(i));
            i += escaped ? 2 : 0;
        }
        return expected(bytes.toByteArray(), false);
    }

    /** Returns the bytes of the path that a process is to have for these; {@code exact} if they were not made of text. */
    static String expected(byte[] recorded, boolean exact) {
        if (!ARE_COMPARED) {
            return "";
        }
        boolean ascii = true;
        for (byte b : recorded) {
            if (b == 0) {
                return NO_PATH;
            }
            ascii &= b > 0;
        }
        if (exact && !ascii && recorded[0] != '/') {
            return NO_PATH;
        }
        String path = new String(recorded, StandardCharsets.ISO_8859_1).replaceAll("/+", "/");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}

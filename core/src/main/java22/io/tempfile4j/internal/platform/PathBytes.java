package io.tempfile4j.internal.platform;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The bytes that the JDK gives to the kernel for a path; it keeps them to itself, but shows them in the URI. */
final class PathBytes {

    private PathBytes() {}

    /** The bytes of an absolute path. */
    static byte[] of(Path path) {
        String string = path.toString();
        if (isAscii(string)) {
            return string.getBytes(StandardCharsets.US_ASCII);
        }
        // Names need not be text in any charset: the JDK writes each byte that is no ASCII as %XX.
        String uri = path.toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) == '%') {
                bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(uri.charAt(i));
            }
        }
        // Of a directory the URI ends in a slash.
        return string.endsWith("/") || !uri.endsWith("/")
                ? bytes.toByteArray()
                : Arrays.copyOf(bytes.toByteArray(), bytes.size() - 1);
    }

    /** The bytes of the name of an entry. */
    static byte[] of(Path directory, String name) {
        byte[] path = of(directory.resolve(name));
        int start = path.length;
        while (path[start - 1] != '/') {
            start--;
        }
        return Arrays.copyOfRange(path, start, path.length);
    }

    /** The path of an entry whose name may be any bytes. */
    static Path resolve(Path directory, byte[] name) {
        StringBuilder uri = new StringBuilder("file:///");
        for (byte b : name) {
            uri.append('%').append(String.format("%02X", b));
        }
        return directory.resolve(Path.of(URI.create(uri.toString())).getFileName());
    }

    static boolean isAscii(String string) {
        for (int i = 0; i < string.length(); i++) {
            if (string.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}

package io.tempfile4j.internal.platform;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a path, exactly: on Unix those that the JDK gives to the kernel, elsewhere UTF-16.
 *
 * <p>On Unix a path is bytes, and the text that the JDK makes of it depends on the locale: under {@code LC_ALL=C} each
 * byte above 127 becomes U+FFFD. The JDK keeps the bytes to itself, but shows them in the URI, and takes them from one.
 */
public final class PathBytes {

    /** Whether a path is bytes on this system; otherwise it is UTF-16. */
    private static final boolean UNIX = File.separatorChar == '/';

    private PathBytes() {}

    /** Returns whether the paths of this system are bytes. */
    public static boolean areNative() {
        return UNIX;
    }

    /** The bytes of an absolute path of the default file system, without a separator at its end. */
    static byte[] encode(Path path) {
        return UNIX ? of(path) : path.toString().getBytes(StandardCharsets.UTF_16LE);
    }

    /** The bytes of a directory followed by a separator, which begin the path of each of its entries. */
    static byte[] prefix(Path directory) {
        if (!UNIX) {
            String text = directory.toString();
            String separator = directory.getFileSystem().getSeparator();
            return (text.endsWith(separator) ? text : text + separator).getBytes(StandardCharsets.UTF_16LE);
        }
        byte[] bytes = of(directory);
        if (bytes[bytes.length - 1] == '/') {
            return bytes;
        }
        byte[] prefix = Arrays.copyOf(bytes, bytes.length + 1);
        prefix[bytes.length] = '/';
        return prefix;
    }

    /** The bytes of the path of an entry; {@code prefix} is that of its directory. */
    static byte[] encode(Path directory, byte[] prefix, String name) {
        if (!UNIX) {
            return encode(directory.resolve(name));
        }
        int length = name.length();
        byte[] path = Arrays.copyOf(prefix, prefix.length + length);
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (c >= 0x80) {
                return encode(directory.resolve(name));
            }
            path[prefix.length + i] = (byte) c;
        }
        return path;
    }

    /**
     * Returns the path that has these bytes, in any locale.
     *
     * @throws InvalidPathException if no path has them
     */
    public static Path decode(byte[] bytes) {
        if (!UNIX) {
            return Path.of(new String(bytes, StandardCharsets.UTF_16LE));
        }
        String ascii = new String(bytes, StandardCharsets.ISO_8859_1);
        if (isAscii(ascii)) {
            return Path.of(ascii);
        }
        if (bytes[0] != '/') {
            throw new InvalidPathException(ascii, "is not absolute");
        }
        StringBuilder uri = new StringBuilder("file://");
        for (byte b : bytes) {
            if (b == '/') {
                uri.append('/');
            } else {
                appendEscaped(uri, b);
            }
        }
        try {
            return Path.of(URI.create(uri.toString()));
        } catch (IllegalArgumentException noPath) {
            throw new InvalidPathException(ascii, String.valueOf(noPath.getMessage()));
        }
    }

    /** Returns the name of an entry as text; null if this process cannot name the entry by any text. */
    public static @Nullable String nameOf(Path entry) {
        Path name = entry.getFileName();
        if (name == null) {
            return null;
        }
        String text = name.toString();
        try {
            return name.equals(name.getFileSystem().getPath(text)) ? text : null;
        } catch (InvalidPathException notInThisLocale) {
            return null;
        }
    }

    /** The bytes of an absolute path, on Unix. */
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
            appendEscaped(uri, b);
        }
        return directory.resolve(Path.of(URI.create(uri.toString())).getFileName());
    }

    private static void appendEscaped(StringBuilder uri, byte b) {
        uri.append('%').append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
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

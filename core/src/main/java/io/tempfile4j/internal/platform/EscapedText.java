package io.tempfile4j.internal.platform;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Text for a terminal or a log, in which the name of a file can neither control the display nor begin another line.
 *
 * <p>The escapes are those of bash's {@code $'…'}: {@code \n}, {@code \r}, {@code \t}, {@code \e}, {@code \x07} for other
 * control characters of ASCII and for bytes that are no text, {@code \}{@code u202e} and {@code \U000e0001} for other
 * characters that are not printed. All other text stays as it is.
 *
 * <p>Loaded only when something is logged or printed: never by an ordinary creation.
 */
public final class EscapedText {

    /** What the JDK decodes undecodable bytes to. */
    private static final char REPLACEMENT = '\ufffd';

    private static final int HEXADECIMAL = 16;
    private static final int FIRST_BEYOND_ASCII = 0x80;

    private EscapedText() {}

    /**
     * Returns the name of a file, a program or a variable's value. Backslashes are doubled, except where they separate
     * the names of a path, so that the escapes are unambiguous. The undecodable bytes of a path are shown one by one.
     */
    public static String ofName(Object name) {
        byte[] bytes = name instanceof Path path ? undecodableBytes(path) : null;
        boolean doubled = name instanceof Path path
                ? !path.getFileSystem().getSeparator().equals("\\")
                : Os.current() != Os.WINDOWS;
        return bytes == null ? escaped(name.toString(), doubled) : decoded(bytes, doubled);
    }

    /** Returns a message that contains names. Backslashes stay as they are; escaping twice has no effect. */
    public static String ofMessage(String message) {
        return escaped(message, false);
    }

    /** Returns whether a character is displayed as itself, without an effect on the text around it. */
    public static boolean isPrintable(int codePoint) {
        if (codePoint < FIRST_BEYOND_ASCII) {
            return codePoint >= ' ' && codePoint != 0x7f;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    /**
     * Returns the bytes of a path that {@link Path#toString()} cannot express; null if it can.
     *
     * <p>The URI of a path is the only place where the JDK gives them away.
     */
    public static byte @Nullable [] undecodableBytes(Path path) {
        String text = path.toString();
        if (text.indexOf(REPLACEMENT) < 0
                || !text.startsWith("/")
                || !path.getFileSystem().equals(FileSystems.getDefault())) {
            return null;
        }
        String raw = path.toUri().getRawPath();
        // The URI of a directory ends with a slash.
        int end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(end);
        for (int i = 0; i < end; i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    private static String decoded(byte[] bytes, boolean doubled) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder text = new StringBuilder();
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            text.append(escaped(out.flip().toString(), doubled));
            out.clear();
            if (!result.isError()) {
                return text.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                hexadecimal(text, "\\x", 2, in.get() & 0xff);
            }
            decoder.reset();
        }
    }

    private static String escaped(String text, boolean doubled) {
        int plain = 0;
        while (plain < text.length() && isUnchanged(text.codePointAt(plain), doubled)) {
            plain += Character.charCount(text.codePointAt(plain));
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + HEXADECIMAL).append(text, 0, plain);
        for (int i = plain, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (isUnchanged(c, doubled)) {
                escaped.appendCodePoint(c);
            } else {
                escape(escaped, c);
            }
        }
        return escaped.toString();
    }

    private static boolean isUnchanged(int codePoint, boolean doubled) {
        return isPrintable(codePoint) && !(doubled && codePoint == '\\');
    }

    private static void escape(StringBuilder escaped, int codePoint) {
        switch (codePoint) {
            case '\\' -> escaped.append("\\\\");
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            case 0x1b -> escaped.append("\\e");
            default -> {
                if (codePoint < FIRST_BEYOND_ASCII) {
                    hexadecimal(escaped, "\\x", 2, codePoint);
                } else if (Character.isBmpCodePoint(codePoint)) {
                    hexadecimal(escaped, "\\u", 4, codePoint);
                } else {
                    hexadecimal(escaped, "\\U", 8, codePoint);
                }
            }
        }
    }

    private static void hexadecimal(StringBuilder escaped, String prefix, int digits, int value) {
        escaped.append(prefix);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            escaped.append(Character.forDigit(value >> shift & 0xf, HEXADECIMAL));
        }
    }
}

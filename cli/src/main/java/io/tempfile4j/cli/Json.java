package io.tempfile4j.cli;

import com.google.gson.stream.JsonWriter;
import io.tempfile4j.internal.platform.EscapedText;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The output of a command for machines: one JSON object, in UTF-8 whatever the terminal's encoding.
 *
 * <p>Names are exact. Where the bytes of a path are not UTF-8, its member {@code x} is followed by {@code xBytes}, all of its
 * bytes in hexadecimal; a list of paths is followed by a list of the same length, with null for each path that is exact.
 */
final class Json {

    private static final String BYTES = "Bytes";

    private Json() {}

    /** Prints maps, lists, paths, strings, numbers, truth values and null. */
    static void print(Map<String, ? extends @Nullable Object> object) throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter json = new JsonWriter(text);
        json.setIndent("  ");
        write(json, object);
        byte[] line = (escaped(text.toString()) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
        System.out.write(line, 0, line.length);
        System.out.flush();
    }

    private static void write(JsonWriter json, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String name = String.valueOf(entry.getKey());
                json.name(name);
                write(json, entry.getValue());
                writeBytes(json, name + BYTES, entry.getValue());
            }
            json.endObject();
        } else if (value instanceof List<?> list) {
            json.beginArray();
            for (Object element : list) {
                write(json, element);
            }
            json.endArray();
        } else if (value instanceof Boolean truth) {
            json.value(truth);
        } else if (value instanceof Number number) {
            json.value(number);
        } else if (value == null) {
            json.nullValue();
        } else {
            json.value(value instanceof Path path ? text(path) : value.toString());
        }
    }

    private static void writeBytes(JsonWriter json, String name, @Nullable Object value) throws IOException {
        if (value instanceof List<?> list) {
            boolean isExact = true;
            for (Object element : list) {
                isExact &= inexactBytes(element) == null;
            }
            if (!isExact) {
                json.name(name).beginArray();
                for (Object element : list) {
                    json.value(inexactBytes(element));
                }
                json.endArray();
            }
        } else {
            String bytes = inexactBytes(value);
            if (bytes != null) {
                json.name(name).value(bytes);
            }
        }
    }

    /** In an ASCII locale {@link Path#toString()} has replacement characters where the bytes are UTF-8. */
    private static String text(Path path) {
        byte[] bytes = EscapedText.undecodableBytes(path);
        return bytes == null ? path.toString() : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the bytes of a path that {@link #text} does not express; null if it does. */
    private static @Nullable String inexactBytes(@Nullable Object value) {
        if (!(value instanceof Path path)) {
            return null;
        }
        byte[] bytes = EscapedText.undecodableBytes(path);
        return bytes == null || Arrays.equals(bytes, text(path).getBytes(StandardCharsets.UTF_8))
                ? null
                : HexFormat.of().formatHex(bytes);
    }

    /**
     * Escapes what would control a terminal. Gson escapes only characters below U+0020, so that those left are the ends of
     * its lines; half a character cannot be written in UTF-8.
     */
    private static String escaped(String json) {
        StringBuilder escaped = new StringBuilder(json.length());
        for (int i = 0, c; i < json.length(); i += Character.charCount(c)) {
            c = json.codePointAt(i);
            if (c < ' ' || EscapedText.isPrintable(c)) {
                escaped.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    escaped.append("\\u").append(HexFormat.of().toHexDigits(unit));
                }
            }
        }
        return escaped.toString();
    }
}

package io.tempfile4j.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints what a command has found for machines: one JSON object, in UTF-8 whatever the terminal's encoding. */
final class Json {

    private Json() {}

    /** Prints maps, lists, strings, numbers, truth values and null. */
    static void print(Map<String, ? extends @Nullable Object> object) throws IOException {
        Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
        JsonWriter json = new JsonWriter(out);
        json.setIndent("  ");
        write(json, object);
        out.write(System.lineSeparator());
        out.flush();
    }

    private static void write(JsonWriter json, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.name(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
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
            json.value(value.toString());
        }
    }
}

package io.tempfile4j.cli;

import io.tempfile4j.cli.Terminal.Colour;
import io.tempfile4j.internal.platform.EscapedText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the doctor has looked at.
 *
 * @param topic the same in each release, for scripts
 * @param advice what to do about it; null if nothing
 */
record Finding(
        String topic, Level level, String text, @Nullable String advice) {

    /** How bad it is. */
    enum Level {
        OK(Colour.GOOD, "ok"),
        /** Good to know; not wrong. */
        NOTE(Colour.NOTE, "note"),
        /** Wrong: the exit code says so. */
        PROBLEM(Colour.BAD, "problem");

        private final Colour colour;
        private final String word;

        Level(Colour colour, String word) {
            this.colour = colour;
            this.word = word;
        }
    }

    static Finding ok(String topic, String text) {
        return new Finding(topic, Level.OK, text, null);
    }

    static Finding note(String topic, String text, @Nullable String advice) {
        return new Finding(topic, Level.NOTE, text, advice);
    }

    static Finding problem(String topic, String text, String advice) {
        return new Finding(topic, Level.PROBLEM, text, advice);
    }

    boolean isProblem() {
        return level == Level.PROBLEM;
    }

    /** A line, and one for the advice. */
    String lines() {
        String word = Terminal.OUTPUT.paint(level.colour, String.format("%-8s", level.word));
        return word
                + String.format("%-15s %s", topic, EscapedText.ofMessage(text))
                + (advice == null
                        ? ""
                        : System.lineSeparator() + " ".repeat(28) + "→ " + EscapedText.ofMessage(advice));
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("topic", topic);
        json.put("level", level.word);
        json.put("text", text);
        json.put("advice", advice);
        return json;
    }
}

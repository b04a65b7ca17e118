package io.tempfile4j;

import io.tempfile4j.TextOptions.Newline;
import java.io.IOException;
import java.nio.CharBuffer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds and translates line ends in one of the five modes, and notes those it meets. */
final class LineEnds {

    private final Newline newline;
    private final String written;

    /** Whether the next {@code \n} is the second half of a line end that was noted with its first. */
    private boolean feedIsNoted;

    /** Whether a {@code \n} is among those met: asked for each line. */
    private boolean feedIsMet;

    /** Replaced, never changed, so that it may be read without the lock. */
    private volatile Set<String> met = Set.of();

    LineEnds(Newline newline) {
        this.newline = newline;
        this.written = switch (newline) {
            case UNIVERSAL -> System.lineSeparator();
            case NONE, LF -> "\n";
            case CR -> "\r";
            case CRLF -> "\r\n";
        };
    }

    Set<String> met() {
        return met;
    }

    private boolean isUniversal() {
        return newline == Newline.UNIVERSAL || newline == Newline.NONE;
    }

    /** The index of the next character that must be taken by {@link #take}, or of the one behind that many code points. */
    int findCandidate(CharBuffer chars, int codePoints) {
        char[] array = chars.array();
        boolean universal = isUniversal();
        int at = chars.position();
        for (int count = 0; at < chars.limit() && count < codePoints; count++) {
            char c = array[at];
            if (universal && (c == '\n' || c == '\r')) {
                return at;
            }
            at += Character.isHighSurrogate(c) && at + 1 < chars.limit() ? 2 : 1;
        }
        return at;
    }

    /** Whether the next character may belong to the same line end. */
    boolean mayContinue(char c) {
        return c == '\r' && isUniversal();
    }

    /**
     * What is read for a candidate that was just taken. Of {@code \r\n} UNIVERSAL takes both characters; NONE leaves the
     * second, which is a character of its own to who counts them.
     */
    char take(char candidate, TextDecoder decoder) throws IOException {
        if (candidate == '\n') {
            if (!feedIsNoted) {
                noteFeed();
            }
            feedIsNoted = false;
            return '\n';
        }
        if (newline == Newline.UNIVERSAL) {
            takeReturn(decoder);
            return '\n';
        }
        feedIsNoted = decoder.peek() == '\n';
        meet(feedIsNoted ? "\r\n" : "\r");
        return '\r';
    }

    /** What is read for a {@code \r} that was just taken; takes the {@code \n} behind it. */
    String takeReturn(TextDecoder decoder) throws IOException {
        boolean both = decoder.peek() == '\n';
        if (both) {
            CharBuffer chars = decoder.chars();
            chars.position(chars.position() + 1);
        }
        String whole = both ? "\r\n" : "\r";
        meet(whole);
        return newline == Newline.UNIVERSAL ? "\n" : whole;
    }

    /** Notes a {@code \n} that ends a line by itself. */
    void noteFeed() {
        if (!feedIsMet && isUniversal()) {
            meet("\n");
            feedIsMet = true;
        }
    }

    private void meet(String lineEnd) {
        if (!met.contains(lineEnd)) {
            Set<String> more = new LinkedHashSet<>(met);
            more.add(lineEnd);
            met = Collections.unmodifiableSet(more);
        }
    }

    /**
     * The index of the character that ends a line, or begins what ends it; -1 if there is none.
     *
     * @param before what of the line came before
     */
    int find(char[] chars, int from, int limit, @Nullable StringBuilder before) {
        boolean universal = isUniversal();
        char last = newline == Newline.CR ? '\r' : '\n';
        for (int i = from; i < limit; i++) {
            char c = chars[i];
            if (c > '\r') {
                // Nearly all are: one comparison for each of them.
                continue;
            }
            if (c == last || (universal && c == '\r')) {
                boolean half = newline == Newline.CRLF && (i > from ? chars[i - 1] != '\r' : !endsInReturn(before));
                if (!half) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean endsInReturn(@Nullable StringBuilder before) {
        return before != null && before.length() > 0 && before.charAt(before.length() - 1) == '\r';
    }

    String translate(String text) {
        return written.equals("\n") ? text : text.replace("\n", written);
    }

    /** A line without its line end. */
    String strip(String line) {
        String end = switch (newline) {
            case UNIVERSAL, LF -> "\n";
            case CR -> "\r";
            case CRLF -> "\r\n";
            case NONE -> line.endsWith("\r\n") ? "\r\n" : line.endsWith("\r") ? "\r" : "\n";
        };
        return line.endsWith(end) ? line.substring(0, line.length() - end.length()) : line;
    }
}

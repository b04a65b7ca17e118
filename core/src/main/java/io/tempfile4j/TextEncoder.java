package io.tempfile4j;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import org.jspecify.annotations.Nullable;

/** Encodes text and writes it at the position of the file: all of a piece of text, or nothing when it does not fit. */
final class TextEncoder {

    private static final int CAPACITY = 8192;
    private static final char NONE = 0;
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final BufferedFile file;
    private final TextCharset charset;

    /** Continues at byte {@code next}; null when it must be made for the position. */
    private @Nullable CharsetEncoder encoder;

    private long next;
    private char[] chars = new char[0];
    private ByteBuffer bytes = EMPTY;

    /** The first half of a character that was cut in two by the one who writes. */
    private char highSurrogate = NONE;

    TextEncoder(BufferedFile file, TextCharset charset) {
        this.file = file;
        this.charset = charset;
    }

    void write(String text) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        CharBuffer source = load(text);
        CharsetEncoder with = encoderHere();
        if (charset.hasShiftStates() && charset.isStrict()) {
            // Looked at first, because an encoder with a state cannot go back to the one it had before a failure.
            CharBuffer looked = source.duplicate();
            check(encode(charset.strictEncoder(), looked, false), looked);
        }
        CharBuffer rest = source.duplicate();
        check(encode(with, rest, false), rest);
        char pending = rest.hasRemaining() ? rest.get() : NONE;
        writeOut();
        highSurrogate = pending;
    }

    /** The text behind what is pending, in an array, since the JDK's encoders are fast on arrays only. */
    private CharBuffer load(String text) {
        int length = text.length() + 1;
        if (chars.length < length) {
            chars = new char[Math.max(length, Math.min(CAPACITY, chars.length * 2))];
        }
        int from = highSurrogate == NONE ? 1 : 0;
        chars[0] = highSurrogate;
        text.getChars(0, text.length(), chars, 1);
        CharBuffer loaded = CharBuffer.wrap(chars, from, length - from);
        if (length > CAPACITY) {
            chars = new char[0];
        }
        return loaded;
    }

    private CharsetEncoder encoderHere() throws IOException {
        CharsetEncoder here = encoder;
        if (here == null || next != file.positionNow()) {
            next = file.positionNow();
            here = charset.encoderAt(file.bytes(), next);
            encoder = here;
        }
        return here;
    }

    /** Encodes into {@code bytes}; the result is an underflow or an error. */
    private CoderResult encode(CharsetEncoder with, CharBuffer source, boolean last) {
        bytes.clear();
        while (true) {
            CoderResult result = with.encode(source, bytes, last);
            if (result.isUnderflow() && last) {
                result = with.flush(bytes);
            }
            if (!result.isOverflow()) {
                return result;
            }
            bytes = ByteBuffer.allocate(Math.max(256, bytes.capacity() * 2)).put(bytes.flip());
        }
    }

    private void check(CoderResult result, CharBuffer at) throws IOException {
        if (result.isError()) {
            highSurrogate = NONE;
            if (!charset.hasShiftStates()) {
                // It has gone on; another one continues here as well. One with a state was spared the failure.
                encoder = null;
            }
            int codePoint = at.hasRemaining() ? Character.codePointAt(at, 0) : 0;
            throw TextCharset.failure(
                    result,
                    String.format(
                            "cannot encode U+%04X as %s at byte %d of %s; nothing was written",
                            codePoint, charset, file.positionNow(), file.describe()));
        }
    }

    private void writeOut() throws IOException {
        bytes.flip();
        try {
            file.writeAtPosition(bytes);
        } finally {
            next = file.positionNow();
            if (bytes.hasRemaining()) {
                encoder = null;
            }
            if (bytes.capacity() > CAPACITY) {
                bytes = EMPTY;
            }
        }
    }

    /** Forgets what is on its way: the next text is encoded for the position of the file. */
    void forget() {
        encoder = null;
        highSurrogate = NONE;
        bytes = EMPTY;
    }

    /** Writes what a charset with shift states needs at the end, and refuses half a character. */
    void settle() throws IOException {
        if (encoder == null) {
            return;
        }
        boolean isHalf = highSurrogate != NONE;
        CharBuffer half = CharBuffer.wrap(isHalf ? new char[] {highSurrogate} : new char[0]);
        highSurrogate = NONE;
        if (charset.hasShiftStates() || (isHalf && !charset.isStrict())) {
            // Half a character fails a strict encoder; what comes before it is concluded all the same.
            CharBuffer fitting = charset.isStrict() ? CharBuffer.allocate(0) : half;
            encode(encoderHere(), fitting, true);
            writeOut();
            encoder = null;
        }
        if (isHalf && charset.isStrict()) {
            check(encode(charset.strictEncoder(), half, true), half);
        }
    }
}

package io.tempfile4j;

import io.tempfile4j.internal.bytes.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a buffer of characters ahead of the reader, and can tell at which byte the reader is: by decoding once more
 * from where the buffer began, as many characters as were taken.
 *
 * <p>The buffer is filled only when it is empty, so that it always belongs to one run of bytes.
 */
final class TextDecoder {

    private static final int CAPACITY = 8192;

    /** More than any charset needs for one character and the escape sequences before it. */
    private static final int LONGEST = 64;

    private static final CharBuffer NONE = CharBuffer.allocate(0);

    private final BufferedFile file;
    private final TextCharset charset;

    /** Its state is that after the byte before {@code next}; null when it must be made for that byte. */
    private @Nullable CharsetDecoder decoder;

    /** Whether the decoder was told that the input ends; it takes no more then. */
    private boolean concluded;

    private CharBuffer chars = NONE;
    private long start;
    private long next;

    TextDecoder(BufferedFile file, TextCharset charset) {
        this.file = file;
        this.charset = charset;
    }

    /** The characters decoded and not yet taken; to be taken by moving the buffer's position. */
    CharBuffer chars() {
        return chars;
    }

    /** Sees to it that there is a character to take; false at the end. */
    boolean fill() throws IOException {
        if (chars.hasRemaining()) {
            return true;
        }
        if (chars.capacity() == 0) {
            chars = CharBuffer.allocate(CAPACITY);
            chars.flip();
        }
        if (decoder == null || next != file.positionNow()) {
            next = file.positionNow();
            decoder = charset.decoderAt(file.bytes(), next);
        }
        start = next;
        chars.clear();
        try {
            next = decode(decoder, next, Long.MAX_VALUE, chars);
            file.moveTo(next);
        } finally {
            chars.flip();
            if (concluded) {
                decoder = null;
                concluded = false;
            }
        }
        return chars.hasRemaining();
    }

    /**
     * Fills the target with what is decoded from the position on; the position behind. An error in the bytes is thrown
     * only when nothing could be decoded before it.
     */
    private long decode(CharsetDecoder with, long from, long end, CharBuffer target) throws IOException {
        Bytes bytes = file.bytes();
        long position = from;
        while (target.hasRemaining() && position < end) {
            ByteBuffer some = bytes.peek(position);
            CoderResult result = with.decode(some, target, false);
            position += some.position();
            if (result.isUnderflow() && some.position() == 0) {
                // A character that the buffer of the bytes cuts in two, or the end.
                ByteBuffer whole = ByteBuffer.allocate(LONGEST);
                bytes.read(position, whole);
                boolean last = whole.hasRemaining();
                result = with.decode(whole.flip(), target, last);
                concluded = last;
                position += whole.position();
                if (last && result.isUnderflow()) {
                    with.flush(target);
                    return position;
                }
            }
            if (result.isOverflow()) {
                return position;
            }
            if (result.isError()) {
                if (target.position() > 0) {
                    return position;
                }
                throw TextCharset.failure(
                        result,
                        "cannot decode " + result.length() + " bytes as " + charset + " at byte " + position + " of "
                                + file.describe());
            }
        }
        return position;
    }

    /** The byte at which the reader is. */
    long position() throws IOException {
        int taken = chars.position();
        if (!chars.hasRemaining()) {
            return file.positionNow();
        }
        if (taken == 0) {
            return start;
        }
        try {
            return decode(charset.decoderAt(file.bytes(), start), start, next, CharBuffer.allocate(taken));
        } finally {
            concluded = false;
        }
    }

    /** The next character if there is one that can be decoded, without taking it; else -1. */
    int peek() throws IOException {
        try {
            return fill() ? chars.get(chars.position()) : -1;
        } catch (CharacterCodingException notYet) {
            return -1;
        }
    }

    /** Moves the file to where the reader is, and forgets what was decoded ahead. */
    void settle() throws IOException {
        if (chars.hasRemaining()) {
            file.moveTo(position());
            forget();
        }
    }

    /** Forgets what was decoded ahead, and where. */
    void forget() {
        chars.position(chars.limit());
        decoder = null;
    }
}

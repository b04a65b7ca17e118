package io.tempfile4j;

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

    /** The mark: so many characters behind this byte. */
    private long markStart;

    private int markTaken;

    /** So many characters behind the position of the file is the reader, since a failure: not yet looked where that is. */
    private int ahead;

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
        catchUp();
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
        boolean failed = true;
        try {
            next = decode(decoder, next, chars);
            file.moveTo(next);
            failed = false;
        } finally {
            chars.flip();
            if (failed || concluded) {
                decoder = null;
                concluded = false;
            }
        }
        return chars.hasRemaining();
    }

    /**
     * Fills the target with what is decoded from the position on; the position behind. A failure is thrown only when
     * nothing could be decoded before it: else it comes again, at the next call.
     */
    private long decode(CharsetDecoder with, long from, CharBuffer target) throws IOException {
        long position = from;
        while (target.hasRemaining()) {
            try {
                ByteBuffer some = file.bytes().peek(position);
                CoderResult result = with.decode(some, target, false);
                position += some.position();
                if (result.isUnderflow() && some.position() == 0) {
                    ByteBuffer whole = ByteBuffer.allocate(LONGEST);
                    result = decodeWhole(with, position, whole, target);
                    position += whole.position();
                    if (concluded && result.isUnderflow()) {
                        return position;
                    }
                }
                if (result.isOverflow()) {
                    return position;
                }
                requireNoError(result, position);
            } catch (IOException failure) {
                if (target.position() == 0) {
                    throw failure;
                }
                return position;
            }
        }
        return position;
    }

    /** Decodes a character that the buffer of the bytes cuts in two, or the end. */
    private CoderResult decodeWhole(CharsetDecoder with, long position, ByteBuffer whole, CharBuffer target)
            throws IOException {
        file.bytes().read(position, whole);
        concluded = whole.hasRemaining();
        CoderResult result = with.decode(whole.flip(), target, concluded);
        return concluded && result.isUnderflow() ? with.flush(target) : result;
    }

    private void requireNoError(CoderResult result, long position) throws IOException {
        if (result.isError()) {
            throw TextCharset.failure(
                    result,
                    "cannot decode " + result.length() + " bytes as " + charset + " at byte " + position + " of "
                            + file.describe());
        }
    }

    /** The byte at which the reader is. */
    long position() throws IOException {
        catchUp();
        return chars.hasRemaining() ? behind(start, chars.position()) : file.positionNow();
    }

    /** The byte behind that many characters from the byte on. */
    private long behind(long from, int taken) throws IOException {
        if (taken == 0) {
            return from;
        }
        CharsetDecoder with = charset.decoderAt(file.bytes(), from);
        CharBuffer target = CharBuffer.allocate(taken);
        long position = from;
        int before = -1;
        try {
            // Again until nothing comes: a failure is thrown only when nothing was decoded before it.
            while (target.hasRemaining() && target.position() != before && !concluded) {
                before = target.position();
                CharBuffer rest = target.slice();
                position = decode(with, position, rest);
                target.position(before + rest.position());
            }
            return position;
        } finally {
            concluded = false;
        }
    }

    /** Notes where the reader is, at no cost. */
    void mark() {
        boolean buffered = chars.hasRemaining();
        markStart = buffered ? start : file.positionNow();
        markTaken = buffered ? chars.position() : ahead;
    }

    /** Moves the reader back to the mark, because what it did since has failed. Reads nothing: that might fail as well. */
    void rewind() {
        forget();
        file.moveTo(markStart);
        ahead = markTaken;
    }

    private void catchUp() throws IOException {
        if (ahead > 0) {
            file.moveTo(behind(file.positionNow(), ahead));
            ahead = 0;
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
        catchUp();
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

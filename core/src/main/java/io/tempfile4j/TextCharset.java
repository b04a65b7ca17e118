package io.tempfile4j;

import io.tempfile4j.internal.bytes.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnmappableCharacterException;
import java.util.Locale;

/**
 * A charset as a file needs it: coders that can begin in the middle.
 *
 * <p>A fresh coder is right at byte 0 only. Elsewhere a charset with a byte-order mark must know the mark at the head of
 * the file, and write none; and one with shift states, as ISO-2022-JP, must know what went before.
 */
final class TextCharset {

    private static final int DISCARD = 1024;

    private final TextOptions options;
    private final Charset charset;
    private final boolean shifts;

    /** Bytes of the mark that tells the byte order; 0 for the charsets that have none. */
    private final int markLength;

    TextCharset(TextOptions options) {
        this.options = options;
        this.charset = options.charset();
        if (!charset.canEncode()) {
            throw new UnsupportedOperationException(charset + " can only be decoded");
        }
        String name = charset.name().toUpperCase(Locale.ROOT);
        this.shifts = !isSelfContained(name);
        boolean marked = name.equals("UTF-16") || name.equals("UTF-32") || name.endsWith("-BOM");
        this.markLength = !marked ? 0 : name.contains("16") ? 2 : 4;
    }

    /**
     * Whether each character is coded by itself. Of the charsets of the JDK, those with shift states are among the ones
     * that are not listed; to take one of the others for such only costs time.
     */
    private boolean isSelfContained(String name) {
        return charset.newEncoder().maxBytesPerChar() <= 1
                || name.matches("(X-)?(UTF-|GB|EUC-|BIG5|SHIFT_JIS|SJIS|WINDOWS-9|WINDOWS-1|CESU-8|JOHAB|MS9).*");
    }

    /** Whether what was encoded must be concluded by a return to the initial state. */
    boolean hasShiftStates() {
        return shifts;
    }

    CharsetDecoder decoderAt(Bytes bytes, long position) throws IOException {
        CharsetDecoder decoder = configure(charset.newDecoder());
        if (position == 0) {
            return decoder;
        }
        if (shifts) {
            decodeUpTo(decoder, bytes, position);
        } else if (markLength > 0) {
            ByteBuffer head = head(bytes, markLength);
            decoder.decode(head, CharBuffer.allocate(markLength), false);
        }
        return decoder;
    }

    /** Decodes from the start, for the sake of the state in which that leaves the decoder. */
    private static void decodeUpTo(CharsetDecoder decoder, Bytes bytes, long end) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(DISCARD).limit(0);
        CharBuffer discarded = CharBuffer.allocate(DISCARD);
        long read = 0;
        while (true) {
            piece.compact();
            piece.limit((int) Math.min(piece.capacity(), piece.position() + (end - read)));
            int some = piece.hasRemaining() ? bytes.read(read, piece) : -1;
            read += Math.max(0, some);
            piece.flip();
            CoderResult result = decoder.decode(piece, discarded.clear(), false);
            if (result.isError()) {
                piece.position(piece.position() + result.length());
            } else if (some < 0 && !result.isOverflow()) {
                return;
            }
        }
    }

    CharsetEncoder encoderAt(Bytes bytes, long position) throws IOException {
        boolean afterMark = position > 0 && markLength > 0;
        return configure((afterMark ? withoutMark(bytes) : charset).newEncoder());
    }

    private Charset withoutMark(Bytes bytes) throws IOException {
        ByteBuffer head = head(bytes, 2);
        boolean little = head.remaining() == 2 && head.get(0) == (byte) 0xff && head.get(1) == (byte) 0xfe;
        if (markLength == 2) {
            return little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        }
        return Charset.forName(little ? "UTF-32LE" : "UTF-32BE");
    }

    private static ByteBuffer head(Bytes bytes, int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(length);
        bytes.read(0, head);
        return head.flip();
    }

    /** An encoder that refuses what does not fit, to look before anything is written. */
    CharsetEncoder strictEncoder() {
        return charset.newEncoder();
    }

    boolean isStrict() {
        return options.onError().equals(CodingErrorAction.REPORT);
    }

    private CharsetDecoder configure(CharsetDecoder decoder) {
        return decoder.onMalformedInput(options.onError()).onUnmappableCharacter(options.onError());
    }

    private CharsetEncoder configure(CharsetEncoder encoder) {
        return encoder.onMalformedInput(options.onError()).onUnmappableCharacter(options.onError());
    }

    /** The JDK's own exceptions tell only a length. */
    static CharacterCodingException failure(CoderResult result, String message) {
        if (result.isMalformed()) {
            return new Malformed(result.length(), message);
        }
        return new Unmappable(result.length(), message);
    }

    private static final class Malformed extends MalformedInputException {
        private static final long serialVersionUID = 1L;

        private final String message;

        Malformed(int length, String message) {
            super(length);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }

        /** As what callers know it. */
        @Override
        public String toString() {
            return MalformedInputException.class.getName() + ": " + message;
        }
    }

    private static final class Unmappable extends UnmappableCharacterException {
        private static final long serialVersionUID = 1L;

        private final String message;

        Unmappable(int length, String message) {
            super(length);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }

        /** As what callers know it. */
        @Override
        public String toString() {
            return UnmappableCharacterException.class.getName() + ": " + message;
        }
    }

    @Override
    public String toString() {
        return charset.name();
    }
}

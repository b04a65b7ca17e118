package io.tempfile4j;

import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How bytes become text and text becomes bytes. Python: the arguments {@code encoding}, {@code newline} and {@code errors}.
 *
 * @param charset the encoding
 * @param newline which line ends are known and how they are translated
 * @param onError what to do with bytes or characters that do not fit the charset: {@link CodingErrorAction#REPORT},
 *     {@link CodingErrorAction#REPLACE} or {@link CodingErrorAction#IGNORE}
 */
public record TextOptions(Charset charset, Newline newline, CodingErrorAction onError) {

    /** Checks that nothing is null. */
    public TextOptions {
        Objects.requireNonNull(charset, "charset");
        Objects.requireNonNull(newline, "newline");
        Objects.requireNonNull(onError, "onError");
    }

    /**
     * UTF-8, {@link Newline#UNIVERSAL}, {@link CodingErrorAction#REPORT}.
     *
     * @return the options
     */
    public static TextOptions defaults() {
        return new TextOptions(StandardCharsets.UTF_8, Newline.UNIVERSAL, CodingErrorAction.REPORT);
    }

    /** Line ends. Python: the argument {@code newline} of {@code open}. */
    public enum Newline {
        /**
         * Python's {@code None}: {@code \n}, {@code \r} and {@code \r\n} end a line and are read as {@code \n};
         * {@code \n} is written as the line end of the platform.
         */
        UNIVERSAL,
        /** Python's {@code ''}: the same three end a line; nothing is translated. */
        NONE,
        /** Python's {@code '\n'}: only {@code \n} ends a line; nothing is translated. */
        LF,
        /** Python's {@code '\r'}: only {@code \r} ends a line; {@code \n} is written as {@code \r}. */
        CR,
        /** Python's {@code '\r\n'}: only {@code \r\n} ends a line; {@code \n} is written as {@code \r\n}. */
        CRLF
    }
}

package io.tempfile4j;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.CharBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A file object as text: characters are decoded and encoded, line ends translated, as in Python's text mode.
 *
 * {@snippet class = "io.tempfile4j.SnippetsTest" region = "text"}
 *
 * <p>It shares the position of its {@link #file() file object}: what is read or written here continues there, and the
 * other way round. What is read ahead for speed is given back when another view is used.
 *
 * <p>Bytes or characters that do not fit the charset are, unless the options say otherwise, a
 * {@link java.nio.charset.CharacterCodingException} that names the byte. A read that fails, for this or another reason,
 * leaves the position where it was: what comes before can be read in smaller pieces. Of the text that could not be
 * encoded nothing is written.
 *
 * <p>Safe for use by many threads: every operation is atomic. Python: {@code io.TextIOWrapper}.
 */
public final class TextFile implements Closeable, Flushable, Appendable, Iterable<String> {

    private static final int ALL = Integer.MAX_VALUE;
    private static final int NOTHING = 0;
    private static final int READING = 1;
    private static final int WRITING = 2;

    private final BufferedFile file;
    private final TextOptions options;
    private final TextDecoder decoder;
    private final TextEncoder encoder;
    private final LineEnds lineEnds;

    /** The operation that has begun and not ended; set by stores, which no Error prevents. */
    private int unfinished = NOTHING;

    TextFile(BufferedFile file, TextOptions options) {
        this.file = file;
        this.options = options;
        TextCharset charset = new TextCharset(options);
        this.decoder = new TextDecoder(file, charset);
        this.encoder = new TextEncoder(file, charset);
        this.lineEnds = new LineEnds(options.newline());
    }

    /** Says what this is, for messages. */
    @Override
    public String toString() {
        return "TextFile[" + options.charset() + ", " + file.describe() + "]";
    }

    // ---- Reading

    /**
     * Reads from the position to the end.
     *
     * @return the text; "" at the end
     * @throws IOException if reading or decoding fails
     */
    public String read() throws IOException {
        return read(ALL);
    }

    /**
     * Reads up to {@code chars} characters; fewer only when the file ends. As in Python a character is a code point, so
     * that none is split: the string may be longer, up to twice.
     *
     * @param chars how many, at least 0
     * @return the text; "" at the end
     * @throws IOException if reading or decoding fails
     */
    public String read(int chars) throws IOException {
        if (chars < 0) {
            throw new IllegalArgumentException("chars is negative: " + chars);
        }
        boolean entered = startReading();
        try {
            StringBuilder text = new StringBuilder();
            int missing = chars;
            while (missing > 0 && decoder.fill()) {
                CharBuffer ahead = decoder.chars();
                int from = ahead.position();
                int end = lineEnds.findCandidate(ahead, missing);
                text.append(ahead.array(), from, end - from);
                ahead.position(end);
                missing -= Character.codePointCount(ahead.array(), from, end - from);
                if (missing > 0 && ahead.hasRemaining()) {
                    text.append(lineEnds.take(ahead.get(), decoder));
                    missing--;
                }
            }
            String read = text.toString();
            unfinished = NOTHING;
            return read;
        } catch (IOException failure) {
            decoder.rewind();
            unfinished = NOTHING;
            throw failure;
        } finally {
            if (entered) {
                file.lock.owner = null;
            }
            file.left();
        }
    }

    /** For a {@link java.io.Reader}, which counts in chars and may return fewer. */
    int read(char[] target, int offset, int length) throws IOException {
        boolean entered = startReading();
        try {
            if (length == 0 || !decoder.fill()) {
                unfinished = NOTHING;
                return length == 0 ? 0 : -1;
            }
            CharBuffer ahead = decoder.chars();
            int from = ahead.position();
            int end = Math.min(from + length, lineEnds.findCandidate(ahead, length));
            if (end > from) {
                ahead.get(target, offset, end - from);
                unfinished = NOTHING;
                return end - from;
            }
            target[offset] = lineEnds.take(ahead.get(), decoder);
            unfinished = NOTHING;
            return 1;
        } catch (IOException failure) {
            decoder.rewind();
            unfinished = NOTHING;
            throw failure;
        } finally {
            if (entered) {
                file.lock.owner = null;
            }
            file.left();
        }
    }

    boolean hasNext() throws IOException {
        boolean entered = startReading();
        try {
            boolean more = decoder.fill();
            unfinished = NOTHING;
            return more;
        } catch (IOException failure) {
            unfinished = NOTHING;
            throw failure;
        } finally {
            if (entered) {
                file.lock.owner = null;
            }
            file.left();
        }
    }

    /**
     * Reads a line with its line end, as the newline mode says; the last line may have none.
     *
     * @return the line; "" at the end
     * @throws IOException if reading or decoding fails
     */
    public String readLine() throws IOException {
        boolean entered = startReading();
        try {
            String line = nextLine();
            unfinished = NOTHING;
            return line;
        } catch (IOException failure) {
            decoder.rewind();
            unfinished = NOTHING;
            throw failure;
        } finally {
            if (entered) {
                file.lock.owner = null;
            }
            file.left();
        }
    }

    private String nextLine() throws IOException {
        StringBuilder line = null;
        while (decoder.fill()) {
            CharBuffer chars = decoder.chars();
            char[] array = chars.array();
            int from = chars.position();
            int end = lineEnds.find(array, from, chars.limit(), line);
            if (end < 0) {
                line = line == null ? new StringBuilder() : line;
                line.append(array, from, chars.remaining());
                chars.position(chars.limit());
                continue;
            }
            chars.position(end + 1);
            String part;
            if (lineEnds.mayContinue(array[end])) {
                // Copied first: to look at the next character may fill the array anew.
                String content = new String(array, from, end - from);
                part = content + lineEnds.takeReturn(decoder);
            } else {
                lineEnds.noteFeed();
                part = new String(array, from, end + 1 - from);
            }
            return line == null ? part : line.append(part).toString();
        }
        return line == null ? "" : line.toString();
    }

    /**
     * The lines from the position on, with their line ends. Other operations on the file may come in between.
     *
     * @return an iterator, which throws {@link UncheckedIOException}
     */
    @Override
    public Iterator<String> iterator() {
        return new LineIterator();
    }

    /**
     * The lines from the position on, without their line ends, as {@link java.io.BufferedReader#lines()} gives them.
     * The stream keeps the file from being garbage; it need not be closed.
     *
     * @return a stream, which throws {@link UncheckedIOException}
     */
    public Stream<String> lines() {
        Spliterator<String> lines =
                Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(lines, false).map(lineEnds::strip);
    }

    /**
     * The line ends met so far while reading, in the order in which they were met; only {@link
     * TextOptions.Newline#UNIVERSAL} and {@link TextOptions.Newline#NONE} look for them.
     *
     * @return some of {@code "\n"}, {@code "\r"} and {@code "\r\n"}
     */
    public Set<String> newlines() {
        return lineEnds.met();
    }

    /**
     * Enters, and marks where the reader is.
     *
     * @return as {@link BufferedFile#enterText()} does
     */
    private boolean startReading() throws IOException {
        boolean entered = file.enterText();
        try {
            file.activate(this);
            recover();
            encoder.settle();
            decoder.mark();
            unfinished = READING;
            return entered;
        } catch (Throwable failure) {
            if (entered) {
                file.lock.owner = null;
            }
            file.left();
            throw failure;
        }
    }

    // ---- Writing

    /**
     * Writes the text, each {@code '\n'} in it as the newline mode says. A high surrogate at its end waits for its other
     * half, at the beginning of the next text; what is done instead, {@link #flush()} say, fails to encode it.
     *
     * @param s the text
     * @return this
     * @throws IOException if encoding fails, and nothing was written; or if writing fails
     */
    public TextFile write(CharSequence s) throws IOException {
        String text = lineEnds.translate(Objects.requireNonNull(s, "s").toString());
        boolean entered = file.enterText();
        try {
            file.activate(this);
            recover();
            decoder.settle();
            unfinished = WRITING;
            encoder.write(text);
            unfinished = NOTHING;
            return this;
        } catch (IOException failure) {
            unfinished = NOTHING;
            throw failure;
        } finally {
            if (entered) {
                file.lock.owner = null;
            }
            file.left();
        }
    }

    /**
     * Writes one text after the other, adding no line ends. Python: {@code writelines}.
     *
     * @param lines the texts
     * @return this
     * @throws IOException as {@link #write(CharSequence)}
     */
    public TextFile writeLines(Iterable<? extends CharSequence> lines) throws IOException {
        Objects.requireNonNull(lines, "lines");
        for (CharSequence line : lines) {
            write(line);
        }
        return this;
    }

    @Override
    public TextFile append(CharSequence s) throws IOException {
        return write(String.valueOf(s));
    }

    @Override
    public TextFile append(CharSequence s, int start, int end) throws IOException {
        return write(String.valueOf(s).substring(start, end));
    }

    @Override
    public TextFile append(char c) throws IOException {
        return write(String.valueOf(c));
    }

    // ---- Views

    /**
     * A reader that reads from the shared position, and moves it, line ends translated. Closing it leaves the file open.
     *
     * @return a new view
     */
    public Reader reader() {
        return new TextFileReader(this);
    }

    /**
     * A writer that writes at the shared position, and moves it, line ends translated. Closing it flushes it and leaves
     * the file open.
     *
     * @return a new view
     */
    public Writer writer() {
        return new TextFileWriter(this);
    }

    // ---- Position and size

    /**
     * Moves to a position that {@link #tell()} gave, or to 0.
     *
     * @param cookie at least 0
     * @return the cookie
     * @throws IOException if the file is closed, or writing what is pending fails
     */
    public long seek(long cookie) throws IOException {
        return seek(cookie, Whence.SET);
    }

    /**
     * Moves to the start, to the end, to a position that {@link #tell()} gave, or stays.
     *
     * @param offset with {@link Whence#SET}, what {@code tell} gave; with the others 0, for the bytes in between need
     *     not be whole characters
     * @param whence what it is relative to
     * @return the new position
     * @throws IllegalArgumentException if {@code offset} is negative, or not 0 where it must be
     * @throws IOException if the file is closed, or writing what is pending fails
     */
    public long seek(long offset, Whence whence) throws IOException {
        Objects.requireNonNull(whence, "whence");
        if (whence != Whence.SET && offset != 0) {
            throw new IllegalArgumentException("offset " + offset + " from " + whence
                    + ": in text one can only stay, go to the end, or to where tell() was");
        }
        return file.seek(offset, whence);
    }

    /**
     * The position, to be given to {@link #seek(long)}; nothing else is promised of the number.
     *
     * @return the position
     * @throws IOException if the file is closed, or writing what is pending fails
     */
    public long tell() throws IOException {
        boolean entered = startReading();
        try {
            long position = decoder.position();
            unfinished = NOTHING;
            return position;
        } catch (IOException failure) {
            unfinished = NOTHING;
            throw failure;
        } finally {
            if (entered) {
                file.lock.owner = null;
            }
            file.left();
        }
    }

    /**
     * Makes the file as large as this, in bytes; the position stays. Python: {@code truncate(size)}.
     *
     * @param size at least 0; a position that {@link #tell()} gave, or whole characters are lost
     * @throws IOException if it cannot be had
     */
    public void setSize(long size) throws IOException {
        file.setSize(size);
    }

    @Override
    public void flush() throws IOException {
        file.flush();
    }

    // ---- The file

    /**
     * The file object whose text this is.
     *
     * @return the file object
     */
    public FileObject file() {
        return file;
    }

    /**
     * How bytes become text here.
     *
     * @return the options
     */
    public TextOptions options() {
        return options;
    }

    /** Closes the file object. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Brings the bytes and the position of the file to where this view is; called with the lock held. */
    void settle() throws IOException {
        recover();
        decoder.settle();
        encoder.settle();
    }

    /** Brings the view back to where it was before an operation that an Error has ended at any of its steps. */
    private void recover() {
        if (unfinished == READING) {
            decoder.rewind();
        } else if (unfinished == WRITING) {
            encoder.forget();
        }
        unfinished = NOTHING;
    }

    /** Looks for the next line only by peeking, so that the position is always behind the line returned last. */
    private final class LineIterator implements Iterator<String> {
        @Override
        public boolean hasNext() {
            try {
                return TextFile.this.hasNext();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String next() {
            try {
                String line = readLine();
                if (line.isEmpty()) {
                    throw new NoSuchElementException();
                }
                return line;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

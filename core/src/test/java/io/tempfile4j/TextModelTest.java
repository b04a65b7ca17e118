package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.TextOptions.Newline;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Any text in any charset, cut into any pieces: it is read back as it was written, from wherever one goes. */
class TextModelTest {

    private static final List<String> LINE_ENDS = List.of("\n", "\n", "\r", "\r\n");
    private static final List<String> ASCII = List.of("a", "b", " ", "\t", "\u001a", "~");

    /** A charset, and characters that it has. */
    enum Coding {
        UTF_8("UTF-8", "\u00e9", "\u039b", "\u65e5", "\ud83d\ude00", "\u0085", "\u2028", "\ufffd"),
        UTF_16("UTF-16", "\u00e9", "\u65e5", "\ud83d\ude00", "\u0a0d", "\u0d0a"),
        UTF_16LE("UTF-16LE", "\u00e9", "\u65e5", "\ud83d\ude00", "\u0a0d", "\u0d0a"),
        UTF_32("UTF-32", "\u00e9", "\u65e5", "\ud83d\ude00"),
        LATIN_1("ISO-8859-1", "\u00e9", "\u00ff", "\u0085"),
        ASCII_REPLACING("US-ASCII", "\u00e9", "\u65e5", "\ud83d\ude00"),
        WINDOWS_1252("windows-1252", "\u00e9", "\u20ac"),
        SHIFT_JIS("Shift_JIS", "\u65e5", "\u8868", "\uff71"),
        EUC_JP("EUC-JP", "\u65e5", "\u672c", "\uff71"),
        ISO_2022_JP("ISO-2022-JP", "\u65e5", "\u672c", "\u30a2"),
        GB18030("GB18030", "\u65e5", "\u00e9", "\ud83d\ude00", "\u20ac");

        private final String name;
        private final String characters;

        Coding(String name, String... characters) {
            this.name = name;
            this.characters = String.join("", characters);
        }

        Charset charset() {
            return Charset.forName(name);
        }

        List<String> tokens() {
            List<String> tokens = new ArrayList<>(ASCII);
            characters.codePoints().mapToObj(Character::toString).forEach(tokens::add);
            tokens.addAll(LINE_ENDS);
            return tokens;
        }

        TextOptions options(Newline newline) {
            CodingErrorAction action = this == ASCII_REPLACING ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT;
            return new TextOptions(charset(), newline, action);
        }

        String replaced(String text) {
            return this != ASCII_REPLACING
                    ? text
                    : text.codePoints()
                            .map(c -> c < 128 ? c : '?')
                            .mapToObj(Character::toString)
                            .collect(Collectors.joining());
        }
    }

    @Property(tries = 250)
    @Behaviour({166, 212, 258, 266})
    void text_writtenAndReadInPieces_isTheSameFromAnyCookie(
            @ForAll Coding coding,
            @ForAll Newline newline,
            @ForAll FileKind kind,
            @ForAll("shapes") List<Integer> shape,
            @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        String written = textOf(coding, shape, random);
        try (Backend backend = Backend.Kind.PORTABLE.open();
                TempSpace space = backend.space()) {
            TextFile text = kind.open(space).text(coding.options(newline));
            writeInPieces(text, written, random);
            String onDisk = coding.replaced(written.replace("\n", lineEnd(newline)));
            text.file().seek(0);
            assertThat(text.file().readAllBytes()).isEqualTo(onDisk.getBytes(coding.charset()));
            String expected = newline == Newline.UNIVERSAL ? onDisk.replaceAll("\r\n?", "\n") : onDisk;
            Map<Long, String> cookies = readInPieces(text, expected, newline, random);
            List<Long> order = new ArrayList<>(cookies.keySet());
            Collections.shuffle(order, random);
            for (long cookie : order.subList(0, Math.min(40, order.size()))) {
                assertThat(text.seek(cookie)).isEqualTo(cookie);
                assertThat(text.tell()).isEqualTo(cookie);
                assertThat(text.read()).isEqualTo(cookies.get(cookie));
            }
        }
    }

    private static String textOf(Coding coding, List<Integer> shape, Random random) {
        List<String> tokens = coding.tokens();
        StringBuilder text = new StringBuilder();
        for (int length : shape) {
            for (int i = 0; i < length; i++) {
                text.append(tokens.get(random.nextInt(tokens.size())));
            }
            // One long line, which no line end in it cuts short.
            text.append("x".repeat(random.nextInt(4) == 0 ? length : 0));
        }
        return text.toString();
    }

    /** Cuts anywhere, also between the halves of a character or of a line end. */
    private static void writeInPieces(TextFile text, String written, Random random) throws IOException {
        for (int at = 0; at < written.length(); ) {
            int length = Math.min(written.length() - at, random.nextInt(10) == 0 ? 9000 : 1 + random.nextInt(50));
            text.write(written.substring(at, at + length));
            at += length;
        }
    }

    private static Map<Long, String> readInPieces(TextFile text, String expected, Newline newline, Random random)
            throws IOException {
        Map<Long, String> cookies = new TreeMap<>();
        text.seek(0);
        int at = 0;
        while (true) {
            if (random.nextInt(1 + expected.length() / 500) == 0) {
                cookies.put(text.tell(), expected.substring(at));
            }
            int end;
            String read;
            if (random.nextBoolean()) {
                int count = random.nextInt(20) == 0 ? 9000 : random.nextInt(30);
                int left = expected.codePointCount(at, expected.length());
                end = expected.offsetByCodePoints(at, Math.min(count, left));
                read = text.read(count);
            } else {
                end = endOfLine(expected, at, newline);
                read = text.readLine();
            }
            assertThat(read).isEqualTo(expected.substring(at, end));
            at = end;
            if (at == expected.length()) {
                assertThat(text.read(1)).isEmpty();
                cookies.put(text.tell(), "");
                return cookies;
            }
        }
    }

    private static int endOfLine(String text, int from, Newline newline) {
        for (int i = from; i < text.length(); i++) {
            boolean pair = text.startsWith("\r\n", i);
            int length = switch (newline) {
                case UNIVERSAL, LF -> text.charAt(i) == '\n' ? 1 : 0;
                case NONE -> pair ? 2 : text.charAt(i) == '\n' || text.charAt(i) == '\r' ? 1 : 0;
                case CR -> text.charAt(i) == '\r' ? 1 : 0;
                case CRLF -> pair ? 2 : 0;
            };
            if (length > 0) {
                return i + length;
            }
        }
        return text.length();
    }

    private static String lineEnd(Newline newline) {
        return switch (newline) {
            case UNIVERSAL -> System.lineSeparator();
            case NONE, LF -> "\n";
            case CR -> "\r";
            case CRLF -> "\r\n";
        };
    }

    /** How many characters each part has: mostly few, sometimes more than any buffer. */
    @Provide
    Arbitrary<List<Integer>> shapes() {
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, 40)),
                Tuple.of(1, Arbitraries.integers().between(8150, 8200)),
                Tuple.of(1, Arbitraries.integers().between(0, 20_000)));
        return Combinators.combine(lengths, lengths, lengths).as(List::of);
    }
}

package io.tempfile4j;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.TextOptions.Newline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Random programs of file operations, run here and by CPython: all results are the same.
 *
 * <p>Left out, for they are meant to differ:
 *
 * <ul>
 *   <li>Text, from reading to writing or back without a seek: CPython then writes behind what it has read ahead. The
 *       programs seek to where they are ({@code sync}).
 *   <li>Text of a variable width is written at the end only: elsewhere it would cut characters in two, and what CPython
 *       gives after a decoding error is not defined. Where a carriage return may be half a line end as well: behind one
 *       CPython's {@code tell} gives a position from which it reads right but writes one character too late.
 *   <li>The operation after a seek before the start: CPython then reports wrong positions.
 *   <li>{@code truncate} of text: CPython goes on giving what it has read ahead.
 *   <li>{@code newlines}: CPython counts what it has read ahead and forgets all at a seek; here what was read counts.
 *   <li>Half a surrogate pair: CPython refuses it at once, here the other half may follow.
 *   <li>UTF-16: CPython writes the order of bytes of the machine, Java big-endian; only text and sizes are compared.
 *       UTF-32: CPython writes a mark, Java none. ISO-2022-JP: CPython forgets the escape sequence at the end.
 *   <li>Windows' code pages and the like: characters which the two map differently.
 * </ul>
 */
@Needs(Need.PYTHON)
class PythonDifferentialTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final int OPERATIONS = 60;

    /** By Python's number. */
    private static final List<Whence> WHENCE = List.of(Whence.SET, Whence.CUR, Whence.END);

    /** A charset in both languages, and a character that needs more than one byte or is none of ASCII's. */
    private record Coding(String java, String python, int width, String errors, List<String> characters) {}

    private static final List<Coding> CODINGS = List.of(
            new Coding("UTF-8", "utf-8", 0, "strict", List.of("\u00e9", "\u65e5", "\ud83d\ude00", "\u2028")),
            new Coding("UTF-16", "utf-16", 0, "strict", List.of("\u00e9", "\ud83d\ude00", "\u0d0a")),
            new Coding("UTF-16LE", "utf-16-le", 2, "strict", List.of("\u00e9", "\u0a0d", "\u0d0a")),
            new Coding("UTF-32LE", "utf-32-le", 4, "strict", List.of("\u00e9", "\ud83d\ude00")),
            new Coding("ISO-8859-1", "iso-8859-1", 1, "strict", List.of("\u00e9", "\u0085")),
            new Coding("ISO-8859-1", "iso-8859-1", 1, "replace", List.of("\u65e5", "\ud83d\ude00")),
            new Coding("US-ASCII", "ascii", 1, "ignore", List.of("\u00e9", "\ud83d\ude00")),
            new Coding("US-ASCII", "ascii", 1, "strict", List.of("\u00e9")),
            new Coding("Shift_JIS", "shift_jis", 0, "strict", List.of("\u65e5", "\uff71")),
            new Coding("EUC-JP", "euc_jp", 0, "strict", List.of("\u65e5", "\u672c")),
            new Coding("GB18030", "gb18030", 0, "strict", List.of("\u65e5", "\u00e9", "\ud83d\ude00")));

    @Test
    @Behaviour({229, 242})
    void binary_randomPrograms_giveWhatCPythonGives() throws Exception {
        Random random = new Random(20240229);
        List<List<String>> programs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            programs.add(binaryProgram(random));
        }
        compare(programs);
    }

    @Test
    @Behaviour({166, 212, 229, 265})
    void text_randomPrograms_giveWhatCPythonGives() throws Exception {
        Random random = new Random(20240301);
        List<List<String>> programs = new ArrayList<>();
        for (Coding coding : CODINGS) {
            for (Newline newline : Newline.values()) {
                for (int i = 0; i < 2; i++) {
                    programs.add(textProgram(coding, newline, random));
                }
            }
        }
        compare(programs);
    }

    // ---- Programs

    private static List<String> binaryProgram(Random random) {
        List<String> program = new ArrayList<>(List.of("new binary"));
        for (int i = 0; i < OPERATIONS; i++) {
            int size = size(random);
            program.add(
                    switch (random.nextInt(12)) {
                        case 0, 1, 2 -> "write " + HEX.formatHex(binary(size, random));
                        case 3, 4 -> "read " + size;
                        case 5 -> "line";
                        case 6 -> "seek " + (size - random.nextInt(10)) + " 0";
                        case 7 -> "seek " + (random.nextInt(200) - 100) + " 1";
                        case 8 -> "seek " + (random.nextInt(50) - size) + " 2";
                        case 9 -> "truncate " + size;
                        case 10 -> random.nextBoolean() ? "flush" : "tell";
                        default -> random.nextBoolean() ? "size" : "content";
                    });
        }
        program.addAll(List.of("content", "size", "tell"));
        return program;
    }

    private static byte[] binary(int size, Random random) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (random.nextInt(40) == 0 ? '\n' : random.nextInt(256));
        }
        return bytes;
    }

    private static int size(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> 8185 + random.nextInt(15);
            case 1 -> random.nextInt(70_000);
            default -> random.nextInt(40);
        };
    }

    private static List<String> textProgram(Coding coding, Newline newline, Random random) {
        List<String> program = new ArrayList<>();
        program.add("new text " + coding.python + " " + newline + " " + coding.errors);
        boolean atEndOnly = coding.width == 0 || newline == Newline.UNIVERSAL || newline == Newline.NONE;
        boolean writing = false;
        for (int i = 0; i < OPERATIONS; i++) {
            int verb = random.nextInt(9);
            boolean write = verb < 3;
            if (write && atEndOnly) {
                program.add("seek 0 2");
            } else if (write != writing) {
                program.add("sync");
            }
            writing = write;
            program.add(
                    switch (verb) {
                        case 0, 1, 2 ->
                            "write " + HEX.formatHex(text(coding, random).getBytes(UTF_8));
                        case 3, 4 -> "read " + (random.nextInt(8) == 0 ? 9000 : random.nextInt(20));
                        case 5 -> "line";
                        case 6 -> "tell";
                        case 7 -> random.nextInt(3) == 0 ? "seek 0 0" : "cookie " + random.nextInt(100);
                        default -> random.nextInt(3) == 0 ? "seek 0 2" : "size";
                    });
        }
        program.addAll(List.of("seek 0 0", "read 10000000", "size"));
        if (!coding.java.equals("UTF-16")) {
            program.add("content");
        }
        return program;
    }

    private static String text(Coding coding, Random random) {
        List<String> tokens = new ArrayList<>(List.of("a", "b", " ", "\u001a", "\n", "\n", "\r", "\r\n"));
        tokens.addAll(coding.characters);
        StringBuilder text = new StringBuilder();
        int size = random.nextInt(12) == 0 ? 8000 + random.nextInt(400) : random.nextInt(40);
        for (int i = 0; i < size; i++) {
            text.append(tokens.get(random.nextInt(tokens.size())));
        }
        return text.toString();
    }

    // ---- Both sides

    private static void compare(List<List<String>> programs) throws Exception {
        List<String> python = python(programs.stream().flatMap(List::stream).toList());
        int line = 0;
        try (TempSpace space = TempSpace.in(Tempfile.gettempdir())) {
            for (List<String> program : programs) {
                List<String> expected = python.subList(line, line + program.size());
                line += program.size();
                for (FileKind kind : FileKind.values()) {
                    check(program, expected, kind.open(space));
                }
            }
        }
        assertThat(python).hasSize(line);
    }

    private static void check(List<String> program, List<String> expected, FileObject file) throws IOException {
        Runner runner = new Runner(file, program.get(0).split(" ", -1));
        for (int i = 1; i < program.size(); i++) {
            String[] operation = program.get(i).split(" ", -1);
            String result;
            try {
                result = describe(runner.run(operation));
            } catch (IllegalArgumentException | IOException refused) {
                result = "refused";
            }
            if (!result.equals(expected.get(i))) {
                assertThat(result)
                        .as("the last of %s on %s", program.subList(0, i + 1), file)
                        .isEqualTo(expected.get(i));
            }
        }
        file.close();
    }

    private static String describe(Object result) {
        if (result instanceof String text) {
            return "r " + HEX.formatHex(text.getBytes(UTF_8));
        }
        return result instanceof byte[] bytes ? "r " + HEX.formatHex(bytes) : "n " + result;
    }

    /** What {@code differential.py} does, here. */
    private static final class Runner {
        private final FileObject file;
        private final TextFile text;
        private final boolean isText;
        private final List<Long> cookies = new ArrayList<>();

        Runner(FileObject file, String[] made) {
            this.file = file;
            isText = made[1].equals("text");
            text = !isText ? file.text() : file.text(options(made[2], Newline.valueOf(made[3]), made[4]));
        }

        private static TextOptions options(String python, Newline newline, String errors) {
            String java = CODINGS.stream()
                    .filter(coding -> coding.python.equals(python))
                    .findFirst()
                    .orElseThrow()
                    .java;
            CodingErrorAction action = switch (errors) {
                case "replace" -> CodingErrorAction.REPLACE;
                case "ignore" -> CodingErrorAction.IGNORE;
                default -> CodingErrorAction.REPORT;
            };
            return new TextOptions(Charset.forName(java), newline, action);
        }

        Object run(String[] operation) throws IOException {
            return switch (operation[0]) {
                case "write" -> write(HEX.parseHex(operation[1]));
                case "read" -> isText ? text.read(number(operation[1])) : file.read(number(operation[1]));
                case "line" -> isText ? text.readLine() : file.readLine();
                case "seek" -> seek(number(operation[1]), WHENCE.get(number(operation[2])));
                case "tell" -> isText ? remember() : file.tell();
                case "cookie" -> recall(number(operation[1]));
                case "sync" -> text.seek(text.tell()) * 0;
                case "truncate" -> resize(number(operation[1]));
                case "flush" -> flush();
                case "size" -> file.size();
                case "content" -> content();
                default -> throw new AssertionError(operation[0]);
            };
        }

        private static int number(String argument) {
            return Integer.parseInt(argument);
        }

        private Object write(byte[] data) throws IOException {
            if (isText) {
                text.write(new String(data, UTF_8));
            } else {
                file.write(data);
            }
            return 0;
        }

        private Object seek(int offset, Whence whence) throws IOException {
            return isText ? text.seek(offset, whence) * 0 : file.seek(offset, whence);
        }

        private Object remember() throws IOException {
            cookies.add(text.tell());
            return 0;
        }

        private Object recall(int index) throws IOException {
            return text.seek(cookies.isEmpty() ? 0 : cookies.get(index % cookies.size())) * 0;
        }

        private Object resize(int size) throws IOException {
            file.setSize(size);
            return 0;
        }

        private Object flush() throws IOException {
            file.flush();
            return 0;
        }

        private Object content() throws IOException {
            try (InputStream all = file.newInputStream()) {
                return all.readAllBytes();
            }
        }
    }

    private static List<String> python(List<String> lines) throws Exception {
        Path script = Files.createTempFile("differential", ".py");
        try {
            try (InputStream resource = PythonDifferentialTest.class.getResourceAsStream("differential.py")) {
                Files.write(script, resource.readAllBytes());
            }
            Process process = new ProcessBuilder("python3", script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> drain(process));
            try (OutputStream input = process.getOutputStream()) {
                input.write((String.join("\n", lines) + "\n").getBytes(US_ASCII));
            }
            String results = new String(output.get(), US_ASCII);
            assertThat(process.waitFor()).isZero();
            return results.lines().toList();
        } finally {
            Files.delete(script);
        }
    }

    private static byte[] drain(Process process) {
        try (InputStream output = process.getInputStream()) {
            return output.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

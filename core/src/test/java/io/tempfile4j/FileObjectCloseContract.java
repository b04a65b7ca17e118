package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a file object after its end. */
abstract class FileObjectCloseContract extends FileObjectContract {

    FileObjectCloseContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({143, 209, 211, 251, 252})
    void close_threeTimes_isQuietAndNothingIsLeft(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        file.close();
        file.close();
        file.close();
        assertThat(file.isOpen()).isFalse();
        assertThat(backend.entries()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({144, 145, 268, 283})
    void everyVerb_afterClose_throwsClosedChannelException(FileKind kind) throws Exception {
        FileObject file = holding(kind, "0123456789");
        file.close();
        List<Method> verbs = verbs(FileObject.class);
        assertThat(verbs).hasSizeGreaterThanOrEqualTo(20);
        for (Method verb : verbs) {
            assertThat(failure(file, verb)).as("%s", verb).isInstanceOf(ClosedChannelException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTextVerb_afterClose_throwsClosedChannelException(FileKind kind) throws Exception {
        FileObject file = holding(kind, "0123456789");
        TextFile text = file.text();
        assertThat(text.read(1)).isEqualTo("0");
        text.close();
        assertThat(file.isOpen()).isFalse();
        List<Method> verbs = verbs(TextFile.class);
        assertThat(verbs).hasSizeGreaterThanOrEqualTo(12);
        for (Method verb : verbs) {
            assertThat(failure(text, verb)).as("%s", verb).isInstanceOf(ClosedChannelException.class);
        }
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> text.iterator().hasNext())
                .withCauseInstanceOf(ClosedChannelException.class);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> text.lines().count())
                .withCauseInstanceOf(ClosedChannelException.class);
        text.close();
    }

    /** All that can fail, but for close itself. */
    private static List<Method> verbs(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
                .filter(method -> List.of(method.getExceptionTypes()).contains(IOException.class))
                .filter(method -> !method.getName().equals("close"))
                .toList();
    }

    private Throwable failure(Object target, Method verb) throws IllegalAccessException {
        Map<Class<?>, Object> arguments = Map.of(
                int.class,
                0,
                long.class,
                0L,
                char.class,
                'c',
                byte[].class,
                new byte[1],
                ByteBuffer.class,
                ByteBuffer.allocate(1),
                CharSequence.class,
                "c",
                Iterable.class,
                List.of("c"),
                Whence.class,
                Whence.SET,
                Path.class,
                directory().resolve("target"));
        Object[] given = Stream.of(verb.getParameterTypes())
                .map(type -> arguments.getOrDefault(
                        type, type.isArray() ? Array.newInstance(type.componentType(), 0) : null))
                .toArray();
        try {
            verb.invoke(target, given);
            return null;
        } catch (InvocationTargetException thrown) {
            return thrown.getCause();
        }
    }

    @ParameterizedTest
    @EnumSource
    void streams_afterTheEndOfTheirFile_throwClosedChannelException(FileKind kind) throws IOException {
        FileObject file = holding(kind, pattern(20_000));
        InputStream shared = file.inputStream();
        InputStream own = file.newInputStream();
        OutputStream out = file.outputStream();
        assertThat(shared.read()).isGreaterThanOrEqualTo(0);
        file.close();
        for (InputStream in : List.of(shared, own, file.inputStream())) {
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(in::read);
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> in.read(new byte[10_000]));
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(in::available);
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> in.skip(1));
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(in::readAllBytes);
            in.mark(1);
            in.close();
        }
        for (OutputStream each : List.of(out, file.outputStream())) {
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> each.write(1));
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> each.write(new byte[3]));
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(each::flush);
            each.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void newInputStream_withBytesReadAhead_endsWithItsFile(FileKind kind) throws IOException {
        FileObject file = holding(kind, "0123456789");
        InputStream own = file.newInputStream();
        assertThat(own.read()).isEqualTo('0');
        file.close();
        assertThatIOException().isThrownBy(own::readAllBytes);
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({141, 268})
    void scope_left_closesTheFile(FileKind kind) throws IOException {
        FileObject left;
        try (FileObject file = open(kind)) {
            file.write(bytes("0123456789"));
            left = file;
        }
        assertThat(left.isOpen()).isFalse();
        try (TextFile text = open(kind).text()) {
            text.write("0123456789");
            left = text.file();
        }
        assertThat(left.isOpen()).isFalse();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour({142})
    void path_afterClose_isTheSameAndAbsolute() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        Path path = file.path();
        file.write(1);
        file.close();
        assertThat(file.path()).isEqualTo(path).isAbsolute();
        assertThat(file.isOpen()).isFalse();
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(file::size);
    }

    @Test
    void closeChannel_everyVerbAfterIt_throwsClosedChannelExceptionAndTheContentStays() throws Exception {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.write(bytes("abc"));
        file.text().write("d\u00e9f");
        file.closeChannel();
        assertThat(file.isOpen()).isFalse();
        for (Method verb : verbs(FileObject.class)) {
            if (!Set.of("persist", "keep").contains(verb.getName())) {
                assertThat(failure(file, verb)).as("%s", verb).isInstanceOf(ClosedChannelException.class);
            }
        }
        assertThat(file.path()).hasContent("abcd\u00e9f");
        file.close();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    void keepAndReopen_withTextInTheBuffer_showIt() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.text().write("\u00e9");
        try (FileChannel again = file.reopen()) {
            assertThat(again.size()).isEqualTo(2);
        }
        file.text().write("\u00e8");
        assertThat(file.keep()).hasContent("\u00e9\u00e8");
        file.text().write("!").seek(0);
        assertThat(file.text().read()).isEqualTo("\u00e9\u00e8!");
        file.close();
        assertThat(file.path()).hasContent("\u00e9\u00e8!");
        Files.delete(file.path());
    }

    /** Every way to an end writes what is in the buffers when somebody may read it later. */
    @Test
    @Behaviour({146, 196})
    void close_ofWhatIsKept_hasWrittenBytesAndText() throws IOException {
        try (TempSpace keeping = backend.builder().deleteOnClose(false).open()) {
            List<NamedTemporaryFile> files =
                    List.of(keeping.namedTemporaryFile(), keeping.namedTemporaryFile(), keeping.namedTemporaryFile());
            List<Closeable> ends = List.of(files.get(0), files.get(1).text(), files.get(2)::closeChannel);
            for (int i = 0; i < 3; i++) {
                files.get(i).write(bytes("abc"));
                files.get(i).text().write("d\u00e9f");
                assertThat(Files.size(files.get(i).path()))
                        .as("the buffer works")
                        .isZero();
                ends.get(i).close();
                assertThat(files.get(i).path()).hasContent("abcd\u00e9f");
            }
            assertThat(backend.entries()).hasSize(3);
            for (NamedTemporaryFile file : files) {
                file.close();
                Files.delete(file.path());
            }
        }
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Null is refused by its name, by every public method that makes things or says where and how. */
class NullArgumentsTest {

    private static final List<Class<?>> TYPES = List.of(
            AtomicFile.class,
            Tempfile.class,
            MkstempResult.class,
            TempSpace.class,
            TempSpace.Builder.class,
            TemporaryFile.class,
            NamedTemporaryFile.class,
            SpooledTemporaryFile.class,
            TemporaryDirectory.class,
            TemporaryPath.class);

    /** The methods of these types that take references, and what these are called. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("AtomicFile.replace(Path,ContentWriter)", List.of("target", "writer")),
            Map.entry("AtomicFile.replace(Path,Set,ContentWriter)", List.of("target", "options", "writer")),
            Map.entry("Tempfile.mkstemp(Path)", List.of("dir")),
            Map.entry("Tempfile.mkstemp(String,String)", List.of("prefix", "suffix")),
            Map.entry("Tempfile.mkstemp(Path,String,String)", List.of("dir", "prefix", "suffix")),
            Map.entry("Tempfile.mkdtemp(Path)", List.of("dir")),
            Map.entry("Tempfile.mkdtemp(String,String)", List.of("prefix", "suffix")),
            Map.entry("Tempfile.mkdtemp(Path,String,String)", List.of("dir", "prefix", "suffix")),
            Map.entry("Tempfile.mktemp(Path,String,String)", List.of("dir", "prefix", "suffix")),
            Map.entry("MkstempResult(FileChannel,Path)", List.of("channel", "path")),
            Map.entry("TempSpace.in(Path)", List.of("directory")),
            Map.entry("TempSpace.holdEnd(String,Duration)", List.of("who", "atMost")),
            Map.entry("TempSpace.namedTemporaryFile(String,String)", List.of("prefix", "suffix")),
            Map.entry("TempSpace.temporaryDirectory(String,String)", List.of("prefix", "suffix")),
            Map.entry("TempSpace.temporaryPath(String,String,PathMaker)", List.of("prefix", "suffix", "maker")),
            Map.entry("Builder.directory(Path)", List.of("directory")),
            Map.entry("Builder.prefix(String)", List.of("prefix")),
            Map.entry("Builder.suffix(String)", List.of("suffix")),
            Map.entry("Builder.filePermissions(Set)", List.of("p")),
            Map.entry("Builder.directoryPermissions(Set)", List.of("p")),
            Map.entry("NamedTemporaryFile.create(String,String)", List.of("prefix", "suffix")),
            Map.entry("NamedTemporaryFile.reopen(OpenOption[])", List.of("options")),
            Map.entry("TemporaryPath.persist(Path,PersistOption[])", List.of("target", "options")),
            Map.entry("TemporaryDirectory.adopt(Path)", List.of("existing")),
            Map.entry("TemporaryDirectory.create(String,String)", List.of("prefix", "suffix")),
            Map.entry("TemporaryDirectory.resolve(String)", List.of("other")));

    @TempDir
    Path scratch;

    private static Stream<Executable> executables() {
        return TYPES.stream()
                .flatMap(type -> Stream.concat(
                        Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods())))
                .filter(executable -> Modifier.isPublic(executable.getModifiers()) && !executable.isSynthetic())
                .filter(executable -> !executable.getName().equals("equals"))
                .filter(executable ->
                        Arrays.stream(executable.getParameterTypes()).anyMatch(type -> !type.isPrimitive()));
    }

    private static String key(Executable executable) {
        String type = executable.getDeclaringClass().getSimpleName();
        return Arrays.stream(executable.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(
                        ",", executable instanceof Method ? type + "." + executable.getName() + "(" : type + "(", ")"));
    }

    /** A new method must be added to the table above, and so be tested. */
    @Test
    void table_hasEveryPublicMethodThatTakesReferences() {
        assertThat(executables().map(NullArgumentsTest::key)).containsExactlyInAnyOrderElementsOf(NAMES.keySet());
    }

    @TestFactory
    Stream<DynamicTest> call_oneArgumentIsNull_nullPointerExceptionNamesIt() {
        List<DynamicTest> tests = new ArrayList<>();
        executables().forEach(executable -> {
            Class<?>[] types = executable.getParameterTypes();
            for (int i = 0; i < types.length; i++) {
                if (!types[i].isPrimitive()) {
                    int index = i;
                    tests.add(DynamicTest.dynamicTest(
                            key(executable) + " with null for argument " + i,
                            () -> assertRefusesNull(executable, index)));
                }
            }
        });
        return tests.stream();
    }

    private void assertRefusesNull(Executable executable, int index) throws Exception {
        Path directory = Files.createTempDirectory(scratch, "");
        try (TempSpace space = TempSpace.in(directory)) {
            Object target = Modifier.isStatic(executable.getModifiers())
                    ? null
                    : instance(executable.getDeclaringClass(), space);
            List<Path> before = Backend.entries(directory);
            Object[] arguments = new Object[executable.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = i == index
                        ? null
                        : argument(executable.getName(), executable.getParameterTypes()[i], directory);
            }
            String name = NAMES.get(key(executable)).get(index);
            assertThatThrownBy(() -> call(executable, target, arguments))
                    .isExactlyInstanceOf(NullPointerException.class)
                    .hasMessage(name);
            assertThat(Backend.entries(directory)).isEqualTo(before);
            if (target instanceof AutoCloseable closeable) {
                closeable.close();
            }
        }
    }

    private static void call(Executable executable, Object target, Object... arguments) throws Throwable {
        try {
            if (executable instanceof Method method) {
                method.invoke(target, arguments);
            } else {
                ((Constructor<?>) executable).newInstance(arguments);
            }
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static Object instance(Class<?> type, TempSpace space) throws Exception {
        return switch (type.getSimpleName()) {
            case "TempSpace" -> space;
            case "Builder" -> TempSpace.builder();
            case "NamedTemporaryFile" -> space.namedTemporaryFile();
            case "TemporaryPath" -> space.temporaryPath("", "", Files::createFile);
            case "TemporaryDirectory" -> space.temporaryDirectory();
            case "MkstempResult" -> "constructors need none";
            default -> throw new AssertionError("say how to make one: " + type);
        };
    }

    private static Object argument(String method, Class<?> type, Path directory) {
        return switch (type.getSimpleName()) {
            case "Path" -> directory;
            case "String" -> "x";
            case "Set" ->
                method.contains("replace")
                        ? Set.of(PersistOption.NO_CLOBBER)
                        : PosixFilePermissions.fromString("rw-------");
            case "PersistOption[]" -> new PersistOption[] {PersistOption.NO_CLOBBER};
            case "ContentWriter" -> (ContentWriter) file -> file.write(1);
            case "PathMaker" -> (PathMaker) Files::createFile;
            case "OpenOption[]" -> new OpenOption[] {StandardOpenOption.READ};
            case "FileChannel" -> closedChannel();
            case "Duration" -> Duration.ofSeconds(1);
            default -> throw new AssertionError("say what to give for " + type);
        };
    }

    private static FileChannel closedChannel() {
        try (FileChannel channel = FileChannel.open(Path.of(System.getProperty("java.home"), "release"))) {
            return channel;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void persist_null_isRefusedByItsName() throws IOException {
        try (TempSpace space = TempSpace.in(scratch)) {
            for (FileKind kind : FileKind.values()) {
                FileObject file = kind.open(space);
                assertThatThrownBy(() -> file.persist(null))
                        .isExactlyInstanceOf(NullPointerException.class)
                        .hasMessage("target");
                assertThatThrownBy(() -> file.persist(scratch.resolve("x"), (PersistOption[]) null))
                        .isExactlyInstanceOf(NullPointerException.class)
                        .hasMessage("options");
                assertThatThrownBy(() -> file.persist(scratch.resolve("x"), (PersistOption) null))
                        .isExactlyInstanceOf(NullPointerException.class);
                assertThat(file.isOpen()).isTrue();
            }
        }
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void filePermissions_setWithNull_isRefused() {
        Set<PosixFilePermission> withNull = Collections.singleton(null);
        assertThatThrownBy(() -> TempSpace.builder().filePermissions(withNull))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> TempSpace.builder().directoryPermissions(withNull))
                .isInstanceOf(NullPointerException.class);
    }
}

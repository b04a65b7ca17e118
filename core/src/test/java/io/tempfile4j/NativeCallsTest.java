package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.internal.platform.ScriptedNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which system calls are made, and what becomes of those that are interrupted or not supported; strace(1) tells. */
@Needs(Need.STRACE)
class NativeCallsTest extends NativeSuite {

    private static final String[] NAMES = {"-e", "trace=openat,unlinkat,linkat,renameat,renameat2,mkdirat,mkdir,unlink"
    };

    /** Makes files without a name, writes, reads, sizes and closes them. */
    static final class Nameless {
        public static void main(String[] arguments) throws IOException {
            for (String directory : arguments) {
                useAll(Path.of(directory));
            }
            System.out.println("done");
        }

        private static void useAll(Path directory) throws IOException {
            try (TempSpace space = TempSpace.in(directory)) {
                byte[] content = new byte[100_000];
                Arrays.fill(content, (byte) 'x');
                for (int i = 0; i < 3; i++) {
                    try (TemporaryFile file = space.temporaryFile()) {
                        file.write(content);
                        file.write("end".getBytes(UTF_8));
                        file.flush();
                        file.seek(0);
                        byte[] read = file.readAllBytes();
                        if (read.length != 100_003 || read[100_002] != 'd' || file.size() != 100_003) {
                            throw new AssertionError(read.length);
                        }
                        file.truncate(10);
                        file.channel().force(true);
                        if (file.size() != 10) {
                            throw new AssertionError(file.size());
                        }
                    }
                }
            }
        }

        private Nameless() {}
    }

    private ChildJvm nameless(Path directory) {
        return ChildJvm.of(Nameless.class).args(directory.toString());
    }

    @Test
    @Behaviour({218})
    void temporaryFile_anyTime_neverHasAName() throws Exception {
        Path directory = directory("space");
        Trace trace = trace(nameless(directory), NAMES);
        assertThat(trace.result().lines()).containsExactly("done");
        assertThat(trace.with(directory + "\""))
                .filteredOn(call -> call.contains("O_TMPFILE"))
                .hasSize(3)
                .allMatch(call -> call.contains("O_CLOEXEC") && !call.contains("O_EXCL") && call.contains("0600"));
        assertThat(trace.with(directory + "/")).isEmpty();
        assertThat(trace.with("\"tmp")).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    /**
     * What file systems and kernels without such files answer; others are still asked. ENOENT may be said of a directory
     * that is made anew just then.
     */
    @ParameterizedTest
    @CsvSource({"EOPNOTSUPP, 1, 3", "EISDIR, 1, 3", "EINVAL, 1, 3", "ENOENT, 3, 1"})
    @Behaviour({218, 219})
    @Needs(Need.SHM)
    void temporaryFile_fileSystemHasNoNamelessFiles_isUnlinkedAtOnceAndThisRemembered(
            String error, int asked, int unlinked) throws Exception {
        Path directory = directory("space");
        Path memory = Path.of("/dev/shm");
        Trace trace = trace(
                nameless(directory).args(memory.toString()),
                "-P",
                directory.toString(),
                "-P",
                memory.toString(),
                "-e",
                "trace=openat,unlinkat",
                "-e",
                "inject=openat:error=" + error + ":when=1");
        assertThat(trace.result().lines()).as(error).containsExactly("done");
        assertThat(trace.count(directory + "\".*O_TMPFILE.* = -1 " + error + ".*INJECTED"))
                .isEqualTo(1);
        assertThat(trace.count(directory + "\".*O_TMPFILE")).as("asked").isEqualTo(asked);
        assertThat(trace.count("unlinkat\\(\\d+, \"tmp\\w+\", 0\\) = 0"))
                .as("unlinked")
                .isEqualTo(unlinked);
        assertThat(trace.count(memory + "\".*O_TMPFILE.* = \\d+"))
                .as("the other one")
                .isEqualTo(3);
        assertThat(directory).isEmptyDirectory();
    }

    /** Somebody else was quicker. Here nobody was: that is seen, and it is removed all the same. */
    @Test
    @Behaviour(222)
    void temporaryFile_nameIsGoneWhenItIsUnlinked_isNoFailure() throws Exception {
        Path directory = directory("space");
        Trace trace = trace(
                nameless(directory),
                "-P",
                directory.toString(),
                "-e",
                "trace=openat,unlinkat",
                "-e",
                "inject=openat:error=EOPNOTSUPP:when=1",
                "-e",
                "inject=unlinkat:error=ENOENT:when=1");
        assertThat(trace.result().lines()).containsExactly("done");
        assertThat(trace.count("unlinkat.* = -1 ENOENT.*INJECTED")).isEqualTo(1);
        assertThat(directory).isEmptyDirectory();
    }

    /** Makes a file and a directory of known names, uses and removes them. */
    static final class KnownNames {
        private static final String NAME = "a".repeat(12);

        public static void main(String[] arguments) throws IOException {
            try (TempSpace space = TempSpace.builder()
                    .directory(Path.of(arguments[0]))
                    .names(ScriptedNames.of(NAME))
                    .open()) {
                try (NamedTemporaryFile file = space.namedTemporaryFile()) {
                    file.write("content".getBytes(UTF_8));
                    file.flush();
                    file.seek(0);
                    if (file.readLine().length != 7) {
                        throw new AssertionError("not read");
                    }
                    file.truncate(3);
                    if (file.size() != 3 || Files.size(file.path()) != 3) {
                        throw new AssertionError(file.size());
                    }
                }
                try (TemporaryDirectory directory = space.temporaryDirectory()) {
                    Files.createFile(directory.resolve("file"));
                }
            }
            System.out.println("done");
        }

        private KnownNames() {}
    }

    /** Every second call is interrupted before it has done anything. */
    @ParameterizedTest
    @ValueSource(strings = {"openat", "pread64", "pwrite64", "statx", "ftruncate", "unlinkat", "mkdirat", "close"})
    void call_interruptedBySignals_isMadeAgainAndCloseIsNot(String call) throws Exception {
        Path directory = directory("space");
        Path entry = directory.resolve("tmp" + KnownNames.NAME);
        Trace trace = trace(
                ChildJvm.of(KnownNames.class).args(directory.toString()),
                "-P",
                directory.toString(),
                "-P",
                entry.toString(),
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":error=EINTR:when=1+2");
        assertThat(trace.result().lines()).as(call).containsExactly("done");
        assertThat(trace.with("INJECTED")).isNotEmpty();
        if (call.equals("close")) {
            assertInterruptedClosesAreLeftAlone(trace.calls());
        }
        assertThat(directory).isEmptyDirectory();
    }

    /** Since these were not really closed, their numbers do not come again. */
    private static void assertInterruptedClosesAreLeftAlone(List<String> calls) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).contains("INJECTED")) {
                String close = calls.get(i)
                        .substring(calls.get(i).indexOf("close("), calls.get(i).indexOf(')') + 1);
                assertThat(calls.subList(i + 1, calls.size())).noneMatch(later -> later.contains(close));
            }
        }
    }

    /** Makes one of each, uses and removes it. */
    static final class Everything {
        public static void main(String[] arguments) throws IOException {
            useAll(Path.of(arguments[0]));
            System.out.println("done");
        }

        static void useAll(Path directory) throws IOException {
            try (TempSpace space = TempSpace.in(directory)) {
                for (Making making : Making.values()) {
                    if (making != Making.PATH) {
                        making.in(space).close();
                    }
                }
                space.temporaryPath("", "", Files::createDirectory).close();
                try (NamedTemporaryFile file = space.namedTemporaryFile()) {
                    file.write("content".getBytes(UTF_8));
                    file.flush();
                    file.truncate(3);
                    file.channel().write(ByteBuffer.wrap(new byte[1]));
                    file.reopen().close();
                }
                try (TemporaryFile file = space.temporaryFile()) {
                    file.channel().write(ByteBuffer.wrap(new byte[1]));
                }
                try (TemporaryDirectory tree = space.temporaryDirectory()) {
                    Files.createDirectories(tree.resolve("a/b/c"));
                }
            }
        }

        private Everything() {}
    }

    @Test
    @Behaviour({93, 94})
    void everyDescriptor_openedByTheLibrary_isCloseOnExec() throws Exception {
        Path directory = directory("space");
        Trace trace = trace(
                ChildJvm.of(Everything.class).args(directory.toString()), "-y", "-e", "trace=openat,open,fcntl,close");
        assertThat(trace.result().lines()).containsExactly("done");
        List<String> opened = trace.with(directory.toString()).stream()
                .filter(call -> call.startsWith("open") && !call.contains(" = -1 ") && !call.contains("O_CLOEXEC"))
                .toList();
        // The JDK opens some for its channels, and they are given it before anybody else sees them; the ones that are
        // left are closed again by the JDK itself.
        for (String call : opened) {
            String descriptor = call.substring(call.lastIndexOf("= ") + 2, call.lastIndexOf('<'));
            assertThat(trace.with("fcntl(" + descriptor + "<"))
                    .as(call)
                    .anyMatch(given -> given.contains("F_SETFD, FD_CLOEXEC"));
        }
        assertThat(opened).as("channels of the JDK").isNotEmpty();
    }

    /** Or a named pipe that is put in a directory's place would make the opening wait for a writer. */
    @Test
    void cleanup_directoriesInIt_areOpenedAsDirectoriesOnly() throws Exception {
        Path directory = directory("space");
        Trace trace = trace(ChildJvm.of(Everything.class).args(directory.toString()), "-e", "trace=openat,open");
        assertThat(trace.result().lines()).containsExactly("done");
        for (String name : List.of("a", "b")) {
            assertThat(trace.with(", \"" + name + "\", "))
                    .isNotEmpty()
                    .allMatch(call ->
                            call.contains("O_DIRECTORY") && call.contains("O_NOFOLLOW") && call.contains("O_NONBLOCK"));
        }
        assertThat(directory).isEmptyDirectory();
    }
}

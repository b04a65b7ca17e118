package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups D and E: the permissions are those asked for, whatever the umask, for root and for others. */
class PermissionsProcessTest extends ProcessSuite {

    private static final List<String> FILES = List.of("MKSTEMP", "NAMED_FILE");
    private static final List<String> DIRECTORIES = List.of("MKDTEMP", "DIRECTORY");

    /**
     * Makes one of each in the directory of its first argument, with the permissions of the others, if any; says which
     * permissions they have, and that the handles are of use.
     */
    static final class Main {
        public static void main(String[] arguments) throws IOException {
            TempSpace.Builder policy = TempSpace.builder().directory(Path.of(arguments[0]));
            if (arguments.length > 1) {
                policy.filePermissions(PosixFilePermissions.fromString(arguments[1]))
                        .directoryPermissions(PosixFilePermissions.fromString(arguments[2]));
            }
            TempSpace space = policy.open();
            try (MkstempResult file = space.mkstemp("", "")) {
                say("MKSTEMP", file.path());
                check(file.channel());
            }
            try (NamedTemporaryFile file = space.namedTemporaryFile()) {
                say("NAMED_FILE", file.path());
                file.write(1);
                file.seek(0);
                if (file.read() != 1) {
                    throw new AssertionError("not readable");
                }
            }
            try (TemporaryFile file = space.temporaryFile()) {
                file.write(1);
                file.seek(0);
                if (file.read() != 1) {
                    throw new AssertionError("not readable");
                }
                for (Path descriptor : deletedFilesOf(arguments[0])) {
                    System.out.println("NAMELESS_FILE " + Files.getAttribute(descriptor, "unix:mode"));
                }
            }
            say("MKDTEMP", space.mkdtemp("", ""));
            try (TemporaryDirectory directory = space.temporaryDirectory()) {
                say("DIRECTORY", directory.path());
            }
        }

        private static void check(FileChannel channel) throws IOException {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            if (channel.read(ByteBuffer.allocate(1), 0) != 1) {
                throw new AssertionError("not readable");
            }
        }

        private static void say(String what, Path path) throws IOException {
            System.out.println(what + " " + Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS));
        }

        /** On Linux, where they can be seen. */
        private static List<Path> deletedFilesOf(String directory) throws IOException {
            List<Path> deleted = new ArrayList<>();
            Path descriptors = Path.of("/proc/self/fd");
            if (!Files.isDirectory(descriptors)) {
                return deleted;
            }
            try (Stream<Path> all = Files.list(descriptors)) {
                for (Path descriptor : all.toList()) {
                    try {
                        String target = Files.readSymbolicLink(descriptor).toString();
                        if (target.startsWith(directory) && target.endsWith(" (deleted)")) {
                            deleted.add(descriptor);
                        }
                    } catch (NoSuchFileException closedMeanwhile) {
                        // Not one of those that are looked for.
                    }
                }
            }
            return deleted;
        }

        private Main() {}
    }

    private static List<String> modes(ChildJvm.Result result, List<String> what) {
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.lines().stream()
                .filter(line -> what.contains(line.substring(0, Math.max(0, line.indexOf(' ')))))
                .map(line -> String.format("%04o", Integer.parseInt(line.substring(line.indexOf(' ') + 1)) & 07777))
                .toList();
    }

    /** @param file a pattern, as {@code directory} is one */
    private static void assertModes(ChildJvm.Result result, String file, String directory) {
        assertThat(modes(result, FILES)).as(result.output()).hasSize(2).allMatch(mode -> mode.matches(file));
        assertThat(modes(result, DIRECTORIES)).as(result.output()).hasSize(2).allMatch(mode -> mode.matches(directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077", "0777"})
    @Behaviour({89, 90, 114, 115})
    @Needs(Need.ROOT)
    void make_anyUmaskAsRoot_isForTheOwnerAlone(String umask) throws Exception {
        Path directory = directory("space");
        ChildJvm.Result result = ChildJvm.of(Main.class)
                .args(directory.toString())
                .shell("umask " + umask)
                .run();
        assertModes(result, "0600", "0700");
    }

    /** With 0277 only the permission to read is left, which suffices to open the file and give it the rest. */
    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077", "0277"})
    @Behaviour({89, 90, 114, 115})
    void make_umaskThatLeavesTheOwnersRead_isForTheOwnerAlone(String umask) throws Exception {
        Path directory = unprivilegedDirectory("space", 0700);
        ChildJvm.Result result = unprivileged(ChildJvm.of(Main.class))
                .args(directory.toString())
                .shell("umask " + umask)
                .run();
        assertModes(result, "0600", "0700");
    }

    /** It cannot be opened by name; but where nobody else can put anything in its place its name is good enough. */
    @ParameterizedTest
    @ValueSource(strings = {"0777", "0477", "0577"})
    @Behaviour({89, 90, 91, 107, 114, 115, 116})
    void make_umaskThatTakesTheOwnersRead_isForTheOwnerAlone(String umask) throws Exception {
        Path space = unprivilegedDirectory("space", 0700);
        ChildJvm.Result result = unprivileged(ChildJvm.of(Main.class))
                .args(space.toString())
                .shell("umask " + umask)
                .run();
        assertModes(result, "0600", "0700");
    }

    /**
     * Where others may put a link in its place it stays stricter than asked for, and its handle works (the child checks).
     * What its owner may still write later JDKs do open again. Native calls need not open it.
     */
    @ParameterizedTest
    @CsvSource({"0777,0000,0000", "0477,0[26]00,0300", "0577,0[26]00,0200"})
    @Behaviour({91, 107, 116})
    void make_umaskThatTakesTheOwnersReadWhereOthersMayPutLinks_isStricterAndTheHandleWorks(
            String umask, String file, String directory) throws Exception {
        Path space = unprivilegedDirectory("space", 0777);
        ChildJvm.Result result = unprivileged(ChildJvm.of(Main.class))
                .args(space.toString())
                .shell("umask " + umask)
                .run();
        assertModes(result, ChildJvm.NATIVE ? "0600" : file, ChildJvm.NATIVE ? "0700" : directory);
        // What mkstemp and mkdtemp made is the caller's; the others have removed themselves, although they are so
        // strict.
        assertThat(Backend.entries(space)).as(result.output()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "000,rw-rw-rw-,rwxrwxrwx,0666,0777",
        "022,rw-rw-rw-,rwxrwxrwx,0666,0777",
        "077,rw-r-----,rwxr-x--x,0640,0751",
        "077,rw-------,rwx------,0600,0700",
        "000,r--r--r--,r-xr-xr-x,0444,0555",
        "027,r--------,r-x------,0400,0500"
    })
    @Behaviour({107, 126})
    void make_permissionsOfThePolicy_areExactWhateverTheUmask(
            String umask, String files, String directories, String file, String directory) throws Exception {
        Path space = unprivilegedDirectory("space", 0700);
        ChildJvm.Result result = unprivileged(ChildJvm.of(Main.class))
                .args(space.toString(), files, directories)
                .shell("umask " + umask)
                .run();
        assertModes(result, file, directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "022", "077"})
    @Behaviour({216, 284})
    @Needs(Need.PROC)
    void temporaryFile_withoutName_isForTheOwnerAlone(String umask) throws Exception {
        Path space = unprivilegedDirectory("space", 0700);
        ChildJvm.Result result = unprivileged(ChildJvm.of(Main.class))
                .args(space.toString())
                .shell("umask " + umask)
                .run();
        assertThat(modes(result, List.of("NAMELESS_FILE")))
                .as(result.output())
                .isNotEmpty()
                .containsOnly("0600");
    }

    /** Tries every way of making in a directory in which it must not. */
    static final class Denied {
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            TempSpace space = TempSpace.in(directory);
            for (Making making : Making.values()) {
                try (Making.Made made = making.in(space)) {
                    System.out.println(making + " made " + made);
                } catch (IOException failure) {
                    System.out.println(making + " " + failure.getClass().getSimpleName() + " " + failure.getMessage());
                }
            }
        }

        private Denied() {}
    }

    @Test
    @Behaviour({30, 98, 123})
    void make_directoryIsNotWritable_isDeniedNamingTheDirectory() throws Exception {
        Path denied = unprivilegedDirectory("denied", 0555);
        ChildJvm.Result result =
                unprivileged(ChildJvm.of(Denied.class)).args(denied.toString()).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines())
                .hasSize(Making.values().length)
                .allSatisfy(line -> assertThat(line)
                        .matches("[A-Z_]+ AccessDeniedException " + denied
                                + ": no permission to make anything in this directory"));
        assertThat(denied).isEmptyDirectory();
    }

    /** Nor may one look what is in it, or whether there is anything. */
    @Test
    @Behaviour({30, 98, 123})
    void make_directoryIsClosedToUs_isDenied() throws Exception {
        Path denied = unprivilegedDirectory("denied", 0000);
        ChildJvm.Result result =
                unprivileged(ChildJvm.of(Denied.class)).args(denied.toString()).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines())
                .hasSize(Making.values().length)
                .allSatisfy(line -> assertThat(line).matches("[A-Z_]+ AccessDeniedException " + denied + ": .*"));
    }

    /** Makes one of each, and removes it. */
    static final class Allowed {
        public static void main(String[] arguments) throws IOException {
            TempSpace space = TempSpace.in(Path.of(arguments[0]));
            for (Making making : Making.values()) {
                making.in(space).close();
            }
            space.close();
        }

        private Allowed() {}
    }

    /** Writing and searching suffices; that it cannot be listed does not matter. */
    @Test
    @Behaviour({106, 174, 220})
    void make_directoryCanBeWrittenButNotRead_worksAndRemoves() throws Exception {
        Path blind = unprivilegedDirectory("blind", 0300);
        ChildJvm.Result result =
                unprivileged(ChildJvm.of(Allowed.class)).args(blind.toString()).run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).isEmpty();
        Files.setAttribute(blind, "unix:mode", 0700);
        assertThat(blind).isEmptyDirectory();
    }
}

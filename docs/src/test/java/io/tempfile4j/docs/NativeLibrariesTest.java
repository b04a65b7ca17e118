package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/guides/native-libraries.md}, with a library of the JDK. */
class NativeLibrariesTest {

    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

    /** Where it stands in the head of a library. */
    private static final int ELF_MACHINE = 18;

    // @start region="extract"
    /** Unpacks a library into a directory of its own and loads it. */
    static TemporaryDirectory load(TempSpace space, String name, InputStream content) throws IOException {
        TemporaryDirectory directory = space.temporaryDirectory("native-", "");
        try {
            Path library = directory.resolve(System.mapLibraryName(name));
            Files.copy(content, library);
            System.load(library.toString());
            return directory; // keep it, in a static field say: its end is that of the program
        } catch (Throwable failure) {
            directory.close();
            throw failure;
        }
    }
    // @end

    // @start region="places"
    /** The first place from which a library can be loaded: a file system may be mounted noexec. */
    static TemporaryDirectory loadFromFirst(List<Path> places, String name, Path content) throws IOException {
        UnsatisfiedLinkError refused = new UnsatisfiedLinkError("no place to load " + name + " from");
        for (Path place : places) {
            try (InputStream in = Files.newInputStream(content)) {
                return load(TempSpace.in(place), name, in);
            } catch (UnsatisfiedLinkError noexec) {
                refused.addSuppressed(noexec);
            }
        }
        throw refused;
    }
    // @end

    @Test
    void load_library_canBeRemovedAtOnceWhereTheSystemAllows(@TempDir Path place) throws IOException {
        assumeFalse(WINDOWS, "Windows does not remove a library that is loaded");
        TemporaryDirectory directory;
        try (InputStream content = Files.newInputStream(libraryOfTheJdk())) {
            directory = load(TempSpace.in(place), "prefs", content);
        }
        // @start region="remove"
        directory.close(); // on Unix at once: what is loaded stays loaded
        // @end
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void load_noLibrary_failsAndLeavesNothing(@TempDir Path place) throws IOException {
        Path strange = strangeLibrary(place);
        TempSpace space = TempSpace.in(place);
        try (InputStream content = Files.newInputStream(strange)) {
            assertThatThrownBy(() -> load(space, "prefs", content)).isInstanceOf(UnsatisfiedLinkError.class);
        }
        assertThat(place.toFile().list()).containsExactly("strange");
    }

    @Test
    void loadFromFirst_noneServes_saysWhyOfEach(@TempDir Path place) throws IOException {
        Path strange = strangeLibrary(place);
        assertThatThrownBy(() -> loadFromFirst(List.of(place, place), "prefs", strange))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(2));
        assertThat(place.toFile().list()).containsExactly("strange");
    }

    @Test
    void loadFromFirst_firstIsMountedNoexec_loadsFromTheSecond() throws Exception {
        String script = Container.READ_ONLY + "mount -t tmpfs tmpfs /tmp && mkdir /tmp/noexec /tmp/other && "
                + "mount -t tmpfs -o noexec tmpfs /tmp/noexec && ";
        assertThat(Container.run(script + Container.java(Main.class, "/tmp/noexec", "/tmp/other")))
                .containsExactly("/tmp/other");
        assertThat(Container.run(script + Container.java(Main.class, "/tmp/noexec")))
                .anyMatch(line -> line.contains("failed to map segment from shared object"));
    }

    public static final class Main {
        public static void main(String[] places) throws IOException {
            List<Path> paths = Arrays.stream(places).map(Path::of).toList();
            try (TemporaryDirectory directory = loadFromFirst(paths, "prefs", libraryOfTheJdk())) {
                System.out.println(directory.path().getParent());
            }
        }

        private Main() {}
    }

    /** What no system loads: the library, for a machine that there is none of; elsewhere than on Linux with no head. */
    private static Path strangeLibrary(Path place) throws IOException {
        byte[] library = Files.readAllBytes(libraryOfTheJdk());
        Arrays.fill(library, LINUX ? ELF_MACHINE : 0, ELF_MACHINE + 2, (byte) 0x7f);
        return Files.write(place.resolve("strange"), library);
    }

    /** One that is small and asks nothing of who loads it. */
    private static Path libraryOfTheJdk() {
        return Path.of(System.getProperty("java.home"), WINDOWS ? "bin" : "lib", System.mapLibraryName("prefs"));
    }
}

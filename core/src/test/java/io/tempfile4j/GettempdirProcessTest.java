package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.internal.platform.LocationMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups A and B: the choice of a real process, of which each has one. */
class GettempdirProcessTest extends ProcessSuite {

    private Path good;

    @BeforeEach
    void makeGood() throws IOException {
        good = directory("good");
    }

    /** Makes a file without saying where; says where that was. */
    static final class Main {
        public static void main(String[] arguments) throws IOException {
            Path directory = Tempfile.gettempdir();
            try (NamedTemporaryFile file = NamedTemporaryFile.create()) {
                if (!Files.exists(file.path()) || !file.path().getParent().equals(directory)) {
                    throw new AssertionError(file);
                }
            }
            System.out.println("dir=" + directory);
        }

        private Main() {}
    }

    static Path chosen(ChildJvm.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
        return Path.of(result.lines().stream()
                .filter(line -> line.startsWith("dir="))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.output()))
                .substring("dir=".length()));
    }

    @Test
    @Behaviour({19, 35})
    void gettempdir_nothingNamesAnother_isTheJdksAndNothingIsSaid() throws Exception {
        ChildJvm.Result result = ChildJvm.of(Main.class).run();
        // Of a child's options this JVM's temporary directory is none.
        assertThat(chosen(result)).isDirectory().isIn(Path.of("/tmp"), Path.of("/var/tmp"), tmpdirOfMac());
        assertThat(result.lines()).hasSize(1);
    }

    private static Path tmpdirOfMac() {
        return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().normalize();
    }

    @Test
    @Behaviour({2, 12, 20, 36})
    void gettempdir_tmpdirIsSet_isThatAndIsLeftEmpty() throws Exception {
        ChildJvm.Result result =
                ChildJvm.of(Main.class).env("TMPDIR", good.toString()).run();
        assertThat(chosen(result)).isEqualTo(good).isEmptyDirectory();
        assertThat(result.lines()).hasSize(1);
    }

    @Test
    @Behaviour({2, 36})
    void gettempdir_manyAreNamed_ourPropertyThenTheJdksThenTheEnvironmentsIsTaken() throws Exception {
        Path jdks = directory("jdks");
        Path environments = directory("environments");
        ChildJvm.Result result = ChildJvm.of(Main.class)
                .options("-Dtempfile4j.dir=" + good, "-Djava.io.tmpdir=" + jdks)
                .env("TMPDIR", environments.toString())
                .run();
        assertThat(chosen(result)).isEqualTo(good);
        result = ChildJvm.of(Main.class)
                .options("-Djava.io.tmpdir=" + jdks)
                .env("TMPDIR", environments.toString())
                .run();
        assertThat(chosen(result)).isEqualTo(jdks);
    }

    @Test
    @Behaviour({6, 7, 33, 34})
    void gettempdir_namedOnesDoNotServe_eachIsWarnedAboutAndTheNextIsTaken() throws Exception {
        Path missing = scratch.resolve("missing");
        Path file = Files.createFile(scratch.resolve("file"));
        Path open = directory("open");
        Files.setAttribute(open, "unix:mode", 0777);
        ChildJvm.Result result = ChildJvm.of(Main.class)
                .options("-Dtempfile4j.dir=" + missing, "-Djava.io.tmpdir=" + file)
                .env("TMPDIR", open.toString())
                .env("TEMP", good.toString())
                .run();
        assertThat(chosen(result)).isEqualTo(good).isEmptyDirectory();
        assertThat(result.lines())
                .filteredOn(line -> line.contains("not used for temporary files: "))
                .satisfiesExactly(
                        line -> assertThat(line).contains("tempfile4j.dir " + missing + ": does not exist"),
                        line -> assertThat(line).contains("java.io.tmpdir " + file + ": is not a directory"),
                        line -> assertThat(line).contains("TMPDIR " + open + ": ", "sticky"));
        assertThat(missing).doesNotExist();
        assertThat(open).isEmptyDirectory();
    }

    @Test
    @Behaviour({33, 34})
    void gettempdir_namedPrivateDirectoryInAnExposedOne_isUsedAndWarnedAboutOnce() throws Exception {
        Path volume = directory("volume");
        Path own = Files.createDirectory(volume.resolve("own"));
        Files.setAttribute(volume, "unix:mode", 0777);
        ChildJvm.Result result =
                ChildJvm.of(Main.class).env("TMPDIR", own.toString()).run();
        assertThat(chosen(result)).isEqualTo(own).isEmptyDirectory();
        assertThat(result.lines())
                .filteredOn(line -> line.startsWith("WARNING"))
                .singleElement()
                .asString()
                .contains("temporary files go to " + own, "others can replace", volume + " is writable", "set TMPDIR");
    }

    @Test
    @Behaviour({8, 34})
    void gettempdir_namedOneIsNotWritable_isWarnedAboutAndTheNextIsTaken() throws Exception {
        Path denied = unprivilegedDirectory("denied", 0555);
        Path own = unprivilegedDirectory("own", 0700);
        ChildJvm.Result result = unprivileged(ChildJvm.of(Main.class))
                .env("TMPDIR", denied.toString())
                .env("TMP", own.toString())
                .run();
        assertThat(chosen(result)).isEqualTo(own).isEmptyDirectory();
        assertThat(result.lines())
                .filteredOn(line -> line.contains("not used for temporary files: "))
                .singleElement()
                .asString()
                .contains("TMPDIR " + denied + ": ");
        assertThat(denied).isEmptyDirectory();
    }

    /** The second directory has room for the second name only: the first was tried with one. */
    @Test
    @Behaviour(17)
    void gettempdir_permissionIsDenied_noOtherNameIsTriedThere() throws Exception {
        Path denied = unprivilegedDirectory("denied", 0555);
        Path own = unprivilegedDirectory("own", 0755);
        Path taken = Files.createFile(own.resolve(LocationMain.LATER_NAMES));
        ChildJvm.Result result = unprivileged(ChildJvm.of(LocationMain.class))
                .args(denied.toString(), own.toString())
                .run();
        assertThat(result.lines()).as(result.output()).containsExactly("dir=" + own);
        assertThat(Backend.entries(own)).containsExactly(taken);
    }

    @Test
    @Behaviour(10)
    void gettempdir_relativeTmpdir_isMadeAbsolute() throws Exception {
        ChildJvm.Result result =
                ChildJvm.of(Main.class).in(scratch).env("TMPDIR", "./good").run();
        assertThat(chosen(result)).isEqualTo(good);
    }

    @Test
    @Behaviour(5)
    void gettempdir_emptyTmpdir_isPassedOverInSilence() throws Exception {
        ChildJvm.Result result = ChildJvm.of(Main.class)
                .in(scratch)
                .env("TMPDIR", "")
                .env("TEMP", good.toString())
                .run();
        assertThat(chosen(result)).isEqualTo(good);
        assertThat(result.lines()).hasSize(1);
    }

    /** Changes what names the directory when it is chosen already. */
    static final class Changing {
        public static void main(String[] arguments) throws IOException {
            Path first = Tempfile.gettempdir();
            System.setProperty("tempfile4j.dir", arguments[0]);
            System.setProperty("java.io.tmpdir", arguments[0]);
            if (!Tempfile.gettempdir().equals(first)) {
                throw new AssertionError("another one: " + Tempfile.gettempdir());
            }
            Main.main(arguments);
        }

        private Changing() {}
    }

    @Test
    @Behaviour({21, 22, 39})
    void gettempdir_propertiesChangeLater_isTheSame() throws Exception {
        ChildJvm.Result result = ChildJvm.of(Changing.class)
                .args(directory("other").toString())
                .env("TMPDIR", good.toString())
                .run();
        assertThat(chosen(result)).isEqualTo(good);
        assertThat(scratch.resolve("other")).isEmptyDirectory();
    }

    /** Sixteen threads have the first call together. */
    static final class Concurrent {
        public static void main(String[] arguments) throws Exception {
            CyclicBarrier start = new CyclicBarrier(16);
            List<Callable<Object>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tasks.add(() -> {
                    start.await();
                    return Tempfile.gettempdir();
                });
                tasks.add(() -> {
                    start.await();
                    return TempSpace.system();
                });
            }
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
            for (Future<Object> result : threads.invokeAll(tasks)) {
                seen.add(result.get());
            }
            threads.shutdown();
            // One path and one space.
            if (seen.size() != 2) {
                throw new AssertionError(seen);
            }
            Main.main(arguments);
        }

        private Concurrent() {}
    }

    @Test
    @Behaviour({25, 40})
    void gettempdir_concurrentFirstCalls_agreeAndWarnOnce() throws Exception {
        Path missing = scratch.resolve("missing");
        ChildJvm.Result result = ChildJvm.of(Concurrent.class)
                .options("-Dtempfile4j.dir=" + missing)
                .env("TMPDIR", good.toString())
                .run();
        assertThat(chosen(result)).isEqualTo(good).isEmptyDirectory();
        assertThat(result.lines())
                .filteredOn(line -> line.contains("not used for temporary files: "))
                .hasSize(1);
    }

    /** Finds nothing; then there is something. */
    static final class NoneServes {
        public static void main(String[] arguments) throws IOException {
            for (int i = 0; i < 2; i++) {
                try {
                    throw new AssertionError("there is one: " + Tempfile.gettempdir());
                } catch (NoUsableTempDirectoryException expected) {
                    if (!expected.candidates().stream().allMatch(expected.getMessage()::contains)) {
                        throw new AssertionError(expected);
                    }
                    if (i == 0) {
                        expected.candidates().forEach(candidate -> System.out.println("candidate " + candidate));
                    }
                }
            }
        }

        private NoneServes() {}
    }

    /** With a limit of zero bytes for each file, files can be made everywhere, but nothing can be written to them. */
    @Test
    @Behaviour({9, 14, 15})
    void gettempdir_nothingCanBeWrittenAnywhere_allCandidatesAreListedAndProbesRemoved() throws Exception {
        Path here = directory("here");
        ChildJvm.Result result = ChildJvm.of(NoneServes.class)
                .options("-Dtempfile4j.dir=" + scratch.resolve("missing"))
                .env("TMPDIR", good.toString())
                .in(here)
                .shell("ulimit -f 0")
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.lines())
                .filteredOn(line -> line.startsWith("candidate "))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("candidate tempfile4j.dir " + scratch.resolve("missing") + ": does not exist"))
                .anySatisfy(line -> assertThat(line).startsWith("candidate TMPDIR " + good + ": is not usable: "))
                .anySatisfy(line -> assertThat(line).contains(" /tmp: "))
                .anySatisfy(line -> assertThat(line).contains(" /var/tmp: "))
                .anySatisfy(line -> assertThat(line).contains(" /usr/tmp: "))
                .anySatisfy(line -> assertThat(line).startsWith("candidate current directory " + here + ": "));
        assertThat(good).isEmptyDirectory();
        assertThat(here).isEmptyDirectory();
    }
}

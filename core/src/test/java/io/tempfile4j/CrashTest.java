package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process leaves that is killed, the next one of the same user removes, and nothing else. */
class CrashTest extends CrashSuite {

    private static final List<Object> HELD = new ArrayList<>();

    /** One of each that is to be removed. */
    static final class MakesAll {
        public static void main(String[] args) throws IOException {
            Path directory = args.length == 0 ? Tempfile.gettempdir() : Path.of(args[0]);
            TempSpace space = TempSpace.in(directory);
            NamedTemporaryFile file = space.namedTemporaryFile("named", ".txt");
            file.write("content".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            file.flush();
            NamedTemporaryFile closed = space.namedTemporaryFile("closed", "");
            closed.closeChannel();
            TemporaryDirectory tree = space.temporaryDirectory("tree", "");
            Files.createDirectories(tree.resolve("a/b/c"));
            Files.writeString(tree.resolve("a/b/c/d"), "content");
            TemporaryPath path = space.temporaryPath("path", "", Files::createFile);
            SpooledTemporaryFile spooled = space.spooledTemporaryFile(1);
            spooled.write(new byte[10]);
            TemporaryFile nameless = space.temporaryFile();
            NamedTemporaryFile longName = space.namedTemporaryFile("n".repeat(200), "");
            HELD.addAll(List.of(file, closed, tree, path, spooled, nameless, longName));
            readyAndWait();
        }

        private MakesAll() {}
    }

    @Test
    @Behaviour({374, 384})
    void killed_whatItMade_isRemovedByTheNextProcess() throws Exception {
        kill(child(MakesAll.class));
        assertThat(Backend.entries(space)).hasSize(5);
        Reaped reaped = reap();
        assertThat(reaped.removed()).hasSize(5);
        assertThat(reaped.remaining()).isEmpty();
        assertThat(reaped.skipped()).isEmpty();
        assertThat(space).isEmptyDirectory();
        assertThat(journals)
                .as("of the dead no journal is left, nor of who reaped")
                .isEmptyDirectory();
        assertThat(reap().removed()).isEmpty();
    }

    /** Some before the native calls are linked, some after it, in the same directory. */
    static final class MakesSomeOfBoth {
        public static void main(String[] args) throws IOException {
            TempSpace space = TempSpace.system();
            make(space);
            System.out.println("why not native: " + Platform.whyNotNative());
            make(space);
            if (args.length == 0) {
                readyAndWait();
            }
        }

        private static void make(TempSpace space) throws IOException {
            TemporaryDirectory tree = space.temporaryDirectory();
            Files.createDirectories(tree.resolve("a/b"));
            HELD.addAll(List.of(space.namedTemporaryFile(), tree, space.temporaryPath("path", "", Files::createFile)));
        }

        private MakesSomeOfBoth() {}
    }

    private ChildJvm makesSomeOfBoth(String... arguments) {
        return child(MakesSomeOfBoth.class, arguments).anyBackend().options("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    @Needs(Need.NATIVE)
    void killed_someMadeByNativeCallsAndSomeNot_allIsRemovedByTheNextProcess() throws Exception {
        assertThat(kill(makesSomeOfBoth())).containsExactly("why not native: ");
        assertThat(Backend.entries(space)).hasSize(6);
        assertThat(reap().removed()).hasSize(6);
        assertThat(space).isEmptyDirectory();
    }

    @Test
    @Needs(Need.NATIVE)
    void ended_someMadeByNativeCallsAndSomeNot_removesAllItself() throws Exception {
        ChildJvm.Result result = makesSomeOfBoth("end").run();
        assertThat(result.lines()).containsExactly("why not native: ");
        assertThat(space).isEmptyDirectory();
        assertThat(journals).isEmptyDirectory();
    }

    /** Whatever directory the next process uses itself. */
    @Test
    void killed_inADirectoryOfTheUsers_isRemovedByAProcessThatUsesAnother() throws Exception {
        Path elsewhere = directory("elsewhere");
        kill(child(MakesAll.class, elsewhere.toString()));
        assertThat(Backend.entries(elsewhere)).hasSize(5);
        assertThat(space).isEmptyDirectory();
        reap();
        assertThat(elsewhere).isEmptyDirectory();
    }

    /** Makes one thing and waits until what is named is gone; a program need not ask for it. */
    static final class MakesOne {
        public static void main(String[] args) throws IOException {
            try (NamedTemporaryFile file = NamedTemporaryFile.create("alive", "")) {
                while (Backend.entries(file.path().getParent()).size() > 1) {
                    Thread.onSpinWait();
                }
            }
            System.out.println("gone");
        }

        private MakesOne() {}
    }

    @Test
    void killed_whatItMade_isRemovedInTheBackgroundWhenTheNextProcessMakesSomething() throws Exception {
        kill(child(MakesAll.class));
        ChildJvm.Result result = child(MakesOne.class).run();
        assertThat(result.lines()).containsExactly("gone");
        assertThat(space).isEmptyDirectory();
        assertThat(journals).isEmptyDirectory();
    }

    /** One of each that is to stay. */
    static final class MakesWhatStays {
        public static void main(String[] args) throws IOException {
            TempSpace space = TempSpace.in(Tempfile.gettempdir());
            try (NamedTemporaryFile kept = space.namedTemporaryFile("keptfile", "")) {
                kept.keep();
            }
            HELD.add(space.temporaryDirectory("keptdir", "").keep());
            HELD.add(space.temporaryPath("keptpath", "", Files::createFile).keep());
            HELD.add(Tempfile.mkstemp("mkstemp", ""));
            HELD.add(Tempfile.mkdtemp("mkdtemp", ""));
            TempSpace keeping = TempSpace.builder().deleteOnClose(false).open();
            HELD.add(keeping.namedTemporaryFile("keeping", ""));
            HELD.add(keeping.temporaryDirectory("keepingdir", ""));
            TempSpace careless = TempSpace.builder().crashCleanup(false).open();
            HELD.add(careless.namedTemporaryFile("careless", ""));
            HELD.add(careless.temporaryDirectory("carelessdir", ""));
            Path adopted = Files.createDirectory(space.directory().resolve("adopted"));
            HELD.add(TemporaryDirectory.adopt(adopted));
            readyAndWait();
        }

        private MakesWhatStays() {}
    }

    @Test
    void killed_whatIsKeptOrNotOurs_stays() throws Exception {
        kill(child(MakesWhatStays.class));
        List<Path> before = Backend.entries(space);
        assertThat(before).hasSize(10);
        assertThat(reap().removed()).isEmpty();
        assertThat(Backend.entries(space)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void killed_withoutAnyJournalOnDemand_leavesWhatItMade() throws Exception {
        kill(child(MakesAndPrints.class).options("-Dtempfile4j.journal=off"));
        assertThat(reap().removed()).isEmpty();
        assertThat(reap(child(Reap.class).options("-Dtempfile4j.journal=off")).removed())
                .isEmpty();
        assertThat(Backend.entries(space)).hasSize(2);
        assertThat(journals).isEmptyDirectory();
    }

    /** The private directory outlives the process whose umask it was made under. */
    @Test
    void killed_underAUmaskThatTakesAll_isReapedByProcessesUnderAnyOther() throws Exception {
        Path place = unprivilegedDirectory("place", 0700);
        Path own = unprivilegedDirectory("own-journals", 0700);
        String option = "-Dtempfile4j.journal=" + own;
        kill(unprivileged(ChildJvm.of(MakesAndPrints.class).options(option).env("TMPDIR", place.toString()))
                .shell("umask 0777"));
        assertThat(Backend.entries(place)).hasSize(2);
        assertThat(reap(unprivileged(ChildJvm.of(Reap.class).options(option))).removed())
                .hasSize(2);
        assertThat(place).isEmptyDirectory();
        assertThat(own).isEmptyDirectory();
    }

    /** A journal of its own is made only by who needs it, and removed at the end. */
    @ParameterizedTest
    @ValueSource(strings = {"return", "exit"})
    void ended_asItShould_leavesNeitherJournalNorDirectory(String way) throws Exception {
        assertThat(child(EndsWell.class, way).run().lines()).containsExactly("true");
        assertThat(journals).isEmptyDirectory();
        assertThat(space).isEmptyDirectory();
    }

    static final class EndsWell {
        public static void main(String[] args) throws IOException {
            HELD.add(NamedTemporaryFile.create());
            Path journals = Path.of(System.getProperty("tempfile4j.journal"));
            System.out.println(Backend.entries(journals).size() == 1);
            if (args[0].equals("exit")) {
                System.exit(0);
            }
        }

        private EndsWell() {}
    }

    /** Where others can write to, the private directory stays, so that nobody can put another one there. */
    @Test
    void ended_whereOthersCanWrite_theDirectoryStaysAndTheJournalDoesNot() throws Exception {
        Files.setAttribute(journals, "unix:mode", 01777);
        assertThat(child(EndsWell.class, "return").run().lines()).containsExactly("true");
        assertThat(journalDirectory()).isEmptyDirectory();
    }

    static final class NeedsNone {
        public static void main(String[] args) throws IOException {
            HELD.add(TempSpace.builder().crashCleanup(false).open().namedTemporaryFile());
            HELD.add(TempSpace.system().spooledTemporaryFile(10));
        }

        private NeedsNone() {}
    }

    @Test
    void ended_withoutNeedOfAJournal_makesNone() throws Exception {
        Files.setAttribute(journals, "unix:mode", 01777);
        assertThat(child(NeedsNone.class).run().lines()).isEmpty();
        assertThat(journals).isEmptyDirectory();
    }

    /** Makes a file, where no journal can be had. */
    static final class EndsWellWithout {
        public static void main(String[] args) throws IOException {
            HELD.add(NamedTemporaryFile.create());
            HELD.add(TemporaryDirectory.create());
            System.out.println("made");
        }

        private EndsWellWithout() {}
    }

    /** Whose things were replaced meanwhile by strangers' of the same names. */
    @Test
    void killed_strangersInThePlacesOfWhatItMade_stay() throws Exception {
        List<String> made = kill(child(MakesAndPrints.class));
        assertThat(made).hasSize(2);
        Path file = Path.of(made.get(0));
        Path directory = Path.of(made.get(1));
        // Made before the others go, lest they get the same inodes.
        Path otherFile = Files.writeString(space.resolve("other"), "a stranger's");
        Path otherDirectory = Files.createDirectory(space.resolve("otherdir"));
        Files.move(file, scratch.resolve("moved"));
        Files.move(directory, scratch.resolve("moveddir"));
        Files.move(otherFile, file);
        Files.move(otherDirectory, directory);
        Reaped reaped = reap();
        assertThat(reaped.removed()).isEmpty();
        assertThat(file).hasContent("a stranger's");
        assertThat(directory).isDirectory();
        assertThat(scratch.resolve("moved")).exists();
        assertThat(journals).as("there is nothing more to do").isEmptyDirectory();
    }

    @Test
    void killed_linksInThePlacesOfWhatItMade_areNotFollowed() throws Exception {
        List<String> made = kill(child(MakesAndPrints.class));
        Path victim = Files.writeString(scratch.resolve("victim"), "precious");
        Path victims = directory("victims");
        Files.createFile(victims.resolve("precious"));
        // Made before the others go, lest they get the same inodes.
        Path link = Files.createSymbolicLink(space.resolve("link"), victim);
        Path directoryLink = Files.createSymbolicLink(space.resolve("directory-link"), victims);
        Files.delete(Path.of(made.get(0)));
        Files.delete(Path.of(made.get(1)));
        Files.move(link, Path.of(made.get(0)));
        Files.move(directoryLink, Path.of(made.get(1)));
        assertThat(reap().removed()).isEmpty();
        assertThat(victim).hasContent("precious");
        assertThat(victims.resolve("precious")).exists();
    }

    static final class MakesAndPrints {
        public static void main(String[] args) throws IOException {
            NamedTemporaryFile file = NamedTemporaryFile.create();
            TemporaryDirectory directory = TemporaryDirectory.create();
            HELD.addAll(List.of(file, directory));
            System.out.println(file.path());
            System.out.println(directory.path());
            readyAndWait();
        }

        private MakesAndPrints() {}
    }

    /** What cannot be removed is said, and removed by a later process when it can be. */
    @Test
    void killed_whatCannotBeRemovedNow_isReportedAndRemovedByALaterProcess() throws Exception {
        Path place = unprivilegedDirectory("closed", 0700);
        Path own = unprivilegedDirectory("own-journals", 0700);
        ChildJvm maker = unprivileged(ChildJvm.of(MakesAll.class)
                .options("-Dtempfile4j.journal=" + own)
                .args(place.toString()));
        kill(maker);
        assertThat(Backend.entries(place)).hasSize(5);
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("r-x------"));
        Reaped refused = reap(unprivileged(ChildJvm.of(Reap.class).options("-Dtempfile4j.journal=" + own)));
        assertThat(refused.removed()).isEmpty();
        assertThat(refused.remaining()).hasSize(5).allMatch(line -> line.contains("AccessDenied"));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
        Reaped reaped = reap(unprivileged(ChildJvm.of(Reap.class).options("-Dtempfile4j.journal=" + own)));
        assertThat(reaped.removed()).hasSize(5);
        assertThat(place).isEmptyDirectory();
        assertThat(own).isEmptyDirectory();
    }

    /** A kept path is the child's that it is handed to, and stays when both have ended, be it by a kill. */
    @Test
    void handedOver_aKeptPath_isTheOtherProcesss() throws Exception {
        Path handed = Path.of(kill(child(HandsOver.class)).get(0));
        reap();
        assertThat(handed).hasContent("from the parent and from the child");
    }

    static final class HandsOver {
        public static void main(String[] args) throws Exception {
            NamedTemporaryFile file = NamedTemporaryFile.create("handed", "");
            file.text().write("from the parent");
            Path path = file.keep();
            Process child = new ProcessBuilder("/bin/sh", "-c", "printf ' and from the child' >> '" + path + "'")
                    .inheritIO()
                    .start();
            child.waitFor();
            System.out.println(path);
            readyAndWait();
        }

        private HandsOver() {}
    }
}

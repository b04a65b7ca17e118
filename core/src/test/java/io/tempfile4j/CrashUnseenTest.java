package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.internal.journal.BackgroundReap;
import io.tempfile4j.internal.journal.FirstFormatJournal;
import io.tempfile4j.internal.journal.Inventory;
import io.tempfile4j.internal.journal.Orphans;
import io.tempfile4j.internal.journal.Reaper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a killed process left, and the next one merely cannot see, stays on record. */
class CrashUnseenTest extends CrashSuite {

    private static final List<Object> HELD = new ArrayList<>();

    /** A file and a tree in the directory that is named; or in the only one in it, whose name is no text in the locale. */
    static final class Makes {
        public static void main(String[] args) throws IOException {
            Path place = Path.of(args[0]);
            TempSpace space = TempSpace.in(args.length == 1 ? place : onlyEntryOf(place));
            NamedTemporaryFile file = space.namedTemporaryFile(prefix(args), "");
            TemporaryDirectory tree = space.temporaryDirectory();
            Files.createFile(tree.resolve("file"));
            HELD.addAll(List.of(file, tree));
            readyAndWait();
        }

        private static String prefix(String[] args) {
            return args.length == 3 ? args[2] : "tmp";
        }

        private static Path onlyEntryOf(Path place) throws IOException {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
                return entries.iterator().next();
            }
        }

        private Makes() {}
    }

    private Path place() throws IOException {
        return Files.createDirectory(space.resolve("place"));
    }

    private void assertAllIsUndecided(Reaped reaped, int count, String reason) throws IOException {
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.remaining()).isEmpty();
        assertThat(reaped.skipped()).isEmpty();
        assertThat(reaped.undecided()).hasSize(count).allMatch(line -> line.contains(reason));
        assertThat(reaped.lines()).contains("undecided count " + count);
        assertThat(journalFiles()).hasSize(1);
    }

    private void assertAllIsReaped(Path place) throws Exception {
        Reaped reaped = reap();
        assertThat(reaped.removed()).hasSize(2);
        assertThat(reaped.undecided()).isEmpty();
        assertThat(place).isEmptyDirectory();
        assertThat(journals).isEmptyDirectory();
    }

    // ---- Not there now

    private static ChildJvm mounted(ChildJvm child, String mount) throws IOException {
        List<String> unshare = ChildJvm.isRoot()
                ? List.of("unshare", "--mount")
                : List.of("unshare", "--user", "--map-root-user", "--mount");
        return child.wrap(unshare.toArray(String[]::new)).shell(mount + " || exit 99");
    }

    /** Only those who have it mounted see what is in it: its place is an empty directory to everybody else. */
    @Test
    @Needs(Need.MOUNT)
    void reap_fileSystemIsNotMounted_isRemovedByAProcessThatHasIt() throws Exception {
        Path place = place();
        Path content = directory("content");
        String mount = "mount --bind '" + content + "' '" + place + "'";
        kill(mounted(child(Makes.class, place.toString()), mount));
        assertThat(Backend.entries(content)).hasSize(2);
        assertThat(place).isEmptyDirectory();

        for (int i = 0; i < 2; i++) {
            assertAllIsUndecided(reap(), 2, "is another directory than the one it was created in");
        }

        Reaped reaped = reap(mounted(child(Reap.class), mount));
        assertThat(reaped.removed()).hasSize(2);
        assertThat(content).isEmptyDirectory();
        assertThat(journals).isEmptyDirectory();
    }

    /** The place may also be in the file system that is not mounted. */
    @Test
    @Needs(Need.MOUNT)
    void reap_fileSystemAboveIsNotMounted_isRemovedByAProcessThatHasIt() throws Exception {
        Path place = place();
        Path content = directory("content");
        Path below = Files.createDirectory(content.resolve("below"));
        String mount = "mount --bind '" + content + "' '" + place + "'";
        kill(mounted(child(Makes.class, place.resolve("below").toString()), mount));

        assertAllIsUndecided(reap(), 2, "its parent directory is missing");

        assertThat(reap(mounted(child(Reap.class), mount)).removed()).hasSize(2);
        assertThat(below).isEmptyDirectory();
        assertThat(journals).isEmptyDirectory();
    }

    /** As in a container that shares nothing but the directory of the journals. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Needs(Need.MOUNT)
    void reap_mountNamespaceHasOnlyTheJournals_isRemovedByAProcessThatSeesIt(boolean sameNames) throws Exception {
        Path place = place();
        kill(child(Makes.class, place.toString()));
        String hide = "mount -t tmpfs tmpfs '" + space + "'" + (sameNames ? " && mkdir '" + place + "'" : "");

        assertAllIsUndecided(
                reap(mounted(child(Reap.class), hide)),
                2,
                sameNames ? "is another directory than the one it was created in" : "its parent directory is missing");

        assertAllIsReaped(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "directory", "file"})
    void reap_parentIsRenamed_isRemovedWhenItIsBack(String replacement) throws Exception {
        Path place = place();
        Path elsewhere = scratch.resolve("elsewhere");
        kill(child(Makes.class, place.toString()));
        Files.move(place, elsewhere);
        switch (replacement) {
            case "directory" -> Files.createDirectory(place);
            case "file" -> Files.createFile(place);
            default -> assertThat(place).doesNotExist();
        }

        assertAllIsUndecided(
                reap(),
                2,
                replacement.equals("directory")
                        ? "is another directory than the one it was created in"
                        : "its parent directory is missing");

        Files.deleteIfExists(place);
        Files.move(elsewhere, place);
        assertAllIsReaped(place);
    }

    /** Entries of the same names in another directory at the path say nothing about those that were created. */
    @Test
    void reap_entriesOfTheSameNamesInAnotherParent_areLeftAndTheRecordStays() throws Exception {
        Path place = place();
        Path elsewhere = scratch.resolve("elsewhere");
        kill(child(Makes.class, place.toString()));
        List<Path> made = Backend.entries(place);
        Files.move(place, elsewhere);
        Files.createDirectory(place);
        for (Path path : made) {
            Files.writeString(path, "another");
        }

        assertAllIsUndecided(reap(), 2, "is another directory than the one it was created in");

        for (Path path : made) {
            assertThat(path).hasContent("another");
            Files.delete(path);
        }
        Files.delete(place);
        Files.move(elsewhere, place);
        assertAllIsReaped(place);
    }

    @Test
    void reap_parentMustNotBeLookedAt_isRemovedWhenItMay() throws Exception {
        Path above = unprivilegedDirectory("above", 0700);
        Path place = unprivilegedDirectory("above/place", 0700);
        Path own = unprivilegedDirectory("own-journals", 0700);
        String option = "-Dtempfile4j.journal=" + own;
        kill(unprivileged(ChildJvm.of(Makes.class).options(option).args(place.toString())));
        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("---------"));
        ChildJvm reaper = unprivileged(ChildJvm.of(Reap.class).options(option));

        Reaped reaped = reap(reaper);
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.remaining()).isEmpty();
        assertThat(reaped.undecided()).hasSize(2).allMatch(line -> line.contains("AccessDenied"));

        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx------"));
        assertThat(reap(unprivileged(ChildJvm.of(Reap.class).options(option))).removed())
                .hasSize(2);
        assertThat(own).isEmptyDirectory();
    }

    // ---- Names that are no text

    /** Bytes of a name that the locale cannot decode: the JDK shows U+FFFD for each, and by that text nothing is found. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    @Needs(Need.PROC)
    void reap_directoryWhoseNameTheMakersLocaleCannotDecode_isRemovedInAnyLocale(String locale) throws Exception {
        Path place = undecodablePlace();
        kill(child(Makes.class, space.toString(), "only").env("LC_ALL", "C"));
        assertThat(listed(place)).hasSize(2);

        Reaped reaped = reap(child(Reap.class).env("LC_ALL", locale));
        assertThat(reaped.removed()).hasSize(2);
        assertThat(listed(place)).isEmpty();
        assertThat(journals).isEmptyDirectory();
    }

    /** While it is renamed, too. */
    @Test
    @Needs(Need.PROC)
    void reap_directoryWhoseNameCannotBeDecodedIsRenamed_isRemovedWhenItIsBack() throws Exception {
        Path place = undecodablePlace();
        kill(child(Makes.class, space.toString(), "only").env("LC_ALL", "C"));
        run("mv \"$1\"/* \"$1/renamed\"", space);

        assertAllIsUndecided(reap(child(Reap.class).env("LC_ALL", "C")), 2, "its parent directory is missing");

        run("mv \"$1/renamed\" \"$1/$(printf 'caf\\303\\251\\377')\"", space);
        assertThat(reap(child(Reap.class).env("LC_ALL", "C")).removed()).hasSize(2);
        assertThat(listed(place)).isEmpty();
        assertThat(journals).isEmptyDirectory();
    }

    /** The name of the entry itself has to be text for the process that removes it. */
    @Test
    @Needs(Need.PROC)
    void reap_nameThatTheReapersLocaleCannotDecode_isRemovedByOneThatCan() throws Exception {
        Path place = place();
        kill(child(Makes.class, space.toString(), "only", "caf\u00e9")
                .env("LC_ALL", "C.UTF-8")
                .options("-Dsun.stdout.encoding=UTF-8"));
        assertThat(Backend.entries(place)).hasSize(2);

        Reaped ascii = reap(child(Reap.class).env("LC_ALL", "C"));
        assertThat(ascii.removed()).hasSize(1);
        assertThat(ascii.undecided()).hasSize(1).allMatch(line -> line.contains("cannot be decoded in this locale"));
        assertThat(journalFiles()).hasSize(1);

        assertThat(reap(child(Reap.class).env("LC_ALL", "C.UTF-8")).removed()).hasSize(1);
        assertThat(place).isEmptyDirectory();
        assertThat(journals).isEmptyDirectory();
    }

    /** Bytes that are no text in UTF-8 either. */
    private Path undecodablePlace() throws Exception {
        run("mkdir \"$1/$(printf 'caf\\303\\251\\377')\"", space);
        return space;
    }

    private static void run(String script, Path argument) throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", script, "sh", argument.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    /** What is in the only directory of the place, whatever its name. */
    private static List<String> listed(Path place) throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", "ls \"$1\"/*", "sh", place.toString()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).isZero();
        return output.lines().toList();
    }

    // ---- Journals of version 1

    private void writeFirstFormat(FirstFormatJournal journal) throws Exception {
        // The private directory of the user, made by a process that has a journal in it.
        kill(child(Makes.class, place().toString()));
        for (Path own : journalFiles()) {
            Files.delete(own);
        }
        Files.write(journalDirectory().resolve("version1.journal"), journal.bytes());
    }

    private static String key(Path path) throws IOException {
        return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    @Test
    void reap_journalOfVersion1_isReapedAsItWas() throws Exception {
        Path file = Files.createFile(space.resolve("tmp0123456789ab"));
        Path tree = Files.createDirectory(space.resolve("tmp0123456789ac"));
        Files.createFile(tree.resolve("file"));
        Path planned = Files.createFile(space.resolve("tmp0123456789ad"));
        Path another = Files.createFile(space.resolve("tmp0123456789ae"));
        writeFirstFormat(FirstFormatJournal.current()
                .made(1, file.toString(), true, key(file), false)
                .made(2, tree.toString(), true, key(tree), true)
                .planned(3, planned.toString(), true)
                .made(4, another.toString(), true, "(dev=1,ino=1)", false));

        Reaped reaped = reap();

        assertThat(reaped.removed()).containsExactlyInAnyOrder(file.toString(), tree.toString(), planned.toString());
        assertThat(reaped.remaining())
                .as("it is dropped with a report")
                .hasSize(1)
                .allMatch(line -> line.contains("another entry is at its path"));
        assertThat(another).exists();
        assertThat(journals).isEmptyDirectory();
    }

    /** It has no identity of the parent, by which it could be known that an entry is gone. */
    @Test
    void reap_journalOfVersion1WhoseEntryIsNotThere_staysUntilItIsForgotten() throws Exception {
        Path file = space.resolve("tmp0123456789ab");
        writeFirstFormat(FirstFormatJournal.current().made(1, file.toString(), true, "(dev=1,ino=1)", false));

        assertAllIsUndecided(reap(), 1, "its parent directory was not recorded");

        assertThat(child(Forgets.class).run().output()).contains("forgotten " + file);
        assertThat(journals).isEmptyDirectory();
    }

    // ---- Trees

    /** A tree, and a file of another space in it. */
    static final class MakesNested {
        public static void main(String[] args) throws IOException {
            TempSpace space = TempSpace.in(Path.of(args[0]));
            TemporaryDirectory tree = space.temporaryDirectory();
            TempSpace nested = TempSpace.in(Files.createDirectory(tree.resolve("nested")));
            HELD.addAll(List.of(tree, nested.namedTemporaryFile(), nested.temporaryDirectory()));
            if (args.length == 2) {
                HELD.add(TempSpace.in(Path.of(args[1])).namedTemporaryFile());
            }
            System.out.println(tree.path());
            readyAndWait();
        }

        private MakesNested() {}
    }

    /** Returns the tree; the process goes on, for the next one would reap what a killed one has left. */
    private static String start(List<Process> processes, ChildJvm child) throws Exception {
        Process process = child.start();
        processes.add(process);
        return awaitReady(process).get(0);
    }

    /** The last one first: the others have looked for what the dead have left long ago. */
    private static void killAll(List<Process> processes) throws InterruptedException {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).toHandle().destroyForcibly();
        }
        for (Process process : processes) {
            killHard(process);
        }
    }

    @Test
    void reap_treeThatContainsOtherEntriesIsGone_soAreThey() throws Exception {
        Path tree = Path.of(kill(child(MakesNested.class, space.toString())).get(0));
        run("rm -r \"$1\"", tree);
        Reaped reaped = reap();
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.undecided()).isEmpty();
        assertThat(journals).isEmptyDirectory();
    }

    /** In whichever order the journals are read. */
    @Test
    void reap_treeOfAnotherProcessThatContainsEntriesIsGone_soAreThey() throws Exception {
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                Path tree = Path.of(start(processes, child(MakesNested.class, space.toString())));
                start(processes, child(MakesNested.class, tree.resolve("nested").toString()));
            }
        } finally {
            killAll(processes);
        }
        assertThat(journalFiles()).hasSize(6);
        for (Path tree : Backend.entries(space)) {
            run("rm -r \"$1\"", tree);
        }
        Reaped reaped = reap();
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.undecided()).isEmpty();
        assertThat(journals).isEmptyDirectory();
    }

    /** The parent of what was removed may go before the rest of the journal is done. */
    @Test
    void reap_journalIsKeptForOneEntry_theOthersAreTakenOffIt() throws Exception {
        Path place = place();
        Path other = Files.createDirectory(space.resolve("other"));
        kill(child(MakesNested.class, other.toString(), place.toString()));
        Files.move(place, scratch.resolve("elsewhere"));

        Reaped first = reap();
        assertThat(first.removed()).isNotEmpty();
        assertThat(first.undecided()).hasSize(1).allMatch(line -> line.startsWith(place.toString()));
        assertThat(other).isEmptyDirectory();
        Files.delete(other);

        assertThat(reap().undecided()).hasSize(1).allMatch(line -> line.startsWith(place.toString()));
        Files.move(scratch.resolve("elsewhere"), place);
        assertThat(reap().removed()).hasSize(1);
        assertThat(journals).isEmptyDirectory();
    }

    // ---- Until it is forgotten

    /** Forgets what cannot be decided. */
    static final class Forgets {
        public static void main(String[] args) throws IOException {
            if (args.length == 0) {
                Orphans orphans = Reaper.reap(path -> {}, true);
                orphans.forgotten().forEach(entry -> System.out.println("forgotten " + entry.path()));
                System.out.println("undecided count " + orphans.undecidedCount() + " " + Reaper.undecided());
            } else {
                Reaper.forgetBelow(Path.of(args[0]));
            }
        }

        private Forgets() {}
    }

    @Test
    void forget_whatCannotBeSeen_isOffTheRecordAndStays() throws Exception {
        Path place = place();
        kill(child(Makes.class, place.toString()));
        Path elsewhere = Files.move(place, scratch.resolve("elsewhere"));

        ChildJvm.Result result = child(Forgets.class).run();
        assertThat(result.lines()).hasSize(3).endsWith("undecided count 0 0");
        assertThat(result.lines())
                .filteredOn(line -> line.startsWith("forgotten " + place))
                .hasSize(2);

        assertThat(journals).isEmptyDirectory();
        assertThat(Backend.entries(elsewhere)).hasSize(2);
    }

    @Test
    void forgetBelow_aDirectoryThatWasRemoved_forgetsWhatWasInItAndNothingElse() throws Exception {
        Path place = place();
        Path other = Files.createDirectory(space.resolve("other"));
        List<Process> processes = new ArrayList<>();
        try {
            start(processes, child(MakesNested.class, place.toString()));
            start(processes, child(MakesNested.class, other.toString(), place.toString()));
        } finally {
            killAll(processes);
        }
        run("rm -r \"$1\"", place);
        assertThat(journalFiles()).hasSize(2);

        assertThat(child(Forgets.class, place.toString()).run().lines()).isEmpty();

        assertThat(journalFiles()).hasSize(1);
        Reaped reaped = reap();
        assertThat(reaped.undecided()).isEmpty();
        assertThat(reaped.removed()).isNotEmpty();
        assertThat(other).isEmptyDirectory();
        assertThat(journals).isEmptyDirectory();
    }

    @Test
    void forgetBelow_aDirectoryThatIsThere_forgetsNothing() throws Exception {
        Path place = place();
        kill(child(Makes.class, place.toString()));
        assertThat(child(Forgets.class, place.toString()).run().lines()).isEmpty();
        assertAllIsReaped(place);
    }

    // ---- What is shown of it

    /** Lists what is on record of the dead. */
    static final class Lists {
        public static void main(String[] args) throws IOException {
            for (Inventory.Owner owner : Inventory.take().owners()) {
                owner.items()
                        .forEach(item ->
                                System.out.println(owner.alive() + " " + item.undecided() + " " + item.doubt()));
            }
        }

        private Lists() {}
    }

    @Test
    void inventory_whatCannotBeSeen_isListedWithTheReason() throws Exception {
        Path place = place();
        kill(child(Makes.class, place.toString()));
        Files.move(place, scratch.resolve("elsewhere"));
        assertThat(child(Lists.class).run().lines())
                .hasSize(2)
                .containsOnly("false true its parent directory is missing");
    }

    @Test
    void reap_inTheBackgroundWhatCannotBeSeen_isCountedAndNotWarnedOf() throws Exception {
        Path place = place();
        kill(child(Makes.class, place.toString()));
        Files.move(place, scratch.resolve("elsewhere"));
        assertThat(child(BackgroundReap.class).run().lines()).containsExactly("undecided 2");
    }

    /** Makes a file whose name others can have, and is killed before it is known which one it is. */
    @Test
    void reap_inTheBackgroundADoubtfulEntryAndADamagedJournal_areWarnedOfOnceUntilSomethingChanges() throws Exception {
        child(CrashStepsTest.EndsWithAShortName.class, space.toString()).run();
        Files.writeString(journalDirectory().resolve("damaged.journal"), "no journal");
        Path left = Backend.entries(space).get(0);

        String first = child(BackgroundReap.class).run().output();
        assertThat(first).contains("could not remove what a dead process left: " + left);
        assertThat(first).contains("skipped the journal of a dead process: ").contains("damaged.journal");
        assertThat(first).endsWith("undecided 1\n");
        assertThat(child(BackgroundReap.class).run().lines()).containsExactly("undecided 1");
        assertThat(reap().remaining()).as("on demand it is reported each time").hasSize(1);
        assertThat(child(BackgroundReap.class).run().lines()).containsExactly("undecided 1");

        Files.writeString(journalDirectory().resolve("damaged.journal"), "x".repeat(5000));
        assertThat(child(BackgroundReap.class).run().output())
                .contains("damaged.journal")
                .doesNotContain(left.toString());
    }
}

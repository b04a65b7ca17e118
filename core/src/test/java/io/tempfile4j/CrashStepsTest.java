package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.FailingPlatform.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that ends at once between any two steps of making and of removing leaves nothing for good. */
class CrashStepsTest extends CrashSuite {

    /** Makes, and removes, something; after the verb nothing in the process runs any more. */
    static final class EndsAfter {
        public static void main(String[] args) throws Exception {
            FailingPlatform platform = new FailingPlatform();
            TempSpace space = TempSpace.builder()
                    .directory(Path.of(args[0]))
                    .platform(platform)
                    .open();
            // The first verbs of the process, which load classes, are not those that end it.
            space.temporaryDirectory("before", "").close();
            space.namedTemporaryFile("before", "").close();
            Verb verb = Verb.valueOf(args[2]);
            platform.after(verb, () -> Runtime.getRuntime().halt(42));
            switch (args[1]) {
                case "path" -> space.temporaryPath("", "", Files::createFile).close();
                case "tree" -> {
                    TemporaryDirectory tree = space.temporaryDirectory();
                    Files.createFile(tree.resolve("file"));
                    tree.close();
                }
                case "maker" ->
                    space.temporaryPath("", "", path -> {
                        Files.createDirectory(path);
                        Files.createFile(path.resolve("file"));
                        Runtime.getRuntime().halt(42);
                    });
                default -> Making.valueOf(args[1]).in(space).close();
            }
        }

        private EndsAfter() {}
    }

    @ParameterizedTest
    @CsvSource({
        "NAMED_FILE, CREATE_FILE, 1",
        "NAMED_FILE, REMOVE_FILE, 0",
        "NAMELESS_FILE, CREATE_UNNAMED, 0",
        "SPOOLED_FILE, CREATE_UNNAMED, 0",
        "DIRECTORY, CREATE_DIRECTORY, 1",
        "DIRECTORY, REMOVE_TREE, 0",
        "tree, REMOVE_TREE, 0",
        "path, IDENTIFY, 1",
        "path, REMOVE_FILE, 0",
        "maker, CLOSE, 1"
    })
    void halted_afterAStep_whatIsThereIsReaped(String what, Verb verb, int left) throws Exception {
        ChildJvm.Result result =
                child(EndsAfter.class, space.toString(), what, verb.name()).run();
        assertThat(result.exitCode()).as(result.output()).isEqualTo(42);
        assertThat(Backend.entries(space)).hasSize(left);
        Reaped reaped = reap();
        assertThat(reaped.removed()).hasSize(left);
        assertThat(reaped.remaining()).isEmpty();
        assertThat(space).isEmptyDirectory();
        assertThat(journals).isEmptyDirectory();
    }

    /** With a name that others can have as well, what was not yet recognised is not touched. */
    static final class EndsWithAShortName {
        public static void main(String[] args) throws IOException {
            FailingPlatform platform = new FailingPlatform();
            TempSpace space = TempSpace.builder()
                    .directory(Path.of(args[0]))
                    .randomLength(2)
                    .platform(platform)
                    .open();
            platform.after(Verb.CREATE_FILE, () -> Runtime.getRuntime().halt(42));
            space.namedTemporaryFile();
        }

        private EndsWithAShortName() {}
    }

    /** Of such a name the inode alone is not enough either: others may get both. */
    static final class KilledWithAShortName {
        public static void main(String[] args) throws IOException {
            TempSpace space = TempSpace.builder()
                    .directory(Path.of(args[0]))
                    .randomLength(2)
                    .open();
            NamedTemporaryFile file = space.namedTemporaryFile();
            System.out.println(file.path());
            readyAndWait();
        }

        private KilledWithAShortName() {}
    }

    @Test
    void killed_withAShortName_isRemovedOnlyIfItsTimeOfBirthIsKnown() throws Exception {
        kill(child(KilledWithAShortName.class, space.toString()));
        Reaped reaped = reap();
        boolean known = reaped.remaining().isEmpty();
        assertThat(known).as("NIO does not know it").isEqualTo(!reaped.removed().isEmpty());
        assertThat(ChildJvm.NATIVE || !known).isTrue();
        assertThat(Backend.entries(space)).hasSize(known ? 0 : 1);
        // A process that knows it may come later.
        assertThat(Backend.entries(journals)).hasSize(known ? 0 : 1);
        for (Path left : Backend.entries(space)) {
            Files.delete(left);
        }
        assertThat(reap().remaining()).isEmpty();
        assertThat(journals).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource("1")
    void halted_beforeAShortNamedFileIsRecognised_itStaysOnRecordUntilItIsGone(int left) throws Exception {
        assertThat(child(EndsWithAShortName.class, space.toString()).run().exitCode())
                .isEqualTo(42);
        Reaped reaped = reap();
        assertThat(reaped.removed()).isEmpty();
        assertThat(reaped.remaining()).hasSize(left);
        assertThat(Backend.entries(space)).hasSize(left);
        assertThat(reap().remaining()).hasSize(left);
        for (Path file : Backend.entries(space)) {
            Files.delete(file);
        }
        assertThat(reap().remaining()).isEmpty();
        assertThat(journals).isEmptyDirectory();
    }
}

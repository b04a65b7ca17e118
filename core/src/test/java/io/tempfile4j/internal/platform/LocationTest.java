package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.Behaviour;
import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Group A: which candidate becomes the directory for temporary files. */
class LocationTest {

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path scratch;

    @BeforeEach
    void resolveScratch() throws IOException {
        scratch = scratch.toRealPath();
    }

    private Location choose(Names names) {
        return new LocationSearch(properties::get, environment::get, Os.current(), names).choose();
    }

    private Location choose() {
        return choose(Names.system());
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectory(scratch.resolve(name));
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    @Test
    @Behaviour(12)
    void choose_firstCandidateServes_isLeftEmptyAndNothingIsRefused() throws IOException {
        Path good = directory("good");
        environment.put("TMPDIR", good.toString());
        Location location = choose();
        assertThat(location.directory()).isEqualTo(good);
        assertThat(location.refused()).isEmpty();
        assertThat(entries(good)).isEmpty();
    }

    @Test
    @Behaviour({6, 7, 34})
    void choose_candidatesThatDoNotServe_areRefusedInOrderWithTheirReasons() throws IOException {
        Path missing = scratch.resolve("missing");
        Path file = Files.writeString(scratch.resolve("file"), "content");
        Path good = directory("good");
        properties.put("tempfile4j.dir", missing.toString());
        environment.put("TMPDIR", file.toString());
        environment.put("TEMP", "nul\0character");
        environment.put("TMP", good.toString());
        Location location = choose();
        assertThat(location.directory()).isEqualTo(good);
        assertThat(location.refused())
                .extracting(Location.Refusal::origin)
                .containsExactly("tempfile4j.dir", "TMPDIR", "TEMP");
        assertThat(location.refused())
                .extracting(Location.Refusal::value)
                .containsExactly(missing.toString(), file.toString(), "nul\0character");
        assertThat(location.refused()).allMatch(Location.Refusal::asked);
        assertThat(location.refused())
                .extracting(Location.Refusal::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("does not exist"),
                        reason -> assertThat(reason).isEqualTo("is not a directory"),
                        reason ->
                                assertThat(reason).startsWith("is not usable: ").doesNotContain("Exception"));
        assertThat(location.refused().get(0)).hasToString("tempfile4j.dir " + missing + ": does not exist");
        assertThat(missing).doesNotExist();
        assertThat(file).hasContent("content");
        assertThat(entries(good)).isEmpty();
    }

    @Test
    @Behaviour(6)
    void choose_danglingLink_isRefusedAndItsTargetIsNotMade() throws IOException {
        Path target = scratch.resolve("target");
        environment.put(
                "TMPDIR",
                Files.createSymbolicLink(scratch.resolve("link"), target).toString());
        environment.put("TMP", directory("good").toString());
        assertThat(choose().refused()).extracting(Location.Refusal::reason).containsExactly("does not exist");
        assertThat(target).doesNotExist();
    }

    @Test
    @Behaviour(10)
    void choose_relativeCandidate_isMadeAbsolute() throws IOException {
        Path good = directory("good");
        Path relative = Path.of("").toAbsolutePath().relativize(good);
        assertThat(relative).isRelative();
        environment.put("TMPDIR", relative.toString());
        assertThat(choose().directory()).isAbsolute().isEqualTo(good);
    }

    /** {@code link/..} is the parent of what the link points to. */
    @Test
    void choose_dotsBehindLink_areResolvedAsTheSystemDoes() throws IOException {
        Path deep = Files.createDirectories(scratch.resolve("real").resolve("deep"));
        Path link = Files.createSymbolicLink(scratch.resolve("link"), deep);
        environment.put("TMPDIR", link.resolve("..").toString());
        assertThat(choose().directory()).isEqualTo(scratch.resolve("real"));
    }

    @Test
    @Behaviour(24)
    void choose_directoryInMixedCase_keepsItsLetters() throws IOException {
        environment.put("TMPDIR", directory("MiXeD-Case").toString());
        assertThat(String.valueOf(choose().directory())).endsWith("MiXeD-Case");
    }

    @Test
    @Behaviour(16)
    void choose_probesNameIsTaken_anotherIsTriedInTheSameDirectory() throws IOException {
        Path good = directory("good");
        Path taken = Files.writeString(good.resolve("tmpaaaaaaaaaaaa"), "content");
        environment.put("TMPDIR", good.toString());
        Location location = choose(ScriptedNames.of("aaaaaaaaaaaa", "bbbbbbbbbbbb"));
        assertThat(location.directory()).isEqualTo(good);
        assertThat(entries(good)).containsExactly(taken);
        assertThat(taken).hasContent("content");
    }

    @Test
    @Behaviour(16)
    void choose_everyNameOfTheProbeIsTaken_movesOnAfterAHundred() throws IOException {
        Path full = directory("full");
        Path taken = Files.writeString(full.resolve("tmpaaaaaaaaaaaa"), "content");
        Path good = directory("good");
        environment.put("TMPDIR", full.toString());
        environment.put("TEMP", good.toString());
        Location location = choose(ScriptedNames.of("aaaaaaaaaaaa"));
        assertThat(location.directory()).isEqualTo(good);
        assertThat(location.refused())
                .extracting(Location.Refusal::reason)
                .singleElement()
                .asString()
                .contains("no free name", "100 times");
        assertThat(entries(full)).containsExactly(taken);
        assertThat(taken).hasContent("content");
    }

    @Test
    @Behaviour(33)
    @Needs(Need.PERMISSIONS)
    void choose_writableByAllWithoutStickyBit_isRefusedAndWithItServes() throws IOException {
        Path open = directory("open");
        Path sticky = directory("sticky");
        Files.setAttribute(open, "unix:mode", 0777);
        Files.setAttribute(sticky, "unix:mode", 01777);
        environment.put("TMPDIR", open.toString());
        environment.put("TEMP", sticky.toString());
        Location location = choose();
        assertThat(location.directory()).isEqualTo(sticky);
        assertThat(location.refused())
                .extracting(Location.Refusal::toString)
                .singleElement()
                .asString()
                .contains("TMPDIR " + open, "sticky");
        assertThat(entries(open)).isEmpty();
        assertThat(entries(sticky)).isEmpty();
    }

    /** Root could not tell what the owner puts there in place of what root creates. */
    @Test
    @Behaviour(33)
    @Needs({Need.PROC, Need.ROOT})
    void choose_directoriesOfAnotherUserOrGroup_comeLast() throws IOException {
        Path theirs = directory("theirs");
        Path shared = directory("shared");
        Path group = directory("group");
        Files.setAttribute(theirs, "unix:uid", 12_345);
        Files.setAttribute(shared, "unix:uid", 12_345);
        Files.setAttribute(shared, "unix:mode", 01777);
        Files.setAttribute(group, "unix:gid", 12_345);
        Files.setAttribute(group, "unix:mode", 0770);
        Path good = directory("good");
        environment.put("TMPDIR", theirs.toString());
        environment.put("TEMP", shared.toString());
        environment.put("TMP", group.toString());
        properties.put("java.io.tmpdir", "/tmp");
        properties.put("user.dir", good.toString());
        Location location = choose();
        assertThat(location.directory()).isEqualTo(Path.of("/tmp").toRealPath());
        assertThat(location.exposure()).isEmpty();
        assertThat(location.refused())
                .extracting(Location.Refusal::toString)
                .satisfiesExactly(
                        first -> assertThat(first).contains("TMPDIR " + theirs, "belongs to another user (12345)"),
                        second -> assertThat(second).contains("TEMP " + shared, "belongs to another user (12345)"),
                        third -> assertThat(third).contains("TMP " + group, "writable by others", "sticky"));
        for (Path exposed : new Path[] {theirs, shared, group}) {
            assertThat(entries(exposed)).isEmpty();
        }
    }

    /** As the container guide has it for the volume of a pod, which is open to all. */
    @Test
    @Needs(Need.PERMISSIONS)
    void choose_namedPrivateDirectoryInAnExposedOne_isUsedAndReported() throws IOException {
        Path volume = directory("volume");
        Path own = directory("volume/own");
        Files.setAttribute(volume, "unix:mode", 0777);
        environment.put("TMPDIR", own.toString());
        Location location = choose();
        assertThat(location.directory()).isEqualTo(own);
        assertThat(location.exposure()).contains(volume + " is writable by others and has no sticky bit");
        environment.clear();
        properties.put("java.io.tmpdir", "/tmp");
        properties.put("user.dir", own.toString());
        assertThat(choose().directory()).isEqualTo(Path.of("/tmp"));
    }

    @Test
    @Needs(Need.PERMISSIONS)
    void choose_nothingButAnExposedDirectory_isUsedAndReported() throws IOException {
        Path open = directory("open");
        Files.setAttribute(open, "unix:mode", 0777);
        Map<String, String> missing =
                Map.of("TMPDIR", scratch.resolve("missing").toString());
        environment.putAll(missing);
        environment.put("TEMP", open.toString());
        LocationSearch search = new LocationSearch(properties::get, environment::get, Os.WINDOWS, Names.system());
        Location location = search.choose();
        assertThat(location.directory()).isEqualTo(open);
        assertThat(location.exposure()).contains(open + " is writable by others and has no sticky bit");
        assertThat(location.refused())
                .extracting(Location.Refusal::origin)
                .contains("TMPDIR")
                .doesNotContain("TEMP");
        assertThat(entries(open)).isEmpty();
    }

    /** A link to such a directory is no better than it. */
    @Test
    @Behaviour(33)
    @Needs(Need.PERMISSIONS)
    void choose_linkToDirectoryWritableByAll_isRefused() throws IOException {
        Path open = directory("open");
        Files.setAttribute(open, "unix:mode", 0777);
        Path good = directory("good");
        environment.put(
                "TMPDIR",
                Files.createSymbolicLink(scratch.resolve("link"), open).toString());
        environment.put("TEMP", good.toString());
        assertThat(choose().directory()).isEqualTo(good);
    }

    /** There it is, but no file can be made. */
    @Test
    @Behaviour(34)
    @Needs(Need.PROC)
    void choose_directoryOfTheKernel_isNotSaidToBeMissing() throws IOException {
        Path kernels = Path.of("/proc");
        environment.put("TMPDIR", kernels.toString());
        environment.put("TMP", directory("good").toString());
        assertThat(choose().refused())
                .extracting(Location.Refusal::toString)
                .singleElement()
                .asString()
                .startsWith("TMPDIR /proc: ")
                .doesNotContain("does not exist", "Exception", "tmp");
    }

    @Test
    @Behaviour(34)
    void choose_belowAFile_isRefusedAsNoDirectory() throws IOException {
        environment.put(
                "TMPDIR", Files.createFile(scratch.resolve("file")).resolve("x").toString());
        environment.put("TMP", directory("good").toString());
        assertThat(choose().refused()).extracting(Location.Refusal::reason).containsExactly("is not a directory");
    }

    @Test
    @Behaviour(34)
    void reason_ofWhatTheSystemSays_namesNeitherClassNorProbe() throws IOException {
        Path missing = scratch.resolve("missing");
        String probe = scratch.resolve("tmpaaaaaaaaaaaa").toString();
        assertThat(LocationSearch.reason(scratch, new NoSuchFileException(probe)))
                .isEqualTo("nothing can be made in it");
        assertThat(LocationSearch.reason(missing, new NoSuchFileException(probe)))
                .isEqualTo("does not exist");
        assertThat(LocationSearch.reason(scratch, new AccessDeniedException(probe)))
                .isEqualTo("no permission to make anything in it");
        assertThat(LocationSearch.reason(missing, new AccessDeniedException(missing.toString())))
                .isEqualTo("no permission to look at it");
        assertThat(LocationSearch.reason(scratch, new FileSystemException(probe, null, "Read-only file system")))
                .isEqualTo("is not usable: Read-only file system");
        assertThat(LocationSearch.reason(null, new FileSystemException(probe))).startsWith("is not usable: ");
    }

    /** Windows' built-in candidates are names that nothing has on Unix. */
    @Test
    @Behaviour({13, 15})
    @Needs(Need.NOT_WINDOWS)
    void choose_noneServes_eachIsListedOnce() {
        String missing = scratch.resolve("missing").toString();
        properties.put("tempfile4j.dir", missing);
        environment.put("TMP", missing);
        environment.put("TEMP", scratch.resolve("gone").toString());
        properties.put("user.dir", scratch.resolve("nowhere").toString());
        Location location = new LocationSearch(properties::get, environment::get, Os.WINDOWS, Names.system()).choose();
        assertThat(location.directory()).isNull();
        assertThat(location.refused())
                .extracting(Location.Refusal::origin)
                .containsExactly(
                        "tempfile4j.dir", "TEMP", "built-in", "built-in", "built-in", "built-in", "current directory");
        assertThat(location.refused()).extracting(Location.Refusal::reason).containsOnly("does not exist");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void choose_forThisProcess_findsADirectory() {
        assertThat(Location.choose().directory()).isAbsolute().isDirectory();
    }
}

package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tempfile4j.AtomicFile;
import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.PersistException;
import io.tempfile4j.PersistOption;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryPath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/guides/atomic-replacement.md}. */
class AtomicReplacementTest {

    @Test
    void replace_writerFails_oldContentStays(@TempDir Path directory) throws IOException {
        Path config = Files.writeString(directory.resolve("app.conf"), "old");
        // @start region="fails"
        assertThatThrownBy(() -> AtomicFile.replace(config, file -> {
                    file.text().write("half of the n");
                    throw new IOException("the source has failed");
                }))
                .hasMessage("the source has failed");
        assertThat(config).hasContent("old"); // and nothing beside it
        // @end
        assertThat(directory.toFile().list()).containsExactly("app.conf");
    }

    @Test
    void replace_withoutDurable_isAtomicAllTheSame(@TempDir Path directory) throws IOException {
        Path cache = directory.resolve("cache.json");
        // @start region="fast"
        AtomicFile.replace(cache, Set.of(), file -> file.text().write("{}")); // not forced to the device
        // @end
        assertThat(cache).hasContent("{}");
    }

    @Test
    void persist_noClobber_firstOneWins(@TempDir Path directory) throws IOException {
        Path target = directory.resolve("result.txt");
        Files.writeString(target, "somebody else's");
        // @start region="first"
        try (NamedTemporaryFile file = TempSpace.in(target.getParent()).namedTemporaryFile()) {
            file.text().write("mine");
            file.persist(target, PersistOption.NO_CLOBBER);
        } catch (PersistException taken) {
            assertThat(taken).hasCauseInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(target).hasContent("somebody else's");
        // @end
        assertThat(directory.toFile().list()).containsExactly("result.txt");
    }

    @Test
    void persist_directory_isPublishedAsAWhole(@TempDir Path site) throws IOException {
        // @start region="directory"
        try (TemporaryPath release = TempSpace.in(site).temporaryPath(".new-", "", Files::createDirectory)) {
            Files.writeString(release.path().resolve("index.html"), "new");
            release.persist(site.resolve("v2")); // a directory goes where there is nothing, or an empty one
        }
        // @end
        assertThat(site.resolve("v2/index.html")).hasContent("new");
    }

    @Test
    void persist_link_switchesAtOnce(@TempDir Path site) throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "links need a privilege on Windows");
        Path current = site.resolve("current");
        Files.createDirectories(site.resolve("v1"));
        Files.createDirectories(site.resolve("v2"));
        Files.createSymbolicLink(current, Path.of("v1"));
        // @start region="switch"
        try (TemporaryPath link =
                TempSpace.in(site).temporaryPath(".link-", "", path -> Files.createSymbolicLink(path, Path.of("v2")))) {
            link.persist(current); // was a link to v1; is never missing
        }
        // @end
        assertThat(Files.readSymbolicLink(current)).isEqualTo(Path.of("v2"));
        assertThat(site.toFile().list()).containsExactlyInAnyOrder("current", "v1", "v2");
    }
}

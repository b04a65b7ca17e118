package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import io.tempfile4j.Behaviour;
import io.tempfile4j.Over;
import io.tempfile4j.Place;
import io.tempfile4j.internal.platform.FaultyFileSystem.Faults;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Moves where systems differ: without links, with others who have the target open, with strangers in between. */
class PortableRenameTest {

    private FileSystem fileSystem = unix(Feature.LINKS, Feature.SYMBOLIC_LINKS, Feature.FILE_CHANNEL);

    private static FileSystem unix(Feature... features) {
        return Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .setSupportedFeatures(features)
                .build());
    }

    private static FileSystem windows() {
        return Jimfs.newFileSystem(Configuration.windows().toBuilder()
                .setAttributeViews("basic", "owner", "dos")
                .build());
    }

    @AfterEach
    void close() throws IOException {
        fileSystem.close();
    }

    private Path real(String name) throws IOException {
        Path root = fileSystem.getRootDirectories().iterator().next();
        return Files.createDirectories(root.resolve("d")).resolve(name);
    }

    private Directory directory(Faults faults) throws IOException {
        FaultyFileSystem faulty = new FaultyFileSystem(fileSystem, faults);
        return new PathDirectory(faulty.wrap(real("x").getParent()), null);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(real("x").getParent())) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static Identity make(Directory directory, Path real) throws IOException {
        Files.writeString(real, "ours");
        return directory.identify(real.getFileName().toString());
    }

    @Test
    void rename_noLinksNoClobber_targetIsClaimedAndReplaced() throws IOException {
        fileSystem = unix(Feature.FILE_CHANNEL);
        Directory directory = directory(new Faults() {});
        Identity identity = make(directory, real("source"));
        directory.rename("source", identity, directory, "target", false);
        assertThat(Files.readString(real("target"))).isEqualTo("ours");
        assertThat(names()).containsExactly("target");
    }

    @Test
    void rename_noLinksNoClobberAndFileThere_isRefusedAndNothingIsTouched() throws IOException {
        fileSystem = unix(Feature.FILE_CHANNEL);
        Directory directory = directory(new Faults() {});
        Identity identity = make(directory, real("source"));
        Files.writeString(real("target"), "theirs");
        assertThatThrownBy(() -> directory.rename("source", identity, directory, "target", false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(real("target"))).isEqualTo("theirs");
        assertThat(names()).containsExactly("source", "target");
    }

    @Test
    void rename_noLinksAndTheMoveFails_claimIsRemoved() throws IOException {
        fileSystem = unix(Feature.FILE_CHANNEL);
        Directory directory = directory(new Faults() {
            @Override
            public void move(Path source, Path target) throws IOException {
                assertThat(target).exists();
                throw new FileSystemException(target.toString(), null, "bad day");
            }
        });
        Identity identity = make(directory, real("source"));
        assertThatThrownBy(() -> directory.rename("source", identity, directory, "target", false))
                .hasMessageContaining("bad day");
        assertThat(names()).containsExactly("source");
    }

    @Test
    void rename_noLinksAndSomebodyReplacesTheClaim_theirsStays() throws IOException {
        fileSystem = unix(Feature.FILE_CHANNEL);
        Directory directory = directory(new Faults() {
            private int looks;

            @Override
            public BasicFileAttributes attributes(Path path, BasicFileAttributes truth) throws IOException {
                // The first look at the target is that of its making.
                if (path.endsWith("target") && ++looks == 2) {
                    Files.delete(path);
                    Files.writeString(path, "theirs");
                    return Files.readAttributes(path, BasicFileAttributes.class);
                }
                return truth;
            }
        });
        Identity identity = make(directory, real("source"));
        assertThatThrownBy(() -> directory.rename("source", identity, directory, "target", false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(real("target"))).isEqualTo("theirs");
        assertThat(Files.readString(real("source"))).isEqualTo("ours");
    }

    @Test
    void rename_noLinksToAnotherDirectory_saysThatItCannotBeMoved() throws IOException {
        fileSystem = unix(Feature.FILE_CHANNEL);
        Directory directory = directory(new Faults() {});
        Identity identity = make(directory, real("source"));
        Path other = Files.createDirectory(real("x").getParent().resolveSibling("other"));
        Directory there = new PathDirectory(new FaultyFileSystem(fileSystem, new Faults() {}).wrap(other), null);
        // One file system, or the move would be refused for that reason.
        Directory sameThere = new PathDirectory(directory.path().resolveSibling("other"), null);
        assertThatThrownBy(() -> directory.rename("source", identity, sameThere, "target", false))
                .isInstanceOf(AtomicMoveNotSupportedException.class);
        assertThatThrownBy(() -> directory.rename("source", identity, there, "target", true))
                .isInstanceOf(AtomicMoveNotSupportedException.class);
        assertThat(other).isEmptyDirectory();
        assertThat(names()).containsExactly("source");
    }

    @Test
    void rename_noClobberAndSourceIsSwappedBeforeTheLink_theirsDoesNotBecomeOurs() throws IOException {
        Directory directory = directory(new Faults() {
            @Override
            public void link(Path link, Path existing) throws IOException {
                Files.delete(existing);
                Files.writeString(existing, "theirs");
            }
        });
        Identity identity = make(directory, real("source"));
        assertThatThrownBy(() -> directory.rename("source", identity, directory, "target", false))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(names()).containsExactly("source");
        assertThat(Files.readString(real("source"))).isEqualTo("theirs");
    }

    /** Has something happen to the target directly after the link was made, when it is looked at. */
    private Directory directoryWithLook(Interlude interlude) throws IOException {
        return directory(new Faults() {
            private boolean looked;

            @Override
            public BasicFileAttributes attributes(Path path, BasicFileAttributes truth) throws IOException {
                if (path.endsWith("target") && !looked) {
                    looked = true;
                    interlude.run(path);
                    return Files.readAttributes(path, BasicFileAttributes.class);
                }
                return truth;
            }
        });
    }

    @FunctionalInterface
    private interface Interlude {
        void run(Path target) throws IOException;
    }

    @Test
    void rename_noClobberAndTargetIsRemovedAtOnce_isDone() throws IOException {
        Directory directory = directoryWithLook(Files::delete);
        Identity identity = make(directory, real("source"));
        directory.rename("source", identity, directory, "target", false);
        assertThat(names()).isEmpty();
    }

    @Test
    void rename_noClobberAndTargetIsReplacedAtOnce_isDoneAndTheirsStays() throws IOException {
        Directory directory = directoryWithLook(target -> {
            Files.delete(target);
            Files.writeString(target, "theirs");
        });
        Identity identity = make(directory, real("source"));
        directory.rename("source", identity, directory, "target", false);
        assertThat(names()).containsExactly("target");
        assertThat(Files.readString(real("target"))).isEqualTo("theirs");
    }

    @Test
    @Behaviour(355)
    @Over(Place.JIMFS_UNIX)
    void rename_noClobberAndTheOldNameCannotBeRemoved_isDoneAllTheSame() throws IOException {
        Directory directory = directory(new Faults() {
            @Override
            public void delete(Path path) throws IOException {
                throw new FileSystemException(path.toString(), null, "bad day");
            }
        });
        Identity identity = make(directory, real("source"));
        directory.rename("source", identity, directory, "target", false);
        assertThat(Files.readString(real("target"))).isEqualTo("ours");
        assertThat(names()).containsExactly("source", "target");
    }

    @Test
    void rename_targetIsInUseOnWindows_isTriedAgain() throws IOException {
        fileSystem = windows();
        int[] moves = {0};
        Directory directory = directory(new Faults() {
            @Override
            public void move(Path source, Path target) throws IOException {
                if (++moves[0] < 4) {
                    throw new AccessDeniedException(target.toString());
                }
            }
        });
        Identity identity = make(directory, real("source"));
        Files.writeString(real("target"), "old");
        directory.rename("source", identity, directory, "target", true);
        assertThat(moves[0]).isEqualTo(4);
        assertThat(Files.readString(real("target"))).isEqualTo("ours");
    }

    @Test
    void rename_targetStaysInUseOnWindows_isSaidAndNothingIsTouched() throws IOException {
        fileSystem = windows();
        Directory directory = directory(new Faults() {
            @Override
            public void move(Path source, Path target) throws IOException {
                throw new AccessDeniedException(target.toString());
            }
        });
        Identity identity = make(directory, real("source"));
        Files.writeString(real("target"), "old");
        assertThatThrownBy(() -> directory.rename("source", identity, directory, "target", true))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(Files.readString(real("target"))).isEqualTo("old");
        assertThat(Files.readString(real("source"))).isEqualTo("ours");
    }

    @Test
    void rename_deniedOnUnix_isNotTriedAgain() throws IOException {
        int[] moves = {0};
        Directory directory = directory(new Faults() {
            @Override
            public void move(Path source, Path target) throws IOException {
                moves[0]++;
                throw new AccessDeniedException(target.toString());
            }
        });
        Identity identity = make(directory, real("source"));
        assertThatThrownBy(() -> directory.rename("source", identity, directory, "target", true))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(moves[0]).isEqualTo(1);
    }

    @Test
    void rename_directoryNoClobberAndTheMoveFails_claimIsRemovedUnlessSomethingIsInIt() throws IOException {
        boolean[] filled = {false};
        Directory directory = directory(new Faults() {
            @Override
            public void move(Path source, Path target) throws IOException {
                if (filled[0]) {
                    Files.writeString(target.resolve("theirs"), "theirs");
                }
                throw new FileSystemException(target.toString(), null, "bad day");
            }
        });
        Files.createDirectory(real("source"));
        Identity identity = directory.identify("source");
        assertThatThrownBy(() -> directory.rename("source", identity, directory, "target", false))
                .hasMessageContaining("bad day");
        assertThat(names()).containsExactly("source");
        filled[0] = true;
        assertThatThrownBy(() -> directory.rename("source", identity, directory, "target", false))
                .hasMessageContaining("bad day");
        assertThat(Files.readString(real("target").resolve("theirs"))).isEqualTo("theirs");
    }
}

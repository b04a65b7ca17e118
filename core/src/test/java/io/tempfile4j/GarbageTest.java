package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is forgotten is removed; what is in use, be it by a view only, is not. */
class GarbageTest {

    private static final int ATTEMPTS = 2_000;

    @TempDir
    Path directory;

    @Test
    @Behaviour({151, 290})
    void namedFileAndDirectory_forgotten_areRemovedThoughTheirSpaceLives() throws IOException {
        try (TempSpace space = TempSpace.in(directory)) {
            Path file = forget(space.namedTemporaryFile());
            Path made = forget(space.temporaryDirectory());
            Path path = space.temporaryPath("", "", Files::createFile).path();
            collectUntil(() -> Files.notExists(file) && Files.notExists(made) && Files.notExists(path));
            assertThat(file).doesNotExist();
            assertThat(made).doesNotExist();
            assertThat(path).doesNotExist();
        }
    }

    private static Path forget(NamedTemporaryFile file) throws IOException {
        file.write(1);
        return file.path();
    }

    private static Path forget(TemporaryDirectory made) throws IOException {
        Files.writeString(made.resolve("content"), "content");
        return made.path();
    }

    @Test
    @Behaviour({152, 200})
    void closeChannel_forgottenAndRemovedByHand_isSilent() throws IOException {
        try (TempSpace space = TempSpace.in(directory)) {
            Path gone = closedAndForgotten(space);
            Files.delete(gone);
            Path witness = closedAndForgotten(space);
            collectUntil(() -> Files.notExists(witness));
            assertThat(directory).isEmptyDirectory();
        }
    }

    private static Path closedAndForgotten(TempSpace space) throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.closeChannel();
        return file.path();
    }

    @Test
    @Behaviour({156, 157, 158})
    void namedFile_onlyAViewIsHeld_isNotRemoved() throws IOException {
        try (TempSpace space = TempSpace.in(directory)) {
            Path[] path = new Path[1];
            InputStream in = file(space, path).inputStream();
            survivesAGarbageCollectionOf(path[0]);
            assertThat(in.read()).isEqualTo('a');
            OutputStream out = file(space, path).outputStream();
            survivesAGarbageCollectionOf(path[0]);
            out.write(1);
            InputStream own = file(space, path).newInputStream();
            survivesAGarbageCollectionOf(path[0]);
            assertThat(own.read()).isEqualTo('a');
            TextFile text = file(space, path).text();
            survivesAGarbageCollectionOf(path[0]);
            assertThat(text.read(1)).isEqualTo("a");
            Iterator<String> iterator = file(space, path).text().iterator();
            survivesAGarbageCollectionOf(path[0]);
            assertThat(iterator.next()).isEqualTo("a\n");
            Stream<String> lines = file(space, path).text().lines();
            survivesAGarbageCollectionOf(path[0]);
            assertThat(lines).containsExactly("a", "b");
        }
    }

    private static NamedTemporaryFile file(TempSpace space, Path[] path) throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        path[0] = file.path();
        file.text().write("a\nb\n");
        file.seek(0);
        return file;
    }

    /** A second file, forgotten, tells when a collection has done its work. */
    private void survivesAGarbageCollectionOf(Path path) throws IOException {
        try (TempSpace other = TempSpace.in(directory)) {
            Path witness = forget(other.namedTemporaryFile());
            collectUntil(() -> Files.notExists(witness));
            assertThat(witness).doesNotExist();
        }
        assertThat(path).exists();
    }

    @Test
    @Behaviour(146)
    void deleteOnCloseFalse_forgotten_fileStays() throws IOException {
        try (TempSpace keeping = TempSpace.builder()
                        .directory(directory)
                        .deleteOnClose(false)
                        .open();
                TempSpace space = TempSpace.in(directory)) {
            Path kept = forget(keeping.namedTemporaryFile());
            Path witness = forget(space.namedTemporaryFile());
            collectUntil(() -> Files.notExists(witness));
            assertThat(kept).exists();
        }
    }

    @Test
    @Behaviour({253, 254})
    @Needs(Need.PROC)
    void namelessAndSpooledFiles_forgotten_giveBackTheirDescriptors() throws IOException {
        try (TempSpace space = TempSpace.in(directory)) {
            for (int i = 0; i < 50; i++) {
                space.temporaryFile().write(1);
                space.spooledTemporaryFile(1).write(new byte[2]);
            }
            assertThat(descriptorsIn(directory)).isPositive();
            collectUntil(() -> descriptorsIn(directory) == 0);
            assertThat(descriptorsIn(directory)).isZero();
        }
    }

    @Test
    @Behaviour(347)
    @Needs(Need.PROC)
    void persisted_forgotten_staysWithAllThatWasWrittenAndGivesBackItsDescriptor() throws IOException {
        Path targets = Files.createDirectory(directory.resolve("targets"));
        try (TempSpace space = TempSpace.in(directory)) {
            for (FileKind kind : FileKind.values()) {
                persistAndForget(kind.open(space), targets.resolve(kind.toString()));
            }
            space.temporaryPath("", "", path -> Files.writeString(path, "content"))
                    .persist(targets.resolve("PATH"));
            collectUntil(() -> descriptorsIn(targets) == 0);
            assertThat(descriptorsIn(directory)).isZero();
        }
        assertThat(Backend.entries(targets))
                .hasSize(FileKind.values().length + 1)
                .allSatisfy(target -> assertThat(target).hasContent("content"));
    }

    private static void persistAndForget(FileObject file, Path target) throws IOException {
        file.text().write("content");
        file.persist(target);
    }

    /** How many descriptors this process has on files in the directory. */
    private static long descriptorsIn(Path directory) {
        Path own = Path.of("/proc/self/fd");
        try (Stream<Path> descriptors = Files.list(own)) {
            return descriptors.filter(fd -> pointsInto(fd, directory)).count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean pointsInto(Path descriptor, Path directory) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith(directory + "/");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static void collectUntil(BooleanSupplier condition) {
        for (int i = 0; i < ATTEMPTS && !condition.getAsBoolean(); i++) {
            System.gc();
            LockSupport.parkNanos(1_000_000);
        }
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A space: its policy, and its end. */
abstract class TempSpaceContract extends Contract {

    TempSpaceContract(Backend.Kind kind) {
        super(kind);
    }

    @Test
    void open_missingDirectory_isNoSuchFile() {
        Path missing = directory().resolve("missing");
        assertThatThrownBy(() -> TempSpace.in(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void open_file_isNotDirectory() throws IOException {
        Path file = Files.createFile(directory().resolve("file"));
        assertThatThrownBy(() -> TempSpace.in(file))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void directory_notNormal_isAbsoluteAndNormalised() throws IOException {
        Path inner = Files.createDirectory(directory().resolve("inner"));
        try (TempSpace odd = TempSpace.in(
                directory().resolve(".").resolve("inner").resolve("..").resolve("inner"))) {
            assertThat(odd.directory().toRealPath()).isEqualTo(inner.toRealPath());
            assertThat(odd.directory()).isEqualTo(odd.directory().normalize());
        }
    }

    @Test
    void policy_prefixSuffixAndLength_holdForAllThatIsMade() throws IOException {
        try (TempSpace named =
                backend.builder().prefix("p-").suffix(".s").randomLength(20).open()) {
            Path file = named.namedTemporaryFile().path();
            Path made = named.temporaryDirectory().path();
            assertThat(List.of(file, made))
                    .allSatisfy(
                            path -> assertThat(path.getFileName().toString()).matches("p-[a-z0-9]{20}\\.s"));
        }
    }

    @Test
    void close_removesAllThatIsAliveAndRefusesMore() throws IOException {
        NamedTemporaryFile named = space.namedTemporaryFile();
        TemporaryFile nameless = space.temporaryFile();
        SpooledTemporaryFile spooled = space.spooledTemporaryFile(0);
        TemporaryDirectory made = space.temporaryDirectory();
        Files.writeString(made.resolve("content"), "content");
        TemporaryPath path = space.temporaryPath("", "", Files::createFile);
        space.close();
        assertThat(backend.entries()).isEmpty();
        assertThat(List.of(named, nameless, spooled)).noneMatch(FileObject::isOpen);
        assertThatThrownBy(space::namedTemporaryFile)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory().toString());
        assertThatThrownBy(space::temporaryFile).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> space.spooledTemporaryFile(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(space::temporaryDirectory).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> space.temporaryPath("", "", Files::createFile))
                .isInstanceOf(IllegalStateException.class);
        space.close();
        assertThat(directory()).isDirectory();
        named.close();
        made.close();
        path.close();
    }

    @Test
    void close_whileOthersMake_leavesNothing() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        List<Thread> makers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread maker = new Thread(() -> {
                try {
                    while (true) {
                        NamedTemporaryFile file = space.namedTemporaryFile();
                        TemporaryDirectory made = space.temporaryDirectory();
                        assertThat(List.of(file.path(), made.path())).doesNotContainNull();
                    }
                } catch (IllegalStateException closed) {
                    refused.incrementAndGet();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            makers.add(maker);
            maker.start();
        }
        while (backend.entries().size() < 20) {
            Thread.onSpinWait();
        }
        space.close();
        for (Thread maker : makers) {
            maker.join();
        }
        assertThat(refused).hasValue(4);
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    void close_somethingCannotBeRemoved_isNamedAndTheRestIsGone() throws IOException {
        TemporaryDirectory older = space.temporaryDirectory();
        TemporaryDirectory replaced = space.temporaryDirectory();
        TemporaryDirectory newer = space.temporaryDirectory();
        Files.delete(replaced.path());
        Files.writeString(replaced.path(), "stranger");
        assertThatThrownBy(space::close)
                .isInstanceOfSatisfying(
                        CleanupException.class,
                        failure -> assertThat(failure.remaining()).containsExactly(replaced.path()));
        assertThat(older.path()).doesNotExist();
        assertThat(newer.path()).doesNotExist();
        Files.delete(replaced.path());
    }

    @Test
    void builder_badValues_areRefusedAtOnce() {
        TempSpace.Builder builder = TempSpace.builder();
        assertThatThrownBy(() -> builder.randomLength(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.randomLength(65)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> backend.builder().prefix("a/b").open()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> backend.builder().suffix("a\0b").open()).isInstanceOf(IllegalArgumentException.class);
    }
}

package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import io.tempfile4j.Behaviour;
import io.tempfile4j.Over;
import io.tempfile4j.Place;
import io.tempfile4j.internal.platform.FaultyFileSystem.Faults;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Removal by path, with what Windows does: entries in use, read-only ones, junctions. Nothing waits in truth. */
@Over(Place.JIMFS_WINDOWS)
class PathTreeRemovalTest {

    private static final Duration MOST = Duration.ofSeconds(2);

    private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows().toBuilder()
            .setAttributeViews("basic", "owner", "dos", "acl")
            .setSupportedFeatures(Feature.LINKS, Feature.SYMBOLIC_LINKS, Feature.FILE_CHANNEL)
            .build());
    private final Path tree = windows.getPath("C:\\work\\tree");
    private final List<Long> pauses = new ArrayList<>();

    @BeforeEach
    void makeTree() throws IOException {
        Files.createDirectories(tree.resolve("sub").resolve("deep"));
        for (String name : List.of("file", "sub\\file", "sub\\deep\\file")) {
            Files.createFile(tree.resolve(name));
        }
    }

    @AfterEach
    void close() throws IOException {
        windows.close();
    }

    private void remove(Faults faults) throws IOException {
        FaultyFileSystem faulty = new FaultyFileSystem(windows, faults);
        try {
            PathTreeRemoval.remove(faulty.wrap(tree), new Patience(MOST, pauses::add));
        } finally {
            assertThat(faulty.openDirectories()).isEmpty();
        }
    }

    private static FileSystemException inUse(Path path) {
        return new FileSystemException(
                path.toString(),
                null,
                "The process cannot access the file because it is being used by another process");
    }

    /** Fails so many times to remove what has the name. */
    private static Faults failing(String name, int times, Failure failure) {
        return new Faults() {
            private int left = times;

            @Override
            public void delete(Path path) throws IOException {
                if (path.getFileName().toString().equals(name) && left-- > 0) {
                    throw failure.of(path);
                }
            }
        };
    }

    @FunctionalInterface
    private interface Failure {
        IOException of(Path path);
    }

    @Test
    @Behaviour({286, 293})
    void remove_nothingInTheWay_isGoneWithoutAPause() throws IOException {
        remove(new Faults() {});
        assertThat(tree).doesNotExist();
        assertThat(pauses).isEmpty();
    }

    @Test
    @Behaviour(324)
    void remove_inUseForAWhile_isTriedAgainWithGrowingPauses() throws IOException {
        remove(failing("deep", 6, PathTreeRemovalTest::inUse));
        assertThat(tree).doesNotExist();
        assertThat(pauses).hasSize(6);
        for (int i = 1; i < pauses.size(); i++) {
            assertThat(pauses.get(i)).isEqualTo(2 * pauses.get(i - 1));
        }
    }

    @Test
    @Behaviour({298, 324})
    void remove_deniedForAWhile_isTriedAgain() throws IOException {
        remove(failing("file", 4, path -> new AccessDeniedException(path.toString())));
        assertThat(tree).doesNotExist();
        assertThat(pauses).hasSize(4);
    }

    @Test
    @Behaviour({294, 295, 298, 299, 324})
    void remove_inUseForGood_isReportedAfterABoundedTimeAndTheRestIsGone() throws IOException {
        assertThatExceptionOfType(TreeRemovalException.class)
                .isThrownBy(() -> remove(failing("deep", Integer.MAX_VALUE, PathTreeRemovalTest::inUse)))
                .satisfies(failure -> assertThat(failure.remnants())
                        .singleElement()
                        .satisfies(remnant -> {
                            assertThat(remnant.path()).hasToString("C:\\work\\tree\\sub\\deep");
                            assertThat(remnant.cause()).hasMessageContaining("used by another process");
                        }));
        assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isEqualTo(MOST.toNanos());
        assertThat(tree.resolve("sub").resolve("deep")).isEmptyDirectory();
        assertThat(tree.resolve("file")).doesNotExist();
        assertThat(tree.resolve("sub").resolve("file")).doesNotExist();
        remove(new Faults() {});
        assertThat(tree).doesNotExist();
    }

    /** The time is that of the whole tree: a thousand entries in use do not take a thousand times as long. */
    @Test
    @Behaviour({324, 340})
    void remove_manyInUse_patienceIsSharedAndAllAreReported() throws IOException {
        for (int i = 0; i < 150; i++) {
            Files.createFile(tree.resolve("used-" + i));
        }
        assertThatExceptionOfType(TreeRemovalException.class)
                .isThrownBy(() -> remove(new Faults() {
                    @Override
                    public void delete(Path path) throws IOException {
                        if (path.getFileName().toString().startsWith("used-")) {
                            throw inUse(path);
                        }
                    }
                }))
                .satisfies(failure -> {
                    assertThat(failure.count()).isEqualTo(150);
                    assertThat(failure.remnants()).hasSize(100);
                });
        assertThat(pauses.stream().mapToLong(Long::longValue).sum()).isEqualTo(MOST.toNanos());
        assertThat(tree.resolve("sub")).doesNotExist();
    }

    /** What Jimfs removes nonetheless, Windows does not while it is read-only. */
    @Test
    @Behaviour(316)
    void remove_readOnly_isClearedWithoutAPause() throws IOException {
        for (String name : List.of("file", "sub")) {
            Files.setAttribute(tree.resolve(name), "dos:readonly", true);
        }
        remove(new Faults() {
            @Override
            public void delete(Path path) throws IOException {
                if (Files.readAttributes(path, DosFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isReadOnly()) {
                    throw new AccessDeniedException(path.toString());
                }
            }
        });
        assertThat(tree).doesNotExist();
        assertThat(pauses).isEmpty();
    }

    /** A link that is removed takes nothing from its target, not even this attribute. */
    @Test
    @Behaviour({300, 316})
    void remove_linkToWhatIsReadOnly_targetStaysReadOnly() throws IOException {
        Path target = Files.createFile(tree.resolveSibling("target"));
        Files.setAttribute(target, "dos:readonly", true);
        Files.createSymbolicLink(tree.resolve("link"), target);
        remove(failing("link", 1, path -> new AccessDeniedException(path.toString())));
        assertThat(tree).doesNotExist();
        assertThat(Files.readAttributes(target, DosFileAttributes.class).isReadOnly())
                .isTrue();
    }

    @Test
    @Behaviour({308, 307})
    void remove_entryVanishes_isSilent() throws IOException {
        for (String name : List.of("file", "deep", "sub", "tree")) {
            if (Files.notExists(tree)) {
                makeTree();
            }
            remove(new Faults() {
                @Override
                public void delete(Path path) throws IOException {
                    if (path.getFileName().toString().equals(name)) {
                        Files.delete(path);
                    }
                }

                @Override
                public BasicFileAttributes attributes(Path path, BasicFileAttributes truth) throws IOException {
                    if (path.getFileName().toString().equals("file")) {
                        Files.delete(path);
                        throw new NoSuchFileException(path.toString());
                    }
                    return truth;
                }
            });
            assertThat(tree).doesNotExist();
        }
    }

    @Test
    @Behaviour(323)
    void remove_entriesAreAddedAsFast_givesUpAfterABoundedNumberOfPasses() throws IOException {
        int[] added = {0};
        assertThatExceptionOfType(TreeRemovalException.class)
                .isThrownBy(() -> remove(new Faults() {
                    @Override
                    public void delete(Path path) throws IOException {
                        if (path.endsWith("sub")) {
                            Files.createFile(path.resolve("added-" + added[0]++));
                        }
                    }
                }))
                .satisfies(failure -> assertThat(failure.remnants())
                        .singleElement()
                        .satisfies(
                                remnant -> assertThat(remnant.cause()).isInstanceOf(DirectoryNotEmptyException.class)));
        assertThat(added[0]).isBetween(10, 20);
        assertThat(pauses).isEmpty();
        assertThat(tree.resolve("file")).doesNotExist();
    }

    /** What Windows is asked to remove while somebody has it open, is listed until that one closes it. */
    @Test
    @Behaviour({294, 324})
    void remove_removedButStillOpen_isWaitedFor() throws IOException {
        int[] left = {5};
        remove(new Faults() {
            @Override
            public void delete(Path path) throws IOException {
                if (path.endsWith("deep") && left[0]-- > 0) {
                    throw new DirectoryNotEmptyException(path.toString());
                }
            }
        });
        assertThat(tree).doesNotExist();
        assertThat(pauses).hasSize(4).isSorted();
    }

    /** Nor can it be looked at until then. */
    @Test
    @Behaviour({294, 324})
    void remove_cannotBeLookedAtForAWhile_isWaitedFor() throws IOException {
        int[] left = {5};
        remove(new Faults() {
            @Override
            public BasicFileAttributes attributes(Path path, BasicFileAttributes truth) throws IOException {
                if (path.endsWith("deep") && left[0]-- > 0) {
                    throw new AccessDeniedException(path.toString());
                }
                return truth;
            }
        });
        assertThat(tree).doesNotExist();
        assertThat(pauses).hasSize(5).isSorted();
    }

    @Test
    @Behaviour(308)
    void remove_directoryCannotBeListed_isReportedAndTheRestIsGone() throws IOException {
        assertThatExceptionOfType(TreeRemovalException.class)
                .isThrownBy(() -> remove(new Faults() {
                    @Override
                    public void open(Path path) throws IOException {
                        if (path.endsWith("deep")) {
                            throw new AccessDeniedException(path.toString());
                        }
                    }
                }))
                .satisfies(failure -> assertThat(failure.remnants())
                        .singleElement()
                        .satisfies(remnant -> assertThat(remnant.path()).hasToString("C:\\work\\tree\\sub\\deep")));
        assertThat(tree.resolve("file")).doesNotExist();
        assertThat(tree.resolve("sub").resolve("file")).doesNotExist();
    }

    /** A second look at a directory must not end the rest of the work when it fails. */
    @Test
    @Behaviour({308, 323})
    void remove_directoryVanishesBeforeItIsLookedThroughAgain_theRestIsGone() throws IOException {
        int[] opened = {0};
        remove(new Faults() {
            @Override
            public void delete(Path path) throws IOException {
                if (path.endsWith("deep")) {
                    throw new DirectoryNotEmptyException(path.toString());
                }
            }

            @Override
            public void open(Path path) throws IOException {
                if (path.endsWith("deep") && opened[0]++ > 0) {
                    Files.delete(path);
                    throw new NoSuchFileException(path.toString());
                }
            }
        });
        assertThat(tree).doesNotExist();
    }

    @Test
    @Behaviour({300, 315})
    void remove_junction_isRemovedAndNotEntered() throws IOException {
        // To Windows a directory with a reparse point; to Jimfs one that would be entered.
        Path junction = Files.createDirectory(tree.resolve("junction"));
        List<Path> opened = new ArrayList<>();
        remove(new Faults() {
            @Override
            public BasicFileAttributes attributes(Path path, BasicFileAttributes truth) {
                return path.equals(junction) ? reparsePoint(truth) : truth;
            }

            @Override
            public void open(Path path) {
                opened.add(path);
            }
        });
        assertThat(opened).isNotEmpty().doesNotContain(junction);
        assertThat(tree).doesNotExist();
    }

    @Test
    @Behaviour(300)
    void remove_symbolicLinks_areNotEntered() throws IOException {
        Path victim = Files.createDirectories(tree.resolveSibling("victim").resolve("sub"));
        Files.createFile(victim.resolve("file"));
        Files.createSymbolicLink(tree.resolve("link"), victim);
        Files.createSymbolicLink(tree.resolve("sub").resolve("loop"), tree);
        Snapshot before = Snapshot.of(victim);
        remove(new Faults() {});
        assertThat(tree).doesNotExist();
        assertThat(Snapshot.of(victim)).isEqualTo(before);
    }

    @Test
    @Behaviour(320)
    void remove_thousandLevels_isGone() throws IOException {
        Path deep = tree;
        for (int i = 0; i < 1000; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        remove(new Faults() {});
        assertThat(tree).doesNotExist();
    }

    /** Windows keeps a directory that somebody has open, and be it the one who removes it. */
    @Test
    @Behaviour(299)
    void remove_eachDirectory_isNotOpenAnyMoreWhenItIsRemoved() throws IOException {
        FaultyFileSystem[] faulty = new FaultyFileSystem[1];
        faulty[0] = new FaultyFileSystem(windows, new Faults() {
            @Override
            public void delete(Path path) {
                assertThat(faulty[0].openDirectories()).doesNotContain(path);
            }
        });
        PathTreeRemoval.remove(faulty[0].wrap(tree), new Patience(MOST, pauses::add));
        assertThat(tree).doesNotExist();
    }

    private static BasicFileAttributes reparsePoint(BasicFileAttributes truth) {
        return (BasicFileAttributes) Proxy.newProxyInstance(
                PathTreeRemovalTest.class.getClassLoader(),
                new Class<?>[] {BasicFileAttributes.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("isOther")) {
                        return true;
                    }
                    return method.invoke(truth, arguments);
                });
    }
}

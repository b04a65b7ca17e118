package io.tempfile4j;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tempfile4j.internal.platform.ScriptedNames;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Group C: a name that is taken, by an accident or by an attacker who has guessed it. */
abstract class CollisionContract extends Contract {

    private static final String TAKEN = "aaaaaaaaaaaa";
    private static final String FREE = "bbbbbbbbbbbb";

    CollisionContract(Backend.Kind kind) {
        super(kind);
    }

    /** What may be at a name. */
    enum Planted {
        FILE {
            @Override
            void plant(Path at, Path outside) throws IOException {
                Files.writeString(at, "planted");
            }

            @Override
            void assertUntouched(Path at, Path outside) {
                assertThat(at).isRegularFile().hasContent("planted");
            }
        },
        DIRECTORY {
            @Override
            void plant(Path at, Path outside) throws IOException {
                Files.writeString(Files.createDirectory(at).resolve("inside"), "planted");
            }

            @Override
            void assertUntouched(Path at, Path outside) {
                assertThat(at).isDirectory();
                assertThat(at.resolve("inside")).hasContent("planted");
            }
        },
        DANGLING_LINK {
            @Override
            void plant(Path at, Path outside) throws IOException {
                Files.createSymbolicLink(at, outside.resolve("missing"));
            }

            @Override
            void assertUntouched(Path at, Path outside) {
                assertThat(at).isSymbolicLink();
                assertThat(Files.exists(outside.resolve("missing"), NOFOLLOW_LINKS))
                        .isFalse();
            }
        },
        LINK_TO_FILE {
            @Override
            void plant(Path at, Path outside) throws IOException {
                Files.createSymbolicLink(at, Files.writeString(outside.resolve("precious"), "precious"));
            }

            @Override
            void assertUntouched(Path at, Path outside) {
                assertThat(at).isSymbolicLink();
                assertThat(outside.resolve("precious")).hasContent("precious");
            }
        },
        LINK_TO_DIRECTORY {
            @Override
            void plant(Path at, Path outside) throws IOException {
                Files.createSymbolicLink(at, outside);
            }

            @Override
            void assertUntouched(Path at, Path outside) throws IOException {
                assertThat(at).isSymbolicLink();
                assertThat(Backend.entries(outside)).isEmpty();
            }
        };

        abstract void plant(Path at, Path outside) throws IOException;

        abstract void assertUntouched(Path at, Path outside) throws IOException;
    }

    private TempSpace scripted(String... randomParts) throws IOException {
        return backend.builder().names(ScriptedNames.of(randomParts)).open();
    }

    @ParameterizedTest
    @EnumSource(Planted.class)
    @Behaviour({58, 59, 60, 61, 95, 97, 120})
    void make_nameIsTaken_theNextIsUsedAndWhatIsThereIsUntouched(Planted planted) throws IOException {
        Path outside = Files.createDirectory(directory().resolve("outside"));
        Path taken = directory().resolve("tmp" + TAKEN);
        planted.plant(taken, outside);
        for (Making making : Making.values()) {
            try (Making.Made made = making.in(scripted(TAKEN, TAKEN, FREE))) {
                if (making.hasName()) {
                    assertThat(made.name()).as("%s", making).isEqualTo("tmp" + FREE);
                    assertThat(Files.isDirectory(made.path())).isEqualTo(making.makesDirectory());
                }
                planted.assertUntouched(taken, outside);
            }
            planted.assertUntouched(taken, outside);
            assertThat(backend.entries()).as("%s", making).containsExactlyInAnyOrder(outside, taken);
        }
    }

    @Test
    void make_nameIsTakenInUpperCase_collidesWhereCaseIsIgnored() throws IOException {
        Files.createFile(directory().resolve("TMP" + TAKEN.toUpperCase(Locale.ROOT)));
        boolean ignoresCase = Files.exists(directory().resolve("tmp" + TAKEN));
        assertThat(ignoresCase || !backend.hasWindowsNames()).isTrue();
        try (Making.Made made = Making.NAMED_FILE.in(scripted(TAKEN, FREE))) {
            assertThat(made.name()).isEqualTo("tmp" + (ignoresCase ? FREE : TAKEN));
        }
    }

    @ParameterizedTest
    @EnumSource(Making.class)
    @Behaviour({55, 56, 57})
    void make_everyNameIsTaken_failsNamingTheDirectoryAndLeavesNothing(Making making) throws IOException {
        assumeTrue(making.hasName() || backend.namesNamelessFiles(), "it needs no name here");
        Path taken = Files.createFile(directory().resolve("tmp" + TAKEN));
        TempSpace exhausted = scripted(TAKEN);
        assertThatThrownBy(() -> making.in(exhausted))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(directory().toString())
                .hasMessageContaining("no free name")
                .hasMessageContaining(Integer.toString(Tempfile.TMP_MAX))
                .hasRootCauseInstanceOf(FileAlreadyExistsException.class)
                .extracting(failure -> ((FileSystemException) failure).getFile())
                .isEqualTo(directory().toString());
        assertThat(backend.entries()).containsExactly(taken);
        exhausted.close();
    }

    @Test
    @Behaviour({55, 56, 188, 190})
    void temporaryPath_makerSaysTaken_isAskedExactlyTmpMaxTimesWithNewNames() throws IOException {
        List<Path> asked = new ArrayList<>();
        assertThatThrownBy(() -> space.temporaryPath("", "", path -> {
                    asked.add(path);
                    throw new FileAlreadyExistsException(path.toString());
                }))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(directory().toString());
        assertThat(asked).hasSize(Tempfile.TMP_MAX).doesNotHaveDuplicates();
        assertThat(Tempfile.TMP_MAX).isEqualTo(10_000);
    }

    @Test
    @Behaviour(62)
    void temporaryPath_addressInUse_anotherNameIsTried() throws IOException {
        List<Path> asked = new ArrayList<>();
        TemporaryPath made = space.temporaryPath("", ".sock", path -> {
            asked.add(path);
            if (asked.size() < 3) {
                throw new BindException("Address already in use");
            }
            Files.createFile(path);
        });
        assertThat(asked).hasSize(3).doesNotHaveDuplicates().endsWith(made.path());
        made.close();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour(191)
    void temporaryPath_anotherFailure_isTheCallersAtOnce() {
        List<Path> asked = new ArrayList<>();
        IOException failure = new IOException("no");
        assertThatThrownBy(() -> space.temporaryPath("", "", path -> {
                    asked.add(path);
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(asked).hasSize(1);
    }

    /** On a file system that ignores case as on others: the 36 are lower case. */
    @Test
    @Behaviour(54)
    void make_oneRandomCharacter_thirtySixSucceedAndTheNextFails() throws IOException {
        TempSpace narrow = backend.builder().prefix("").randomLength(1).open();
        List<NamedTemporaryFile> files = new ArrayList<>();
        for (int i = 0; i < 36; i++) {
            files.add(narrow.namedTemporaryFile());
        }
        assertThat(backend.entries()).hasSize(36);
        assertThatThrownBy(narrow::namedTemporaryFile)
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(directory().toString());
        files.get(17).close();
        try (TemporaryDirectory inItsPlace = narrow.temporaryDirectory()) {
            assertThat(inItsPlace.path()).isEqualTo(files.get(17).path());
        }
        for (NamedTemporaryFile file : files) {
            file.close();
        }
        assertThat(backend.entries()).isEmpty();
    }
}

package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group E: {@code mkdtemp}. */
abstract class MkdtempContract extends Contract {

    MkdtempContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @CsvSource({"'',''", "a,''", "'',b", "a,b", "aa,.txt"})
    @Behaviour(110)
    void mkdtemp_anyPrefixAndSuffix_directoryIsNamedSo(String prefix, String suffix) throws IOException {
        Path made = Tempfile.mkdtemp(directory(), prefix, suffix);
        assertThat(made.getFileName().toString())
                .startsWith(prefix)
                .endsWith(suffix)
                .hasSize(prefix.length() + 12 + suffix.length());
        assertThat(Files.isDirectory(made)).isTrue();
        assertThat(Backend.entries(made)).isEmpty();
    }

    @Test
    @Behaviour({110, 113})
    void mkdtemp_directoryOnly_isInItWithTheDefaultPrefix() throws IOException {
        Path made = Tempfile.mkdtemp(directory());
        assertThat(made.getParent()).isEqualTo(directory());
        assertThat(made.getFileName().toString()).matches("tmp[a-z0-9]{12}");
    }

    @Test
    @Behaviour(121)
    void mkdtemp_relativeDirectory_pathIsAbsolute() throws IOException {
        Path relative = directory().getFileSystem().getPath("").toAbsolutePath().relativize(directory());
        Path made = Tempfile.mkdtemp(relative.resolve("."));
        assertThat(made.isAbsolute()).isTrue();
        assertThat(made.getParent()).isEqualTo(directory());
    }

    @Test
    void mkdtemp_madeInSpaceThatCloses_directoryStays() throws IOException {
        Path made = space.mkdtemp("", "");
        space.close();
        assertThat(Files.isDirectory(made)).isTrue();
    }

    @Test
    @Behaviour({114, 117, 127})
    void mkdtemp_noPolicy_isForTheOwnerAlone() throws IOException {
        Path made = Tempfile.mkdtemp(directory());
        try (TemporaryDirectory temporary = space.temporaryDirectory()) {
            if (backend.hasPosixPermissions()) {
                assertThat(PosixFilePermissions.toString(backend.permissions(made)))
                        .isEqualTo("rwx------");
                assertThat(PosixFilePermissions.toString(backend.permissions(temporary.path())))
                        .isEqualTo("rwx------");
            } else {
                assertOneEntryForTheUserWhichIsPassedOn(made);
                assertOneEntryForTheUserWhichIsPassedOn(temporary.path());
            }
        }
    }

    /** No other user, and no group: neither the users nor the administrators (CVE-2024-4030). */
    private static void assertOneEntryForTheUserWhichIsPassedOn(Path path) throws IOException {
        assertThat(Files.getFileAttributeView(path, AclFileAttributeView.class).getAcl())
                .hasSize(1)
                .allSatisfy(entry -> {
                    assertThat(entry.principal().getName()).endsWith(System.getProperty("user.name"));
                    assertThat(entry.flags())
                            .containsExactlyInAnyOrder(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxr-xr-x", "rwx--x--x", "rwx------"})
    @Behaviour(126)
    @Needs(Need.PERMISSIONS)
    void directoryPermissions_ownerMayDoAll_areExact(String permissions) throws IOException {
        TempSpace open = backend.builder()
                .directoryPermissions(PosixFilePermissions.fromString(permissions))
                .open();
        Path made = open.mkdtemp("", "");
        try (TemporaryDirectory temporary = open.temporaryDirectory()) {
            assertThat(PosixFilePermissions.toString(backend.permissions(made))).isEqualTo(permissions);
            assertThat(PosixFilePermissions.toString(backend.permissions(temporary.path())))
                    .isEqualTo(permissions);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwx------"})
    void directoryPermissions_ownerMayDoAll_areNoHindranceAnywhere(String permissions) throws IOException {
        TempSpace open = backend.builder()
                .directoryPermissions(PosixFilePermissions.fromString(permissions))
                .open();
        Path made = open.mkdtemp("", "");
        try (TemporaryDirectory temporary = open.temporaryDirectory()) {
            assertThat(Files.createFile(temporary.path().resolve("x"))).exists();
        }
        assertThat(backend.entries()).containsExactly(made);
    }

    @Test
    @Behaviour(126)
    void directoryPermissions_deniedToTheOwner_areExactOnPosixAndRefusedElsewhere() throws IOException {
        Set<PosixFilePermission> requested = PosixFilePermissions.fromString("r-x------");
        TempSpace strict = backend.builder().directoryPermissions(requested).open();
        if (backend.hasPosixPermissions()) {
            assertThat(backend.permissions(strict.mkdtemp("", ""))).isEqualTo(requested);
        } else {
            for (Making making : new Making[] {Making.MKDTEMP, Making.DIRECTORY}) {
                assertThatThrownBy(() -> making.in(strict))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("r-x------");
            }
            assertThat(backend.entries()).isEmpty();
        }
    }
}

package io.tempfile4j;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Group D: {@code mkstemp}. */
abstract class MkstempContract extends Contract {

    MkstempContract(Backend.Kind kind) {
        super(kind);
    }

    @Test
    @Behaviour({79, 81, 104})
    void mkstemp_channelClosed_fileStays() throws IOException {
        MkstempResult made = Tempfile.mkstemp(directory(), "aa", ".txt");
        made.close();
        assertThat(made.path().getParent()).isEqualTo(directory());
        assertThat(made.path().getFileName().toString()).startsWith("aa").endsWith(".txt");
        assertThat(Files.exists(made.path())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'',''", "a,''", "'',b", "a,b", "aa,.txt"})
    @Behaviour({78, 81})
    void mkstemp_anyPrefixAndSuffix_fileIsNamedSo(String prefix, String suffix) throws IOException {
        try (MkstempResult made = Tempfile.mkstemp(directory(), prefix, suffix)) {
            assertThat(made.path().getFileName().toString())
                    .startsWith(prefix)
                    .endsWith(suffix)
                    .hasSize(prefix.length() + 12 + suffix.length());
            assertThat(made.path()).isRegularFile().isEmptyFile();
        }
    }

    @Test
    @Behaviour({78, 79})
    void mkstemp_directoryOnly_nameHasTheDefaultPrefix() throws IOException {
        try (MkstempResult made = Tempfile.mkstemp(directory())) {
            assertThat(made.path().getFileName().toString()).matches("tmp[a-z0-9]{12}");
            assertThat(made.path().getParent()).isEqualTo(directory());
        }
    }

    @Test
    @Behaviour({79, 80})
    void mkstemp_relativeDirectory_pathIsAbsolute() throws IOException {
        Path relative = directory().getFileSystem().getPath("").toAbsolutePath().relativize(directory());
        assertThat(relative.isAbsolute()).isFalse();
        try (MkstempResult made = Tempfile.mkstemp(relative.resolve("."))) {
            assertThat(made.path().isAbsolute()).isTrue();
            assertThat(made.path().getParent()).isEqualTo(directory());
        }
    }

    /** The kernel takes the link first and the dots then; so must the path that is handed out. */
    @Test
    @Behaviour(79)
    void mkstemp_dotsBehindLink_fileIsWhereTheSystemWouldMakeIt() throws IOException {
        Path real = Files.createDirectories(directory().resolve("real").resolve("deep"));
        Path link = Files.createSymbolicLink(directory().resolve("link"), real);
        try (MkstempResult made = Tempfile.mkstemp(link.resolve(".."), "x", "")) {
            assertThat(made.path().getParent()).isEqualTo(directory().resolve("real"));
            assertThat(made.path()).isRegularFile();
        }
    }

    @Test
    @Behaviour(79)
    void mkstemp_linkToDirectory_pathIsUnderTheNameGiven() throws IOException {
        Path real = Files.createDirectory(directory().resolve("real"));
        Path link = Files.createSymbolicLink(directory().resolve("link"), real);
        try (MkstempResult made = Tempfile.mkstemp(link)) {
            assertThat(made.path().getParent()).isEqualTo(link);
            assertThat(Backend.entries(real))
                    .containsExactly(real.resolve(made.path().getFileName()));
        }
    }

    @Test
    @Behaviour({86, 87})
    void mkstemp_channel_isAtZeroAndReadsAndWrites() throws IOException {
        try (MkstempResult made = Tempfile.mkstemp(directory())) {
            FileChannel channel = made.channel();
            assertThat(channel.position()).isZero();
            assertThat(channel.size()).isZero();
            assertThat(channel.write(bytes("blat"))).isEqualTo(4);
            ByteBuffer read = ByteBuffer.allocate(10);
            assertThat(channel.position(1).read(read)).isEqualTo(3);
            assertThat(read.flip()).isEqualTo(bytes("lat"));
            assertThat(made.path()).hasContent("blat");
        }
    }

    @Test
    @Behaviour(104)
    void mkstemp_closedTwice_isClosedAndFileStays() throws IOException {
        MkstempResult made = Tempfile.mkstemp(directory());
        made.close();
        made.close();
        assertThat(made.channel().isOpen()).isFalse();
        assertThat(made.path()).exists();
    }

    @Test
    @Behaviour(104)
    void mkstemp_madeInSpaceThatCloses_fileStays() throws IOException {
        MkstempResult made = space.mkstemp("", "");
        space.close();
        assertThat(made.path()).exists();
        assertThat(made.channel().isOpen()).isTrue();
        made.close();
    }

    @Test
    @Behaviour(89)
    void mkstemp_noPolicy_isForTheOwnerAlone() throws IOException {
        try (MkstempResult made = Tempfile.mkstemp(directory());
                NamedTemporaryFile named = space.namedTemporaryFile()) {
            assertForOwnerAlone(made.path(), "rw-------");
            assertForOwnerAlone(named.path(), "rw-------");
        }
    }

    private void assertForOwnerAlone(Path path, String posix) throws IOException {
        if (backend.hasPosixPermissions()) {
            assertThat(PosixFilePermissions.toString(backend.permissions(path))).isEqualTo(posix);
        } else {
            assertThat(Files.getFileAttributeView(path, AclFileAttributeView.class)
                            .getAcl())
                    .hasSize(1)
                    .allSatisfy(
                            entry -> assertThat(entry.principal().getName()).endsWith(System.getProperty("user.name")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-rw-", "rw-r--r--", "rwxr-x---", "rw-------", "rw--w----"})
    @Behaviour(107)
    @Needs(Need.PERMISSIONS)
    void filePermissions_ownerMayReadAndWrite_areExact(String permissions) throws IOException {
        TempSpace open = backend.builder()
                .filePermissions(PosixFilePermissions.fromString(permissions))
                .open();
        try (NamedTemporaryFile named = open.namedTemporaryFile();
                MkstempResult made = open.mkstemp("", "")) {
            assertThat(PosixFilePermissions.toString(backend.permissions(named.path())))
                    .isEqualTo(permissions);
            assertThat(PosixFilePermissions.toString(backend.permissions(made.path())))
                    .isEqualTo(permissions);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-rw-", "rwxr-x---", "rw-------"})
    void filePermissions_ownerMayReadAndWrite_areNoHindranceAnywhere(String permissions) throws IOException {
        TempSpace open = backend.builder()
                .filePermissions(PosixFilePermissions.fromString(permissions))
                .open();
        try (NamedTemporaryFile named = open.namedTemporaryFile()) {
            named.write(1);
            named.flush();
            assertThat(Files.size(named.path())).isEqualTo(1);
        }
    }

    /** Only POSIX can make a file that its owner may not read or write; the open handle does both. */
    @ParameterizedTest
    @ValueSource(strings = {"---------", "r--------", "-w-------", "r--r--r--"})
    @Behaviour(108)
    void filePermissions_deniedToTheOwner_areExactOnPosixAndRefusedElsewhere(String permissions) throws IOException {
        Set<PosixFilePermission> requested = PosixFilePermissions.fromString(permissions);
        TempSpace strict = backend.builder().filePermissions(requested).open();
        if (backend.hasPosixPermissions()) {
            try (MkstempResult made = strict.mkstemp("", "");
                    NamedTemporaryFile named = strict.namedTemporaryFile()) {
                assertThat(backend.permissions(made.path())).isEqualTo(requested);
                assertThat(backend.permissions(named.path())).isEqualTo(requested);
                assertThat(made.channel().write(bytes("x"))).isEqualTo(1);
                named.write(bytes("yz").array());
                named.seek(0);
                assertThat(named.readAllBytes()).asString().isEqualTo("yz");
            }
        } else {
            for (Making making : Making.values()) {
                if (making.makesDirectory() || making == Making.PATH) {
                    making.in(strict).close();
                } else {
                    assertThatThrownBy(() -> making.in(strict))
                            .as("%s", making)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(permissions);
                }
            }
            assertThat(backend.entries()).isEmpty();
        }
    }

    @Test
    @Behaviour(109)
    void reopen_append_secondWriteLandsAtTheEnd() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile();
                FileChannel appending = file.reopen(APPEND)) {
            assertThat(appending.write(bytes("abc"))).isEqualTo(3);
            assertThat(appending.position(0).write(bytes("x"))).isEqualTo(1);
            assertThat(file.readAllBytes()).asString().isEqualTo("abcx");
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

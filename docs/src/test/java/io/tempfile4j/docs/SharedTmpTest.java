package io.tempfile4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import io.tempfile4j.TemporaryPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of {@code docs/guides/shared-tmp.md}. */
class SharedTmpTest {

    @Test
    void reopen_strangerInItsPlace_isRefused(@TempDir Path tmp) throws IOException {
        TempSpace space = TempSpace.in(tmp);
        // @start region="reopen"
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            file.write(new byte[100]);
            file.closeChannel();
            try (FileChannel again = file.reopen()) { // checked to be the file that was made
                assertThat(again.size()).isEqualTo(100);
            }
        }
        // @end
        NamedTemporaryFile replaced = space.namedTemporaryFile();
        Files.move(replaced.path(), tmp.resolve("moved"));
        Files.writeString(replaced.path(), "a stranger's");
        assertThatThrownBy(replaced::reopen).isInstanceOf(NoSuchFileException.class);
        Files.delete(replaced.path());
        replaced.close();
    }

    @Test
    void directory_forNamesThatOthersChoose_isPrivate(@TempDir Path tmp) throws IOException {
        TempSpace space = TempSpace.in(tmp);
        // @start region="names"
        try (TemporaryDirectory directory = space.temporaryDirectory()) {
            Files.writeString(directory.resolve("report.pdf"), "…"); // a plain name is fine in a directory of one's own
        }
        // @end
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void make_inOneStep_leavesNoMomentForOthers(@TempDir Path tmp) throws IOException {
        TempSpace space = TempSpace.in(tmp);
        // @start region="make"
        try (TemporaryPath link =
                space.temporaryPath("link-", "", path -> Files.createSymbolicLink(path, Path.of("target")))) {
            assertThat(link.path()).isSymbolicLink(); // made exclusively, at a path that nobody could guess
        }
        // @end
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void permissions_forAGroup_areSaidOnce(@TempDir Path tmp) throws IOException {
        // @start region="group"
        TempSpace shared = TempSpace.builder()
                .directory(tmp)
                .filePermissions(PosixFilePermissions.fromString("rw-r-----"))
                .directoryPermissions(PosixFilePermissions.fromString("rwxr-x---"))
                .open();
        // @end
        try (NamedTemporaryFile file = shared.namedTemporaryFile()) {
            if (Files.getFileStore(tmp).supportsFileAttributeView("posix")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                        .isEqualTo("rw-r-----");
            }
        }
    }
}

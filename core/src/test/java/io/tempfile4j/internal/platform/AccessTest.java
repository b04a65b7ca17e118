package io.tempfile4j.internal.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.Need;
import io.tempfile4j.Needs;
import io.tempfile4j.internal.platform.FaultyFileSystem.Faults;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done by path is done to what was looked at, though a link in the path is somebody else's. */
@Needs(Need.PERMISSIONS)
class AccessTest {

    @TempDir
    Path scratch;

    private Path own;
    private Path theirs;
    private Path link;

    @BeforeEach
    void build() throws IOException {
        scratch = scratch.toRealPath();
        own = Files.createDirectories(scratch.resolve("own").resolve("entry"));
        theirs = Files.createDirectories(scratch.resolve("theirs").resolve("entry"));
        for (Path entry : new Path[] {own, theirs}) {
            Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("r-x------"));
        }
        link = Files.createSymbolicLink(scratch.resolve("link"), own.getParent());
    }

    /** By way of a link, which leads elsewhere as soon as it was looked at. */
    private Path entry() {
        Faults attack = new Faults() {
            @Override
            public void resolved(Path path) throws IOException {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, theirs.getParent());
            }
        };
        return new FaultyFileSystem(FileSystems.getDefault(), attack).wrap(link.resolve("entry"));
    }

    @Test
    void grantByPath_linkInThePathSwapped_victimIsUntouched() throws IOException {
        assertThat(Access.grantByPath(entry())).isTrue();
        assertThat(Files.readSymbolicLink(link)).isEqualTo(theirs.getParent());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(theirs)))
                .isEqualTo("r-x------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
    }

    @Test
    @Needs(Need.ROOT)
    void giveOwner_linkInThePathSwapped_victimIsUntouched() throws IOException {
        Path stranger = Files.createFile(scratch.resolve("stranger"));
        Files.setAttribute(stranger, "unix:uid", 65_534);
        Files.setAttribute(stranger, "unix:gid", 65_534);
        Attributes now = Attributes.at(own);
        Attributes wanted = Attributes.at(stranger);
        assertThat(Owner.give(entry(), now, wanted)).isTrue();
        assertThat(Files.readSymbolicLink(link)).isEqualTo(theirs.getParent());
        assertThat(Attributes.at(theirs)).isEqualTo(now);
        assertThat(Attributes.at(own).owner()).isEqualTo(65_534);
    }
}

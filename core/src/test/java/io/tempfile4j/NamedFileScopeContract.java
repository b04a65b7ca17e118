package io.tempfile4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Group G: what a file object, and its space, are to code that uses them; and after their end. */
abstract class NamedFileScopeContract extends Contract {

    NamedFileScopeContract(Backend.Kind kind) {
        super(kind);
    }

    @Test
    @Behaviour(145)
    void tryWithResources_fileIsClosedAlready_isOfNoUseInside() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.close();
        try (file) {
            assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(file::size);
        }
    }

    @Test
    @Behaviour(205)
    void namedFile_outOfAnyScope_livesUntilItIsClosed() throws IOException {
        NamedTemporaryFile file = made();
        assertThat(file.path()).exists();
        file.close();
        assertThat(file.path()).doesNotExist();
    }

    private NamedTemporaryFile made() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.write(1);
        return file;
    }

    private static <C extends ReadableByteChannel & WritableByteChannel & SeekableByteChannel> int copyThrough(
            C channel, byte[] bytes) throws IOException {
        int written = channel.write(ByteBuffer.wrap(bytes));
        channel.position(0);
        return written + channel.read(ByteBuffer.allocate(bytes.length));
    }

    @Test
    @Behaviour({139, 192})
    void namedFile_passedToGenericCode_isAChannelLikeAnyOther() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            assertThat(copyThrough(file, "content".getBytes(UTF_8))).isEqualTo(14);
            file.position(0);
            InputStream in = Channels.newInputStream(file);
            assertThat(in.readNBytes(3)).isEqualTo("con".getBytes(UTF_8));
            OutputStream out = Channels.newOutputStream(file);
            out.write("TENT".getBytes(UTF_8));
            file.flush();
            assertThat(file.path()).hasContent("conTENT");
        }
    }

    /** A second handle is no second owner: the owner's close decides. */
    @Test
    @Behaviour({175, 181})
    void close_otherHandlesAreOpen_removesTheNameAndTheyGoOn() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.write("content".getBytes(UTF_8));
        try (FileChannel other = file.reopen(StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.close();
            assertThat(backend.entries()).isEmpty();
            ByteBuffer read = ByteBuffer.allocate(7);
            assertThat(other.read(read)).isEqualTo(7);
            assertThat(read.array()).isEqualTo("content".getBytes(UTF_8));
            assertThat(other.write(ByteBuffer.wrap(new byte[3]))).isEqualTo(3);
            assertThat(other.size()).isEqualTo(10);
        }
    }

    @Test
    void reopen_toEmptyIt_emptiesIt() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            file.write("content".getBytes(UTF_8));
            file.reopen(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
            assertThat(file.path()).isEmptyFile();
        }
    }

    /** The channel is the file object's, also when its space has ended before. */
    @Test
    void channel_spaceIsClosedFirst_isClosedWithTheFile() throws IOException {
        List<FileObject> files = List.of(space.namedTemporaryFile(), space.temporaryFile());
        List<FileChannel> channels = new ArrayList<>();
        for (FileObject file : files) {
            channels.add(file.channel());
        }
        space.close();
        for (FileObject file : files) {
            assertThat(file.isOpen()).isFalse();
            file.close();
        }
        assertThat(channels).hasSize(2).noneMatch(FileChannel::isOpen);
        assertThat(backend.entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true,false,false", "true,true,true", "false,false,true", "false,true,true"})
    @Behaviour({146, 147, 183, 196})
    void close_policyAndKeep_survivesIfEitherSaysSo(boolean deleteOnClose, boolean keep, boolean survives)
            throws IOException {
        try (TempSpace policy = backend.builder().deleteOnClose(deleteOnClose).open()) {
            NamedTemporaryFile file = policy.namedTemporaryFile();
            file.write("content".getBytes(UTF_8));
            if (keep) {
                file.keep();
            }
            file.close();
            assertThat(backend.entries()).isEqualTo(survives ? List.of(file.path()) : List.of());
        }
        for (Path survivor : backend.entries()) {
            assertThat(survivor).hasContent("content");
        }
    }

    // ---- Spaces

    @Test
    void close_ofTheSystemsSpace_isRefused() throws IOException {
        TempSpace system = TempSpace.system();
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(system::close);
        system.temporaryFile().close();
    }

    @Test
    void make_directoryOfTheSpaceVanishes_saysThatIt() throws IOException {
        Path place = Files.createDirectory(directory().resolve("place"));
        try (TempSpace there = TempSpace.in(place)) {
            Files.delete(place);
            for (Making making : Making.values()) {
                assertThatExceptionOfType(NoSuchFileException.class)
                        .as(making.toString())
                        .isThrownBy(() -> making.in(there))
                        .satisfies(failure -> assertThat(failure.getFile()).isEqualTo(place.toString()));
            }
            Files.createFile(place);
            for (Making making : Making.values()) {
                assertThatExceptionOfType(NotDirectoryException.class)
                        .as(making.toString())
                        .isThrownBy(() -> making.in(there))
                        .satisfies(failure -> assertThat(failure.getFile()).isEqualTo(place.toString()));
            }
        }
    }

    /** What lived there is gone with it, which is no error. */
    @Test
    void close_directoryOfTheSpaceVanished_isSilent() throws IOException {
        Path place = Files.createDirectory(directory().resolve("place"));
        TempSpace there = TempSpace.in(place);
        NamedTemporaryFile file = there.namedTemporaryFile();
        TemporaryDirectory made = there.temporaryDirectory();
        Files.delete(file.path());
        Files.delete(made.path());
        Files.delete(place);
        made.close();
        there.close();
        file.close();
        assertThat(place).doesNotExist();
    }

    @Test
    void close_ofASpaceInATemporaryDirectory_leavesThatAndItsOwnContent() throws IOException {
        try (TemporaryDirectory outer = space.temporaryDirectory()) {
            Path own = Files.createFile(outer.resolve("own"));
            try (TempSpace inner = TempSpace.in(outer.path())) {
                NamedTemporaryFile file = inner.namedTemporaryFile();
                assertThat(file.path().getParent()).isEqualTo(outer.path());
            }
            assertThat(Backend.entries(outer.path())).containsExactly(own);
        }
        assertThat(backend.entries()).isEmpty();
    }

    /** Of two spaces in one directory each has its own things. */
    @Test
    void close_otherSpaceInTheSameDirectory_isNotAffected() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        try (TempSpace other = backend.space()) {
            TemporaryDirectory made = other.temporaryDirectory();
            assertThat(made.path()).exists();
        }
        assertThat(backend.entries()).containsExactly(file.path());
        space.namedTemporaryFile().close();
    }

    @Test
    void temporaryPath_noMaker_isRefusedAndTheSpaceGoesOn() throws IOException {
        assertThatNullPointerException()
                .isThrownBy(() -> space.temporaryPath("", "", null))
                .withMessage("maker");
        assertThatThrownBy(() -> space.spooledTemporaryFile(-1)).isInstanceOf(IllegalArgumentException.class);
        space.close();
        assertThat(backend.entries()).isEmpty();
    }
}

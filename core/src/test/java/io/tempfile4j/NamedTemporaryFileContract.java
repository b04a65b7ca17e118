package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Group G: the life of a named file. What is read and written has suites of its own. */
abstract class NamedTemporaryFileContract extends Contract {

    NamedTemporaryFileContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @CsvSource({"'',''", "a,''", "'',b", "a,b", "aa,.txt"})
    @Behaviour({135, 136})
    void create_anyPrefixAndSuffix_fileIsNamedSo(String prefix, String suffix) throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile(prefix, suffix)) {
            assertThat(file.path().getFileName().toString())
                    .startsWith(prefix)
                    .endsWith(suffix)
                    .hasSize(prefix.length() + 12 + suffix.length());
            assertThat(backend.entries()).containsExactly(file.path());
        }
    }

    @Test
    @Behaviour({137, 140, 143})
    void create_prefixAndSuffix_fileIsThereUntilClosedAnyNumberOfTimes() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile("pre", ".suf");
        assertThat(file.path().getFileName().toString()).startsWith("pre").endsWith(".suf");
        assertThat(backend.entries()).containsExactly(file.path());
        file.close();
        file.close();
        file.close();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour(141)
    void tryWithResources_blockEnds_fileIsGone() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            assertThat(file.path()).exists();
        }
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour(204)
    void tryWithResources_bodyClosesOrRemovesTheFile_fileIsGoneAndNothingIsSaid() throws IOException {
        try (NamedTemporaryFile closed = space.namedTemporaryFile();
                NamedTemporaryFile channelClosed = space.namedTemporaryFile();
                NamedTemporaryFile removed = space.namedTemporaryFile();
                NamedTemporaryFile closedAndRemoved = space.namedTemporaryFile()) {
            closed.close();
            channelClosed.closeChannel();
            Files.delete(removed.path());
            closedAndRemoved.closeChannel();
            Files.delete(closedAndRemoved.path());
        }
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour(168)
    void tryWithResources_bodyThrows_fileIsGoneAndTheExceptionUnchanged() throws IOException {
        IllegalStateException thrown = new IllegalStateException("body");
        assertThatThrownBy(() -> {
                    try (NamedTemporaryFile file = space.namedTemporaryFile()) {
                        file.write(1);
                        throw thrown;
                    }
                })
                .isSameAs(thrown)
                .hasNoSuppressedExceptions();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour({142, 144})
    void close_afterwards_pathIsTheSameAndWritingIsRefused() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        Path path = file.path();
        file.close();
        assertThat(file.path()).isEqualTo(path);
        assertThat(file.isOpen()).isFalse();
        assertThatThrownBy(() -> file.write(1)).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    @Behaviour({146, 147, 196})
    void deleteOnCloseFalse_closed_fileStaysWithAllThatWasWritten() throws IOException {
        Path path;
        try (TempSpace keeping = backend.builder().deleteOnClose(false).open()) {
            try (NamedTemporaryFile file = keeping.namedTemporaryFile()) {
                path = file.path();
                file.text().write("kept");
            }
            assertThat(path).hasContent("kept");
        }
        assertThat(path).hasContent("kept");
    }

    @Test
    @Behaviour({148, 149, 178, 179})
    void closeChannel_fileStaysForOthersUntilClose() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.write("flushed".getBytes(StandardCharsets.UTF_8));
        file.closeChannel();
        assertThat(file.isOpen()).isFalse();
        assertThat(file.path()).hasContent("flushed");
        assertThatThrownBy(file::read).isInstanceOf(ClosedChannelException.class);
        Files.writeString(file.path(), "rewritten by name");
        try (FileChannel again = file.reopen()) {
            assertThat(again.size()).isEqualTo(17);
        }
        file.close();
        assertThat(backend.entries()).isEmpty();
        file.closeChannel();
    }

    @Test
    @Behaviour({150, 153})
    void close_fileAlreadyRemoved_isSilent() throws IOException {
        NamedTemporaryFile open = space.namedTemporaryFile();
        Files.delete(open.path());
        open.close();
        NamedTemporaryFile closed = space.namedTemporaryFile();
        closed.closeChannel();
        Files.delete(closed.path());
        closed.close();
        assertThat(open.isOpen()).isFalse();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    @Behaviour(154)
    void close_fileRenamedAway_isSilentAndTheRenamedOneStays() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        Path elsewhere = Files.move(file.path(), directory().resolve("elsewhere"));
        file.close();
        assertThat(backend.entries()).containsExactly(elsewhere);
    }

    @Test
    @Behaviour({155, 199})
    void close_strangerAtThePath_strangerIsLeftAlone() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        Files.move(file.path(), directory().resolve("ours"));
        Files.writeString(file.path(), "stranger");
        file.close();
        assertThat(file.path()).hasContent("stranger");
    }

    @Test
    @Behaviour(182)
    void reopen_strangerAtThePath_isRefusedAndSaysWhy() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        Files.move(file.path(), directory().resolve("ours"));
        Files.writeString(file.path(), "stranger");
        assertThatThrownBy(() -> file.reopen(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(file.path().toString())
                .hasMessageContaining("something else");
        assertThat(file.path()).hasContent("stranger");
        file.close();
    }

    @Test
    void reopen_create_makesNoFileAnew() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        Files.delete(file.path());
        assertThatThrownBy(() -> file.reopen(StandardOpenOption.WRITE, StandardOpenOption.CREATE))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(backend.entries()).isEmpty();
        file.close();
    }

    @Test
    void reopen_deleteOnClose_isOpenAndTheNameIsGone() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.text().write("content").flush();
        try (FileChannel channel = file.reopen(StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE)) {
            assertThat(channel.size()).isEqualTo(7);
        }
        assertThat(backend.entries()).isEmpty();
        file.close();
    }

    @Test
    @Behaviour(180)
    void reopen_hasAPositionOfItsOwn() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile();
                FileChannel second = file.reopen(StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.write(new byte[] {1, 2, 3});
            try (FileChannel third = file.reopen()) {
                assertThat(third.position()).isZero();
                assertThat(third.size()).isEqualTo(3);
            }
            second.write(ByteBuffer.wrap(new byte[] {9}));
            file.flush();
            file.seek(0);
            assertThat(file.readAllBytes()).containsExactly(9, 2, 3);
        }
    }

    @Test
    @Behaviour(181)
    void reopen_originalClosed_channelGoesOnWorking() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.write(42);
        try (FileChannel first = file.reopen();
                FileChannel second = file.reopen()) {
            file.close();
            ByteBuffer one = ByteBuffer.allocate(1);
            assertThat(first.read(one)).isEqualTo(1);
            assertThat(second.size()).isEqualTo(1);
            assertThat(one.get(0)).isEqualTo((byte) 42);
        }
    }

    @Test
    void reopen_closed_isRefused() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.close();
        assertThatThrownBy(file::reopen).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(file::keep).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    @Behaviour({183, 196, 363})
    void keep_fileStaysOpenAndSurvivesCloseAndTheEndOfItsSpace() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.write('a');
        assertThat(file.keep()).isEqualTo(file.path()).hasContent("a");
        assertThat(file.isOpen()).isTrue();
        file.write('b');
        assertThat(file.keep()).isEqualTo(file.path());
        space.close();
        file.write('c');
        file.close();
        assertThat(file.path()).hasContent("abc");
    }

    @Test
    void keep_afterCloseChannel_fileStays() throws IOException {
        NamedTemporaryFile file = space.namedTemporaryFile();
        file.closeChannel();
        Path kept = file.keep();
        file.close();
        assertThat(kept).exists();
    }

    @Test
    void path_isUsableByOthersWhileOpen() throws IOException {
        try (NamedTemporaryFile file = space.namedTemporaryFile()) {
            file.write(new byte[20_000]);
            file.flush();
            assertThat(Files.size(file.path())).isEqualTo(20_000);
            Files.writeString(file.path(), "x");
            file.flush();
            assertThat(file.size()).isEqualTo(1);
        }
    }
}

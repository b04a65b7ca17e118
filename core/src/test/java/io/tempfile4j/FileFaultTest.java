package io.tempfile4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a file object, a view of it, or its end does when a certain call of the system fails. */
class FileFaultTest {

    private Backend backend;

    @BeforeEach
    void openBackend() throws IOException {
        backend = Backend.Kind.PORTABLE.open();
    }

    @AfterEach
    void closeBackend() throws IOException {
        assertThat(backend.entries()).isEmpty();
        backend.close();
    }

    private TempSpace spaceOn(FaultyPlatform platform) throws IOException {
        return backend.builder().platform(platform).open();
    }

    @Test
    void flush_failed_keepsTheBufferAndMayBeRepeated() throws IOException {
        FaultyPlatform platform = new FaultyPlatform(1);
        try (TempSpace space = spaceOn(platform)) {
            NamedTemporaryFile file = space.namedTemporaryFile();
            file.write("0123456789".getBytes(ISO_8859_1));
            platform.fullAfter(4);
            assertThatIOException().isThrownBy(file::flush).withMessageContaining("no space left");
            assertThatIOException().isThrownBy(file::flush).withMessageContaining("no space left");
            assertThatIOException().isThrownBy(() -> file.reopen().close());
            assertThatIOException().isThrownBy(file::keep);
            assertThat(file.path()).hasContent("0123");
            assertThat(file.size()).isEqualTo(10);
            platform.heal();
            file.flush();
            assertThat(file.path()).hasContent("0123456789");
        }
    }

    @Test
    @Behaviour({170})
    void close_flushFails_saysSoAndTheFileIsRemoved() throws IOException {
        FaultyPlatform platform = new FaultyPlatform(1);
        try (TempSpace space = spaceOn(platform)) {
            NamedTemporaryFile file = space.namedTemporaryFile();
            file.write(1);
            platform.failAfter(0);
            assertThatIOException().isThrownBy(file::close).withMessageContaining(FaultyPlatform.INJECTED);
            assertThat(file.isOpen()).isFalse();
            assertThat(file.path()).doesNotExist();
            assertThat(platform.openHandles()).isZero();
            file.close();
        }
    }

    @Test
    @Behaviour({170})
    void close_handleFailsToClose_saysSoAndTheFileIsRemoved() throws IOException {
        FaultyPlatform platform = new FaultyPlatform(1);
        try (TempSpace space = spaceOn(platform)) {
            NamedTemporaryFile file = space.namedTemporaryFile();
            platform.failAfter(1);
            assertThatIOException().isThrownBy(file::close).withMessageContaining("close");
            assertThat(file.path()).doesNotExist();
            assertThat(platform.openHandles()).isZero();
            file.close();
            assertThat(file.isOpen()).isFalse();
        }
    }

    @Test
    @Behaviour({184})
    void close_removalFails_saysSoClosesTheHandleAndMayBeRepeated() throws IOException {
        FaultyPlatform platform = new FaultyPlatform(1);
        try (TempSpace space = spaceOn(platform)) {
            NamedTemporaryFile file = space.namedTemporaryFile();
            platform.failAfter(0);
            assertThatIOException().isThrownBy(file::close).withMessageContaining("removeFile");
            assertThat(file.isOpen()).isFalse();
            assertThat(platform.openHandles()).isZero();
            assertThat(file.path()).exists();
            file.close();
            assertThat(file.path()).doesNotExist();
        }
    }

    @Test
    @Behaviour({249, 250})
    void rollover_anyCallFails_closesWhatItHadOpenedAndMayBeRepeated() throws IOException {
        byte[] content = FileObjectContract.pattern(200_000);
        int failing = 0;
        for (int call = 0; call < 10; call++) {
            FaultyPlatform platform = new FaultyPlatform(call);
            try (TempSpace space = spaceOn(platform)) {
                SpooledTemporaryFile file = space.spooledTemporaryFile(200_000);
                file.write(content);
                file.seek(77);
                platform.failAfter(call);
                try {
                    file.rollover();
                } catch (IOException failure) {
                    assertThat(failure).hasStackTraceContaining(FaultyPlatform.INJECTED);
                    failing++;
                    assertThat(file.rolled()).isFalse();
                    assertThat(platform.openHandles()).isZero();
                    assertThat(file.tell()).isEqualTo(77);
                    platform.heal();
                    file.rollover();
                }
                platform.heal();
                assertThat(file.rolled()).isTrue();
                assertThat(platform.openHandles()).isEqualTo(1);
                assertThat(FileObjectContract.content(file)).isEqualTo(content);
            }
        }
        assertThat(failing).as("create, four writes, size").isBetween(5, 9);
    }

    @Test
    @Behaviour({250})
    void write_thatCannotRollOver_appliesNothing() throws IOException {
        FaultyPlatform platform = new FaultyPlatform(1);
        try (TempSpace space = spaceOn(platform)) {
            SpooledTemporaryFile file = space.spooledTemporaryFile(10);
            file.write("01234567".getBytes(ISO_8859_1));
            platform.fullAfter(3);
            assertThatIOException().isThrownBy(() -> file.write("abcdef".getBytes(ISO_8859_1)));
            assertThatIOException().isThrownBy(() -> file.setSize(11));
            assertThatIOException().isThrownBy(file::channel);
            assertThat(file.tell()).isEqualTo(8);
            assertThat(file.size()).isEqualTo(8);
            TextFile text = file.text(ISO_8859_1);
            assertThatIOException().isThrownBy(() -> text.write("abcdef"));
            assertThat(file.size()).isEqualTo(8);
            platform.heal();
            text.write("xyz");
            assertThat(FileObjectContract.content(file)).isEqualTo("01234567xyz".getBytes(ISO_8859_1));
        }
    }

    @Test
    void readText_aReadFails_takesNothingAndMayBeRepeated() throws IOException {
        String written = "gr\u00fc\u00df gott, \ud83d\ude00\n".repeat(4000);
        for (int call = 0; call < 8; call++) {
            FaultyPlatform platform = new FaultyPlatform(call);
            try (TempSpace space = spaceOn(platform)) {
                TextFile text = space.temporaryFile().text(SpooledRolloverContract.unix());
                text.write(written).seek(0);
                assertThat(text.read(7)).isEqualTo(written.substring(0, 7));
                long cookie = text.tell();
                text.seek(0);
                text.flush();
                assertThat(text.read(7)).isEqualTo(written.substring(0, 7));
                platform.failFrom(call);
                assertThatIOException().isThrownBy(text::read).withMessageContaining(FaultyPlatform.INJECTED);
                assertThatIOException().isThrownBy(text::read).withMessageContaining(FaultyPlatform.INJECTED);
                platform.heal();
                assertThat(text.file().tell()).isEqualTo(cookie);
                assertThat(text.readLine()).isEqualTo(written.substring(7, written.indexOf('\n') + 1));
                text.seek(cookie);
                assertThat(text.read()).isEqualTo(written.substring(7));
            }
        }
    }

    @Test
    void writeText_theDiskIsFull_goesOnBehindWhatWasTaken() throws IOException {
        FaultyPlatform platform = new FaultyPlatform(1);
        try (TempSpace space = spaceOn(platform)) {
            FileObject file = space.temporaryFile();
            TextFile text = file.text(ISO_8859_1);
            platform.fullAfter(9000);
            assertThatIOException().isThrownBy(() -> text.write("x".repeat(20_000)));
            int taken = (int) file.tell();
            assertThat(taken).isEqualTo(9000);
            assertThat(text.tell()).isEqualTo(taken);
            platform.heal();
            text.write("y".repeat(20_000 - taken)).seek(0);
            assertThat(text.read()).isEqualTo("x".repeat(9000) + "y".repeat(11_000));
        }
    }

    @Test
    void readByteBuffer_aReadFailsInTheMiddle_leavesBothPositions() throws IOException {
        FaultyPlatform platform = new FaultyPlatform(1);
        try (TempSpace space = spaceOn(platform)) {
            FileObject file = space.temporaryFile();
            byte[] content = FileObjectContract.pattern(30_000);
            file.write(content);
            file.seek(100);
            assertThat(file.read()).isEqualTo(content[100] & 0xff);
            ByteBuffer target = ByteBuffer.allocate(25_000).position(3);
            platform.failAfter(0);
            assertThatIOException().isThrownBy(() -> file.read(target)).withMessageContaining(FaultyPlatform.INJECTED);
            assertThat(target.position()).isEqualTo(3);
            assertThat(file.tell()).isEqualTo(101);
            assertThat(file.read(target)).isEqualTo(24_997);
            assertThat(Arrays.copyOfRange(target.array(), 3, 25_000))
                    .isEqualTo(Arrays.copyOfRange(content, 101, 25_098));
        }
    }

    @Test
    void newInputStream_aReadFails_staysWhereItWas() throws IOException {
        FaultyPlatform platform = new FaultyPlatform(1);
        try (TempSpace space = spaceOn(platform)) {
            FileObject file = space.temporaryFile();
            byte[] content = FileObjectContract.pattern(50_000);
            file.write(content);
            InputStream in = file.newInputStream();
            assertThat(in.readNBytes(100)).hasSize(100);
            assertThat(in.skip(10_000)).isEqualTo(10_000);
            platform.failAfter(0);
            assertThatIOException().isThrownBy(in::read).withMessageContaining(FaultyPlatform.INJECTED);
            platform.failAfter(0);
            assertThatIOException().isThrownBy(() -> in.read(new byte[20_000]));
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 10_100, 50_000));
        }
    }
}

package io.tempfile4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tempfile4j.FileModel.Operation;
import io.tempfile4j.FileModel.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever call of the system fails: it is said, nothing else is lost by it, and the file object stays usable. */
class FaultInjectionTest {

    private static final Set<Verb> WRITES = Set.of(Verb.WRITE_ONE, Verb.WRITE_SOME, Verb.WRITE_BUFFER);

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

    @ParameterizedTest
    @EnumSource
    void anyOperation_transfersInPieces_doesTheSame(FileKind kind) throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            FaultyPlatform platform = new FaultyPlatform(seed);
            platform.transferInPieces();
            try (TempSpace space = spaceOn(platform)) {
                FileObject file = kind.open(space);
                FileModel model = new FileModel();
                Random random = new Random(seed);
                for (int i = 0; i < 60; i++) {
                    Operation operation = operation(random);
                    assertThat(operation.on(file))
                            .as("%s of %s", operation, seed)
                            .isEqualTo(operation.on(model));
                }
                assertSame(file, model, "seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Behaviour({249, 250})
    void anyOperation_oneCallFails_saysSoAndTheRestHolds(FileKind kind) throws IOException {
        int failures = 0;
        for (int seed = 0; seed < 60; seed++) {
            FaultyPlatform platform = new FaultyPlatform(seed);
            try (TempSpace space = spaceOn(platform)) {
                FileObject file = kind == FileKind.ROLLING ? space.spooledTemporaryFile(20_000) : kind.open(space);
                FileModel model = new FileModel();
                Random random = new Random(seed);
                for (int i = 0; i < 60; i++) {
                    Operation operation = operation(random);
                    if (operation.verb() == Verb.CHANNEL) {
                        continue;
                    }
                    if (random.nextInt(3) == 0) {
                        platform.failAfter(random.nextInt(3));
                    }
                    failures += step(file, model, operation, platform, "seed " + seed + ", " + operation) ? 1 : 0;
                }
                assertSame(file, model, "seed " + seed);
                file.close();
                assertThat(platform.openHandles()).isZero();
            }
        }
        assertThat(failures).isGreaterThan(kind == FileKind.IN_MEMORY ? 20 : 200);
    }

    /** Whether it failed; then the model is brought to where the file object says to be. */
    private static boolean step(
            FileObject file, FileModel model, Operation operation, FaultyPlatform platform, String what)
            throws IOException {
        boolean inMemory = file instanceof SpooledTemporaryFile spooled && !spooled.rolled();
        try {
            Object result = operation.on(file);
            platform.heal();
            assertThat(result).as(what).isEqualTo(operation.on(model));
            return false;
        } catch (IOException failure) {
            assertThat(failure).as(what).hasStackTraceContaining(FaultyPlatform.INJECTED);
            platform.heal();
        }
        if (WRITES.contains(operation.verb())) {
            int taken = (int) (file.tell() - model.position());
            byte[] data =
                    operation.verb() == Verb.WRITE_ONE ? new byte[] {(byte) operation.position()} : operation.data();
            assertThat(taken).as(what).isBetween(0, data.length);
            if (inMemory && !((SpooledTemporaryFile) file).rolled()) {
                assertThat(taken).as(what).isZero();
            }
            model.write(data, taken);
        }
        assertSame(file, model, what);
        return true;
    }

    private static void assertSame(FileObject file, FileModel model, String what) throws IOException {
        long position = file.tell();
        assertThat(position).as(what).isEqualTo(model.position());
        file.seek(0);
        assertThat(Arrays.equals(file.readAllBytes(), model.content())).as(what).isTrue();
        file.seek(position);
    }

    private static Operation operation(Random random) {
        Verb[] verbs = Verb.values();
        return new Operation(verbs[random.nextInt(verbs.length)], size(random), size(random));
    }

    private static int size(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> 8185 + random.nextInt(15);
            case 1 -> random.nextInt(40_000);
            default -> random.nextInt(60);
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"NAMELESS", "NAMED", "ROLLED"})
    void write_diskFull_losesNothingThatWasTaken(FileKind kind) throws IOException {
        for (int room = 0; room < 30_000; room += 1777) {
            FaultyPlatform platform = new FaultyPlatform(room);
            try (TempSpace space = spaceOn(platform)) {
                FileObject file = kind.open(space);
                FileModel model = new FileModel();
                platform.fullAfter(room);
                Random random = new Random(room);
                boolean full = false;
                for (int i = 0; i < 400 && !full; i++) {
                    byte[] data = new byte[1 + random.nextInt(i % 7 == 0 ? 12_000 : 100)];
                    random.nextBytes(data);
                    try {
                        file.write(data);
                        model.write(data, data.length);
                    } catch (IOException expected) {
                        assertThat(expected).hasStackTraceContaining("no space left");
                        model.write(data, (int) (file.tell() - model.position()));
                        full = true;
                    }
                }
                assertThat(full).isTrue();
                assertFlushFailsAndLosesNothing(file);
                platform.heal();
                assertSame(file, model, "room for " + room);
                file.flush();
                assertSame(file, model, "room for " + room);
            }
        }
    }

    private static void assertFlushFailsAndLosesNothing(FileObject file) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                file.flush();
            } catch (IOException full) {
                assertThat(full).hasStackTraceContaining("no space left");
            }
        }
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

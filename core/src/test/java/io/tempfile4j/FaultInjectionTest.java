package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.tempfile4j.FileModel.Operation;
import io.tempfile4j.FileModel.Verb;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
}

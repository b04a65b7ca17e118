package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.FailingPlatform.Verb;
import io.tempfile4j.FaultySpaceContract.Living;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An Error at any step of creating: the entry is removed, or stays on record until it can be. */
class CreationErrorTest extends CrashSuite {

    private static Error error() {
        return new OutOfMemoryError("injected");
    }

    /** The entry of a creation that failed; called by a child, too, which has no AssertJ. */
    private static Path created(Path directory) throws IOException {
        List<Path> entries = Backend.entries(directory);
        if (entries.size() != 1) {
            throw new AssertionError(entries);
        }
        return entries.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void make_errorAfterTheSystemCall_isRemovedAtOnce(Living living) throws IOException {
        FailingPlatform platform = new FailingPlatform();
        Error error = error();
        try (TempSpace faulty =
                TempSpace.builder().platform(platform).directory(space).open()) {
            platform.after(living.making, () -> FailingPlatform.<RuntimeException>sneak(error));
            assertThatThrownBy(() -> living.make(faulty)).isSameAs(error);
            assertThat(Backend.entries(space)).isEmpty();
            assertThat(faulty.stats().failed()).isZero();
        }
    }

    @Test
    void make_errorAndItCannotBeRemoved_staysOnRecordUntilTheSpaceIsClosed() throws IOException {
        FailingPlatform platform = new FailingPlatform();
        Error error = error();
        TempSpace faulty =
                TempSpace.builder().platform(platform).directory(space).open();
        platform.after(Verb.CREATE_DIRECTORY, () -> {
            Files.createFile(created(space).resolve("obstacle"));
            FailingPlatform.<RuntimeException>sneak(error);
        });
        assertThatThrownBy(faulty::temporaryDirectory).isSameAs(error);
        assertThat(error.getSuppressed()).hasSize(1);
        Path left = created(space);
        assertThatThrownBy(faulty::close).isInstanceOf(CleanupException.class).hasMessageContaining(left.toString());
        Files.delete(left.resolve("obstacle"));
        faulty.close();
        assertThat(left).doesNotExist();
    }

    @Test
    void make_errorAndIdentityKnownButRemovalFails_staysOnRecordUntilTheSpaceIsClosed() throws IOException {
        FailingPlatform platform = new FailingPlatform();
        Error error = error();
        TempSpace faulty =
                TempSpace.builder().platform(platform).directory(space).open();
        // The maker's entry is there, and cannot be looked at.
        platform.after(Verb.IDENTIFY, () -> {
            platform.fail(Verb.IDENTIFY, new IOException("injected"));
            FailingPlatform.<RuntimeException>sneak(error);
        });
        assertThatThrownBy(() -> faulty.temporaryPath("", "", Files::createDirectory))
                .isSameAs(error);
        assertThat(created(space)).isDirectory();
        platform.repair();
        faulty.close();
        assertThat(Backend.entries(space)).isEmpty();
    }

    /** A name that others could have is nobody's proof. */
    @Test
    void make_errorUnderAGuessableName_isReportedAndLeftUntouched() throws IOException {
        FailingPlatform platform = new FailingPlatform();
        Error error = error();
        TempSpace faulty = TempSpace.builder()
                .platform(platform)
                .directory(space)
                .randomLength(3)
                .open();
        platform.after(Verb.CREATE_FILE, () -> FailingPlatform.<RuntimeException>sneak(error));
        assertThatThrownBy(faulty::namedTemporaryFile).isSameAs(error);
        Path left = created(space);
        assertThatThrownBy(faulty::close)
                .isInstanceOf(CleanupException.class)
                .hasMessageContaining("others could have the name");
        assertThat(left).exists();
        Files.delete(left);
        faulty.close();
    }

    @Test
    void adopt_error_leavesTheDirectory() throws IOException {
        Path existing = Files.createDirectory(space.resolve("existing"));
        Files.createFile(existing.resolve("content"));
        assertThatThrownBy(() -> TemporaryDirectory.adopt(existing.resolve("content")))
                .isInstanceOf(IOException.class);
        assertThat(existing.resolve("content")).exists();
    }

    /** Creates under an Error, and waits to be killed. */
    static final class Doubtful {
        public static void main(String[] arguments) throws IOException {
            Path space = Path.of(arguments[0]);
            FailingPlatform platform = new FailingPlatform();
            TempSpace faulty =
                    TempSpace.builder().platform(platform).directory(space).open();
            platform.after(Verb.CREATE_DIRECTORY, () -> {
                Files.createFile(created(space).resolve("obstacle"));
                throw new OutOfMemoryError("injected");
            });
            try {
                faulty.temporaryDirectory();
            } catch (OutOfMemoryError expected) {
                Files.delete(created(space).resolve("obstacle"));
            }
            readyAndWait();
        }

        private Doubtful() {}
    }

    @Test
    void make_errorAndTheProcessIsKilled_isReapedByTheNext() throws Exception {
        kill(child(Doubtful.class, space.toString()));
        Path left = created(space);
        assertThat(reap().removed()).containsExactly(left.toString());
        assertThat(left).doesNotExist();
    }

    /** Creates until memory is exhausted, again and again. */
    static final class Exhausted {
        private static final int ROUNDS = 12;
        private static final int ERRORS = 3;
        private static final int MOST = 60;
        private static final Closeable[] HELD = new Closeable[1_000];

        private static int held;
        private static int errors;

        public static void main(String[] arguments) throws IOException {
            TempSpace space = TempSpace.in(Path.of(arguments[0]));
            Path owned = Path.of(arguments[1]);
            for (Living living : Living.values()) {
                living.make(space).close();
            }
            for (int round = 0; round < ROUNDS; round++) {
                List<byte[]> ballast = fill(2 + 9 * round);
                for (Living living : Living.values()) {
                    exhaust(space, living);
                }
                rollOver(space);
                handOver(owned);
                ballast.clear();
                closeAll();
            }
            System.out.println("errors " + errors);
            if (arguments.length > 2) {
                System.gc();
                readyAndWait();
            }
        }

        /** Leaves room for so many pieces: where a creation ends differs from round to round. */
        private static List<byte[]> fill(int pieces) {
            List<byte[]> ballast = new ArrayList<>(4_000);
            for (int i = 0; i < pieces; i++) {
                ballast.add(new byte[512]);
            }
            for (int size = 1 << 20; size >= 16; size /= 2) {
                try {
                    while (ballast.size() < 3_999) {
                        ballast.add(new byte[size]);
                    }
                } catch (OutOfMemoryError full) {
                    // Then smaller ones.
                }
            }
            for (int i = 0; i < pieces; i++) {
                ballast.set(i, null);
            }
            return ballast;
        }

        private static void exhaust(TempSpace space, Living living) throws IOException {
            int failed = 0;
            int before = held;
            while (failed < ERRORS && held < before + MOST) {
                try {
                    HELD[held] = living.make(space);
                    held++;
                } catch (OutOfMemoryError full) {
                    failed++;
                    errors++;
                }
            }
        }

        private static void rollOver(TempSpace space) throws IOException {
            for (int i = 0; i < ERRORS; i++) {
                try {
                    SpooledTemporaryFile file = space.spooledTemporaryFile(0);
                    HELD[held++] = file;
                    file.rollover();
                } catch (OutOfMemoryError full) {
                    errors++;
                }
            }
        }

        /** What the caller has got it owns; of what it has not got nothing may be left. */
        private static void handOver(Path directory) throws IOException {
            for (int i = 0; i < ERRORS; i++) {
                Path created = null;
                try {
                    created = Tempfile.mkdtemp(directory, "", "");
                } catch (OutOfMemoryError full) {
                    errors++;
                }
                while (created != null) {
                    try {
                        Files.delete(created);
                        created = null;
                    } catch (OutOfMemoryError full) {
                        closeAll();
                    }
                }
            }
        }

        private static void closeAll() throws IOException {
            while (held > 0) {
                Closeable last = HELD[held - 1];
                try {
                    last.close();
                } catch (OutOfMemoryError again) {
                    continue;
                }
                held--;
                HELD[held] = null;
            }
        }

        private Exhausted() {}
    }

    @Test
    void make_memoryIsExhausted_leavesNothingAtTheEndOfTheProgram() throws Exception {
        Path owned = directory("owned");
        ChildJvm.Result result = child(Exhausted.class, space.toString(), owned.toString())
                .options("-Xmx20m")
                .run();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("errors ");
        assertThat(Backend.entries(space)).as(result.output()).isEmpty();
        assertThat(Backend.entries(owned)).as(result.output()).isEmpty();
    }

    @Test
    void make_memoryIsExhaustedAndTheProcessIsKilled_isReapedByTheNext() throws Exception {
        Path owned = directory("owned");
        kill(child(Exhausted.class, space.toString(), owned.toString(), "wait").options("-Xmx20m"));
        Reaped reaped = reap();
        assertThat(reaped.remaining()).isEmpty();
        assertThat(Backend.entries(space)).isEmpty();
    }
}

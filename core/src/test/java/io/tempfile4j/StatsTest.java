package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tempfile4j.FailingPlatform.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a space tells of itself. */
class StatsTest {

    @TempDir
    Path directory;

    @Test
    void stats_ofASpaceInUse_countWhatIsAliveAndWhatWas() throws IOException {
        TempSpace space = TempSpace.in(directory);
        Stats before = TempSpace.system().stats();
        assertThat(space.stats())
                .isEqualTo(new Stats(0, 0, 0, 0, 0, 0, 0, 0, 0, before.reaped(), 0, before.undecided()));
        try (TemporaryFile nameless = space.temporaryFile();
                NamedTemporaryFile named = space.namedTemporaryFile();
                NamedTemporaryFile kept = space.namedTemporaryFile();
                SpooledTemporaryFile spooled = space.spooledTemporaryFile(100);
                SpooledTemporaryFile rolled = space.spooledTemporaryFile(1);
                TemporaryDirectory tree = space.temporaryDirectory();
                TemporaryPath path = space.temporaryPath("", "", Files::createFile)) {
            nameless.write(new byte[1_000_000]);
            named.write(new byte[20_000]);
            spooled.write(new byte[30]);
            rolled.write(new byte[10_000]);
            rolled.flush();
            Files.write(tree.resolve("file"), new byte[500]);
            kept.keep();
            assertThat(path.path()).exists();
            Stats stats = space.stats();
            assertThat(stats)
                    .isEqualTo(new Stats(1, 1, 2, 1, 1, 1_030_030, 7, 0, 0, before.reaped(), 0, before.undecided()));
            assertThat(stats.alive()).isEqualTo(6);
            assertThat(TempSpace.system().stats().created() - before.created()).isEqualTo(7);
        }
        assertThat(space.stats())
                .isEqualTo(new Stats(0, 0, 0, 0, 0, 0, 7, 6, 0, before.reaped(), 0, before.undecided()));
        space.close();
        assertThat(space.stats().removed()).isEqualTo(6);
    }

    @Test
    void stats_whatNobodyClosed_isCountedAsLeaked() throws Exception {
        try (CapturedLog log = new CapturedLog();
                TempSpace space = TempSpace.in(directory)) {
            space.namedTemporaryFile();
            space.temporaryFile();
            for (int i = 0; i < 2_000 && space.stats().removed() < 2; i++) {
                System.gc();
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(space.stats().leaked()).isEqualTo(2);
            assertThat(space.stats().removed()).isEqualTo(2);
            assertThat(log.about("never closed")).hasSize(2);
        }
    }

    @Test
    void stats_whatCannotBeRemoved_isCountedEachTime() throws IOException {
        FailingPlatform platform = new FailingPlatform();
        try (TempSpace space =
                TempSpace.builder().directory(directory).platform(platform).open()) {
            NamedTemporaryFile file = space.namedTemporaryFile();
            for (int i = 1; i <= 2; i++) {
                platform.fail(Verb.REMOVE_FILE, new IOException("injected"));
                assertThatIOException().isThrownBy(file::close);
                assertThat(space.stats().failed()).isEqualTo(i);
                assertThat(space.stats().namedTemporaryFiles()).isEqualTo(1);
            }
            platform.repair();
        }
    }
}

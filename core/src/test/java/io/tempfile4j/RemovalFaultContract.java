package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.FailingPlatform.Verb;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds when something cannot be removed. */
abstract class RemovalFaultContract extends FaultySpaceContract {

    RemovalFaultContract(Backend.Kind kind) {
        super(kind);
    }

    @ParameterizedTest
    @EnumSource(names = "NAMELESS_FILE", mode = EnumSource.Mode.EXCLUDE)
    @Behaviour({184, 295, 327, 348})
    void close_removalFails_isReportedAndCanBeTriedAgain(Living living) throws IOException {
        IOException failure = new FileSystemException("injected");
        Closeable made = living.make(faulty);
        platform.fail(living.removing, failure);
        for (int i = 0; i < 2; i++) {
            if (living.removing == Verb.REMOVE_TREE) {
                assertThatExceptionOfType(CleanupException.class)
                        .isThrownBy(made::close)
                        .satisfies(report -> assertThat(report.getSuppressed()).containsExactly(failure));
            } else {
                assertThatThrownBy(made::close).isSameAs(failure);
            }
            assertThat(backend.entries()).hasSize(1);
            assertThat(platform.openHandles()).isZero();
        }
        platform.repair();
        made.close();
        assertThat(backend.entries()).isEmpty();
        made.close();
    }

    @ParameterizedTest
    @EnumSource(names = "NAMELESS_FILE", mode = EnumSource.Mode.EXCLUDE)
    @Behaviour(340)
    void closeSpace_aRemovalFails_theOthersAreDoneAndItCanBeTriedAgain(Living living) throws IOException {
        for (Throwable failure : new Throwable[] {
            new FileSystemException("injected"),
            new IllegalStateException("injected"),
            new StackOverflowError("injected")
        }) {
            try (TempSpace other = backend.builder().platform(platform).open()) {
                TemporaryFile nameless = other.temporaryFile();
                NamedTemporaryFile first = other.namedTemporaryFile("first", "");
                TemporaryDirectory second = other.temporaryDirectory("second", "");
                living.make(other);
                Closeable last =
                        living.removing == Verb.REMOVE_FILE ? other.temporaryDirectory() : other.namedTemporaryFile();
                platform.fail(living.removing, failure);
                List<Path> failed = backend.entries().stream()
                        .filter(path -> Files.isDirectory(path) == (living.removing == Verb.REMOVE_TREE))
                        .toList();
                assertThat(failed).hasSize(2);
                assertThatExceptionOfType(CleanupException.class)
                        .isThrownBy(other::close)
                        .withMessageContaining("injected")
                        .satisfies(report -> {
                            assertThat(report.remaining()).containsExactlyInAnyOrderElementsOf(failed);
                            assertThat(report.remainingCount()).isEqualTo(2);
                            assertThat(report.getSuppressed()).hasSize(2);
                        });
                assertThat(backend.entries()).containsExactlyInAnyOrderElementsOf(failed);
                assertThat(nameless.isOpen()).isFalse();
                assertThat(List.of(first.path(), second.path()))
                        .filteredOn(Files::exists)
                        .hasSize(1);
                platform.repair();
                other.close();
                assertThat(backend.entries()).isEmpty();
                last.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NAMELESS_FILE", mode = EnumSource.Mode.EXCLUDE)
    @Behaviour({294, 295, 296})
    void ignoreCleanupErrors_removalFails_isSilentAndCanBeTriedAgain(Living living) throws IOException {
        try (CapturedLog log = new CapturedLog();
                TempSpace ignoring = backend.builder()
                        .platform(platform)
                        .ignoreCleanupErrors(true)
                        .open()) {
            Closeable made = living.make(ignoring);
            platform.fail(living.removing, new FileSystemException("injected"));
            made.close();
            ignoring.close();
            assertThat(backend.entries()).hasSize(1);
            platform.repair();
            made.close();
            assertThat(backend.entries()).isEmpty();
            assertThat(log.about("injected")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NAMELESS_FILE", mode = EnumSource.Mode.EXCLUDE)
    @Behaviour(169)
    void tryWithResources_bodyAndRemovalFail_removalsIsSuppressed(Living living) throws IOException {
        IllegalArgumentException body = new IllegalArgumentException("body");
        IOException failure = new FileSystemException("injected");
        platform.fail(living.removing, failure);
        assertThatThrownBy(() -> {
                    try (Closeable made = living.make(faulty)) {
                        assertThat(made).isNotNull();
                        throw body;
                    }
                })
                .isSameAs(body)
                .satisfies(thrown -> assertThat(thrown.getSuppressed())
                        .singleElement()
                        .satisfies(suppressed -> assertThat(suppressed == failure
                                        || List.of(suppressed.getSuppressed()).contains(failure))
                                .isTrue()));
        assertThat(backend.entries()).hasSize(1);
    }

    // ---- What files have besides

    /** A full disk is noticed when the buffer is written at last. */
    @ParameterizedTest
    @EnumSource(names = {"WRITE", "CLOSE"})
    @Behaviour(170)
    void close_flushOrCloseOfTheFileFails_isReportedAndTheFileRemoved(Verb verb) throws IOException {
        IOException failure = new IOException("no space left on device");
        NamedTemporaryFile file = faulty.namedTemporaryFile();
        file.write(1);
        platform.fail(verb, failure);
        assertThatThrownBy(file::close).isSameAs(failure);
        platform.repair();
        file.close();
        assertThat(backend.entries()).isEmpty();
        assertThat(file.isOpen()).isFalse();
    }

    @Test
    @Behaviour({169, 170})
    void close_flushAndRemovalFail_bothAreReported() throws IOException {
        IOException full = new IOException("no space left on device");
        IOException busy = new IOException("busy");
        NamedTemporaryFile file = faulty.namedTemporaryFile();
        file.write(1);
        platform.fail(Verb.WRITE, full);
        platform.fail(Verb.REMOVE_FILE, busy);
        assertThatThrownBy(file::close)
                .isSameAs(full)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).containsExactly(busy));
        platform.repair();
        file.close();
        assertThat(backend.entries()).isEmpty();
    }

    @Test
    void keep_flushFails_isStillTemporary() throws IOException {
        NamedTemporaryFile file = faulty.namedTemporaryFile();
        file.write(1);
        platform.fail(Verb.WRITE, new IOException("no space left on device"));
        assertThatThrownBy(file::keep).hasMessage("no space left on device");
        assertThatThrownBy(file::close).hasMessage("no space left on device");
        assertThat(backend.entries()).isEmpty();
    }
}

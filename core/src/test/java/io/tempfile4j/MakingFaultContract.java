package io.tempfile4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.FailingPlatform.Verb;
import io.tempfile4j.internal.lifetime.Registries;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds when the system refuses, or something else happens, at any step of making. */
abstract class MakingFaultContract extends FaultySpaceContract {

    MakingFaultContract(Backend.Kind kind) {
        super(kind);
    }

    static Stream<Arguments> failedMakings() {
        List<Throwable> failures = List.of(
                new FileSystemException("injected"),
                new IllegalStateException("injected"),
                new StackOverflowError("injected"));
        return Stream.of(Living.values())
                .flatMap(living -> failures.stream().map(failure -> Arguments.of(living, failure)));
    }

    @ParameterizedTest
    @MethodSource("failedMakings")
    @Behaviour({163, 285})
    void make_fails_throwsThatAndLeavesNothing(Living living, Throwable failure) throws IOException {
        platform.fail(living.making, failure);
        assertThatThrownBy(() -> living.make(faulty)).isSameAs(failure);
        assertThat(platform.openHandles()).isZero();
        if (living.leavesWhatAMakerMade()) {
            // On record, until it can be looked at.
            assertThat(backend.entries()).hasSize(1);
            platform.repair();
            faulty.close();
            assertThat(backend.entries()).isEmpty();
            return;
        }
        assertThat(failure).hasNoSuppressedExceptions();
        assertThat(Registries.sizeOfProcess()).isLessThanOrEqualTo(registered);
        assertThat(backend.entries()).isEmpty();
        platform.repair();
        living.make(faulty).close();
    }

    /** It exists by then, but nobody has been given it: neither it nor its handle may stay. */
    @ParameterizedTest
    @EnumSource
    @Behaviour({163, 378})
    void make_spaceIsClosedBeforeItIsHandedOver_isRefusedAndLeavesNothing(Living living) throws Exception {
        List<Thread> closing = new ArrayList<>();
        platform.after(living.making, () -> {
            Thread thread = new Thread(() -> assertThatCode(faulty::close).doesNotThrowAnyException());
            thread.start();
            closing.add(thread);
            // It waits for this thread, which is just making something, and looks again and again.
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(thread.isAlive()).as("close() waits").isTrue();
        });
        assertThatThrownBy(() -> living.make(faulty))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed")
                .hasNoSuppressedExceptions();
        closing.get(0).join();
        assertThat(backend.entries()).isEmpty();
        assertThat(platform.openHandles()).isZero();
        assertThat(Registries.sizeOfProcess()).isLessThanOrEqualTo(registered);
    }

    @Test
    @Behaviour({249, 250})
    void rollover_noFileCanBeMadeOrFilled_staysInMemoryAndCanBeTriedAgain() throws IOException {
        try (SpooledTemporaryFile file = faulty.spooledTemporaryFile(2)) {
            file.write(new byte[] {1, 2});
            for (Verb verb : new Verb[] {Verb.CREATE_UNNAMED, Verb.WRITE}) {
                platform.fail(verb, new IOException("no space left on device"));
                assertThatThrownBy(() -> file.write(3)).hasMessage("no space left on device");
                assertThatThrownBy(file::rollover).hasMessage("no space left on device");
                assertThat(file.rolled()).isFalse();
                assertThat(file.size()).isEqualTo(2);
                assertThat(platform.openHandles()).isZero();
                platform.repair();
            }
            file.write(3);
            assertThat(file.rolled()).isTrue();
            file.seek(0);
            assertThat(file.readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    /** The file has a name for a moment: the end waits until it is gone. */
    @Test
    void rollover_spaceIsClosedInTheMiddle_isWaitedForAndItsHandleClosed() throws Exception {
        SpooledTemporaryFile file = faulty.spooledTemporaryFile(0);
        file.write(1);
        List<Thread> closing = new ArrayList<>();
        platform.after(Verb.CREATE_UNNAMED, () -> {
            Thread thread = new Thread(() -> assertThatCode(faulty::close).doesNotThrowAnyException());
            thread.start();
            closing.add(thread);
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(thread.isAlive()).as("close() waits").isTrue();
        });
        assertThatThrownBy(() -> {
                    file.rollover();
                    file.seek(0);
                    assertThat(file.read()).isEqualTo(1);
                    closing.get(0).join();
                    file.seek(0);
                })
                .isInstanceOf(IOException.class);
        closing.get(0).join();
        assertThat(platform.openHandles()).isZero();
        assertThat(file.isOpen()).isFalse();
    }
}

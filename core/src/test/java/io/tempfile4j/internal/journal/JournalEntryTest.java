package io.tempfile4j.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tempfile4j.internal.platform.NumericIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** One slot of a journal of version 2: whatever the moment at which its process is killed, it can be read. */
class JournalEntryTest {

    private static final int SLOT_SIZE = 256;
    private static final int SLOT = SLOT_SIZE;
    private static final NumericIdentity PARENT = new NumericIdentity(NumericIdentity.INODE, 7, -8, 0, 0);
    private static final NumericIdentity IDENTITY = new NumericIdentity(NumericIdentity.INODE, 7, 9, 10, 11);

    private final ByteBuffer slots = ByteBuffer.allocate(2 * SLOT_SIZE).order(JournalFile.BYTE_ORDER);
    private final String text = Path.of("/space/tmpabc").toAbsolutePath().toString();

    private static boolean isUnix() {
        return java.io.File.separatorChar == '/';
    }

    private byte[] bytes() {
        return text.getBytes(isUnix() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16LE);
    }

    private void register() {
        JournalEntry.writeRegistration(slots, SLOT, bytes(), JournalEntry.flags(isUnix(), true), PARENT);
        JournalEntry.stateRegistered(slots, SLOT);
    }

    private JournalEntry read() throws CorruptJournalException {
        return JournalEntry.read(slots, SLOT, SLOT_SIZE);
    }

    @Test
    void read_afterEachStep_isWhatWasWritten() throws Exception {
        assertThat(read()).isNull();
        register();
        JournalEntry registered =
                new JournalEntry(Path.of(text), text, true, true, PARENT, false, false, NumericIdentity.UNKNOWN);
        assertThat(read()).isEqualTo(registered);
        JournalEntry.writeLive(slots, SLOT, IDENTITY, true);
        assertThat(read()).isEqualTo(registered);
        JournalEntry.stateLive(slots, SLOT);
        assertThat(read()).isEqualTo(new JournalEntry(Path.of(text), text, true, true, PARENT, true, true, IDENTITY));
        JournalEntry.stateFree(slots, SLOT);
        assertThat(read()).isNull();
    }

    /** What goes by its name has no identity, and need never be completed. */
    @Test
    void read_liveWithoutIdentity_isAnEntryThatGoesByItsName() throws Exception {
        register();
        JournalEntry.writeLive(slots, SLOT, NumericIdentity.UNKNOWN, false);
        JournalEntry.stateLive(slots, SLOT);
        assertThat(read().live()).isTrue();
        assertThat(read().identity().isKnown()).isFalse();
    }

    /** The state comes last, so that a kill between any two stores leaves what was on record before. */
    @Test
    void read_killedBetweenTwoStoresOfCompleting_isOnlyRegistered() throws Exception {
        register();
        byte[] before = slots.array().clone();
        JournalEntry.writeLive(slots, SLOT, IDENTITY, true);
        byte[] after = slots.array().clone();
        JournalEntry registered = read();
        for (int stored = 0; stored < SLOT_SIZE; stored++) {
            System.arraycopy(before, 0, slots.array(), 0, before.length);
            System.arraycopy(after, SLOT, slots.array(), SLOT, stored);
            assertThat(read()).isEqualTo(registered);
        }
    }

    @Test
    void read_anyByteWrong_isFreeOrDamagedOrTheSamePath() throws Exception {
        register();
        JournalEntry.writeLive(slots, SLOT, IDENTITY, true);
        JournalEntry.stateLive(slots, SLOT);
        JournalEntry right = read();
        int damages = 0;
        for (int at = 0; at < SLOT_SIZE; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                slots.array()[SLOT + at] ^= (byte) (1 << bit);
                try {
                    JournalEntry wrong = read();
                    assertThat(wrong).as("byte " + at).isEqualTo(right);
                } catch (CorruptJournalException damaged) {
                    damages++;
                }
                slots.array()[SLOT + at] ^= (byte) (1 << bit);
            }
        }
        assertThat(damages).isEqualTo((64 - 2 + bytes().length) * Byte.SIZE);
    }

    @Test
    void read_pathWithoutBytes_isDamaged() {
        JournalEntry.writeRegistration(slots, SLOT, new byte[0], (byte) 0, NumericIdentity.UNKNOWN);
        JournalEntry.stateRegistered(slots, SLOT);
        assertThatThrownBy(this::read).isInstanceOf(CorruptJournalException.class);
    }

    /** A path of another system is kept as it is, and is none here. */
    @Test
    void read_pathOfAnotherSystem_isNoneHere() throws Exception {
        byte[] other = isUnix()
                ? "C:\\tmp\\\0".getBytes(StandardCharsets.UTF_16LE)
                : "/tmp/x".getBytes(StandardCharsets.UTF_8);
        JournalEntry.writeRegistration(slots, SLOT, other, JournalEntry.flags(!isUnix(), true), PARENT);
        JournalEntry.stateRegistered(slots, SLOT);
        assertThat(read().path()).isNull();
    }
}

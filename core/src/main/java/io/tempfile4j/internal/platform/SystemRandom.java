package io.tempfile4j.internal.platform;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cryptographic random numbers of the system.
 *
 * <p>On Unix they are read from the kernel's device, as {@link SecureRandom} does there; but to load that takes a process
 * longer than to make its first file. It is used where there is no such device.
 */
final class SystemRandom implements Consumer<byte[]> {

    private static final String DEVICE = "/dev/urandom";

    /** Stays open: names are wanted, for the removal of a tree say, when there is no descriptor left. */
    private final @Nullable FileInputStream device;

    SystemRandom() {
        this(DEVICE);
    }

    SystemRandom(String device) {
        this.device = Os.current() == Os.WINDOWS ? null : open(device);
    }

    private static @Nullable FileInputStream open(String device) {
        try {
            // Not a channel, which an interrupt closes.
            return new FileInputStream(device);
        } catch (FileNotFoundException absent) {
            return null;
        }
    }

    @Override
    public void accept(byte[] bytes) {
        if (!read(bytes)) {
            Jdk.RANDOM.nextBytes(bytes);
        }
    }

    private boolean read(byte[] bytes) {
        try {
            return device != null && device.readNBytes(bytes, 0, bytes.length) == bytes.length;
        } catch (IOException broken) {
            return false;
        }
    }

    private static final class Jdk {
        static final SecureRandom RANDOM = new SecureRandom();

        private Jdk() {}
    }
}

package io.tempfile4j.internal.platform;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the platform of native calls: Linux on two architectures, when the library may call native code. */
final class NativePlatform {

    private NativePlatform() {}

    /**
     * From the first call on.
     *
     * @throws UnsupportedOperationException saying what it needs and does not find
     */
    static Platform now() {
        requireGrant();
        return find();
    }

    /**
     * Portable until another thread has linked the calls, and for good if it finds that something is missing.
     *
     * @throws UnsupportedOperationException if there is no grant, or this is not Linux
     */
    static Platform soon() {
        requireGrant();
        TieredPlatform tiered = new TieredPlatform();
        tiered.start();
        return tiered;
    }

    /** Asked before the first restricted call, which without the grant would print a warning. */
    private static void requireGrant() {
        if (Os.current() != Os.LINUX) {
            throw new UnsupportedOperationException("it needs Linux, this is " + Os.current());
        }
        Module module = NativePlatform.class.getModule();
        if (!module.isNativeAccessEnabled()) {
            throw new UnsupportedOperationException("it needs native access, which the JVM option"
                    + " --enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED") + " grants");
        }
    }

    /**
     * When access is granted; takes long.
     *
     * @throws UnsupportedOperationException as above
     */
    static Platform find() {
        if (!LinuxAbi.isKnown()) {
            throw new UnsupportedOperationException(
                    "it needs x86-64 or aarch64, this is " + System.getProperty("os.arch"));
        }
        if (!Files.isDirectory(Path.of(Procfs.DESCRIPTORS))) {
            throw new UnsupportedOperationException("it needs " + Procfs.DESCRIPTORS + ", which is not there");
        }
        String missing = Libc.missingSymbol();
        if (missing != null) {
            throw new UnsupportedOperationException("it needs " + missing + "(), which the C library does not have");
        }
        return new LinuxPlatform();
    }
}

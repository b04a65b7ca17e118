package io.tempfile4j.internal.platform;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the platform of native calls: Linux on two architectures, when the library may call native code. */
final class NativePlatform {

    private NativePlatform() {}

    /** @throws UnsupportedOperationException saying what it needs and does not find */
    static Platform find() {
        if (Os.current() != Os.LINUX) {
            throw new UnsupportedOperationException("it needs Linux, this is " + Os.current());
        }
        // Asked before the first restricted call, which without the grant would print a warning.
        Module module = NativePlatform.class.getModule();
        if (!module.isNativeAccessEnabled()) {
            throw new UnsupportedOperationException("it needs native access, which the JVM option"
                    + " --enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED") + " grants");
        }
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
        return LinuxDirectory::open;
    }
}

package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.Path;

/** All by {@code java.nio.file}, on every provider. */
final class PortablePlatform implements Platform {

    private final String whyNotNative;

    PortablePlatform(String whyNotNative) {
        this.whyNotNative = whyNotNative;
    }

    /** Why it is this one and not the native one. */
    String whyNotNative() {
        return whyNotNative;
    }

    @Override
    public Directory open(Path directory) throws IOException {
        return PortableDirectory.open(directory);
    }
}

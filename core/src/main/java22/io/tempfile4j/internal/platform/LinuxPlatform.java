package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.nio.file.Path;

/** All by the calls of Linux; on other file system providers than the default one by {@code java.nio.file}. */
final class LinuxPlatform implements Platform {
    @Override
    public Directory open(Path directory) throws IOException {
        return LinuxDirectory.open(directory);
    }
}

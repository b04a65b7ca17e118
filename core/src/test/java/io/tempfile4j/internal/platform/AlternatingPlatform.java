package io.tempfile4j.internal.platform;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * What a process has whose native calls are being linked, at its worst: each thing is made, each name looked at in the other way
 * than the one before. For runs with native access.
 */
public final class AlternatingPlatform implements Platform {

    private final AtomicInteger calls = new AtomicInteger();
    private final Constructor<?> tiered;

    public AlternatingPlatform() {
        try {
            // Not in the classes that the tests are compiled with, which are those of JDK 17.
            tiered = Class.forName("io.tempfile4j.internal.platform.TieredDirectory")
                    .getDeclaredConstructor(Directory.class, BooleanSupplier.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Override
    public Directory open(Path path) throws IOException {
        Directory portable = PortableDirectory.open(path);
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            return portable;
        }
        BooleanSupplier linked = () -> calls.getAndIncrement() % 2 == 1;
        try {
            return (Directory) tiered.newInstance(portable, linked);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}

package io.tempfile4j;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A suite that holds on every back-end; {@link PortableBackendTest} and its siblings run all of them. Suites are written
 * against the public API, and ask {@link #backend} what it can do.
 */
abstract class Contract {

    private final Backend.Kind kind;

    Backend backend;
    TempSpace space;

    Contract(Backend.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void openBackend() throws IOException {
        backend = kind.open();
        space = backend.space();
    }

    @AfterEach
    void closeBackend() throws IOException {
        try (Backend closing = backend) {
            space.close();
        }
    }

    final Path directory() {
        return backend.directory();
    }
}

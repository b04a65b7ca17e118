package com.example.app;

import io.tempfile4j.PersistOption;
import io.tempfile4j.SpooledTemporaryFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Takes uploads: in memory while they are small, never half of one where it is looked for. */
public final class Uploads {

    private static final long IN_MEMORY = 64 * 1024;

    private final Path directory;

    public Uploads(Path directory) {
        this.directory = directory;
    }

    /** The name is one that the program has chosen: one that a client sends could lead out of the directory. */
    public Path receive(String name, InputStream body) throws IOException {
        try (SpooledTemporaryFile upload = SpooledTemporaryFile.create(IN_MEMORY)) {
            body.transferTo(upload.outputStream());
            return upload.persist(directory.resolve(name), PersistOption.NO_CLOBBER);
        }
    }
}
